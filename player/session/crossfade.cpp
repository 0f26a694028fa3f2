#include "player/session/crossfade.h"

#include <algorithm>

namespace marea::player {
namespace {

constexpr double kLong = 20 * 60;   // seconds: no song
constexpr double kShare = 1.0 / 3;  // that a crossfade may take of a track, at each of its ends

bool sameAlbum(const PlayEntry& a, const PlayEntry& b) {
    return a.albumId.isEmpty() || b.albumId.isEmpty() ? !a.album.isEmpty() && a.album == b.album
                                                      : a.albumId == b.albumId;
}

// Tracks without numbers stand as they were put.
bool follows(const PlayEntry& before, const PlayEntry& after) {
    if (before.track == 0 || after.track == 0)
        return true;
    return before.disc == after.disc ? after.track == before.track + 1
                                     : after.disc == before.disc + 1 && after.track == 1;
}

}  // namespace

double crossfadeBetween(const PlayEntry& ending, const PlayEntry& beginning, double wish) {
    if (wish <= 0 || !ending.music || !beginning.music || ending.key == beginning.key)
        return 0;
    if (sameAlbum(ending, beginning) && follows(ending, beginning))
        return 0;
    double seconds = std::min(wish, kLongestCrossfade);
    for (const double duration : {ending.duration, beginning.duration}) {
        if (duration >= kLong)
            return 0;
        if (duration > 0)
            seconds = std::min(seconds, duration * kShare);
    }
    return seconds;
}

}  // namespace marea::player
