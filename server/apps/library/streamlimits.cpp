#include "server/apps/library/streamlimits.h"

#include <algorithm>
#include <map>

namespace marea::server {

namespace {

// What a session is part of.
std::string streamOf(const PlaybackSession& session) {
    return session.loginId + (session.kind == "track" ? "/music" : "/" + session.mediaId);
}

using Heard = std::map<std::string, core::TimeMs>;  // stream → when it was heard of last

Heard heardOf(const std::vector<PlaybackSession>& going, const core::Id& user) {
    Heard heard;
    for (const PlaybackSession& session : going) {
        if (user.empty() || session.userId == user) {
            core::TimeMs& last = heard[streamOf(session)];
            last = std::max(last, session.updatedAt);
        }
    }
    return heard;
}

core::TimeMs firstHeard(const Heard& heard) {
    const auto first =
        std::min_element(heard.begin(), heard.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return first->second;
}

core::unexpected<core::Error> refused(const std::string& text, core::TimeMs wait) {
    return core::fail(core::ErrorCode::Busy, text, std::to_string(std::max<core::TimeMs>(1, (wait + 999) / 1000)));
}

std::string things(std::size_t count) {
    return count == 1 ? "one thing" : std::to_string(count) + " things";
}

}  // namespace

core::Result<void> mayStream(const PlaybackSession& wanted, const std::vector<PlaybackSession>& going,
                             const StreamLimits& limits, core::TimeMs now, core::TimeMs idleEnd) {
    const std::string stream = streamOf(wanted);
    const Heard own = heardOf(going, wanted.userId), all = heardOf(going, {});
    if (own.contains(stream)) {
        return {};
    }
    const auto full = [](const Heard& heard, const std::optional<std::int64_t>& most) {
        return most && !heard.empty() && static_cast<std::int64_t>(heard.size()) >= *most;
    };
    if (full(own, limits.own)) {
        return refused("You are playing " + things(own.size()) +
                           " already, as much as you may at once. Stop it first, " +
                           "or try again in a minute if it has ended.",
                       firstHeard(own) + idleEnd - now);
    }
    if (full(all, limits.household)) {
        return refused("Your household is playing " + things(all.size()) + " already, as much as it may at once. " +
                           "Wait until somebody has finished.",
                       firstHeard(all) + idleEnd - now);
    }
    return {};
}

}  // namespace marea::server
