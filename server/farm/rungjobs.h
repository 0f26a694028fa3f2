#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/media/rungmeasure.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/transcode/qualitymeasurer.h"

namespace marea::server {

// The library's side. Calls block.
class LibraryPictures {
public:
    virtual ~LibraryPictures() = default;
    // Files that have not been measured, in order of `num`, those after it.
    virtual core::Result<std::vector<core::PictureFile>> unmeasured(std::int64_t after, std::int64_t limit) = 0;
    // A file of that content, and what it holds; NotFound when there is none any more.
    virtual core::Result<SegmentSource> open(const std::string& content) = 0;
    virtual core::Result<core::MediaInfo> info(const std::string& content) = 0;
    virtual core::Result<void> keep(const std::string& content, const std::vector<core::RungMeasure>& rungs,
                                    const std::string& problem) = 0;
    // Measures of what is gone go.
    virtual core::Result<void> sweep() = 0;
};

// What a title needs in the ladder, measured ahead: a job for each film, sample after sample, between which it can be
// called off. All parameters outlive it and its jobs.
class RungJobs {
public:
    static constexpr const char* kKind = "rungs";

    RungJobs(JobQueue& queue, LibraryPictures& pictures, QualityMeasurer& measurer,
             std::shared_ptr<core::Logger> logger);

    // Adds a job for each film that has not been measured, unless that failed lately. How many were added. Blocks;
    // from one thread at a time.
    core::Result<std::int64_t> queueMissing();
    FarmRunner::Handler handler();

private:
    core::Result<std::int64_t> queuePage(const std::vector<core::PictureFile>& page);

    JobQueue& queue_;
    LibraryPictures& pictures_;
    QualityMeasurer& measurer_;
    const std::shared_ptr<core::Logger> logger_;
    std::set<std::string> seen_;  // contents that were looked at since the start
    bool swept_ = false;
};

}  // namespace marea::server
