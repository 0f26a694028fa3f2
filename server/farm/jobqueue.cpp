#include "server/farm/jobqueue.h"

#include "server/farm/jobstore.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;
using core::db::Value;

namespace {

constexpr std::int64_t kPurgedAtOnce = 1000;

// ?1 the job, ?2 its owner, ?3 the lease's number, ?4 now.
constexpr std::string_view kHeartbeat =
    "UPDATE jobs SET lease_until=?5, progress=?6, updated_at=?4 WHERE id=?1 AND state='leased' AND lease_owner=?2 AND "
    "leases=?3";
constexpr std::string_view kFinish =
    "UPDATE jobs SET state='done', result=?5, progress=1, error=NULL, lease_until=NULL, updated_at=?4 "
    "WHERE id=?1 AND state='leased' AND lease_owner=?2 AND leases=?3";
constexpr std::string_view kFail =
    "UPDATE jobs SET state=CASE WHEN ?6 AND attempts<max_attempts THEN 'queued' ELSE 'failed' END, not_before=?7, "
    "error=?5, lease_until=NULL, updated_at=?4 "
    "WHERE id=?1 AND state='leased' AND lease_owner=?2 AND leases=?3";
constexpr std::string_view kGiveBack =
    "UPDATE jobs SET state='queued', attempts=attempts-1, progress=0, lease_until=NULL, updated_at=?4 "
    "WHERE id=?1 AND state='leased' AND lease_owner=?2 AND leases=?3";
constexpr std::string_view kEndLeases =
    "UPDATE jobs SET state=CASE WHEN attempts<max_attempts THEN 'queued' ELSE 'failed' END, "
    "lease_until=NULL, updated_at=?1, error='Whoever worked on it was not heard of any more.' "
    "WHERE state='leased' AND lease_until<=?1";

std::string reason(const core::Error& error) {
    return error.text.empty() ? std::string(name(error.code)) : error.text;
}

}  // namespace

JobQueue::JobQueue(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
    : database_(database), clock_(std::move(clock)) {}

Result<core::Id> JobQueue::insert(Session& session, const NewJob& job) {
    auto there = jobstore::unfinished(session, job.kind, job.key);
    if (!there) {
        return unexpected<core::Error>(there.error());
    }
    const core::TimeMs now = clock_->now();
    const core::Id id = *there ? **there : core::newId(now);
    auto done = *there ? jobstore::makeAsUrgent(session, id, job.priority) : jobstore::insert(session, id, job, now);
    return done ? Result<core::Id>(id) : unexpected<core::Error>(done.error());
}

Result<core::Id> JobQueue::add(const NewJob& job) {
    auto id = database_.writeValue<core::Id>([&](Session& session) { return insert(session, job); });
    if (id) {
        tellChange();
    }
    return id;
}

Result<std::int64_t> JobQueue::addNew(const std::vector<NewJob>& jobs) {
    auto added = database_.writeValue<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        std::int64_t count = 0;
        for (const NewJob& job : jobs) {
            auto there = jobstore::undone(session, job.kind, job.key);
            auto done = there && !*there ? jobstore::insert(session, core::newId(clock_->now()), job, clock_->now())
                                         : Result<void>();
            if (!there || !done) {
                return unexpected<core::Error>(there ? done.error() : there.error());
            }
            count += *there ? 0 : 1;
        }
        return count;
    });
    if (added && *added > 0) {
        tellChange();
    }
    return added;
}

Result<std::int64_t> JobQueue::endLeases(Session& session, core::TimeMs now) {
    auto done = session.run(kEndLeases, {now});
    return done ? Result<std::int64_t>(session.changes()) : unexpected<core::Error>(done.error());
}

Result<std::optional<core::Id>> JobQueue::nextOf(Session& session, JobPriority priority,
                                                 const std::vector<std::string>& kinds, core::TimeMs now) {
    auto heads = jobstore::heads(session, priority, kinds, now);
    auto shares = heads ? jobstore::shares(session, priority, *heads)
                        : Result<std::vector<Share>>(unexpected<core::Error>(heads.error()));
    if (!shares) {
        return unexpected<core::Error>(shares.error());
    }
    const auto chosen = choose(*heads, *shares);
    return chosen ? std::optional((*heads)[*chosen].job) : std::nullopt;
}

Result<std::optional<Job>> JobQueue::take(const std::string& owner, core::TimeMs lease,
                                          const std::vector<std::string>& kinds, JobPriority least) {
    return database_.writeValue<std::optional<Job>>([&](Session& session) -> Result<std::optional<Job>> {
        const core::TimeMs now = clock_->now();
        if (auto ended = endLeases(session, now); !ended) {
            return unexpected<core::Error>(ended.error());
        }
        for (int priority = 0; priority <= static_cast<int>(least); ++priority) {
            auto next = nextOf(session, static_cast<JobPriority>(priority), kinds, now);
            if (!next) {
                return unexpected<core::Error>(next.error());
            }
            if (*next) {
                auto leased = jobstore::lease(session, **next, owner, now, now + lease);
                return leased ? jobstore::job(session, **next) : unexpected<core::Error>(leased.error());
            }
        }
        return std::optional<Job>();
    });
}

Result<LeaseState> JobQueue::heartbeat(const Lease& lease, core::TimeMs extendBy, double progress) {
    return database_.writeValue<LeaseState>([&](Session& session) -> Result<LeaseState> {
        const core::TimeMs now = clock_->now();
        auto done = session.run(kHeartbeat, {std::string_view(lease.job), std::string_view(lease.owner), lease.number,
                                             now, now + extendBy, progress});
        if (!done || session.changes() > 0) {
            return done ? Result<LeaseState>(LeaseState::Held) : unexpected<core::Error>(done.error());
        }
        auto job = jobstore::job(session, lease.job);
        if (!job) {
            return unexpected<core::Error>(job.error());
        }
        return *job && (*job)->state == JobState::Cancelled ? LeaseState::Cancelled : LeaseState::Lost;
    });
}

Result<bool> JobQueue::change(std::string_view sql, std::initializer_list<Value> values) {
    return database_.writeValue<bool>([&](Session& session) -> Result<bool> {
        auto done = session.run(sql, values);
        return done ? Result<bool>(session.changes() > 0) : unexpected<core::Error>(done.error());
    });
}

Result<bool> JobQueue::finish(const Lease& lease, const core::json::value& result) {
    const std::string text = core::json::serialize(result);
    return change(kFinish, {std::string_view(lease.job), std::string_view(lease.owner), lease.number, clock_->now(),
                            std::string_view(text)});
}

Result<bool> JobQueue::fail(const Lease& lease, const core::Error& error) {
    auto found = job(lease.job);
    if (!found || !*found) {
        return found ? Result<bool>(false) : unexpected<core::Error>(found.error());
    }
    const core::TimeMs now = clock_->now();
    const std::string words = reason(error);
    const std::int64_t again = worthAnotherAttempt(error.code) ? 1 : 0;
    return change(kFail, {std::string_view(lease.job), std::string_view(lease.owner), lease.number, now,
                          std::string_view(words), again, now + backoff((*found)->attempts)});
}

Result<bool> JobQueue::giveBack(const Lease& lease) {
    auto given =
        change(kGiveBack, {std::string_view(lease.job), std::string_view(lease.owner), lease.number, clock_->now()});
    if (given && *given) {
        tellChange();
    }
    return given;
}

Result<void> JobQueue::cancel(const core::Id& id) {
    auto cancelled = database_.write([&](Session& session) -> Result<void> {
        auto done = session.run(
            "UPDATE jobs SET state='cancelled', lease_until=NULL, updated_at=?2 WHERE id=?1 AND "
            "state IN ('queued', 'leased')",
            {std::string_view(id), clock_->now()});
        if (!done || session.changes() > 0) {
            return done;
        }
        auto job = jobstore::job(session, id);
        if (!job) {
            return unexpected<core::Error>(job.error());
        }
        return *job ? core::fail(ErrorCode::Conflict, "The job is finished already.")
                    : core::fail(ErrorCode::NotFound, "There is no such job.");
    });
    if (cancelled) {
        tellChange();
    }
    return cancelled;
}

Result<std::int64_t> JobQueue::takeOver() {
    return database_.writeValue<std::int64_t>([&](Session& session) { return endLeases(session, clock_->now()); });
}

Result<std::int64_t> JobQueue::purge(core::TimeMs doneFor, core::TimeMs failedFor) {
    return database_.writeValue<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        const core::TimeMs now = clock_->now();
        auto done = session.run(
            "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE state IN ('done', 'failed', 'cancelled') AND "
            "updated_at<max(?1, ?2) AND updated_at<CASE state WHEN 'done' THEN ?1 ELSE ?2 END ORDER BY updated_at "
            "LIMIT ?3)",
            {now - doneFor, now - failedFor, kPurgedAtOnce});
        return done ? Result<std::int64_t>(session.changes()) : unexpected<core::Error>(done.error());
    });
}

Result<std::vector<Job>> JobQueue::list(const Filter& filter, const core::Id& before, std::int64_t limit) {
    return database_.readValue<std::vector<Job>>(
        [&](Session& session) { return jobstore::jobs(session, filter.state, filter.kind, before, limit); });
}

Result<std::optional<Job>> JobQueue::job(const core::Id& id) {
    return database_.readValue<std::optional<Job>>([&](Session& session) { return jobstore::job(session, id); });
}

Result<std::vector<Job>> JobQueue::recent(core::TimeMs since, std::int64_t limit) {
    return database_.readValue<std::vector<Job>>(
        [&](Session& session) { return jobstore::recent(session, since, limit); });
}

Result<JobCounts> JobQueue::counts() {
    return database_.readValue<JobCounts>(jobstore::counts);
}

Result<std::set<std::string>> JobQueue::unfinishedKeys(const std::string& kind) {
    return database_.readValue<std::set<std::string>>(
        [&](Session& session) { return jobstore::unfinishedKeys(session, kind); });
}

Result<bool> JobQueue::somethingDue() {
    auto next = database_.readValue<std::optional<core::TimeMs>>(jobstore::nextDue);
    return next ? Result<bool>(*next && **next <= clock_->now()) : unexpected<core::Error>(next.error());
}

std::shared_ptr<void> JobQueue::onChange(std::function<void()> call) {
    const std::lock_guard lock(listeners_->mutex);
    const std::uint64_t number = ++listeners_->last;
    listeners_->calls.emplace(number, std::move(call));
    return {this, [listeners = listeners_, number](void*) {
                const std::lock_guard guard(listeners->mutex);
                listeners->calls.erase(number);
            }};
}

void JobQueue::tellChange() {
    const std::lock_guard lock(listeners_->mutex);
    for (const auto& [number, call] : listeners_->calls) {
        call();
    }
}

}  // namespace marea::server
