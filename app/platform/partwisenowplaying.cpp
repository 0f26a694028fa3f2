#include "app/platform/partwisenowplaying.h"

#include <algorithm>
#include <utility>

namespace marea::app {

template <class Call>
void MediaRelay::post(Call call) {
    const std::lock_guard lock(mutex_);
    if (controls_)
        QMetaObject::invokeMethod(
            controls_, [controls = controls_, call] { call(*controls); }, Qt::QueuedConnection);
}

void MediaRelay::press(MediaPress press) {
    post([press](PartwiseNowPlaying& controls) { controls.press(press); });
}

void MediaRelay::seek(double seconds) {
    post([seconds](PartwiseNowPlaying& controls) { controls.askPlace(seconds); });
}

void MediaRelay::setSpeed(double factor) {
    post([factor](PartwiseNowPlaying& controls) { controls.askSpeed(factor); });
}

void MediaRelay::setShuffle(bool on) {
    post([on](PartwiseNowPlaying& controls) { Q_EMIT controls.shuffleWanted(on); });
}

void MediaRelay::setRepeat(NowPlayingState::Repeat repeat) {
    post([repeat](PartwiseNowPlaying& controls) { Q_EMIT controls.repeatWanted(repeat); });
}

void MediaRelay::close() {
    const std::lock_guard lock(mutex_);
    controls_ = nullptr;
}

PartwiseNowPlaying::PartwiseNowPlaying(std::chrono::milliseconds placeEvery, QObject* parent)
    : NowPlaying(parent), relay_(std::make_shared<MediaRelay>(this)) {
    again_.setInterval(placeEvery);
    connect(&again_, &QTimer::timeout, this, [this] { seeked(position()); });
}

PartwiseNowPlaying::~PartwiseNowPlaying() {
    relay_->close();
}

void PartwiseNowPlaying::show(const NowPlayingState& state) {
    const auto before = std::exchange(state_, state);
    if (mediaButtons(before) != mediaButtons(state_))
        tellButtons(mediaButtons(state_));
    showTitle(before);
    if (mediaModes(before) != mediaModes(state_))
        tellModes(mediaModes(state_));
    if (placeIsAnother(before, state_))
        seeked(position());
}

void PartwiseNowPlaying::showTitle(const NowPlayingState& before) {
    const bool another = before.key != state_.key || mediaTitle(before) != mediaTitle(state_);
    if (!another && before.picture == state_.picture)
        return;
    tellTitle(mediaTitle(state_));
    fetch(state_.picture, [this, key = state_.key, picture = state_.picture](const QByteArray& bytes) {
        if (!bytes.isEmpty() && key == state_.key && picture == state_.picture)
            tellPicture(bytes);
    });
}

void PartwiseNowPlaying::seeked(double seconds) {
    tellPlace(mediaPlace(state_, seconds));
    if (again_.interval() > 0 && state_.loaded() && state_.playing)
        again_.start();
    else
        again_.stop();
}

void PartwiseNowPlaying::press(MediaPress press) {
    const auto buttons = mediaButtons(state_);
    if (!buttons.loaded)
        return;
    switch (press) {
        case MediaPress::Play:
            return playWanted();
        case MediaPress::Pause:
            return pauseWanted();
        case MediaPress::Toggle:
            return toggleWanted();
        case MediaPress::Stop:
            return stopWanted();
        case MediaPress::Next:
            return buttons.next ? nextWanted() : void();
        case MediaPress::Previous:
            return buttons.previous ? previousWanted() : void();
        case MediaPress::StepOn:
            return buttons.steps ? seekByWanted(kMediaStep) : void();
        case MediaPress::StepBack:
            return buttons.steps ? seekByWanted(-kMediaStep) : void();
    }
}

void PartwiseNowPlaying::askPlace(double seconds) {
    if (mediaButtons(state_).place)
        Q_EMIT seekWanted(std::clamp(seconds, 0.0, state_.duration));
}

// As MPRIS has it: at no speed it rests.
void PartwiseNowPlaying::askSpeed(double factor) {
    if (!state_.loaded())
        return;
    if (factor == 0)
        Q_EMIT pauseWanted();
    else if (factor > 0)
        Q_EMIT speedWanted(std::clamp(factor, kSlowestSpeed, kFastestSpeed));
}

}  // namespace marea::app
