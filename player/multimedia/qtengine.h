#pragma once

#include <memory>
#include <optional>
#include <QElapsedTimer>
#include <QMediaDevices>
#include <QThread>

#include "core/base/result.h"
#include "player/engine/engineoptions.h"
#include "player/multimedia/framebox.h"
#include "player/multimedia/qtplayback.h"
#include "player/session/playerengine.h"

namespace marea::player {

// PlayerEngine on Qt Multimedia, for where libmpv is absent. Its framework never gets an address: it reads a device
// whose bytes come through the in-process stream, and only what is a container by its first bytes (container.h).
// abilities() says what it leaves out. The picture is drawn by a VideoItem; there need not be one.
class QtEngine : public PlayerEngine {
    Q_OBJECT
public:
    static core::Result<std::unique_ptr<QtEngine>> create(const EngineOptions& options);
    ~QtEngine() override;

    void load(const Source& source) override;
    void setNext(const Source& source) override;
    void clearNext() override { next_.reset(); }
    void stop() override;
    void setPaused(bool paused) override;
    void seek(double seconds) override;
    void seekRelative(double seconds) override { seek(position_ + seconds); }
    void setVolume(double percent) override;
    void setMuted(bool muted) override;
    void setSpeed(double factor) override;
    void selectTrack(Track::Kind kind, int id) override;
    static EngineAbilities can();
    EngineAbilities abilities() const override { return can(); }
    void apply(const PlayerOptions& options) override;
    QList<AudioDevice> audioDevices() const override;
    PlaybackFacts facts() const override;
    void takePicture(const QString& path) override;

    PlaybackState state() const override { return state_; }
    double position() const override { return position_; }
    double duration() const override { return open_.duration; }
    double bufferedUntil() const override { return position_; }  // it does not tell
    double volume() const override { return volume_; }
    bool muted() const override { return muted_; }
    double speed() const override { return speed_; }
    QList<Track> tracks() const override { return open_.tracks; }
    QList<Chapter> chapters() const override { return {}; }
    bool hasVideo() const override { return open_.picture; }

    std::shared_ptr<FrameBox> frames() const { return frames_; }

private:
    explicit QtEngine(const EngineOptions& options);
    void listen();
    template <class Call>
    void ask(Call call);  // on the playback's thread
    void begin(const Source& source, bool goesOver);
    void refuse(const char* reason);
    void forget();
    std::shared_ptr<TitleBytes> bytesOf(const Source& source);

    void onOpened(int title, const OpenTitle& what);
    void onChanged(int title, const OpenTitle& what);
    void onStarted(int title);
    void onMoved(int title, double seconds);
    void onSought(int title, int number);
    void onEnded(int title);
    void onFailed(int title, const core::Error& error);
    void failWith(const QString& reason);
    void sendSeek();
    void take(const OpenTitle& what);
    void tellFrom(const OpenTitle& before);
    void setState(PlaybackState state);

    std::shared_ptr<core::HttpClient> http_;
    std::shared_ptr<FrameBox> frames_;  // null: nobody looks
    QThread thread_;
    QtPlayback* playback_;  // its own thread deletes it
    QMediaDevices devices_;

    std::shared_ptr<TitleBytes> bytes_;  // of what is loaded
    std::optional<Source> next_;
    int title_ = 0;
    bool opened_ = false, started_ = false, paused_ = false;
    std::optional<double> wantedSeek_;
    int seekNumber_ = 0;
    bool seeking_ = false;
    QElapsedTimer sinceLoad_;

    PlaybackState state_ = PlaybackState::Idle;
    OpenTitle open_;
    double position_ = 0, volume_ = 100, speed_ = 1;
    bool muted_ = false;
    QString device_;
};

}  // namespace marea::player
