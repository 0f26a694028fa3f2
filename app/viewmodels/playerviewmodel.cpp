#include "app/viewmodels/playerviewmodel.h"

#include <algorithm>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QMimeDatabase>
#include <QPointer>
#include <utility>

#include "app/viewmodels/texts.h"

namespace marea::app {

using player::PlaybackState;
using player::PlayEntry;
using player::Track;
using L = QLatin1String;

namespace {
constexpr double kRestartAfter = 4;     // seconds: "previous" goes to the start of this one first
constexpr double kLongTrack = 20 * 60;  // seconds: shorter music starts from its start, wherever one stopped
}  // namespace

PlayerViewModel::PlayerViewModel(ApiClient& api, player::PlayerEngine& engine, UnsentPositions& unsent, QObject* parent)
    : QObject(parent), api_(api), engine_(engine), unsent_(unsent), session_(engine, *this, *this), queue_(session_) {
    connectEngine();
    connectSession();
    statisticsTimer_.setInterval(1000);
    connect(&statisticsTimer_, &QTimer::timeout, this, &PlayerViewModel::statisticsChanged);
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
}

QString PlayerViewModel::mediaId() const {
    return loaded() ? entry()->mediaId : QString();
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

const PlaybackInfo& PlayerViewModel::info() const {
    static const PlaybackInfo none;
    const auto found = loaded() ? infos_.constFind(entry()->key) : infos_.constEnd();
    return found == infos_.constEnd() ? none : *found;
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
    session_.setShuffle(false);
    opening_ = true;
    choice_ = std::exchange(openingChoice_, {});
    choiceKey_ = 0;
    session_.play(std::move(entries), index);
}

void PlayerViewModel::append(const QList<PlayEntry>& entries) {
    if (loaded())
        session_.append(entries);
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

// A question to the server, or a local file at once. `start_` is of the entry that a person chose, the first asked for.
void PlayerViewModel::resolve(const PlayEntry& entry, std::function<void(core::Result<player::ReadySource>)> done) {
    const auto start = std::exchange(start_, std::nullopt);
    const bool current = entry.key == choiceKey_;
    if (current)
        pending_ = choice_;
    if (entry.mediaId.isEmpty()) {
        player::ReadySource ready;
        ready.source.url = entry.file;
        ready.source.title = entry.title;
        ready.source.start = start.value_or(0);
        return done(ready);
    }
    if (current && !entry.music)
        learnOf(entry.mediaId);
    const auto audio = current ? choice_.audio : std::nullopt;
    deliver(api_.playback({entry.mediaId, start, audio, {}, wishesFor(entry)}), this,
            [this, entry, start, done](const core::Result<PlaybackInfo>& info) {
                if (!info) {
                    auto error = info.error();
                    error.text = texts::error(info.error()).toStdString();
                    return done(core::unexpected<core::Error>(std::move(error)));
                }
                infos_.insert(entry.key, *info);
                Q_EMIT entryChanged();     // how it is delivered
                Q_EMIT chaptersChanged();  // and what is in it
                if (!start)
                    confirmed_.insert(info->sessionId, info->position);
                player::ReadySource ready{toSource(entry, *info), info->sessionId};
                ready.source.start = start.value_or(info->position);
                done(ready);
            });
}

// Music stays as it is: encoded anew for its loudness it would lose more than it gains, its gapless ends above all.
StreamWishes PlayerViewModel::wishesFor(const PlayEntry& entry) const {
    return entry.music ? StreamWishes{wishes_.maxBitrate, {}} : wishes_;
}

player::Source PlayerViewModel::toSource(const PlayEntry& entry, const PlaybackInfo& info) const {
    player::Source source;
    source.url = api_.absolute(info.url);
    source.title = entry.title;
    for (const auto& offer : besideTheStream(info))
        source.subtitles << player::ExternalSubtitle{api_.absolute(offer.url), offer.language, offer.title};
    source.segmented = info.protocol == L("hls");
    source.expiresAt = info.expiresAt;
    // Asked on the engine's threads; answered on ours.
    const PlaybackRequest again{
        entry.mediaId, {}, entry.key == choiceKey_ ? choice_.audio : std::nullopt, {}, wishesFor(entry)};
    source.renew = [self = QPointer(const_cast<PlayerViewModel*>(this)), session = info.sessionId,
                    again](std::function<void(const player::FreshUrl&)> done) {
        QMetaObject::invokeMethod(
            qApp,
            [self, session, again, done = std::move(done)] { self ? self->renew(session, again, done) : done({}); },
            Qt::QueuedConnection);
    };
    return source;
}

// The server renews the session's URL when its token is in the last third; otherwise a new session gives one.
void PlayerViewModel::renew(const QString& sessionId, const PlaybackRequest& request,
                            std::function<void(const player::FreshUrl&)> done) {
    deliver(api_.updateSession(liveSession(sessionId), engine_.position(), QStringLiteral("playing")), this,
            [this, sessionId, request, done](const core::Result<SessionUpdate>& update) {
                if (update && !update->url.isEmpty())
                    return done({api_.absolute(update->url), update->expiresAt});
                auto again = request;
                again.start = engine_.position();
                deliver(api_.playback(again), this, [this, sessionId, done](const core::Result<PlaybackInfo>& info) {
                    if (!info)
                        return done({});
                    replaced_.insert(sessionId, info->sessionId);
                    done({api_.absolute(info->url), info->expiresAt});
                });
            });
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
    const int key = loaded() ? entry()->key : 0;
    if (choiceKey_ != 0 && choiceKey_ != key)
        choice_ = {};
    choiceKey_ = key;
    Q_EMIT entryChanged();
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

void PlayerViewModel::save(const PlayEntry& entry, const QString& sessionId, double seconds, State state) {
    if (sessionId.isEmpty())
        return;
    const auto live = liveSession(sessionId);
    const auto word = state == State::Playing  ? QStringLiteral("playing")
                      : state == State::Paused ? QStringLiteral("paused")
                                               : QStringLiteral("stopped");
    const UnsentPosition position{account_,      entry.mediaId, live, seconds, confirmed_.value(sessionId, -1),
                                  entry.duration};
    deliver(api_.updateSession(live, seconds, word), this,
            [this, live, state, sessionId, position](const core::Result<SessionUpdate>& update) {
                onSaved(position, update);
                if (update && state != State::Stopped)
                    confirmed_.insert(sessionId, position.position);
                if (state == State::Stopped)
                    endSession(live, position.mediaId);
                else if (update)
                    Q_EMIT positionSaved(position.mediaId);
            });
    if (state == State::Stopped) {
        if (!entry.music || entry.duration > kLongTrack)
            unsent_.put(position);  // the program may end before the server has answered
        confirmed_.remove(sessionId);
        ++ending_;
        infos_.remove(entry.key);
        replaced_.remove(sessionId);
    }
}

// A server that does not answer is told at the next start; one that refuses knows why.
void PlayerViewModel::onSaved(const UnsentPosition& position, const core::Result<SessionUpdate>& update) {
    using core::ErrorCode;
    const bool away =
        !update && (update.error().code == ErrorCode::Unavailable || update.error().code == ErrorCode::Timeout);
    if (away)
        unsent_.put(position);
    else
        unsent_.remove(position.account, position.mediaId);
}

void PlayerViewModel::setAccount(const QString& account) {
    account_ = account;
    if (account.isEmpty())
        return;
    for (const auto& position : unsent_.of(account))
        sendUnsent(position);
}

// Only while the server has what it had then: who went on elsewhere knows better.
void PlayerViewModel::sendUnsent(const UnsentPosition& position) {
    deliver(api_.item(position.mediaId), this, [this, position](const core::Result<MediaItem>& item) {
        if (item && stillOurs(position, item->position))
            sendUnsentNow(position);
        else if (item || item.error().code == core::ErrorCode::NotFound)
            unsent_.remove(position.account, position.mediaId);
    });
}

void PlayerViewModel::sendUnsentNow(const UnsentPosition& position) {
    deliver(api_.updateSession(position.sessionId, position.position, QStringLiteral("stopped")), this,
            [this, position](const core::Result<SessionUpdate>& update) {
                if (update || update.error().code != core::ErrorCode::NotFound) {
                    onSaved(position, update);
                    Q_EMIT positionSaved(position.mediaId);
                    return;
                }
                UserChange change;  // the session has ended by itself meanwhile
                change.position = position.position;
                deliver(api_.change(position.mediaId, change), this, [this, position](const core::Result<bool>& done) {
                    if (done)
                        unsent_.remove(position.account, position.mediaId);
                    Q_EMIT positionSaved(position.mediaId);
                });
            });
}

void PlayerViewModel::endSession(const QString& sessionId, const QString& mediaId) {
    deliver(api_.endSession(sessionId), this, [this, mediaId](const core::Result<bool>&) {
        --ending_;
        Q_EMIT positionSaved(mediaId);
    });
}

void PlayerViewModel::jump(int index) {
    start_.reset();
    session_.jump(index);
}

void PlayerViewModel::togglePause() {
    if (!loaded())
        return;
    if (ended_)
        return jump(queue_.current());
    engine_.setPaused(engine_.state() == PlaybackState::Playing);
}

void PlayerViewModel::pause() {
    engine_.setPaused(true);
}

void PlayerViewModel::seek(double seconds) {
    if (ended_ || session_.resolving())
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
    if (ending_ == 0)
        return;
    QEventLoop loop;
    connect(this, &PlayerViewModel::positionSaved, &loop, [&] {
        if (ending_ == 0)  // and not the answer to an earlier save
            loop.quit();
    });
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
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
// Segments have none inside; then the server's word stands.
QList<player::Chapter> PlayerViewModel::chapterList() const {
    auto list = engine_.chapters();
    if (list.isEmpty())
        for (const auto& chapter : info().chapters)
            list << player::Chapter{chapter.start, chapter.title};
    return list;
}

QVariantList PlayerViewModel::chapters() const {
    QVariantList list;
    const auto all = chapterList();
    const double now = position();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const double end = i + 1 < all.size() ? all[i + 1].start : duration();
        list << QVariantMap{
            {QStringLiteral("value"), all[i].start},
            {QStringLiteral("start"), all[i].start},
            {QStringLiteral("text"), all[i].title.isEmpty() ? tr("Chapter %1").arg(i + 1) : all[i].title},
            {QStringLiteral("detail"), texts::clock(all[i].start)},
            {QStringLiteral("checked"), now >= all[i].start && now < end}};
    }
    return list;
}

QString PlayerViewModel::chapterAt(double seconds) const {
    QString title;
    int number = 0;
    const auto all = chapterList();
    for (const auto& chapter : all) {
        if (chapter.start > seconds)
            break;
        ++number;
        title = chapter.title.isEmpty() ? tr("Chapter %1").arg(number) : chapter.title;
    }
    return title;
}

void PlayerViewModel::stepChapter(int by) {
    const auto all = chapterList();
    if (all.isEmpty())
        return;
    int current = -1;
    for (qsizetype i = 0; i < all.size(); ++i)
        if (all[i].start <= position() + 0.2)
            current = static_cast<int>(i);
    const int target =
        by < 0 && current >= 0 && position() - all[current].start > kRestartAfter ? current : current + by;
    seek(all[std::clamp(target, 0, static_cast<int>(all.size()) - 1)].start);
}

QString PlayerViewModel::delivery() const {
    return texts::deliveryMode(info().mode);
}

QVariantList PlayerViewModel::statistics() const {
    QVariantList list;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            list << QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
    };
    const auto& said = info();
    add(tr("Delivery"), said.mode.isEmpty() ? tr("Local file") : delivery());
    add(tr("Reasons"), (said.video.reasons + said.audio.reasons).join(QStringLiteral("; ")));
    for (const auto& track : engine_.tracks()) {
        if (!track.selected)
            continue;
        const auto value = texts::codecName(track.codec) + QLatin1Char(' ') + texts::channelsName(track.channels);
        add(track.kind == Track::Kind::Video   ? tr("Video")
            : track.kind == Track::Kind::Audio ? tr("Audio")
                                               : tr("Subtitles"),
            value.trimmed());
    }
    add(tr("Read ahead"), tr("%1 s").arg(std::max(0.0, engine_.bufferedUntil() - engine_.position()), 0, 'f', 1));
    if (firstFrameMs_ >= 0)
        add(tr("First frame"), tr("%1 ms").arg(firstFrameMs_));
    add(tr("Speed"), QStringLiteral("%1×").arg(engine_.speed()));
    return list;
}

void PlayerViewModel::removeAt(int index) {
    if (index != queue_.current())
        session_.remove(index);
}

void PlayerViewModel::retranslate() {
    Q_EMIT tracksChanged();
    Q_EMIT chaptersChanged();
    Q_EMIT statisticsChanged();
}

}  // namespace marea::app
