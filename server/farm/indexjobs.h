#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/stream/streamservice.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// A film, as far as reading it through for its index goes.
struct IndexedFilm {
    std::int64_t num = 0;  // ascending: where a list goes on
    core::Id file;
    std::string name;
    std::string fingerprint;  // as SegmentSource's
    bool takesLong = false;   // and can be played; else its index is made when it is needed, if at all
};

// The library's side. Calls block.
class IndexedFilms {
public:
    virtual ~IndexedFilms() = default;
    virtual core::Result<std::vector<IndexedFilm>> films(std::int64_t after, std::int64_t limit) = 0;
    virtual core::Result<SegmentSource> open(const core::Id& file) = 0;
};

// Films that only reading through tells the keyframes of, read ahead, a job for each: playback can copy their pictures
// from the first time on. All parameters outlive it and its jobs.
class IndexJobs {
public:
    static constexpr const char* kKind = "index";

    IndexJobs(JobQueue& queue, IndexedFilms& films, StreamService& streams, SegmentMaker& maker,
              std::shared_ptr<core::Logger> logger);

    // Adds a job for each such film without an index, unless that failed lately. How many were added. Blocks; from one
    // thread at a time.
    core::Result<std::int64_t> queueMissing();
    FarmRunner::Handler handler();

private:
    core::Result<std::int64_t> queuePage(const std::vector<IndexedFilm>& page);

    JobQueue& queue_;
    IndexedFilms& films_;
    StreamService& streams_;
    SegmentMaker& maker_;
    const std::shared_ptr<core::Logger> logger_;
    std::set<std::string> seen_;  // fingerprints that were looked at since the start
};

}  // namespace marea::server
