#include "app/viewmodels/playerviewmodel.h"

#include <algorithm>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QMimeDatabase>
#include <utility>

#include "app/viewmodels/texts.h"

namespace marea::app {

using player::PlaybackState;
using player::PlayEntry;
using player::Track;
using L = QLatin1String;

namespace {
constexpr int kWaitsInSilenceMs = 2000;  // what comes sooner needs no words
}  // namespace

PlayerViewModel::PlayerViewModel(ApiClient& api, player::PlayerEngine& engine, UnsentPositions& unsent,
                                 AwayChanges& away, KeptTitles& kept, QObject* parent)
    : QObject(parent),
      api_(api),
      engine_(engine),
      kept_(kept),
      positions_(api, unsent, away),
      session_(engine, *this, positions_),
      queue_(session_) {
    connectEngine();
    connectSession();
    connect(&positions_, &PositionKeeper::saved, this, &PlayerViewModel::positionSaved);
    connect(&positions_, &PositionKeeper::savedAway, this, &PlayerViewModel::positionKept);
    positions_.setCredits([this](const PlayEntry& entry) { return creditsStart(entry); });
    connect(&positions_, &PositionKeeper::left, this, [this](int key) { infos_.remove(key); });
    statisticsTimer_.setInterval(1000);
    connect(&statisticsTimer_, &QTimer::timeout, this, &PlayerViewModel::statisticsChanged);
    waitingTimer_.setSingleShot(true);
    waitingTimer_.setInterval(kWaitsInSilenceMs);
    connect(&waitingTimer_, &QTimer::timeout, this, [this] { setWaiting(waitingWords()); });
    connect(this, &PlayerViewModel::stateChanged, this, &PlayerViewModel::onWaitingState);
    connect(this, &PlayerViewModel::positionChanged, this, &PlayerViewModel::onMoved);
}

void PlayerViewModel::connectSession() {
    using S = player::PlaybackSession;
    connect(&session_, &S::resolvingChanged, this, &PlayerViewModel::onResolving);
    connect(&session_, &S::currentChanged, this, &PlayerViewModel::onCurrent);
    connect(&session_, &S::problemChanged, this, &PlayerViewModel::stateChanged);
    connect(&session_, &S::skipped, this, &PlayerViewModel::skipped);
    connect(&session_, &S::queueChanged, this, [this] {
        Q_EMIT queueChanged();
        if (std::exchange(opening_, false)) {
            Q_EMIT entryChanged();
            Q_EMIT opened();  // before the engine is given anything, so that the picture has a surface by then
        }
    });
    connect(&session_, &S::finished, this, [this] {
        ended_ = true;
        Q_EMIT stateChanged();
        Q_EMIT finished();
    });
}

void PlayerViewModel::connectEngine() {
    using E = player::PlayerEngine;
    connect(&engine_, &E::stateChanged, this, &PlayerViewModel::stateChanged);
    connect(&engine_, &E::pictureChanged, this, &PlayerViewModel::engineChanged);
    connect(&engine_, &E::positionChanged, this, &PlayerViewModel::positionChanged);
    connect(&engine_, &E::durationChanged, this, &PlayerViewModel::durationChanged);
    connect(&engine_, &E::bufferedChanged, this, &PlayerViewModel::bufferedChanged);
    connect(&engine_, &E::volumeChanged, this, &PlayerViewModel::volumeChanged);
    connect(&engine_, &E::speedChanged, this, &PlayerViewModel::speedChanged);
    connect(&engine_, &E::tracksChanged, this, [this] {
        applyChoice();
        Q_EMIT tracksChanged();
    });
    connect(&engine_, &E::chaptersChanged, this, &PlayerViewModel::chaptersChanged);
    connect(&engine_, &E::videoChanged, this, &PlayerViewModel::entryChanged);
    connect(&engine_, &E::firstFrame, this, &PlayerViewModel::onFirstFrame);
    connect(&engine_, &E::stalled, this, [this](const QString& reason) {
        stall_ = reason;
        followWaiting();
    });
}

QString PlayerViewModel::mediaId() const {
    return loaded() ? entry()->mediaId : QString();
}
QString PlayerViewModel::place() const {
    return loaded() ? entry()->place : QString();
}
QString PlayerViewModel::title() const {
    return loaded() ? entry()->title : QString();
}
QString PlayerViewModel::artist() const {
    return loaded() ? entry()->artist : QString();
}
QString PlayerViewModel::album() const {
    return loaded() ? entry()->album : QString();
}
QString PlayerViewModel::artwork() const {
    return loaded() ? entry()->artwork : QString();
}

bool PlayerViewModel::isMusic() const {
    return loaded() && entry()->music;
}

bool PlayerViewModel::hasNext() const {
    return !session_.queue().upcoming().isEmpty() || (loaded() && repeat() == Repeat::All);
}

double PlayerViewModel::duration() const {
    if (!session_.resolving() && engine_.duration() > 0)
        return engine_.duration();
    return loaded() ? entry()->duration : 0;
}

QString PlayerViewModel::positionText() const {
    return texts::clock(position());
}
QString PlayerViewModel::durationText() const {
    return texts::clock(duration());
}
QString PlayerViewModel::clockText(double seconds) const {
    return texts::clock(seconds);
}

void PlayerViewModel::play(QList<PlayEntry> entries, int index) {
    if (entries.isEmpty())
        return;
    Q_EMIT replaced();
    session_.setShuffle(false);
    opening_ = true;
    choice_ = std::exchange(openingChoice_, {});
    choiceKey_ = 0;
    session_.play(std::move(entries), index);
}

void PlayerViewModel::restore(QList<PlayEntry> entries, int index, double position) {
    session_.adopt(std::move(entries), index, position);
    Q_EMIT positionChanged();
}

void PlayerViewModel::append(const QList<PlayEntry>& entries) {
    if (loaded())
        session_.append(entries);
    else
        play(entries, 0);
}

void PlayerViewModel::insertNext(const QList<PlayEntry>& entries) {
    if (loaded())
        session_.insertNext(entries);
    else
        play(entries, 0);
}

void PlayerViewModel::choose(const MediaItem& item, const TrackChoice& choice) {
    item_ = item;
    openingChoice_ = choice;
}

void PlayerViewModel::openFiles(const QList<QUrl>& files) {
    QList<PlayEntry> entries;
    for (const auto& file : files) {
        PlayEntry entry;
        entry.file = file;
        entry.title = file.isLocalFile() ? QFileInfo(file.toLocalFile()).completeBaseName() : file.fileName();
        if (entry.title.isEmpty())
            entry.title = file.host();
        // Known by its name, as a picture needs its surface before the engine has looked into the file.
        const auto mime = QMimeDatabase().mimeTypeForFile(file.fileName(), QMimeDatabase::MatchExtension);
        entry.music = mime.name().startsWith(L("audio/"));
        entries << entry;
    }
    start_ = 0;
    play(entries, 0);
}

void PlayerViewModel::onResolving() {
    if (session_.resolving()) {
        clicked_.start();
        firstFrameMs_ = -1;
        ended_ = false;
        statisticsTimer_.start();
    }
    Q_EMIT stateChanged();
    Q_EMIT positionChanged();
    Q_EMIT durationChanged();
}

void PlayerViewModel::onCurrent() {
    ended_ = false;
    stall_.clear();  // that of the title before
    const int key = loaded() ? entry()->key : 0;
    if (choiceKey_ != 0 && choiceKey_ != key)
        choice_ = {};
    choiceKey_ = key;
    Q_EMIT entryChanged();
    Q_EMIT durationChanged();  // the entry's own, while the engine has none
    Q_EMIT queueChanged();
    Q_EMIT stateChanged();
}

void PlayerViewModel::onFirstFrame() {
    if (clicked_.isValid() && firstFrameMs_ < 0) {
        firstFrameMs_ = clicked_.elapsed();
        qInfo("click_to_first_frame_ms=%lld", static_cast<long long>(firstFrameMs_));
    }
    applyChoice();  // an engine that finds the same tracks as before does not say so
    Q_EMIT entryChanged();
}

void PlayerViewModel::jump(int index) {
    start_.reset();
    session_.jump(index);
}

void PlayerViewModel::togglePause() {
    if (!loaded())
        return;
    if (session_.resting() && isMusic())
        return begin(position());
    if (session_.resting())  // the server, or this computer, knows best where it was left
        Q_EMIT opened();
    if (ended_ || session_.resting())
        return jump(queue_.current());
    engine_.setPaused(engine_.state() == PlaybackState::Playing);
}

void PlayerViewModel::pause() {
    engine_.setPaused(true);
}

void PlayerViewModel::resume() {
    if (!playing())
        togglePause();
}

void PlayerViewModel::seek(double seconds) {
    if (ended_ || session_.resolving() || session_.resting())
        return;
    session_.seek(std::clamp(seconds, 0.0, std::max(0.0, duration())));
}

void PlayerViewModel::seekBy(double seconds) {
    if (!ended_ && !session_.resolving())
        engine_.seekRelative(seconds);
}

void PlayerViewModel::next() {
    if (hasNext())
        session_.next();
}

void PlayerViewModel::previous() {
    session_.previous();
}

void PlayerViewModel::stop() {
    statisticsTimer_.stop();
    ended_ = false;
    session_.clear();
    infos_.clear();
}

void PlayerViewModel::stopAndWait(int milliseconds) {
    stop();
    positions_.wait(milliseconds);
}

void PlayerViewModel::retry() {
    if (loaded())
        session_.retry();
}

void PlayerViewModel::reload() {
    if (!loaded())
        return;
    const bool known = !session_.resolving() && pending_ == TrackChoice{} && !engine_.tracks().isEmpty();
    if (known)
        choice_ = tracksNow().selected();
    begin(position());
}

// The current entry anew, as choice_ and the wishes say.
void PlayerViewModel::begin(double seconds) {
    start_ = seconds;
    session_.retry();
}

void PlayerViewModel::cycleRepeat() {
    using R = player::Repeat;
    const auto now = session_.queue().repeat();
    session_.setRepeat(now == R::Off ? R::All : now == R::All ? R::One : R::Off);
}

void PlayerViewModel::setVolume(double percent) {
    engine_.setVolume(std::clamp(percent, 0.0, 100.0));
    if (percent > 0 && muted())
        engine_.setMuted(false);
}

void PlayerViewModel::setMuted(bool muted) {
    engine_.setMuted(muted);
}
void PlayerViewModel::setSpeed(double factor) {
    engine_.setSpeed(std::clamp(factor, 0.25, 4.0));
}
void PlayerViewModel::removeAt(int index) {
    if (index != queue_.current())
        session_.remove(index);
}

void PlayerViewModel::retranslate() {
    Q_EMIT tracksChanged();
    Q_EMIT chaptersChanged();
    Q_EMIT statisticsChanged();
    followWaiting();
}

}  // namespace marea::app
