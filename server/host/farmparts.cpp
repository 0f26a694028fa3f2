#include "server/host/farmparts.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "server/farm/indexjobs.h"
#include "server/farm/loudnessjobs.h"
#include "server/farm/rungjobs.h"
#include "server/farm/spritejobs.h"
#include "server/gateway/workpool.h"
#include "server/host/catalogfilms.h"
#include "server/host/catalogindexes.h"
#include "server/host/catalogpictures.h"
#include "server/host/catalogsounds.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

namespace {

constexpr std::chrono::milliseconds kLongestHeartbeat{5000}, kFarmPoll{2000};

FarmRunnerOptions runnerOptions(const Config& config) {
    FarmRunnerOptions options;
    options.owner = std::string(config.serves() ? "server" : "transcode") + " process " + std::to_string(::getpid()) +
                    " " + core::newId();
    options.slots =
        static_cast<int>(config.farmJobs ? config.farmJobs : std::max(1U, std::thread::hardware_concurrency() / 2));
    options.lease = core::TimeMs{config.farmLease} * 1000;
    options.heartbeat = std::min(kLongestHeartbeat, std::chrono::milliseconds(options.lease / 4));
    options.poll = std::min(kFarmPoll, options.heartbeat);
    return options;
}

}  // namespace

FarmParts::FarmParts(const Config& config, const Parts& parts)
    : works_(config.worksForFarm()),
      logger_(parts.logger),
      queue_(std::make_unique<JobQueue>(parts.database, parts.clock)),
      runner_(std::make_unique<FarmRunner>(*queue_, parts.pool.executor(), logger_, runnerOptions(config))) {
    if (config.farmSprites) {
        openSprites(parts);
    }
    if (config.farmLoudness) {
        openLoudness(parts);
    }
    if (config.farmLadders) {
        openLadders(parts);
    }
    if (config.farmIndexes) {
        openIndexes(parts);
    }
}

FarmParts::~FarmParts() = default;

void FarmParts::openSprites(const Parts& parts) {
    films_ = std::make_unique<CatalogFilms>(parts.catalog);
    sprites_ = std::make_unique<SpriteJobs>(*queue_, parts.sprites, *films_, parts.workers, logger_);
    handle(SpriteJobs::kKind, sprites_->handler());
}

void FarmParts::openLoudness(const Parts& parts) {
    sounds_ = std::make_unique<CatalogSounds>(parts.catalog, parts.database, parts.clock);
    loudness_ = std::make_unique<LoudnessJobs>(*queue_, *sounds_, parts.workers, logger_);
    handle(LoudnessJobs::kKind, loudness_->handler());
}

void FarmParts::openLadders(const Parts& parts) {
    pictures_ = std::make_unique<CatalogPictures>(parts.catalog, parts.database, parts.clock,
                                                  [this] { laddersChanged_ = true; });
    rungs_ = std::make_unique<RungJobs>(*queue_, *pictures_, parts.workers, logger_);
    handle(RungJobs::kKind, rungs_->handler());
}

void FarmParts::openIndexes(const Parts& parts) {
    longFilms_ = std::make_unique<CatalogIndexes>(parts.catalog);
    indexes_ = std::make_unique<IndexJobs>(*queue_, *longFilms_, parts.streams, parts.workers, logger_);
    handle(IndexJobs::kKind, indexes_->handler());
}

void FarmParts::handle(const char* kind, FarmRunner::Handler handler) {
    if (works_) {
        runner_->handle(kind, std::move(handler));
    }
}

void FarmParts::catalogueChanged() {
    filmsChanged_ = soundsChanged_ = picturesChanged_ = longFilmsChanged_ = true;
}

void FarmParts::queueMissing() {
    queueMissing(sprites_.get(), filmsChanged_, "farm.sprites_not_queued");
    queueMissing(loudness_.get(), soundsChanged_, "farm.loudness_not_queued");
    queueMissing(rungs_.get(), picturesChanged_, "farm.rungs_not_queued");
    queueMissing(indexes_.get(), longFilmsChanged_, "farm.indexes_not_queued");
}

template <class Jobs>
void FarmParts::queueMissing(Jobs* jobs, std::atomic<bool>& changed, const char* failure) {
    if (!jobs || !changed.exchange(false)) {
        return;
    }
    if (auto queued = jobs->queueMissing(); !queued) {
        changed = true;
        logger_->error(failure, {{"detail", queued.error().detail}});
    }
}

}  // namespace marea::server
