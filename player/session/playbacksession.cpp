#include "player/session/playbacksession.h"

#include <algorithm>
#include <chrono>
#include <QCoreApplication>
#include <QDateTime>
#include <QPointer>
#include <utility>

#include "player/session/crossfade.h"

namespace marea::player {
namespace {

constexpr std::chrono::seconds saveEvery{5};    // the most that a killed program forgets
constexpr double restartAfter = 4;              // seconds in, from which "previous" means the start
constexpr std::chrono::seconds stallAfter{60};  // a worker of a server gives up a segment by then; two of them try

// Subtitles and chapters may outlast the picture by some seconds; a file that was cut lacks more.
bool endsEarly(double position, double duration) {
    return position < duration - std::max(10.0, 0.05 * duration);
}

}  // namespace

PlaybackSession::PlaybackSession(PlayerEngine& engine, SourceResolver& resolver, PositionStore& positions,
                                 QObject* parent)
    : QObject(parent), engine_(engine), resolver_(resolver), positions_(positions), patience_(stallAfter) {
    saveTimer_.setInterval(saveEvery);
    connect(&saveTimer_, &QTimer::timeout, this, [this] { save(PositionStore::State::Playing); });
    stallTimer_.setSingleShot(true);
    connect(&stallTimer_, &QTimer::timeout, this, &PlaybackSession::onStalled);
    connect(&engine_, &PlayerEngine::stateChanged, this, &PlaybackSession::onState);
    connect(&engine_, &PlayerEngine::advanced, this, &PlaybackSession::onAdvanced);
    connect(&engine_, &PlayerEngine::failed, this, &PlaybackSession::onFailed);
}

void PlaybackSession::play(QList<PlayEntry> entries, int index) {
    leave(engine_.position());
    queue_.replace(std::move(entries), index);
    failures_ = 0;
    Q_EMIT queueChanged();
    start();
}

void PlaybackSession::adopt(QList<PlayEntry> entries, int index, double seconds) {
    if (queue_.currentEntry() || entries.isEmpty()) {
        return;
    }
    queue_.replace(std::move(entries), index);
    from_ = seconds;
    resting_ = true;
    Q_EMIT queueChanged();
    Q_EMIT currentChanged();
}

// Makes the queue's current entry play: asks for its source, then gives it to the engine.
void PlaybackSession::start(std::optional<double> from, bool paused) {
    dropPlan();
    ++generation_;
    from_ = from;
    resting_ = last_ = false;
    pausedFirst_ = paused;
    loaded_ = false;  // before the engine says that it stopped
    segmented_ = begun_ = rested_ = false;
    engine_.stop();
    setProblem({});
    const PlayEntry* entry = queue_.currentEntry();
    Q_EMIT currentChanged();
    if (!entry) {
        setResolving(false);
        return;
    }
    playing_ = *entry;
    setResolving(true);
    resolver_.resolve(playing_, [self = QPointer(this), generation = generation_](const auto& ready) {
        if (self && generation == self->generation_) {
            self->loadReady(ready);
        }
    });
}

void PlaybackSession::loadReady(const core::Result<ReadySource>& ready) {
    if (!ready) {
        setResolving(false);
        onFailed(QString::fromStdString(ready.error().text));
        return;
    }
    sessionId_ = ready->sessionId;
    loaded_ = true;
    Source source = ready->source;
    source.start = from_.value_or(source.start);
    segmented_ = source.segmented;
    expiresAt_ = source.expiresAt;
    engine_.load(source);
    if (pausedFirst_) {
        engine_.setPaused(true);
    }
    setResolving(false);  // only now, so that nobody sees the engine's place of before
    planNext();
}

// Music that follows is resolved and handed over ahead; a film is asked for when its turn comes.
void PlaybackSession::planNext() {
    const auto following = last_ ? std::nullopt : queue_.following();
    const PlayEntry* next = following ? queue_.at(*following) : nullptr;
    const bool wanted = next && next->music && playing_.key != 0 && playing_.music && !resolving_;
    if (wanted && planned_.key == next->key) {
        return;
    }
    dropPlan();
    if (!wanted) {
        return;
    }
    planned_ = *next;
    resolver_.resolve(planned_, [self = QPointer(this), plan = planGeneration_](const auto& ready) {
        if (!self || plan != self->planGeneration_ || !ready) {
            return;  // one that can't be resolved is asked for again, and reported, when its turn comes
        }
        self->plannedSession_ = ready->sessionId;
        self->plannedSet_ = true;
        Source source = ready->source;
        source.start = 0;
        source.overlap = crossfadeBetween(self->playing_, self->planned_, self->crossfade_);
        self->engine_.setNext(source);
    });
}

void PlaybackSession::dropPlan() {
    ++planGeneration_;
    if (plannedSet_) {
        engine_.clearNext();
    }
    planned_ = {};
    plannedSession_.clear();
    plannedSet_ = false;
}

void PlaybackSession::onAdvanced() {
    leave(playing_.duration > 0 ? playing_.duration : engine_.duration());
    queue_.follow();
    playing_ = planned_;
    sessionId_ = plannedSession_;
    loaded_ = true;
    segmented_ = false;
    planned_ = {};
    plannedSet_ = false;
    ++planGeneration_;
    failures_ = 0;
    Q_EMIT currentChanged();
    if (engine_.state() == PlaybackState::Playing) {
        saveTimer_.start();
    }
    planNext();
}

void PlaybackSession::onState() {
    if (engine_.state() != PlaybackState::Loading) {
        stallTimer_.stop();
    }
    switch (engine_.state()) {
        case PlaybackState::Playing:
            onPlaying();
            break;
        case PlaybackState::Paused:
            rested_ = true;
            saveTimer_.stop();
            save(PositionStore::State::Paused);
            break;
        case PlaybackState::Loading:
            if (segmented_) {
                stallTimer_.start(begun_ ? patience_ : 2 * patience_);
            }
            break;
        case PlaybackState::Ended:
            onEnded();
            break;
        default:
            break;
    }
}

void PlaybackSession::onPlaying() {
    failures_ = 0;
    begun_ = true;
    if (std::exchange(rested_, false) && isOutdated()) {
        return retry();
    }
    saveTimer_.start();
}

bool PlaybackSession::isOutdated() const {
    return loaded_ && segmented_ && expiresAt_ > 0 && expiresAt_ <= QDateTime::currentMSecsSinceEpoch();
}

// What was asked for anew and does not come either is not asked for a third time.
void PlaybackSession::onStalled() {
    if (!loaded_) {
        return;
    }
    if (begun_) {
        return retry();
    }
    onFailed(QCoreApplication::translate("Player", "The server takes too long for the first picture"));
    if (!problem_.isEmpty()) {
        engine_.stop();  // or it would begin beside its problem after all
    }
}

void PlaybackSession::onEnded() {
    if (!loaded_) {
        return;
    }
    if (!playing_.music && endsEarly(engine_.position(), engine_.duration())) {
        return onFailed(QCoreApplication::translate("Player", "The film ends here: a part of its file is missing"));
    }
    leave(engine_.duration() > 0 ? engine_.duration() : playing_.duration);
    const bool stops = std::exchange(last_, false);
    if (!stops && queue_.follow()) {
        start(queue_.currentEntry()->music ? std::optional(0.0) : std::nullopt);
    } else {
        Q_EMIT finished();
    }
}

void PlaybackSession::onFailed(const QString& reason) {
    const PlayEntry broken = playing_;
    leave(engine_.position());
    const bool more = ++failures_ < queue_.entries().size();
    // Not follow(): a broken track on repeat would be tried for ever.
    if (broken.music && more && queue_.goNext()) {
        Q_EMIT skipped(broken.title, reason);
        start(0.0);
        return;
    }
    setProblem(reason);
}

// The engine leaves the entry it has: its last position is told, once.
void PlaybackSession::leave(double seconds) {
    saveTimer_.stop();
    stallTimer_.stop();
    if (loaded_) {
        positions_.save(playing_, sessionId_, seconds, PositionStore::State::Stopped);
    }
    loaded_ = false;
    playing_ = {};
    sessionId_.clear();
}

void PlaybackSession::save(PositionStore::State state) {
    if (loaded_) {
        positions_.save(playing_, sessionId_, engine_.position(), state);
    }
}

void PlaybackSession::jump(int index) {
    leave(engine_.position());
    failures_ = 0;
    if (queue_.jump(index)) {
        start(queue_.currentEntry()->music ? std::optional(0.0) : std::nullopt);
    }
}

void PlaybackSession::next() {
    leave(engine_.position());
    failures_ = 0;
    if (queue_.goNext()) {
        start(queue_.currentEntry()->music ? std::optional(0.0) : std::nullopt);
    } else {
        stop();
        Q_EMIT finished();
    }
}

void PlaybackSession::previous() {
    if (engine_.position() > restartAfter || queue_.current() < 0) {
        return seek(0);
    }
    leave(engine_.position());
    failures_ = 0;
    queue_.goPrevious();
    start(0.0);
}

double PlaybackSession::position() const {
    return resolving_ || resting_ ? from_.value_or(0) : engine_.position();
}

void PlaybackSession::stop() {
    leave(engine_.position());
    dropPlan();
    resting_ = false;
    ++generation_;
    setResolving(false);
    engine_.stop();
}

void PlaybackSession::halt(const QString& reason) {
    stop();
    setProblem(reason);
}

void PlaybackSession::clear() {
    stop();
    setProblem({});
    queue_.clear();
    Q_EMIT queueChanged();
    Q_EMIT currentChanged();
}

void PlaybackSession::retry() {
    failures_ = 0;
    const double at = position();
    const bool paused = resolving_ ? pausedFirst_ : engine_.state() == PlaybackState::Paused;
    leave(at);
    start(at > 0 ? std::optional(at) : std::nullopt, paused);
}

void PlaybackSession::seek(double seconds) {
    engine_.seek(seconds);
    save(engine_.state() == PlaybackState::Paused ? PositionStore::State::Paused : PositionStore::State::Playing);
}

void PlaybackSession::changed() {
    Q_EMIT queueChanged();
    planNext();
}

void PlaybackSession::append(const QList<PlayEntry>& entries) {
    queue_.append(entries);
    changed();
}

void PlaybackSession::insertNext(const QList<PlayEntry>& entries) {
    queue_.insertNext(entries);
    changed();
}

void PlaybackSession::remove(int index) {
    const bool current = index == queue_.current();
    queue_.remove(index);
    if (current) {
        leave(engine_.position());
        start();
    }
    changed();
}

void PlaybackSession::move(int from, int to) {
    queue_.move(from, to);
    changed();
}

void PlaybackSession::setShuffle(bool on) {
    queue_.setShuffle(on);
    changed();
}

void PlaybackSession::setRepeat(Repeat repeat) {
    queue_.setRepeat(repeat);
    changed();
}

void PlaybackSession::setLast(bool on) {
    last_ = on;
    planNext();
}

void PlaybackSession::setCrossfade(double seconds) {
    if (std::exchange(crossfade_, seconds) != seconds) {
        dropPlan();
        planNext();
    }
}

void PlaybackSession::setResolving(bool resolving) {
    if (resolving_ != resolving) {
        resolving_ = resolving;
        Q_EMIT resolvingChanged();
    }
}

void PlaybackSession::setProblem(const QString& problem) {
    if (problem_ != problem) {
        problem_ = problem;
        Q_EMIT problemChanged();
    }
}

}  // namespace marea::player
