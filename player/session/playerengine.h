#pragma once

#include <functional>
#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include "player/session/playerkeys.h"
#include "player/session/playeroptions.h"

namespace marea::player {

struct Track {
    enum class Kind { Video, Audio, Subtitle };
    int id = 0;  // the engine's own, unique within its kind
    Kind kind = Kind::Audio;
    QString language;  // BCP 47, empty when unknown
    QString title;
    QString codec;
    int channels = 0;
    bool forced = false;
    bool external = false;
    int added = -1;  // external: which of Source::subtitles; -1 unknown
    bool selected = false;
};

struct Chapter {
    double start = 0;  // seconds
    QString title;
};

struct ExternalSubtitle {
    QUrl url;
    QString language, title;
};

struct FreshUrl {
    QUrl url;              // empty: there is none
    qint64 expiresAt = 0;  // UTC ms, 0: never
};

// Asks for a URL with a new token when the old one runs out or is refused. Called on any thread and must return at
// once; the function it is given is called once, on any thread.
using RenewUrl = std::function<void(std::function<void(const FreshUrl&)>)>;

// One thing to play. `url` is a local file, or http(s) from a Marea server; both go through the in-process stream,
// but for a playlist of segments, which the engine follows by itself.
struct Source {
    QUrl url;
    QString title;
    double start = 0;  // seconds
    QList<ExternalSubtitle> subtitles = {};
    RenewUrl renew = {};     // may be empty
    qint64 expiresAt = 0;    // UTC ms when the url's token runs out, 0: never
    bool segmented = false;  // http(s) only: an HLS playlist of the server's own making
    double overlap = 0;  // seconds that it is heard together with the source before it; an engine by itself has none
    QByteArray secret = {};  // a local file: what opens it, where it is sealed
};

enum class PlaybackState { Idle, Loading, Playing, Paused, Ended, Failed };

// What an engine can do of what this port asks for; what is false it leaves out, and pages do not offer it.
struct EngineAbilities {
    QString name;               // as people know it: "libmpv"
    bool segments = true;       // playlists of segments: what a server encodes, or protects, comes as these
    bool gapless = true;        // setNext() follows without a gap
    bool overlap = true;        // a second one can be heard at the same time: cross-fade
    bool chapters = true;       // those inside files
    bool subtitleFiles = true;  // Source::subtitles
    bool subtitleStyle = true;  // SubtitleStyle, and subtitles raised above the controls
    bool delays = true;         // of sound and of subtitles
    bool loop = true;           // a part again and again
    bool equaliser = true;
    bool replayGain = true;
    bool exclusive = true;
    bool passThrough = true;
    bool highRange = true;  // HDR is shown as it is meant, or brought to what the screen can
};

// Plays one source after another. The port between Marea and a media framework; every member is called on, and every
// signal comes on, the thread that owns the object (the GUI thread). Calls return at once: what they ask for is
// reported by signals. Implemented by MpvEngine, by QtEngine where libmpv is absent, and by FakeEngine in tests.
class PlayerEngine : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Replaces what is loaded, and plays it (not paused). `next` may be given ahead so that it follows without a gap;
    // it is announced with advanced() when the engine goes over to it by itself.
    virtual void load(const Source& source) = 0;
    virtual void setNext(const Source& source) = 0;
    virtual void clearNext() = 0;
    virtual void stop() = 0;

    virtual void setPaused(bool paused) = 0;
    virtual void seek(double seconds) = 0;          // absolute, exact
    virtual void seekRelative(double seconds) = 0;  // from where it is
    virtual void setVolume(double percent) = 0;     // 0 to 100, perceptual
    virtual void setMuted(bool muted) = 0;
    virtual void setSpeed(double factor) = 0;                // 0.25 to 4
    virtual void selectTrack(Track::Kind kind, int id) = 0;  // 0: none
    virtual EngineAbilities abilities() const { return {}; }
    virtual void raiseSubtitles(double /*share*/) {}  // of the picture's height, to clear what lies at its foot
    // What an engine cannot do it leaves out.
    virtual void apply(const PlayerOptions& /*options*/) {}
    virtual QList<AudioDevice> audioDevices() const { return {}; }
    virtual PlaybackFacts facts() const { return {}; }
    virtual void takePicture(const QString& /*path*/) {}  // of what is shown, as a PNG; then pictureTaken()
    // Pictures in a window of the engine's own, drawn past the scene: there a display gets HDR as it is. It stands from
    // picture to picture until it is put off, and is put off by itself where it cannot be opened.
    virtual bool canOwnWindow() const { return false; }
    virtual bool ownWindow() const { return false; }
    virtual void setOwnWindow(bool /*on*/) {}

    virtual PlaybackState state() const = 0;
    virtual double position() const = 0;       // seconds
    virtual double duration() const = 0;       // seconds, 0 when unknown
    virtual double bufferedUntil() const = 0;  // seconds
    virtual double volume() const = 0;
    virtual bool muted() const = 0;
    virtual double speed() const = 0;
    virtual QList<Track> tracks() const = 0;  // of what is loaded; none until it is open
    virtual QList<Chapter> chapters() const = 0;
    virtual bool hasVideo() const = 0;
    virtual QObject* picture() { return this; }  // what a VideoItem draws; null: nothing yet

Q_SIGNALS:
    void stateChanged();
    void positionChanged();  // about ten times a second while playing, and after a seek
    void durationChanged();
    void bufferedChanged();
    void volumeChanged();
    void speedChanged();
    void tracksChanged();
    void chaptersChanged();
    void videoChanged();  // hasVideo(), the picture's size or its range
    void firstFrame();    // the first picture (or sound, without video) of the loaded source is out
    void advanced();      // went over to the source given with setNext(); the first that is said of that one
    void failed(const QString& reason);  // in words; state() is Failed
    void audioDevicesChanged();
    void pictureTaken(const QString& path, bool done);
    void pictureChanged();  // picture() is another object
    void ownWindowChanged();
    void ownWindowFailed();                           // it cannot be opened here
    void windowWished(marea::player::PlayerAct act);  // by keys of the engine's own window, or its frame
    void stalled(const QString& reason);  // still trying; why nothing comes, in words, empty when it goes on
};

}  // namespace marea::player
