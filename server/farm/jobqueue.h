#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/db/database.h"
#include "server/farm/job.h"
#include "server/farm/jobrules.h"

namespace marea::server {

enum class LeaseState {
    Held,       // and extended
    Cancelled,  // the job was called off: stop working on it
    Lost        // ran out and was given away, or the job is gone: what comes of the work does not count
};

// The durable queue of batch work: a table of the database. Any number of queues and owners may share it. A job is
// queued, then leased to one owner, then done, failed or cancelled. Whoever holds a lease says so now and then;
// otherwise the job is given to somebody else. Each call is one transaction. Calls block on the database; thread-safe.
class JobQueue {
public:
    JobQueue(core::db::Database& database, std::shared_ptr<const core::Clock> clock);

    // The id of the job. One of the same kind and key that is not finished stands for it, and becomes as urgent.
    core::Result<core::Id> add(const NewJob& job);
    // In one transaction, but for those of which there is a job that is not done, also one that failed or was called
    // off and is not yet purged: that is not tried again at every opportunity. How many were added.
    core::Result<std::int64_t> addNew(const std::vector<NewJob>& jobs);

    // The next job of `kinds` that is due and not less urgent than `least`, leased for `lease` milliseconds; nullopt:
    // there is none. The most urgent first; among equals fair shares for users (choose() in jobrules.h). Leases that
    // ran out are ended first.
    core::Result<std::optional<Job>> take(const std::string& owner, core::TimeMs lease,
                                          const std::vector<std::string>& kinds,
                                          JobPriority least = JobPriority::Batch);
    core::Result<LeaseState> heartbeat(const Lease& lease, core::TimeMs extendBy, double progress);
    // These return whether the lease was still held; nothing changes when it was not.
    core::Result<bool> finish(const Lease& lease, const core::json::value& result);
    // Tried again after backoff(), unless that is pointless or was done often enough: then it failed.
    core::Result<bool> fail(const Lease& lease, const core::Error& error);
    core::Result<bool> giveBack(const Lease& lease);  // untouched: the attempt does not count

    core::Result<void> cancel(const core::Id& job);  // NotFound; Conflict: it is finished
    // Ends leases that ran out: queued again, or failed after the last attempt. How many.
    core::Result<std::int64_t> takeOver();
    // Finished jobs older than that go, a bounded number at a time. How many.
    core::Result<std::int64_t> purge(core::TimeMs doneFor, core::TimeMs failedFor);

    struct Filter {
        std::optional<JobState> state;
        std::string kind;  // "": any
    };
    // The newest first, those before the job `before` ("": from the newest).
    core::Result<std::vector<Job>> list(const Filter& filter, const core::Id& before, std::int64_t limit);
    core::Result<std::optional<Job>> job(const core::Id& id);
    // Those under way, and the first `limit` of those finished since then: also by other processes.
    core::Result<std::vector<Job>> recent(core::TimeMs since, std::int64_t limit);
    core::Result<JobCounts> counts();
    core::Result<std::set<std::string>> unfinishedKeys(const std::string& kind);
    // Whether there may be something to take: without writing, unlike take().
    core::Result<bool> somethingDue();

    // `call` comes after a job was added, given back or called off by this object, on that thread, until what is
    // returned goes. It may not call the queue.
    std::shared_ptr<void> onChange(std::function<void()> call);

private:
    using Session = core::db::Session;
    struct Listeners {
        std::mutex mutex;
        std::map<std::uint64_t, std::function<void()>> calls;
        std::uint64_t last = 0;
    };

    core::Result<core::Id> insert(Session& session, const NewJob& job);
    core::Result<std::int64_t> endLeases(Session& session, core::TimeMs now);
    core::Result<std::optional<core::Id>> nextOf(Session& session, JobPriority priority,
                                                 const std::vector<std::string>& kinds, core::TimeMs now);
    core::Result<bool> change(std::string_view sql, std::initializer_list<core::db::Value> values);
    void tellChange();

    core::db::Database& database_;
    const std::shared_ptr<const core::Clock> clock_;
    const std::shared_ptr<Listeners> listeners_ = std::make_shared<Listeners>();
};

}  // namespace marea::server
