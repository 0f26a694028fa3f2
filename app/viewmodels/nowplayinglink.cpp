#include "app/viewmodels/nowplayinglink.h"

#include <cmath>

namespace marea::app {
namespace {

constexpr double kTolerance = 1;  // seconds

NowPlayingState::Repeat repeatOf(PlayerViewModel::Repeat repeat) {
    using R = PlayerViewModel::Repeat;
    return repeat == R::One   ? NowPlayingState::Repeat::One
           : repeat == R::All ? NowPlayingState::Repeat::All
                              : NowPlayingState::Repeat::Off;
}

}  // namespace

bool hasJumped(double before, double now, double passed, double speed, bool playing) {
    const double expected = playing ? before + passed * speed : before;
    // A machine that is busy plays on late, which is no jump.
    const bool late = playing && now >= before - kTolerance && now <= expected;
    return !late && std::abs(now - expected) > kTolerance;
}

NowPlayingLink::NowPlayingLink(PlayerViewModel& player, NowPlaying& desktop, const ApiClient& api, QObject* parent)
    : QObject(parent), player_(player), desktop_(desktop), api_(api) {
    desktop_.setPosition([this] { return player_.position(); });
    connectPlayer();
    connectDesktop();
}

void NowPlayingLink::connectPlayer() {
    using P = PlayerViewModel;
    for (const auto signal : {&P::entryChanged, &P::stateChanged, &P::durationChanged, &P::volumeChanged,
                              &P::speedChanged, &P::queueChanged})
        connect(&player_, signal, this, &NowPlayingLink::tell);
    connect(&player_, &P::positionChanged, this, &NowPlayingLink::onPosition);
}

void NowPlayingLink::connectDesktop() {
    using D = NowPlaying;
    using P = PlayerViewModel;
    connect(&desktop_, &D::playWanted, &player_, &P::resume);
    connect(&desktop_, &D::pauseWanted, &player_, &P::pause);
    connect(&desktop_, &D::toggleWanted, &player_, &P::togglePause);
    connect(&desktop_, &D::stopWanted, &player_, &P::stop);
    connect(&desktop_, &D::nextWanted, &player_, &P::next);
    connect(&desktop_, &D::previousWanted, &player_, &P::previous);
    connect(&desktop_, &D::seekWanted, &player_, &P::seek);
    connect(&desktop_, &D::seekByWanted, this, [this](double seconds) {
        const double target = player_.position() + seconds;
        if (target > player_.duration() && player_.duration() > 0)
            return player_.next();  // as MPRIS has it: beyond the end is the next one
        player_.seek(std::max(0.0, target));
    });
    connect(&desktop_, &D::volumeWanted, &player_, &P::setVolume);
    connect(&desktop_, &D::speedWanted, &player_, &P::setSpeed);
    connect(&desktop_, &D::shuffleWanted, &player_, &P::setShuffle);
    connect(&desktop_, &D::repeatWanted, &player_, [this](NowPlayingState::Repeat repeat) {
        for (int i = 0; i < 3 && repeatOf(player_.repeat()) != repeat; ++i)
            player_.cycleRepeat();
    });
}

void NowPlayingLink::setFullScreen(bool on) {
    fullScreen_ = on;
    tell();
}

NowPlayingState NowPlayingLink::state() const {
    NowPlayingState state;
    if (!player_.loaded())
        return state;
    state.key = player_.mediaId().isEmpty() ? player_.title() : player_.mediaId();
    state.title = player_.title();
    state.artist = player_.artist();
    state.album = player_.album();
    state.picture = player_.artwork();
    state.artwork = state.picture.isEmpty() ? QUrl() : pictureUrl(state.picture, api_.server());
    state.music = player_.isMusic();
    state.duration = player_.duration();
    state.playing = player_.playing() || player_.busy();
    state.hasNext = player_.hasNext();
    return state;
}

void NowPlayingLink::tell() {
    NowPlayingState now = state();
    now.shuffle = player_.shuffle();
    now.repeat = repeatOf(player_.repeat());
    now.volume = player_.volume();
    now.speed = player_.speed();
    now.fullScreen = fullScreen_;
    desktop_.show(now);
}

void NowPlayingLink::onPosition() {
    const double now = player_.position();
    const double passed = since_.isValid() ? static_cast<double>(since_.restart()) / 1000 : 0;
    if (!since_.isValid())
        since_.start();
    if (hasJumped(last_, now, passed, player_.speed(), player_.playing()))
        desktop_.seeked(now);
    last_ = now;
}

}  // namespace marea::app
