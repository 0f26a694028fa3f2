#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"

namespace marea::server {

// From most to least urgent; stored as its number.
enum class JobPriority { Live, Interactive, Download, Batch };
enum class JobState { Queued, Leased, Done, Failed, Cancelled };

std::string_view name(JobPriority priority);  // "live"
std::string_view name(JobState state);        // "queued"
std::optional<JobState> jobStateOf(std::string_view name);

struct NewJob {
    std::string kind;                // which handler does it
    std::string key;                 // what it is about: one unfinished job for each kind and key
    std::optional<core::Id> userId;  // for whom; none: for the server itself
    JobPriority priority = JobPriority::Batch;
    core::json::object payload;  // what the handler needs to know
    int maxAttempts = 5;
    std::optional<core::TimeMs> notBefore;
};

// The right to work on a job for a while. `number` counts the job's leases, so that an owner whose lease was given to
// somebody else, or to itself anew, is told from the one who holds it.
struct Lease {
    core::Id job;
    std::string owner;
    std::int64_t number = 0;
};

struct Job {
    core::Id id;
    std::string kind, key;
    std::optional<core::Id> userId;
    JobPriority priority = JobPriority::Batch;
    JobState state = JobState::Queued;
    core::json::object payload;
    core::json::value result;  // null unless done
    double progress = 0;       // 0 to 1
    int attempts = 0, maxAttempts = 0;
    core::TimeMs notBefore = 0, createdAt = 0, updatedAt = 0;
    std::int64_t leases = 0;
    std::string leaseOwner;  // who has it, or had it last; empty: nobody so far
    core::TimeMs leaseUntil = 0;
    std::string error;  // of the last attempt, in words

    Lease lease() const { return {id, leaseOwner, leases}; }
};

struct JobCounts {
    std::int64_t queued = 0, leased = 0, done = 0, failed = 0, cancelled = 0;
};

}  // namespace marea::server
