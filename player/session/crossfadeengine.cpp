#include "player/session/crossfadeengine.h"

#include <algorithm>
#include <utility>

namespace marea::player {
namespace {

constexpr double kAhead = 15;    // seconds before it begins that the next track is opened: a server may be slow
constexpr double kClose = 0.01;  // seconds: now
constexpr double kUnknown = 1e9;
constexpr int kMilliseconds = 1000;

}  // namespace

CrossfadeEngine::CrossfadeEngine(std::unique_ptr<PlayerEngine> first, MakeEngine second)
    : first_{std::move(first)}, make_(std::move(second)) {
    due_.setSingleShot(true);
    due_.setTimerType(Qt::PreciseTimer);
    connect(&due_, &QTimer::timeout, this, &CrossfadeEngine::look);
    auto* engine = first_.engine.get();
    listen(engine);
    connect(engine, &PlayerEngine::volumeChanged, this, &PlayerEngine::volumeChanged);
    connect(engine, &PlayerEngine::speedChanged, this, &PlayerEngine::speedChanged);
    connect(engine, &PlayerEngine::audioDevicesChanged, this, &PlayerEngine::audioDevicesChanged);
    connect(engine, &PlayerEngine::pictureTaken, this, &PlayerEngine::pictureTaken);
    connect(engine, &PlayerEngine::pictureChanged, this, &PlayerEngine::pictureChanged);
    connect(engine, &PlayerEngine::ownWindowChanged, this, &PlayerEngine::ownWindowChanged);
    connect(engine, &PlayerEngine::ownWindowFailed, this, &PlayerEngine::ownWindowFailed);
    connect(engine, &PlayerEngine::windowWished, this, &PlayerEngine::windowWished);
}

CrossfadeEngine::~CrossfadeEngine() = default;

// What the one that is not in front says is for this class alone.
void CrossfadeEngine::listen(PlayerEngine* engine) {
    using E = PlayerEngine;
    for (const auto signal : {&E::positionChanged, &E::durationChanged, &E::bufferedChanged, &E::tracksChanged,
                              &E::chaptersChanged, &E::videoChanged, &E::firstFrame, &E::advanced}) {
        connect(engine, signal, this, [this, engine, signal] {
            if (isFront(engine)) {
                Q_EMIT(this->*signal)();
            }
        });
    }
    connect(engine, &E::positionChanged, this, [this, engine] {
        if (isFront(engine)) {
            look();
        }
    });
    connect(engine, &E::stateChanged, this, [this, engine] { onState(engine); });
    connect(engine, &E::failed, this, [this, engine](const QString& reason) { onFailed(engine, reason); });
    connect(engine, &E::stalled, this, [this, engine](const QString& reason) {
        if (isFront(engine)) {
            Q_EMIT stalled(reason);
        }
    });
}

bool CrossfadeEngine::haveSecond() {
    if (!second_.engine && make_) {
        second_.engine = std::exchange(make_, nullptr)();
        if (second_.engine) {
            listen(second_.engine.get());
            second_.engine->apply(options_);
        }
    }
    return second_.engine != nullptr;
}

void CrossfadeEngine::load(const Source& source) {
    forgetNext();
    endOther();
    if (front_ != &first_) {  // the first one has the picture
        front_ = &first_;
        second_.engine->stop();
    }
    front().load(source);
}

void CrossfadeEngine::setNext(const Source& source) {
    forgetNext();
    if (source.overlap <= 0 || !haveSecond()) {
        front().setNext(source);
        return;
    }
    front().clearNext();
    next_ = source;
    if (other_ != Other::Ending) {
        other_ = Other::Later;
    }
    look();
}

void CrossfadeEngine::clearNext() {
    forgetNext();
    front().clearNext();
}

// What is heard at its end may end.
void CrossfadeEngine::forgetNext() {
    due_.stop();
    next_.reset();
    if (other_ == Other::Ending) {
        return;
    }
    if (std::exchange(other_, Other::Idle) == Other::Ready) {
        other().engine->stop();
        fade(other(), {});
        fade(*front_, {});
    }
}

void CrossfadeEngine::endOther() {
    if (other_ != Other::Ending) {
        return;
    }
    other_ = next_ ? Other::Later : Other::Idle;
    other().engine->stop();
    fade(other(), {});
    fade(*front_, {});
}

void CrossfadeEngine::stop() {
    forgetNext();
    endOther();
    front().stop();
}

void CrossfadeEngine::setPaused(bool paused) {
    front().setPaused(paused);
    if (other_ == Other::Ending) {
        other().engine->setPaused(paused);
    }
}

// The place is of the track that has begun; the one that ends has nothing to do with it.
void CrossfadeEngine::seek(double seconds) {
    endOther();
    front().seek(seconds);
}

void CrossfadeEngine::seekRelative(double seconds) {
    endOther();
    front().seekRelative(seconds);
}

void CrossfadeEngine::setVolume(double percent) {
    first_.engine->setVolume(percent);
    if (second_.engine) {
        second_.engine->setVolume(percent);
    }
}

void CrossfadeEngine::setMuted(bool muted) {
    first_.engine->setMuted(muted);
    if (second_.engine) {
        second_.engine->setMuted(muted);
    }
}

void CrossfadeEngine::setSpeed(double factor) {
    first_.engine->setSpeed(factor);
    if (second_.engine) {
        second_.engine->setSpeed(factor);
    }
}

void CrossfadeEngine::apply(const PlayerOptions& options) {
    options_ = options;
    for (Voice* voice : {&first_, &second_}) {
        if (voice->engine) {
            fade(*voice, voice->fade);
        }
    }
}

void CrossfadeEngine::fade(Voice& voice, const SoundFade& fade) {
    voice.fade = fade;
    PlayerOptions options = options_;
    options.fade = fade;
    voice.engine->apply(options);
}

double CrossfadeEngine::left() const {
    return front().duration() > 0 ? front().duration() - front().position() : kUnknown;
}

void CrossfadeEngine::look() {
    if (!next_ || front().state() != PlaybackState::Playing) {
        return;
    }
    if (other_ == Other::Later && left() <= next_->overlap + kAhead) {
        prepare();
    }
    if (other_ != Other::Ready) {
        return;
    }
    const double wait = left() - next_->overlap;
    if (wait > kClose) {
        due_.start(static_cast<int>(kMilliseconds * wait / std::max(0.25, speed())));
    } else if (other().engine->state() == PlaybackState::Paused) {  // else it goes over when the other is that far
        goOver();
    }
}

void CrossfadeEngine::prepare() {
    const double overlap = next_->overlap;
    PlayerEngine& engine = *other().engine;
    engine.setVolume(volume());
    engine.setMuted(muted());
    engine.setSpeed(speed());
    fade(other(), {overlap, -1, 0});
    fade(*front_, {0, std::max(0.0, front().duration() - overlap), overlap});
    other_ = Other::Ready;  // before it says anything
    engine.load(*next_);
    engine.setPaused(true);
}

void CrossfadeEngine::goOver() {
    due_.stop();
    next_.reset();
    front_ = &other();
    front().setPaused(false);
    other_ = Other::Ending;
    if (other().engine->state() == PlaybackState::Ended) {
        endOther();
    }
    Q_EMIT advanced();
    tellAll();
}

void CrossfadeEngine::onState(const PlayerEngine* engine) {
    isFront(engine) ? onFrontState() : onOtherState();
}

// It may end sooner than it said, or the other may not be ready: then that one begins without being faded in.
void CrossfadeEngine::onFrontState() {
    if (front().state() == PlaybackState::Ended && next_ && other_ != Other::Ending) {
        if (other_ == Other::Later) {
            prepare();
        }
        return goOver();
    }
    Q_EMIT stateChanged();
    look();
}

void CrossfadeEngine::onOtherState() {
    const auto state = other().engine->state();
    if (other_ == Other::Ready) {
        look();
    } else if (other_ == Other::Ending && (state == PlaybackState::Ended || state == PlaybackState::Failed)) {
        endOther();
        look();
    }
}

// What comes cannot be opened: that is told when its turn has come, as always.
void CrossfadeEngine::onFailed(const PlayerEngine* engine, const QString& reason) {
    if (isFront(engine)) {
        Q_EMIT failed(reason);
    } else if (other_ == Other::Ready && next_) {
        const Source source = *next_;
        forgetNext();
        front().setNext(source);
    }
}

void CrossfadeEngine::tellAll() {
    Q_EMIT stateChanged();
    Q_EMIT positionChanged();
    Q_EMIT durationChanged();
    Q_EMIT bufferedChanged();
    Q_EMIT tracksChanged();
    Q_EMIT chaptersChanged();
    Q_EMIT videoChanged();
}

}  // namespace marea::player
