#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/host/config.h"

namespace marea::server {

class Catalog;
class CatalogFilms;
class CatalogIndexes;
class CatalogPictures;
class CatalogSounds;
class IndexJobs;
class LoudnessJobs;
class RungJobs;
class SpriteJobs;
class SpriteStore;
class StreamService;
class WorkPool;
class WorkerPool;

// Background work: its queue, who works it off in this process, and what is measured and made of titles by itself.
class FarmParts {
public:
    // All outlive it.
    struct Parts {
        core::db::Database& database;
        Catalog& catalog;
        WorkerPool& workers;
        SpriteStore& sprites;
        StreamService& streams;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    FarmParts(const Config& config, const Parts& parts);
    ~FarmParts();
    FarmParts(const FarmParts&) = delete;
    FarmParts& operator=(const FarmParts&) = delete;

    JobQueue& queue() { return *queue_; }
    FarmRunner& runner() { return *runner_; }
    const FarmRunner& runner() const { return *runner_; }
    // This process works off jobs of that kind, if it does such work at all.
    void handle(const char* kind, FarmRunner::Handler handler);

    void catalogueChanged();  // thread-safe
    // Adds the jobs that follow from what changed. Blocks; from one thread at a time.
    void queueMissing();
    // Whether what was measured of pictures changed since this was asked.
    bool takeLaddersChanged() { return laddersChanged_.exchange(false); }

private:
    void openSprites(const Parts& parts);
    void openLoudness(const Parts& parts);
    void openLadders(const Parts& parts);
    void openIndexes(const Parts& parts);
    template <class Jobs>
    void queueMissing(Jobs* jobs, std::atomic<bool>& changed, const char* failure);

    const bool works_;
    const std::shared_ptr<core::Logger> logger_;
    std::unique_ptr<JobQueue> queue_;
    std::unique_ptr<CatalogFilms> films_;
    std::unique_ptr<SpriteJobs> sprites_;  // null: switched off
    std::unique_ptr<CatalogSounds> sounds_;
    std::unique_ptr<LoudnessJobs> loudness_;  // null: switched off
    std::unique_ptr<CatalogPictures> pictures_;
    std::unique_ptr<RungJobs> rungs_;  // null: switched off
    std::unique_ptr<CatalogIndexes> longFilms_;
    std::unique_ptr<IndexJobs> indexes_;  // null: switched off
    std::atomic<bool> filmsChanged_ = true, soundsChanged_ = true, picturesChanged_ = true, laddersChanged_ = false;
    std::atomic<bool> longFilmsChanged_ = true;
    std::unique_ptr<FarmRunner> runner_;
};

}  // namespace marea::server
