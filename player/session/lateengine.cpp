#include "player/session/lateengine.h"

#include <QCoreApplication>
#include <utility>

namespace marea::player {

LateEngine::LateEngine(Make make, EngineAbilities expected) : make_(std::move(make)), expected_(std::move(expected)) {}

LateEngine::~LateEngine() = default;

bool LateEngine::make() {
    if (engine_ || !make_)
        return engine_ != nullptr;
    auto made = std::exchange(make_, nullptr)();
    if (made)
        adopt(std::move(*made));
    else
        failure_ = QCoreApplication::translate("Player", made.error().text.c_str());
    return engine_ != nullptr;
}

void LateEngine::adopt(std::unique_ptr<PlayerEngine> engine) {
    engine_ = std::move(engine);
    repeatSignals();
    engine_->setVolume(volume_);
    engine_->setMuted(muted_);
    engine_->setSpeed(speed_);
    engine_->raiseSubtitles(raised_);
    if (options_)
        engine_->apply(*options_);
    Q_EMIT pictureChanged();
    Q_EMIT audioDevicesChanged();
}

void LateEngine::repeatSignals() {
    using E = PlayerEngine;
    auto* engine = engine_.get();
    for (const auto signal :
         {&E::stateChanged, &E::positionChanged, &E::durationChanged, &E::bufferedChanged, &E::volumeChanged,
          &E::speedChanged, &E::tracksChanged, &E::chaptersChanged, &E::videoChanged, &E::firstFrame, &E::advanced,
          &E::audioDevicesChanged, &E::ownWindowChanged, &E::ownWindowFailed, &E::pictureChanged})
        connect(engine, signal, this, signal);
    connect(engine, &E::failed, this, &E::failed);
    connect(engine, &E::pictureTaken, this, &E::pictureTaken);
    connect(engine, &E::windowWished, this, &E::windowWished);
    connect(engine, &E::stalled, this, &E::stalled);
}

// It fails after this has returned: a session goes on with the next title then, and would do so inside of this.
void LateEngine::load(const Source& source) {
    if (make())
        return engine_->load(source);
    setWithout(PlaybackState::Loading);
    const auto fail = [this, load = ++loads_] {
        if (load != loads_)
            return;
        setWithout(PlaybackState::Failed);
        Q_EMIT failed(failure_);
    };
    QMetaObject::invokeMethod(this, fail, Qt::QueuedConnection);
}

void LateEngine::setWithout(PlaybackState state) {
    if (std::exchange(without_, state) != state)
        Q_EMIT stateChanged();
}

void LateEngine::setVolume(double percent) {
    volume_ = percent;
    if (engine_)
        return engine_->setVolume(percent);
    Q_EMIT volumeChanged();
}

void LateEngine::setMuted(bool muted) {
    muted_ = muted;
    if (engine_)
        return engine_->setMuted(muted);
    Q_EMIT volumeChanged();
}

void LateEngine::setSpeed(double factor) {
    speed_ = factor;
    if (engine_)
        return engine_->setSpeed(factor);
    Q_EMIT speedChanged();
}

void LateEngine::raiseSubtitles(double share) {
    raised_ = share;
    if (engine_)
        engine_->raiseSubtitles(share);
}

void LateEngine::apply(const PlayerOptions& options) {
    options_ = options;
    if (engine_)
        engine_->apply(options);
}

void LateEngine::setOwnWindow(bool on) {
    if (on ? make() : engine_ != nullptr)
        engine_->setOwnWindow(on);
}

QList<AudioDevice> LateEngine::audioDevices() const {
    return engine_ ? engine_->audioDevices() : QList<AudioDevice>();
}

void LateEngine::setNext(const Source& source) {
    if (engine_)
        engine_->setNext(source);
}

void LateEngine::clearNext() {
    if (engine_)
        engine_->clearNext();
}

void LateEngine::stop() {
    if (engine_)
        return engine_->stop();
    ++loads_;
    setWithout(PlaybackState::Idle);
}

void LateEngine::setPaused(bool paused) {
    if (engine_)
        engine_->setPaused(paused);
}

void LateEngine::seek(double seconds) {
    if (engine_)
        engine_->seek(seconds);
}

void LateEngine::seekRelative(double seconds) {
    if (engine_)
        engine_->seekRelative(seconds);
}

void LateEngine::selectTrack(Track::Kind kind, int id) {
    if (engine_)
        engine_->selectTrack(kind, id);
}

void LateEngine::takePicture(const QString& path) {
    if (engine_)
        return engine_->takePicture(path);
    Q_EMIT pictureTaken(path, false);
}

}  // namespace marea::player
