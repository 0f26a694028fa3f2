#include "server/farm/jobstore.h"

#include <algorithm>
#include <map>

#include "core/base/jsonfields.h"

namespace marea::server::jobstore {

namespace {

using core::unexpected;
using core::db::Row;

constexpr std::string_view kColumns =
    "SELECT id, kind, key, user_id, priority, state, payload, result, progress, attempts, max_attempts, not_before, "
    "created_at, updated_at, leases, lease_owner, lease_until, error FROM jobs ";

std::string jobsWhere(std::string_view rest) {
    return std::string(kColumns) + std::string(rest);
}

core::json::value jsonOf(std::string_view text) {
    auto value = core::parseJson(text.empty() ? std::string_view("null") : text);
    return value ? std::move(*value) : core::json::value();
}

Job jobOf(const Row& row) {
    Job job;
    job.id = row.string(0);
    job.kind = row.string(1);
    job.key = row.string(2);
    job.userId = row.optionalString(3);
    job.priority = static_cast<JobPriority>(row.integer(4));
    job.state = jobStateOf(row.text(5)).value_or(JobState::Failed);
    const core::json::value payload = jsonOf(row.text(6));
    job.payload = payload.is_object() ? payload.get_object() : core::json::object();
    job.result = jsonOf(row.text(7));
    job.progress = row.real(8);
    job.attempts = static_cast<int>(row.integer(9));
    job.maxAttempts = static_cast<int>(row.integer(10));
    job.notBefore = row.integer(11);
    job.createdAt = row.integer(12);
    job.updatedAt = row.integer(13);
    job.leases = row.integer(14);
    job.leaseOwner = row.string(15);
    job.leaseUntil = row.integer(16);
    job.error = row.string(17);
    return job;
}

std::int64_t number(JobPriority priority) {
    return static_cast<std::int64_t>(priority);
}

// The users with a line of this priority. One look into the index each, however long the lines are.
Result<std::vector<std::string>> users(Session& session, JobPriority priority) {
    constexpr std::string_view kFirst =
        "SELECT coalesce(user_id, '') FROM jobs WHERE state='queued' AND priority=?1 AND coalesce(user_id, '')>=?2 "
        "ORDER BY coalesce(user_id, '') LIMIT 1";
    constexpr std::string_view kNext =
        "SELECT coalesce(user_id, '') FROM jobs WHERE state='queued' AND priority=?1 AND coalesce(user_id, '')>?2 "
        "ORDER BY coalesce(user_id, '') LIMIT 1";
    std::vector<std::string> found;
    while (true) {
        const std::string last = found.empty() ? "" : found.back();
        auto next = session.first(found.empty() ? kFirst : kNext, {number(priority), std::string_view(last)},
                                  [](const Row& row) { return row.string(0); });
        if (!next) {
            return unexpected<core::Error>(next.error());
        }
        if (!*next) {
            return found;
        }
        found.push_back(std::move(**next));
    }
}

Result<bool> exists(Result<std::optional<core::Id>> found) {
    return found ? Result<bool>(found->has_value()) : unexpected<core::Error>(found.error());
}

core::Id idOf(const Row& row) {
    return row.string(0);
}

}  // namespace

Result<std::optional<Job>> job(Session& session, const core::Id& id) {
    static const std::string sql = jobsWhere("WHERE id=?1");
    return session.first(sql, {std::string_view(id)}, jobOf);
}

Result<std::vector<Job>> jobs(Session& session, std::optional<JobState> state, const std::string& kind,
                              const core::Id& before, std::int64_t limit) {
    static const std::string ofState =
        jobsWhere("WHERE state=?1 AND (?2='' OR kind=?2) AND id<?3 ORDER BY id DESC LIMIT ?4");
    static const std::string all = jobsWhere("WHERE ?1='' AND (?2='' OR kind=?2) AND id<?3 ORDER BY id DESC LIMIT ?4");
    const std::string_view last = before.empty() ? std::string_view("~") : std::string_view(before);  // after any id
    return session.all(state ? ofState : all,
                       {state ? name(*state) : std::string_view(), std::string_view(kind), last, limit}, jobOf);
}

Result<std::vector<Job>> recent(Session& session, core::TimeMs since, std::int64_t limit) {
    static const std::string underWay = jobsWhere("WHERE state='leased' LIMIT ?1");
    static const std::string finished =
        jobsWhere("WHERE state IN ('done', 'failed', 'cancelled') AND updated_at>=?1 ORDER BY updated_at LIMIT ?2");
    auto jobs = session.all(underWay, {limit}, jobOf);
    auto ended = jobs ? session.all(finished, {since, limit}, jobOf) : jobs;
    if (!ended) {
        return ended;
    }
    jobs->insert(jobs->end(), ended->begin(), ended->end());
    return jobs;
}

Result<std::optional<core::Id>> unfinished(Session& session, const std::string& kind, const std::string& key) {
    return session.first("SELECT id FROM jobs WHERE kind=?1 AND key=?2 AND state IN ('queued', 'leased')",
                         {std::string_view(kind), std::string_view(key)}, idOf);
}

Result<bool> undone(Session& session, const std::string& kind, const std::string& key) {
    return exists(session.first("SELECT id FROM jobs WHERE kind=?1 AND key=?2 AND state<>'done' LIMIT 1",
                                {std::string_view(kind), std::string_view(key)}, idOf));
}

Result<void> insert(Session& session, const core::Id& id, const NewJob& job, core::TimeMs now) {
    const std::string payload = core::json::serialize(job.payload);
    return session.run(
        "INSERT INTO jobs(id, kind, key, user_id, priority, payload, max_attempts, not_before, created_at, updated_at) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
        {std::string_view(id), std::string_view(job.kind), std::string_view(job.key), core::db::orNull(job.userId),
         number(job.priority), std::string_view(payload), static_cast<std::int64_t>(std::max(1, job.maxAttempts)),
         job.notBefore.value_or(now), now});
}

Result<void> makeAsUrgent(Session& session, const core::Id& id, JobPriority priority) {
    return session.run("UPDATE jobs SET priority=?2 WHERE id=?1 AND priority>?2",
                       {std::string_view(id), number(priority)});
}

Result<void> lease(Session& session, const core::Id& id, const std::string& owner, core::TimeMs now,
                   core::TimeMs until) {
    return session.run(
        "UPDATE jobs SET state='leased', leases=leases+1, attempts=attempts+1, progress=0, lease_owner=?2, "
        "lease_until=?4, taken_at=?3, updated_at=?3 WHERE id=?1 AND state='queued'",
        {std::string_view(id), std::string_view(owner), now, until});
}

Result<std::vector<Candidate>> heads(Session& session, JobPriority priority, const std::vector<std::string>& kinds,
                                     core::TimeMs now) {
    auto waiting = users(session, priority);
    if (!waiting) {
        return unexpected<core::Error>(waiting.error());
    }
    std::vector<Candidate> found;
    for (const std::string& user : *waiting) {
        for (const std::string& kind : kinds) {
            auto head = session.first(
                "SELECT id, not_before FROM jobs WHERE state='queued' AND priority=?1 AND coalesce(user_id, '')=?2 AND "
                "kind=?3 AND not_before<=?4 ORDER BY not_before, id LIMIT 1",
                {number(priority), std::string_view(user), std::string_view(kind), now}, [&](const Row& row) {
                    return Candidate{row.string(0), user, row.integer(1)};
                });
            if (!head) {
                return unexpected<core::Error>(head.error());
            }
            if (*head) {
                found.push_back(std::move(**head));
            }
        }
    }
    return found;
}

Result<std::vector<Share>> shares(Session& session, JobPriority priority, const std::vector<Candidate>& candidates) {
    std::map<std::string, int> running;
    auto counted =
        session.each("SELECT coalesce(user_id, ''), count(*) FROM jobs WHERE state='leased' AND priority=?1 GROUP BY 1",
                     {number(priority)}, [&](const Row& row) {
                         running[row.string(0)] = static_cast<int>(row.integer(1));
                         return true;
                     });
    std::vector<Share> found;
    for (std::size_t i = 0; counted && i < candidates.size(); ++i) {
        Share share{running[candidates[i].user], 0};
        counted = session.each("SELECT max(taken_at) FROM jobs WHERE coalesce(user_id, '')=?1",
                               {std::string_view(candidates[i].user)}, [&](const Row& row) {
                                   share.lastServed = row.integer(0);
                                   return false;
                               });
        found.push_back(share);
    }
    return counted ? Result<std::vector<Share>>(std::move(found)) : unexpected<core::Error>(counted.error());
}

Result<std::set<std::string>> unfinishedKeys(Session& session, const std::string& kind) {
    std::set<std::string> keys;
    auto done = session.each("SELECT key FROM jobs WHERE kind=?1 AND state IN ('queued', 'leased')",
                             {std::string_view(kind)}, [&](const Row& row) {
                                 keys.insert(row.string(0));
                                 return true;
                             });
    return done ? Result<std::set<std::string>>(std::move(keys)) : unexpected<core::Error>(done.error());
}

Result<JobCounts> counts(Session& session) {
    JobCounts counts;
    auto done = session.each("SELECT state, count(*) FROM jobs GROUP BY state", {}, [&](const Row& row) {
        const std::int64_t count = row.integer(1);
        switch (jobStateOf(row.text(0)).value_or(JobState::Failed)) {
            case JobState::Queued:
                counts.queued = count;
                break;
            case JobState::Leased:
                counts.leased = count;
                break;
            case JobState::Done:
                counts.done = count;
                break;
            case JobState::Failed:
                counts.failed = count;
                break;
            case JobState::Cancelled:
                counts.cancelled = count;
                break;
        }
        return true;
    });
    return done ? Result<JobCounts>(counts) : unexpected<core::Error>(done.error());
}

Result<std::optional<core::TimeMs>> nextDue(Session& session) {
    std::optional<core::TimeMs> next;
    auto done = session.each(
        "SELECT min(lease_until) FROM jobs WHERE state='leased' UNION ALL "
        "SELECT min(not_before) FROM jobs WHERE state='queued'",
        {}, [&](const Row& row) {
            if (!row.isNull(0)) {
                next = std::min(next.value_or(row.integer(0)), row.integer(0));
            }
            return true;
        });
    return done ? Result<std::optional<core::TimeMs>>(next) : unexpected<core::Error>(done.error());
}

}  // namespace marea::server::jobstore
