#include "app/platform/mediaparts.h"

#include <algorithm>
#include <tuple>

namespace marea::app {

MediaTitle mediaTitle(const NowPlayingState& state) {
    return {state.music, state.title, state.artist, state.album};
}

MediaButtons mediaButtons(const NowPlayingState& state) {
    if (!state.loaded())
        return {};
    const bool place = state.seekable && state.duration > 0;
    return {true, state.hasNext, true, place, place && !state.music};
}

MediaModes mediaModes(const NowPlayingState& state) {
    using Status = MediaModes::Status;
    const auto status = !state.loaded() ? Status::Stopped : state.playing ? Status::Playing : Status::Paused;
    return {status, state.shuffle, state.repeat, state.speed};
}

// A place beyond the end, which is rounded otherwise than the end, would have no room in the bar.
MediaPlace mediaPlace(const NowPlayingState& state, double position) {
    if (!state.loaded())
        return {};
    const double last = state.duration > 0 ? state.duration : std::max(0.0, position);
    return {std::clamp(position, 0.0, last), state.duration, state.playing ? state.speed : 0};
}

bool placeIsAnother(const NowPlayingState& before, const NowPlayingState& now) {
    const auto counted = [](const NowPlayingState& s) { return std::tuple(s.key, s.duration, s.playing, s.speed); };
    return counted(before) != counted(now);
}

}  // namespace marea::app
