#include "app/platform/mprisnowplaying.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>
#include <QDBusAbstractAdaptor>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <tuple>

namespace marea::app {
namespace {

using Repeat = NowPlayingState::Repeat;
using L = QLatin1String;

const QString kPath = QStringLiteral("/org/mpris/MediaPlayer2");
constexpr auto kRoot = "org.mpris.MediaPlayer2";
constexpr auto kPlayer = "org.mpris.MediaPlayer2.Player";
constexpr double kSlowest = 0.25, kFastest = 4;

qint64 micros(double seconds) {
    return std::llround(seconds * 1e6);
}

// A path may have letters, digits and underscores only.
QDBusObjectPath trackPath(const NowPlayingState& state) {
    if (!state.loaded())
        return QDBusObjectPath(QStringLiteral("/org/mpris/MediaPlayer2/TrackList/NoTrack"));
    return QDBusObjectPath(QStringLiteral("/org/marea/track/") + QString::fromLatin1(state.key.toUtf8().toHex()));
}

QVariantMap metadata(const NowPlayingState& state) {
    QVariantMap map{{L("mpris:trackid"), QVariant::fromValue(trackPath(state))}};
    if (!state.loaded())
        return map;
    map[L("xesam:title")] = state.title;
    if (!state.artist.isEmpty())
        map[L("xesam:artist")] = QStringList{state.artist};
    if (!state.album.isEmpty())
        map[L("xesam:album")] = state.album;
    if (!state.artwork.isEmpty())
        map[L("mpris:artUrl")] = state.artwork.toString(QUrl::FullyEncoded);
    if (state.duration > 0)
        map[L("mpris:length")] = micros(state.duration);
    return map;
}

auto track(const NowPlayingState& s) {
    return std::tuple(s.key, s.title, s.artist, s.album, s.artwork, s.duration);
}

QString loopName(Repeat repeat) {
    return repeat == Repeat::One ? L("Track") : repeat == Repeat::All ? L("Playlist") : L("None");
}

}  // namespace

QVariantMap mprisRoot(const NowPlayingState& state) {
    return {{L("Fullscreen"), state.fullScreen}};
}

QVariantMap mprisPlayer(const NowPlayingState& state) {
    return {{L("PlaybackStatus"), !state.loaded() ? L("Stopped")
                                  : state.playing ? L("Playing")
                                                  : L("Paused")},
            {L("LoopStatus"), loopName(state.repeat)},
            {L("Rate"), state.speed},
            {L("Shuffle"), state.shuffle},
            {L("Metadata"), metadata(state)},
            {L("Volume"), state.volume / 100},
            {L("CanGoNext"), state.hasNext},
            {L("CanGoPrevious"), state.loaded()},
            {L("CanPlay"), state.loaded()},
            {L("CanPause"), state.loaded()},
            {L("CanSeek"), state.loaded() && state.seekable && state.duration > 0}};
}

class MprisNowPlaying::Root : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.mpris.MediaPlayer2")
    Q_PROPERTY(bool CanQuit READ yes)
    Q_PROPERTY(bool Fullscreen READ fullScreen WRITE setFullScreen)
    Q_PROPERTY(bool CanSetFullscreen READ yes)
    Q_PROPERTY(bool CanRaise READ yes)
    Q_PROPERTY(bool HasTrackList READ no)
    Q_PROPERTY(QString Identity READ identity)
    Q_PROPERTY(QString DesktopEntry READ desktopEntry)
    Q_PROPERTY(QStringList SupportedUriSchemes READ schemes)
    Q_PROPERTY(QStringList SupportedMimeTypes READ types)
public:
    explicit Root(MprisNowPlaying& owner) : QDBusAbstractAdaptor(&owner), owner_(owner) {}

    bool yes() const { return true; }
    bool no() const { return false; }
    bool fullScreen() const { return owner_.state().fullScreen; }
    void setFullScreen(bool on) { Q_EMIT owner_.fullScreenWanted(on); }
    QString identity() const { return QStringLiteral("Marea"); }
    QString desktopEntry() const { return QStringLiteral("marea"); }
    QStringList schemes() const { return {L("file"), L("http"), L("https"), L("marea")}; }
    QStringList types() const {
        return {L("video/x-matroska"), L("video/mp4"),  L("video/webm"), L("video/quicktime"),
                L("video/x-msvideo"),  L("video/mp2t"), L("audio/flac"), L("audio/mpeg"),
                L("audio/mp4"),        L("audio/ogg"),  L("audio/opus"), L("audio/x-wav"),
                L("audio/x-matroska")};
    }

public Q_SLOTS:
    void Raise() { Q_EMIT owner_.raiseWanted(); }
    void Quit() { Q_EMIT owner_.quitWanted(); }

private:
    MprisNowPlaying& owner_;
};

class MprisNowPlaying::Player : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.mpris.MediaPlayer2.Player")
    Q_PROPERTY(QString PlaybackStatus READ status)
    Q_PROPERTY(QString LoopStatus READ loop WRITE setLoop)
    Q_PROPERTY(double Rate READ rate WRITE setRate)
    Q_PROPERTY(bool Shuffle READ shuffle WRITE setShuffle)
    Q_PROPERTY(QVariantMap Metadata READ metadata)
    Q_PROPERTY(double Volume READ volume WRITE setVolume)
    Q_PROPERTY(qlonglong Position READ position)
    Q_PROPERTY(double MinimumRate READ slowest)
    Q_PROPERTY(double MaximumRate READ fastest)
    Q_PROPERTY(bool CanGoNext READ canGoNext)
    Q_PROPERTY(bool CanGoPrevious READ loaded)
    Q_PROPERTY(bool CanPlay READ loaded)
    Q_PROPERTY(bool CanPause READ loaded)
    Q_PROPERTY(bool CanSeek READ canSeek)
    Q_PROPERTY(bool CanControl READ yes)
public:
    explicit Player(MprisNowPlaying& owner) : QDBusAbstractAdaptor(&owner), owner_(owner) {}

    QString status() const { return now()[L("PlaybackStatus")].toString(); }
    QString loop() const { return now()[L("LoopStatus")].toString(); }
    void setLoop(const QString& loop) {
        Q_EMIT owner_.repeatWanted(loop == L("Track")      ? Repeat::One
                                   : loop == L("Playlist") ? Repeat::All
                                                           : Repeat::Off);
    }
    double rate() const { return owner_.state().speed; }
    // "Setting it to 0 should have the same effect as Pause."
    void setRate(double factor) {
        if (factor == 0)
            Q_EMIT owner_.pauseWanted();
        else if (factor > 0)
            Q_EMIT owner_.speedWanted(factor);
    }
    bool shuffle() const { return owner_.state().shuffle; }
    void setShuffle(bool on) { Q_EMIT owner_.shuffleWanted(on); }
    QVariantMap metadata() const { return now()[L("Metadata")].toMap(); }
    double volume() const { return owner_.state().volume / 100; }
    void setVolume(double share) { Q_EMIT owner_.volumeWanted(std::clamp(share, 0.0, 1.0) * 100); }
    qlonglong position() const { return micros(owner_.place()); }
    double slowest() const { return kSlowest; }
    double fastest() const { return kFastest; }
    bool canGoNext() const { return owner_.state().hasNext; }
    bool canSeek() const { return now()[L("CanSeek")].toBool(); }
    bool loaded() const { return owner_.state().loaded(); }
    bool yes() const { return true; }

public Q_SLOTS:
    void Next() { Q_EMIT owner_.nextWanted(); }
    void Previous() { Q_EMIT owner_.previousWanted(); }
    void Pause() { Q_EMIT owner_.pauseWanted(); }
    void PlayPause() { Q_EMIT owner_.toggleWanted(); }
    void Stop() { Q_EMIT owner_.stopWanted(); }
    void Play() { Q_EMIT owner_.playWanted(); }
    void Seek(qlonglong Offset) { Q_EMIT owner_.seekByWanted(static_cast<double>(Offset) / 1e6); }
    // Of another track than the current one, or out of it: nothing.
    void SetPosition(const QDBusObjectPath& TrackId, qlonglong Position) {
        const double seconds = static_cast<double>(Position) / 1e6;
        const auto& state = owner_.state();
        if (TrackId == trackPath(state) && seconds >= 0 && (state.duration <= 0 || seconds <= state.duration))
            Q_EMIT owner_.seekWanted(seconds);
    }
    void OpenUri(const QString& Uri) { Q_EMIT owner_.openWanted(QUrl(Uri)); }

Q_SIGNALS:
    void Seeked(qlonglong Position);

private:
    QVariantMap now() const { return mprisPlayer(owner_.state()); }
    MprisNowPlaying& owner_;
};

MprisNowPlaying::MprisNowPlaying(QObject* parent)
    : NowPlaying(parent), root_(new Root(*this)), player_(new Player(*this)) {
    if (!bus_.isConnected())
        return;
    bus_.registerObject(kPath, this, QDBusConnection::ExportAdaptors);
    service_ = QStringLiteral("org.mpris.MediaPlayer2.marea");
    if (bus_.registerService(service_))
        return;
    service_ += QStringLiteral(".instance%1").arg(QCoreApplication::applicationPid());
    bus_.registerService(service_);
}

MprisNowPlaying::~MprisNowPlaying() {
    if (!bus_.isConnected())
        return;
    bus_.unregisterService(service_);
    bus_.unregisterObject(kPath);
}

void MprisNowPlaying::show(const NowPlayingState& state) {
    const auto changedIn = [](const QVariantMap& before, const QVariantMap& after) {
        QVariantMap changed;
        for (auto it = after.begin(); it != after.end(); ++it)
            if (before[it.key()] != it.value())
                changed[it.key()] = it.value();
        return changed;
    };
    const auto root = changedIn(mprisRoot(state_), mprisRoot(state));
    auto player = changedIn(mprisPlayer(state_), mprisPlayer(state));
    player.remove(L("Metadata"));  // has a path in it, which QVariant does not compare
    if (track(state_) != track(state))
        player[L("Metadata")] = metadata(state);
    state_ = state;
    tell(kRoot, root);
    tell(kPlayer, player);
}

// Qt sends no PropertiesChanged for adaptors by itself.
void MprisNowPlaying::tell(const char* interface, const QVariantMap& changed) {
    if (changed.isEmpty() || !bus_.isConnected())
        return;
    auto signal = QDBusMessage::createSignal(kPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                                             QStringLiteral("PropertiesChanged"));
    signal << L(interface) << changed << QStringList();
    bus_.send(signal);
}

void MprisNowPlaying::seeked(double seconds) {
    Q_EMIT player_->Seeked(micros(seconds));
}

}  // namespace marea::app

#include "mprisnowplaying.moc"
