#include "app/viewmodels/playerviewmodel.h"

#include <algorithm>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QMimeDatabase>
#include <QPointer>

#include "app/viewmodels/texts.h"

namespace marea::app {

using player::PlaybackState;
using player::Track;
using L = QLatin1String;

namespace {
constexpr int kSaveEveryMs = 10'000;
constexpr double kRestartAfter = 4;  // seconds: "previous" goes to the start of this one first
}  // namespace

PlayerViewModel::PlayerViewModel(ApiClient& api, player::PlayerEngine& engine, QObject* parent)
    : QObject(parent), api_(api), engine_(engine) {
    connectEngine();
    saveTimer_.setInterval(kSaveEveryMs);
    connect(&saveTimer_, &QTimer::timeout, this, [this] {
        if (playing())
            savePosition(QStringLiteral("playing"));
    });
    statisticsTimer_.setInterval(1000);
    connect(&statisticsTimer_, &QTimer::timeout, this, &PlayerViewModel::statisticsChanged);
    connect(&queue_, &QueueModel::changed, this, &PlayerViewModel::queueChanged);
}

void PlayerViewModel::connectEngine() {
    using E = player::PlayerEngine;
    connect(&engine_, &E::stateChanged, this, &PlayerViewModel::onEngineState);
    connect(&engine_, &E::positionChanged, this, &PlayerViewModel::positionChanged);
    connect(&engine_, &E::durationChanged, this, &PlayerViewModel::durationChanged);
    connect(&engine_, &E::bufferedChanged, this, &PlayerViewModel::bufferedChanged);
    connect(&engine_, &E::volumeChanged, this, &PlayerViewModel::volumeChanged);
    connect(&engine_, &E::speedChanged, this, &PlayerViewModel::speedChanged);
    connect(&engine_, &E::tracksChanged, this, [this] {
        applyChosenTracks();
        Q_EMIT tracksChanged();
    });
    connect(&engine_, &E::chaptersChanged, this, &PlayerViewModel::chaptersChanged);
    connect(&engine_, &E::videoChanged, this, &PlayerViewModel::entryChanged);
    connect(&engine_, &E::firstFrame, this, &PlayerViewModel::onFirstFrame);
    connect(&engine_, &E::advanced, this, &PlayerViewModel::onAdvanced);
    connect(&engine_, &E::failed, this, &PlayerViewModel::onFailed);
}

QString PlayerViewModel::mediaId() const {
    return loaded() ? queue_.currentEntry()->mediaId : QString();
}
QString PlayerViewModel::title() const {
    return loaded() ? queue_.currentEntry()->title : QString();
}
QString PlayerViewModel::artist() const {
    return loaded() ? queue_.currentEntry()->artist : QString();
}
QString PlayerViewModel::album() const {
    return loaded() ? queue_.currentEntry()->album : QString();
}
QString PlayerViewModel::artwork() const {
    return loaded() ? queue_.currentEntry()->artwork : QString();
}

bool PlayerViewModel::isMusic() const {
    const auto* entry = queue_.currentEntry();
    if (!entry)
        return false;
    return entry->kind == L("track") || entry->kind == L("audiobook");
}

double PlayerViewModel::duration() const {
    if (!asking_ && engine_.duration() > 0)
        return engine_.duration();
    return loaded() ? queue_.currentEntry()->duration : 0;
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

void PlayerViewModel::play(QList<QueueEntry> entries, int index) {
    if (entries.isEmpty())
        return;
    leaveSession(false);
    queue_.replace(std::move(entries), index);
    Q_EMIT opened();  // first, so that the picture has a surface when the engine asks for one
    start(queue_.current());
}

void PlayerViewModel::append(const QList<QueueEntry>& entries) {
    if (!loaded())
        return play(entries, 0);
    queue_.append(entries);
    prepareNext();
}

void PlayerViewModel::chooseTracks(int audioOrder, int subtitleOrder) {
    audioOrder_ = audioOrder;
    subtitleOrder_ = subtitleOrder;
}

void PlayerViewModel::openFiles(const QList<QUrl>& files) {
    QList<QueueEntry> entries;
    for (const auto& file : files) {
        QueueEntry entry;
        entry.local = file;
        entry.title = file.isLocalFile() ? QFileInfo(file.toLocalFile()).completeBaseName() : file.fileName();
        if (entry.title.isEmpty())
            entry.title = file.host();
        // Known by its name, as a picture needs its surface before the engine has looked into the file.
        const auto mime = QMimeDatabase().mimeTypeForFile(file.fileName(), QMimeDatabase::MatchExtension);
        entry.kind = mime.name().startsWith(L("audio/")) ? QStringLiteral("track") : QStringLiteral("video");
        entries << entry;
    }
    start_ = 0;
    play(entries, 0);
}

void PlayerViewModel::start(int index) {
    clicked_.start();
    firstFrameMs_ = -1;
    ++generation_;
    problem_.clear();
    ended_ = nextSet_ = paused_ = false;
    info_ = nextInfo_ = {};
    queue_.setCurrent(index);
    const auto entry = *queue_.currentEntry();
    asking_ = !entry.mediaId.isEmpty();
    Q_EMIT entryChanged();
    Q_EMIT stateChanged();
    Q_EMIT positionChanged();
    Q_EMIT durationChanged();
    if (entry.mediaId.isEmpty())
        return loadLocal(entry);
    PlaybackRequest request{entry.mediaId, start_, {}, {}};
    deliver(api_.playback(request), this,
            [this, entry, generation = generation_](const core::Result<PlaybackInfo>& info) {
                if (generation != generation_)
                    return;
                asking_ = false;
                if (info)
                    loadRemote(entry, *info);
                else
                    onFailed(texts::error(info.error()));
            });
}

player::Source PlayerViewModel::toSource(const QueueEntry& entry, const PlaybackInfo& info) const {
    player::Source source;
    source.url = api_.absolute(info.url);
    source.title = entry.title;
    for (const auto& offer : info.subtitles)
        if (!offer.embedded && !offer.url.isEmpty())
            source.subtitles << player::ExternalSubtitle{api_.absolute(offer.url), offer.language, offer.title};
    source.expiresAt = info.expiresAt;
    // Asked on the engine's threads; answered on ours.
    source.renew = [self = QPointer(const_cast<PlayerViewModel*>(this)), session = info.sessionId,
                    id = entry.mediaId](std::function<void(const player::FreshUrl&)> done) {
        QMetaObject::invokeMethod(
            qApp, [self, session, id, done = std::move(done)] { self ? self->renew(session, id, done) : done({}); },
            Qt::QueuedConnection);
    };
    return source;
}

// The server renews the session's URL when its token is in the last third; otherwise a new session gives one.
void PlayerViewModel::renew(const QString& sessionId, const QString& mediaId,
                            std::function<void(const player::FreshUrl&)> done) {
    deliver(api_.updateSession(sessionId, engine_.position(), QStringLiteral("playing")), this,
            [this, mediaId, done](const core::Result<SessionUpdate>& update) {
                if (update && !update->url.isEmpty())
                    return done({api_.absolute(update->url), update->expiresAt});
                deliver(api_.playback({mediaId, engine_.position(), {}, {}}), this,
                        [this, done](const core::Result<PlaybackInfo>& info) {
                            if (!info)
                                return done({});
                            info_.sessionId = info->sessionId;
                            done({api_.absolute(info->url), info->expiresAt});
                        });
            });
}

void PlayerViewModel::loadRemote(const QueueEntry& entry, const PlaybackInfo& info) {
    info_ = info;
    auto source = toSource(entry, info);
    source.start = start_.value_or(isMusic() ? 0 : info.position);
    start_.reset();
    engine_.load(source);
    engine_.setPaused(false);
    saveTimer_.start();
    statisticsTimer_.start();
    Q_EMIT stateChanged();
}

void PlayerViewModel::loadLocal(const QueueEntry& entry) {
    player::Source source;
    source.url = entry.local;
    source.title = entry.title;
    source.start = start_.value_or(0);
    engine_.load(source);
    engine_.setPaused(false);
    start_.reset();
    statisticsTimer_.start();
}

void PlayerViewModel::prepareNext() {
    if (nextSet_ || !hasNext() || !isMusic())
        return;
    const auto entry = *queue_.at(queue_.current() + 1);
    if (entry.mediaId.isEmpty()) {
        nextSet_ = true;
        player::Source source;
        source.url = entry.local;
        source.title = entry.title;
        return engine_.setNext(source);
    }
    nextSet_ = true;
    deliver(api_.playback({entry.mediaId, 0.0, {}, {}}), this,
            [this, entry, generation = generation_](const core::Result<PlaybackInfo>& info) {
                if (generation != generation_ || !info)
                    return;  // without it, it is asked for again at the end
                nextInfo_ = *info;
                engine_.setNext(toSource(entry, *info));
            });
}

void PlayerViewModel::onAdvanced() {
    leaveSession(true);
    ++generation_;
    info_ = nextInfo_;
    nextInfo_ = {};
    nextSet_ = false;
    queue_.setCurrent(queue_.current() + 1);
    Q_EMIT entryChanged();
    Q_EMIT stateChanged();
    prepareNext();
}

void PlayerViewModel::onEngineState() {
    const auto state = engine_.state();
    if (state == PlaybackState::Playing) {
        paused_ = false;
        prepareNext();
    } else if (state == PlaybackState::Paused && !paused_) {
        paused_ = true;
        savePosition(QStringLiteral("paused"));
    } else if (state == PlaybackState::Ended && !asking_) {
        leaveSession(true);
        if (hasNext())
            return start(queue_.current() + 1);
        ended_ = true;
        Q_EMIT stateChanged();
        Q_EMIT finished();
        return;
    }
    Q_EMIT stateChanged();
}

void PlayerViewModel::onFirstFrame() {
    if (clicked_.isValid() && firstFrameMs_ < 0) {
        firstFrameMs_ = clicked_.elapsed();
        qInfo("click_to_first_frame_ms=%lld", static_cast<long long>(firstFrameMs_));
    }
    Q_EMIT entryChanged();
    prepareNext();
}

void PlayerViewModel::onFailed(const QString& reason) {
    problem_ = reason.isEmpty() ? tr("This can't be played.") : reason;
    asking_ = false;
    saveTimer_.stop();
    Q_EMIT stateChanged();
}

void PlayerViewModel::savePosition(const QString& state) {
    if (info_.sessionId.isEmpty())
        return;
    deliver(api_.updateSession(info_.sessionId, engine_.position(), state), this,
            [this, id = mediaId()](const core::Result<SessionUpdate>& update) {
                if (update)
                    Q_EMIT positionSaved(id);
            });
}

// Tells the server that this one is over, with the last position.
void PlayerViewModel::leaveSession(bool atEnd) {
    saveTimer_.stop();
    if (info_.sessionId.isEmpty())
        return;
    const auto session = info_.sessionId;
    const auto id = mediaId();
    const double position = atEnd ? std::max(info_.duration, duration()) : engine_.position();
    info_ = {};
    deliver(api_.updateSession(session, position, QStringLiteral("stopped")), this,
            [this, session, id](const core::Result<SessionUpdate>&) {
                deliver(api_.endSession(session), this,
                        [this, id](const core::Result<bool>&) { Q_EMIT positionSaved(id); });
            });
}

void PlayerViewModel::jump(int index) {
    if (!queue_.at(index))
        return;
    leaveSession(false);
    start_ = 0;
    start(index);
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
    if (ended_ || asking_)
        return;
    engine_.seek(std::clamp(seconds, 0.0, std::max(0.0, duration())));
}

void PlayerViewModel::seekBy(double seconds) {
    if (!ended_ && !asking_)
        engine_.seekRelative(seconds);
}

void PlayerViewModel::next() {
    if (hasNext())
        jump(queue_.current() + 1);
}

void PlayerViewModel::previous() {
    if (position() > kRestartAfter || !hasPrevious())
        return seek(0);
    jump(queue_.current() - 1);
}

void PlayerViewModel::stop() {
    leaveSession(false);
    ++generation_;
    statisticsTimer_.stop();
    asking_ = ended_ = nextSet_ = false;
    problem_.clear();
    engine_.stop();
    queue_.clear();
    Q_EMIT entryChanged();
    Q_EMIT stateChanged();
}

void PlayerViewModel::retry() {
    if (!loaded())
        return;
    start_ = engine_.position() > 0 ? std::optional(engine_.position()) : std::nullopt;
    start(queue_.current());
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
void PlayerViewModel::selectAudio(int id) {
    engine_.selectTrack(Track::Kind::Audio, id);
}
void PlayerViewModel::selectSubtitle(int id) {
    engine_.selectTrack(Track::Kind::Subtitle, id);
}

// The choice made on the title's page names the n-th stream of its kind; the engine's tracks come in the same order.
void PlayerViewModel::applyChosenTracks() {
    const auto pick = [this](Track::Kind kind, int order) {
        int n = 0;
        for (const auto& track : engine_.tracks())
            if (track.kind == kind && ++n == order)
                engine_.selectTrack(kind, track.id);
        return n >= order;
    };
    if (engine_.tracks().isEmpty())
        return;
    if (audioOrder_ > 0 && pick(Track::Kind::Audio, audioOrder_))
        audioOrder_ = 0;
    if (subtitleOrder_ < 0) {
        engine_.selectTrack(Track::Kind::Subtitle, 0);
        subtitleOrder_ = 0;
    } else if (subtitleOrder_ > 0 && pick(Track::Kind::Subtitle, subtitleOrder_)) {
        subtitleOrder_ = 0;
    }
}

QVariantList PlayerViewModel::tracks(Track::Kind kind) const {
    QVariantList list;
    for (const auto& track : engine_.tracks()) {
        if (track.kind != kind)
            continue;
        auto detail = texts::codecName(track.codec);
        if (kind == Track::Kind::Audio && track.channels > 0)
            detail += QLatin1Char(' ') + texts::channelsName(track.channels);
        list << QVariantMap{{QStringLiteral("value"), track.id},
                            {QStringLiteral("text"),
                             texts::trackName(track.language, track.title, track.codec, track.channels, track.forced)},
                            {QStringLiteral("detail"), detail},
                            {QStringLiteral("checked"), track.selected}};
    }
    return list;
}

QVariantList PlayerViewModel::audioTracks() const {
    return tracks(Track::Kind::Audio);
}

QVariantList PlayerViewModel::subtitleTracks() const {
    auto list = tracks(Track::Kind::Subtitle);
    if (list.isEmpty())
        return list;
    const bool any = std::any_of(list.begin(), list.end(),
                                 [](const QVariant& t) { return t.toMap().value(QStringLiteral("checked")).toBool(); });
    list.prepend(QVariantMap{{QStringLiteral("value"), 0},
                             {QStringLiteral("text"), tr("None")},
                             {QStringLiteral("detail"), QString()},
                             {QStringLiteral("checked"), !any}});
    return list;
}

void PlayerViewModel::cycleSubtitle() {
    const auto list = subtitleTracks();
    for (qsizetype i = 0; i < list.size(); ++i)
        if (list[i].toMap().value(QStringLiteral("checked")).toBool())
            return selectSubtitle(list[(i + 1) % list.size()].toMap().value(QStringLiteral("value")).toInt());
}

QVariantList PlayerViewModel::chapters() const {
    QVariantList list;
    const auto all = engine_.chapters();
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
    for (const auto& chapter : engine_.chapters()) {
        if (chapter.start > seconds)
            break;
        ++number;
        title = chapter.title.isEmpty() ? tr("Chapter %1").arg(number) : chapter.title;
    }
    return title;
}

void PlayerViewModel::stepChapter(int by) {
    const auto all = engine_.chapters();
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

QVariantList PlayerViewModel::statistics() const {
    QVariantList list;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            list << QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
    };
    const auto mode = info_.mode.isEmpty() ? tr("Local file") : info_.mode == L("direct") ? tr("Direct") : info_.mode;
    add(tr("Delivery"), mode);
    add(tr("Reasons"), (info_.video.reasons + info_.audio.reasons).join(QStringLiteral("; ")));
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
    const bool wasNext = index == queue_.current() + 1;
    if (queue_.removeAt(index) && wasNext) {
        engine_.clearNext();
        nextSet_ = false;
        prepareNext();
    }
}

void PlayerViewModel::shuffleRest() {
    queue_.shuffleRest();
    engine_.clearNext();
    nextSet_ = false;
    ++generation_;
    prepareNext();
}

void PlayerViewModel::retranslate() {
    Q_EMIT tracksChanged();
    Q_EMIT chaptersChanged();
    Q_EMIT statisticsChanged();
}

}  // namespace marea::app
