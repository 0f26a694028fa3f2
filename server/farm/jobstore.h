#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/db/database.h"
#include "server/farm/job.h"
#include "server/farm/jobrules.h"

// The statements over the table of jobs; each takes the session of the caller's transaction.
namespace marea::server::jobstore {

using core::Result;
using core::db::Session;

Result<std::optional<Job>> job(Session& session, const core::Id& id);
Result<std::vector<Job>> jobs(Session& session, std::optional<JobState> state, const std::string& kind,
                              const core::Id& before, std::int64_t limit);
// Those under way, and the first `limit` of those finished since then.
Result<std::vector<Job>> recent(Session& session, core::TimeMs since, std::int64_t limit);
Result<std::optional<core::Id>> unfinished(Session& session, const std::string& kind, const std::string& key);
// Whether there is one that waits, runs, failed or was called off.
Result<bool> undone(Session& session, const std::string& kind, const std::string& key);
Result<void> insert(Session& session, const core::Id& id, const NewJob& job, core::TimeMs now);
Result<void> makeAsUrgent(Session& session, const core::Id& id, JobPriority priority);
Result<void> lease(Session& session, const core::Id& id, const std::string& owner, core::TimeMs now,
                   core::TimeMs until);

// The heads of all lines of a priority; of how much the users had.
Result<std::vector<Candidate>> heads(Session& session, JobPriority priority, const std::vector<std::string>& kinds,
                                     core::TimeMs now);
Result<std::vector<Share>> shares(Session& session, JobPriority priority, const std::vector<Candidate>& candidates);

Result<std::set<std::string>> unfinishedKeys(Session& session, const std::string& kind);
Result<JobCounts> counts(Session& session);
// When something is due or a lease runs out next, perhaps already; nullopt: nothing waits.
Result<std::optional<core::TimeMs>> nextDue(Session& session);

}  // namespace marea::server::jobstore
