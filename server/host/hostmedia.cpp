// How a Host's parts that make media are made and connected: workers, segments, background jobs, downloads, and films
// made ahead. What answers users is in hostservices.cpp.
#include <filesystem>
#include <thread>

#include "server/apps/catalog/catalog.h"
#include "server/apps/downloads/downloads.h"
#include "server/apps/identity/secrets.h"
#include "server/apps/licence/licences.h"
#include "server/apps/prepared/prepared.h"
#include "server/apps/profiles/profiles.h"
#include "server/farm/downloadjobs.h"
#include "server/farm/preparedholds.h"
#include "server/farm/preparedjobs.h"
#include "server/farm/preparedstore.h"
#include "server/farm/spritestore.h"
#include "server/host/catalogdownloads.h"
#include "server/host/catalogprepared.h"
#include "server/host/farmparts.h"
#include "server/host/hardware.h"
#include "server/host/health.h"
#include "server/host/host.h"
#include "server/host/process.h"
#include "server/stream/streamservice.h"
#include "server/stream/waveforms.h"
#include "server/transcode/workerpool.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {

using core::Result;

namespace {

// On the disk of a folder, for this process.
std::int64_t freeBytes(const std::string& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return error ? 0 : static_cast<std::int64_t>(space.available);
}

// Encrypted or not, in a folder of its own, as what else is kept for streams.
SegmentCacheOptions waveformCache(const StreamOptions& streaming) {
    constexpr std::int64_t kMost = std::int64_t{64} << 20;  // some 60,000 titles
    const std::string clear = streaming.folder + "/waveforms", sealed = clear + ".sealed";
    SegmentCacheOptions options{streaming.secret.empty() ? clear : sealed, kMost};
    options.secret = streaming.secret;
    options.stale = streaming.secret.empty() ? sealed : clear;
    return options;
}

}  // namespace

void Host::openWorkers() {
    WorkerPoolOptions options;
    options.programPath = config_.workerProgram.empty() ? programFolder() + "/marea-worker" : config_.workerProgram;
    options.count =
        static_cast<int>(config_.workers ? config_.workers : std::max(1U, std::thread::hardware_concurrency()));
    hardware_ = std::make_unique<Hardware>(config_.hardware, options.programPath, pool_->executor(), logger_);
    options.arguments = hardware_->workerArguments();
    if (config_.embedded) {
        options.arguments.emplace_back(lowPriorityOption);
    }
    options.ease = config_.ease;
    workers_ = std::make_unique<WorkerPool>(std::move(options), pool_->executor(), logger_);
    health_ = std::make_unique<Health>(database(), *workers_, clock_, logger_);
}

Result<void> Host::openStreams() {
    spriteStore_ = std::make_unique<SpriteStore>(config_.dataFolder + "/cache/sprites", config_.spriteBytes);
    preparedStore_ = std::make_unique<PreparedStore>(database());
    const auto prepared = preparedStore_->all();
    if (!prepared) {
        return core::unexpected<core::Error>(prepared.error());
    }
    StreamOptions streaming;
    streaming.folder = config_.dataFolder + "/cache";
    if (config_.sealCache) {
        auto secret = loadOrMakeSecretFile(config_.dataFolder + "/keys/cache.key", randomToken);
        if (!secret) {
            return core::unexpected<core::Error>(secret.error());
        }
        streaming.secret = std::move(*secret);
    }
    streaming.build = thisBuild();
    streaming.segmentBytes = config_.streamCacheBytes;
    streaming.hardware = hardware_->any();
    streaming.held = PreparedHolds::held(*prepared, thisBuild());
    streaming.makings.perUser = config_.limits.segmentsPerUser;
    streaming.makings.overall = config_.limits.segments;
    streaming.spritesMade = [store = spriteStore_.get()](const StreamTitle& title, const SpriteWish& wish) {
        auto sheet = store->find(title.fingerprint, spritePlan(title.info), wish);
        return sheet ? std::optional(SegmentCache::Entry{std::move(sheet->file), sheet->size, nullptr}) : std::nullopt;
    };
    waveforms_ = std::make_unique<Waveforms>(waveformCache(streaming), *workers_, *workers_, logger_);
    streams_ = std::make_unique<StreamService>(std::move(streaming), hardware_->start(*workers_), logger_);
    preparedHolds_ = std::make_unique<PreparedHolds>(*preparedStore_, *streams_, thisBuild(), *prepared);
    return {};
}

void Host::openFarm() {
    farm_ = std::make_unique<FarmParts>(
        config_, FarmParts::Parts{database(), *catalog_, *workers_, *spriteStore_, *streams_, *pool_, clock_, logger_});
}

void Host::openDownloads() {
    downloadTitles_ = std::make_unique<CatalogDownloads>(*catalog_, licences_->protection(), licences_->keys());
    downloadFiles_ = std::make_unique<DownloadFiles>(config_.dataFolder + "/downloads", config_.downloadBytes);
    downloadJobs_ =
        std::make_unique<DownloadJobs>(DownloadJobs::Parts{*downloadFiles_, *downloadTitles_, *streams_, *workers_});
    farm_->handle(DownloadJobs::kKind, downloadJobs_->handler());
    if (config_.serves()) {
        DownloadOptions options;
        options.build = thisBuild();
        options.keep = core::TimeMs{config_.downloadDays} * 24 * 3600 * 1000;
        downloads_ = std::make_unique<Downloads>(database(), *downloadTitles_, *downloadFiles_, farm_->queue(), clock_,
                                                 logger_, *pool_, std::move(options));
    }
}

void Host::openPrepared() {
    preparedTitles_ = std::make_unique<CatalogPrepared>(*catalog_);
    preparedJobs_ = std::make_unique<PreparedJobs>(PreparedJobs::Parts{
        *preparedStore_, *preparedHolds_, *preparedTitles_, *streams_, *workers_, farm_->queue(), thisBuild(), clock_});
    farm_->handle(PreparedJobs::kKind, preparedJobs_->handler());
    if (config_.serves()) {
        PreparedOptions options;
        options.build = thisBuild();
        options.mostBytes = config_.preparedBytes;
        options.profiles = [this](std::string_view name) { return profiles_->find(name); };
        options.freeBytes = [folder = config_.dataFolder] { return freeBytes(folder); };
        prepared_ = std::make_unique<Prepared>(Prepared::Parts{*preparedStore_, *preparedHolds_, *preparedTitles_,
                                                               *streams_, farm_->queue(), *pool_, clock_, logger_},
                                               std::move(options));
    }
}

}  // namespace marea::server
