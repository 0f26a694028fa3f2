#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/farm/spritestore.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// A film, as its thumbnails need to know it.
struct SpriteFilm {
    std::int64_t num = 0;  // ascending: where a list goes on
    core::Id file;
    std::string name;
    std::string fingerprint;  // as SegmentSource's
    SpritePlan plan;
    bool playable = false;
};

// The library's side. Calls block.
class SpriteFilms {
public:
    virtual ~SpriteFilms() = default;
    virtual core::Result<std::vector<SpriteFilm>> films(std::int64_t after, std::int64_t limit) = 0;
    virtual core::Result<SegmentSource> open(const core::Id& file) = 0;
};

// Thumbnails made ahead, a job for each film. All parameters outlive it and its jobs.
class SpriteJobs {
public:
    static constexpr const char* kKind = "sprites";

    SpriteJobs(JobQueue& queue, SpriteStore& store, SpriteFilms& films, SegmentMaker& maker,
               std::shared_ptr<core::Logger> logger);

    // Adds a job for each film without thumbnails, unless making them failed lately. The first time, thumbnails of
    // films that are gone go too. How many were added. Blocks; from one thread at a time.
    core::Result<std::int64_t> queueMissing();
    FarmRunner::Handler handler();

private:
    core::Result<std::int64_t> queuePage(const std::vector<SpriteFilm>& page);

    JobQueue& queue_;
    SpriteStore& store_;
    SpriteFilms& films_;
    SegmentMaker& maker_;
    const std::shared_ptr<core::Logger> logger_;
    std::set<std::string> seen_;  // fingerprints that were looked at since the start
    bool swept_ = false;
};

}  // namespace marea::server
