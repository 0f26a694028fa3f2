#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobqueue.h"
#include "server/farm/preparedholds.h"
#include "server/farm/preparedstore.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// The library's side. Blocks. NotFound: gone, or not there at the moment.
class PreparedTitles {
public:
    virtual ~PreparedTitles() = default;
    virtual core::Result<StreamTitlePtr> open(const core::Id& user, const core::Id& media, const core::Id& file) = 0;
};

// Films made ahead by the farm: all pictures of one stretch of time from one decoding, each piece kept under the name
// that playback asks for as soon as it is made. What is there is not made again. A film is a chain of jobs, each of so
// many pieces, so that other work has its turn in between; whoever ends one adds the next. All parameters outlive it
// and its jobs.
class PreparedJobs {
public:
    static constexpr const char* kKind = "prepare";

    struct Parts {
        PreparedStore& store;
        PreparedHolds& holds;
        PreparedTitles& titles;
        StreamService& streams;
        SegmentMaker& maker;
        JobQueue& queue;
        std::string build;
        std::shared_ptr<const core::Clock> clock;
        std::size_t turn = 150;  // makings of one job: ten minutes of a film
    };
    explicit PreparedJobs(Parts parts) : parts_(std::move(parts)) {}

    FarmRunner::Handler handler();
    // Queues the job with which a film begins, or goes on, for whom it is made; of somebody who is gone, for the
    // server.
    static core::Result<core::Id> queue(JobQueue& queue, const PreparedRow& row, std::int64_t number = 0);

private:
    const Parts parts_;
};

}  // namespace marea::server
