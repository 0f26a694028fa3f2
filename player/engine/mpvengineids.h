#pragma once

#include <cstdint>

namespace marea::player {

// What tells mpv's answers and observed properties apart.
// From ReplyTracks on: the tracks of the first, second… source that was opened.
enum Reply : std::uint64_t {
    ReplyNone,
    ReplyLoad,
    ReplyNext,
    ReplySeek,
    ReplyPicture,
    ReplyWindow,
    ReplyTracks = 1000
};

enum Observed : std::uint64_t {
    ObservedPosition = 100,
    ObservedDuration,
    ObservedBuffered,
    ObservedPaused,
    ObservedEnd,
    ObservedCacheWait,
    ObservedVolume,
    ObservedMuted,
    ObservedSpeed,
    ObservedFullScreen,
    ObservedTracks,
    ObservedChapters,
    ObservedWidth,
    ObservedFields,
    ObservedDevices,
    ObservedPicture,
    ObservedSound,
    ObservedDecoder,
    ObservedRate,
    ObservedDropped
};

}  // namespace marea::player
