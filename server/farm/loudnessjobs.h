#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/media/soundmeasure.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/transcode/soundmeasurer.h"

namespace marea::server {

// The library's side. Calls block.
class LibrarySounds {
public:
    virtual ~LibrarySounds() = default;
    // Files that have not been measured, in order of `num`, those after it.
    virtual core::Result<std::vector<core::SoundFile>> unmeasured(std::int64_t after, std::int64_t limit) = 0;
    // A file of that content; NotFound when there is none any more.
    virtual core::Result<SegmentSource> open(const std::string& content) = 0;
    virtual core::Result<void> keep(const std::string& content, const std::vector<core::SoundMeasure>& measures) = 0;
    // Brings up to date what items tell of their loudness.
    virtual core::Result<void> refresh() = 0;
    // Measures of what is gone go.
    virtual core::Result<void> sweep() = 0;
};

// Loudness measured ahead, a job for each file: all its sounds, in parts of ten minutes, between which it can be called
// off. All parameters outlive it and its jobs.
class LoudnessJobs {
public:
    static constexpr const char* kKind = "loudness";

    LoudnessJobs(JobQueue& queue, LibrarySounds& sounds, SoundMeasurer& measurer, std::shared_ptr<core::Logger> logger);

    // Adds a job for each file that has not been measured, unless that failed lately, and lets tags speak meanwhile.
    // How many were added. Blocks; from one thread at a time.
    core::Result<std::int64_t> queueMissing();
    FarmRunner::Handler handler();

private:
    core::Result<std::int64_t> queuePage(const std::vector<core::SoundFile>& page);

    JobQueue& queue_;
    LibrarySounds& sounds_;
    SoundMeasurer& measurer_;
    const std::shared_ptr<core::Logger> logger_;
    std::set<std::string> seen_;  // contents that were looked at since the start
    bool swept_ = false;
};

}  // namespace marea::server
