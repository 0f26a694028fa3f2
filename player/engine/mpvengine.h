#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include "player/engine/mpvcore.h"
#include "player/session/playerengine.h"

struct mpv_event;
struct mpv_event_end_file;
struct mpv_event_property;
struct mpv_node;

namespace marea::player {

// PlayerEngine on libmpv. Everything it asks of mpv is asynchronous, so the GUI thread never waits for a disk or a
// server. For a picture, create the engine first and give it to a VideoItem in QML:
//
//     auto http = std::make_shared<core::QtHttpClient>();
//     auto engine = player::MpvEngine::create({.http = http});       // after the QGuiApplication
//     player::registerVideoTypes();                                  // player/render/videoitem.h
//     qml.rootContext()->setContextProperty("engine", engine->get());
//
//     import Marea.Player
//     VideoItem { anchors.fill: parent; engine: playerEngine }
//
// Sources given while a VideoItem holds the engine start when its surface exists; without one, they start at once and
// play without picture (an album, or a film whose page was closed), which comes when an item does.
class MpvEngine : public PlayerEngine {
    Q_OBJECT
public:
    static core::Result<std::unique_ptr<MpvEngine>> create(const EngineOptions& options);
    ~MpvEngine() override;

    void load(const Source& source) override;
    void setNext(const Source& source) override;
    void clearNext() override;
    void stop() override;
    void setPaused(bool paused) override;
    void seek(double seconds) override;
    void seekRelative(double seconds) override;
    void setVolume(double percent) override;
    void setMuted(bool muted) override;
    void setSpeed(double factor) override;
    void selectTrack(Track::Kind kind, int id) override;
    static EngineAbilities can();
    EngineAbilities abilities() const override { return can(); }
    void raiseSubtitles(double share) override;
    void apply(const PlayerOptions& options) override;
    QList<AudioDevice> audioDevices() const override { return devices_; }
    PlaybackFacts facts() const override { return facts_; }
    void takePicture(const QString& path) override;
    bool canOwnWindow() const override { return wantsOutput_ && windowsHere_; }
    bool ownWindow() const override { return ownWindow_; }
    void setOwnWindow(bool on) override;

    PlaybackState state() const override { return state_; }
    double position() const override { return position_; }
    double duration() const override { return duration_; }
    double bufferedUntil() const override { return bufferedUntil_; }
    double volume() const override { return volume_; }
    bool muted() const override { return muted_; }
    double speed() const override { return speed_; }
    QList<Track> tracks() const override { return tracksKnown_ ? tracks_ : QList<Track>(); }
    QList<Chapter> chapters() const override { return chapters_; }
    bool hasVideo() const override { return hasVideo_; }

    // Milliseconds from load() to the first frame of the last source; also logged as "engine_first_frame_ms=…".
    qint64 firstFrameMs() const { return firstFrameMs_; }

    // For the items of player/render; on the engine's thread.
    std::shared_ptr<MpvCore> core() const { return core_; }
    void expectOutput();   // an item will draw the picture
    void releaseOutput();  // it will not, after all
    void outputReady();    // its render context exists
    void outputLeaving();  // its render context will go: called before it does
    void outputLost();     // its render context is going
    void frameShown();     // it drew a new frame

private:
    // A source that mpv knows, by its place in the protocol's table and in mpv's playlist.
    struct Item {
        std::shared_ptr<StreamProtocol::Entry> stream;
        QByteArray address;
        Source source;
        std::int64_t playlistId = 0;  // 0 until mpv answered
    };

    explicit MpvEngine(std::shared_ptr<MpvCore> core);
    void observe();
    static void onWakeup(void* self);

    // mpvengine.cpp: asking
    Item makeItem(const Source& source);
    OpenByteSource opener(const QUrl& url, const Source& source);
    void sendLoad(const Item& item, const char* flags, std::uint64_t reply);
    void startPending();
    void addSubtitles();
    void command(std::initializer_list<const char*> words, std::uint64_t reply = 0);
    void setFlag(const char* property, bool value);
    void setReal(const char* property, double value);
    void setText(const char* property, const QByteArray& value);
    void applyOptions();
    void sendSeek();
    void forget(std::optional<Item>& item);
    void resetReadings();

    // mpvengineevents.cpp: hearing
    void drain();
    void onEvent(const mpv_event& event);
    void onReply(const mpv_event& event);
    void onProperty(const mpv_event& event);
    void onFlag(std::uint64_t which, bool value);
    void onReal(std::uint64_t which, double value);
    void onPosition(double value);
    void onNode(std::uint64_t which, const mpv_node& node);
    void onFact(std::uint64_t which, const mpv_event_property& property);
    void onTracks(const mpv_event& event);
    void onStart(std::int64_t playlistId);
    void onLoaded();
    void onRestart();
    void onEnd(const mpv_event_end_file& end);
    void onStreamError(int id);
    void failWith(const QString& reason);
    void announceFirstFrame();
    void updateState();
    void setState(PlaybackState state);
    void restoreVideo();
    void rememberVideo();

    // mpvownwindow.cpp: a window of mpv's own
    void bindKeys();
    void onMessage(const mpv_event& event);
    void onWindowReply(const mpv_event& event);
    bool endedForWindow(const mpv_event_end_file& end) const;
    void openInPage();
    // Whether pictures go anywhere. A VideoItem's say does not count while mpv has a window.
    bool hasOutput() const { return ownWindow_ || outputReady_; }

    std::shared_ptr<MpvCore> core_;
    std::shared_ptr<std::atomic<bool>> draining_;

    std::optional<Item> current_, next_;
    bool pendingLoad_ = false;  // current_ waits for the picture's surface
    QTimer outputPatience_;
    int outputsExpected_ = 0;
    bool outputReady_ = false;
    bool wantsOutput_ = true;
    bool windowsHere_ = false;  // the system has windows, and mpv can draw in one
    bool ownWindow_ = false, keysBound_ = false, fullScreen_ = false;
    bool windowRefused_ = false;  // just now: mpv may still end the film for it
    int videoId_ = 0;             // last one shown, to restore after a lost context
    bool videoOwed_ = false;      // the source plays without its picture until there is an output
    std::int64_t lastStart_ = 0;  // playlist entry that mpv began last

    bool started_ = false, loaded_ = false, restarted_ = false, reconfigured_ = false, frameDrawn_ = false;
    bool firstFrameSent_ = false, ended_ = false, stalledForCache_ = false, paused_ = false;
    bool seeking_ = false, seekSent_ = false;
    std::optional<double> wantedSeek_;
    QString failure_;
    QElapsedTimer sinceLoad_, sincePosition_;
    qint64 firstFrameMs_ = -1;

    PlaybackState state_ = PlaybackState::Idle;
    double heardPosition_ = 0;  // mpv's last word, also while a seek runs
    double position_ = 0, duration_ = 0, bufferedUntil_ = 0, volume_ = 100, speed_ = 1;
    bool muted_ = false, hasVideo_ = false;
    PlayerOptions options_;
    double raised_ = 0;
    QHash<QByteArray, QByteArray> applied_;  // mpv's properties, as they were set last
    QList<AudioDevice> devices_;
    PlaybackFacts facts_;
    QStringList pictures_;  // paths that mpv was asked to write, in that order
    QList<Track> tracks_;
    QList<QByteArray> added_;        // the addresses of the source's subtitles, in its order
    bool tracksKnown_ = false;       // they are of what is loaded, and not of what was before it
    std::uint64_t tracksAsked_ = 0;  // how often
    QList<Chapter> chapters_;
};

}  // namespace marea::player
