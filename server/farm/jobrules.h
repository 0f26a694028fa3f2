#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/farm/job.h"

namespace marea::server {

// The farm's decisions on values. Pure.

// How long a job rests after its `attempts`-th attempt (from 1) failed: 30 s, doubled each time, an hour at most.
core::TimeMs backoff(int attempts);

// Whether another attempt might end better. What lies in the job or in its source stays wrong.
bool worthAnotherAttempt(core::ErrorCode code);

// The head of one user's line for one kind.
struct Candidate {
    core::Id job;
    std::string user;  // "": the server itself
    core::TimeMs notBefore = 0;
};
// How much a user had of the farm so far.
struct Share {
    int running = 0;              // jobs of this priority under way
    core::TimeMs lastServed = 0;  // when a job of theirs was last begun
};
// Index of the one to begin, `shares[i]` being that of the candidate's user: of the user with the fewest running jobs,
// then of the one who waits longest since their last, then the oldest job. nullopt without candidates.
std::optional<std::size_t> choose(const std::vector<Candidate>& candidates, const std::vector<Share>& shares);

using RunningJobs = std::array<int, 4>;  // by priority
// The least urgent priority of which a job may begin beside those running; more urgent ones may too. A job counts only
// what is at least as urgent as itself, so that live work never waits for batch work. nullopt: none may.
std::optional<JobPriority> leastUrgentToBegin(const RunningJobs& running, int slots);

}  // namespace marea::server
