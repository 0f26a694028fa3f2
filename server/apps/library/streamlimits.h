#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/apps/library/playbacksessions.h"

namespace marea::server {

// How much may be played at once: by one person, and by the household together. nullopt: any number.
struct StreamLimits {
    std::optional<std::int64_t> own, household;
};

// Whether `wanted` may begin beside those that are `going` on. What counts are streams: a title that a device begins
// anew is the one that it was, since its player may have died, and all the music of a device is one, however far its
// player opens tracks ahead. Busy with words, and in `detail` the seconds after which a stream whose player has died
// leaves its place: one that was not heard of for `idleEnd`. Pure.
core::Result<void> mayStream(const PlaybackSession& wanted, const std::vector<PlaybackSession>& going,
                             const StreamLimits& limits, core::TimeMs now, core::TimeMs idleEnd);

}  // namespace marea::server
