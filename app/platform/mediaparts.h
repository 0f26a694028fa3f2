#pragma once

#include "app/platform/nowplaying.h"

namespace marea::app {

// What plays, in the parts that Windows and macOS are told it in. Pure.
struct MediaTitle {
    bool music = true;
    QString title, artist, album;  // a film's artist is what stands below its title
    bool operator==(const MediaTitle&) const = default;
};

// Which controls do anything.
struct MediaButtons {
    bool loaded = false;  // play, pause and stop; without them the controls are away
    bool next = false, previous = false;
    bool place = false;  // to any place
    bool steps = false;  // some seconds on or back: in films, where music has the next title
    bool operator==(const MediaButtons&) const = default;
};

struct MediaModes {
    enum class Status { Stopped, Paused, Playing };

    Status status = Status::Stopped;
    bool shuffle = false;
    NowPlayingState::Repeat repeat = NowPlayingState::Repeat::Off;
    double speed = 1;
    bool operator==(const MediaModes&) const = default;
};

// Where it is: systems count on by themselves from there, `rate` seconds a second.
struct MediaPlace {
    double position = 0, duration = 0;  // seconds; duration 0: not known
    double rate = 0;                    // 0 while it rests
    bool operator==(const MediaPlace&) const = default;
};

// What a system's controls ask for.
enum class MediaPress { Play, Pause, Toggle, Stop, Next, Previous, StepOn, StepBack };

constexpr double kMediaStep = 10;                          // seconds
constexpr double kSlowestSpeed = 0.25, kFastestSpeed = 4;  // as engines have it

MediaTitle mediaTitle(const NowPlayingState& state);
MediaButtons mediaButtons(const NowPlayingState& state);
MediaModes mediaModes(const NowPlayingState& state);
MediaPlace mediaPlace(const NowPlayingState& state, double position);

// Whether what a system counts by itself is wrong after this change.
bool placeIsAnother(const NowPlayingState& before, const NowPlayingState& now);

}  // namespace marea::app
