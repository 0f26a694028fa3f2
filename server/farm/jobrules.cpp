#include "server/farm/jobrules.h"

#include <algorithm>
#include <tuple>

namespace marea::server {

namespace {

constexpr core::TimeMs kFirstRest = 30'000, kLongestRest = 3'600'000;
constexpr std::array<std::string_view, 4> kPriorities{"live", "interactive", "download", "batch"};
constexpr std::array<std::string_view, 5> kStates{"queued", "leased", "done", "failed", "cancelled"};

}  // namespace

std::string_view name(JobPriority priority) {
    return kPriorities.at(static_cast<std::size_t>(priority));
}

std::string_view name(JobState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

std::optional<JobState> jobStateOf(std::string_view name) {
    const auto found = std::find(kStates.begin(), kStates.end(), name);
    return found == kStates.end() ? std::nullopt : std::optional(static_cast<JobState>(found - kStates.begin()));
}

core::TimeMs backoff(int attempts) {
    core::TimeMs rest = kFirstRest;
    for (int i = 1; i < attempts && rest < kLongestRest; ++i) {
        rest *= 2;
    }
    return std::min(rest, kLongestRest);
}

bool worthAnotherAttempt(core::ErrorCode code) {
    switch (code) {
        case core::ErrorCode::Invalid:
        case core::ErrorCode::Unauthorized:
        case core::ErrorCode::Forbidden:
        case core::ErrorCode::NotFound:
        case core::ErrorCode::Conflict:
        case core::ErrorCode::TooLarge:
        case core::ErrorCode::Unprocessable:
        case core::ErrorCode::Corrupt:
            return false;
        case core::ErrorCode::Busy:
        case core::ErrorCode::Unavailable:
        case core::ErrorCode::Timeout:
        case core::ErrorCode::Cancelled:
        case core::ErrorCode::Io:
        case core::ErrorCode::Internal:
            return true;
    }
    return true;
}

std::optional<std::size_t> choose(const std::vector<Candidate>& candidates, const std::vector<Share>& shares) {
    const auto rank = [&](std::size_t i) {
        return std::tie(shares[i].running, shares[i].lastServed, candidates[i].notBefore, candidates[i].job);
    };
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!best || rank(i) < rank(*best)) {
            best = i;
        }
    }
    return best;
}

std::optional<JobPriority> leastUrgentToBegin(const RunningJobs& running, int slots) {
    std::optional<JobPriority> least;
    int counted = 0;
    for (std::size_t priority = 0; priority < running.size(); ++priority) {
        counted += running[priority];
        if (counted >= slots) {
            break;
        }
        least = static_cast<JobPriority>(priority);
    }
    return least;
}

}  // namespace marea::server
