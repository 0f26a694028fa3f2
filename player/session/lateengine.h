#pragma once

#include <memory>
#include <optional>

#include "core/base/result.h"
#include "player/session/playerengine.h"

namespace marea::player {

// An engine that is made with the first thing to play, or before, when the program has time for it (make()): a media
// framework takes longer to load than a page to show. Until then it keeps what is set, and plays nothing. Where none
// can be made, what is to be played fails, in words.
class LateEngine : public PlayerEngine {
    Q_OBJECT
public:
    using Make = std::function<core::Result<std::unique_ptr<PlayerEngine>>()>;

    // `expected`: what it can do, before it is there.
    LateEngine(Make make, EngineAbilities expected);
    ~LateEngine() override;

    bool make();  // false: there is none

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
    EngineAbilities abilities() const override { return engine_ ? engine_->abilities() : expected_; }
    void raiseSubtitles(double share) override;
    void apply(const PlayerOptions& options) override;
    QList<AudioDevice> audioDevices() const override;
    PlaybackFacts facts() const override { return engine_ ? engine_->facts() : PlaybackFacts(); }
    void takePicture(const QString& path) override;
    bool canOwnWindow() const override { return engine_ && engine_->canOwnWindow(); }
    bool ownWindow() const override { return engine_ && engine_->ownWindow(); }
    void setOwnWindow(bool on) override;

    PlaybackState state() const override { return engine_ ? engine_->state() : without_; }
    double position() const override { return engine_ ? engine_->position() : 0; }
    double duration() const override { return engine_ ? engine_->duration() : 0; }
    double bufferedUntil() const override { return engine_ ? engine_->bufferedUntil() : 0; }
    double volume() const override { return engine_ ? engine_->volume() : volume_; }
    bool muted() const override { return engine_ ? engine_->muted() : muted_; }
    double speed() const override { return engine_ ? engine_->speed() : speed_; }
    QList<Track> tracks() const override { return engine_ ? engine_->tracks() : QList<Track>(); }
    QList<Chapter> chapters() const override { return engine_ ? engine_->chapters() : QList<Chapter>(); }
    bool hasVideo() const override { return engine_ && engine_->hasVideo(); }
    QObject* picture() override { return engine_ ? engine_->picture() : nullptr; }

private:
    void adopt(std::unique_ptr<PlayerEngine> engine);
    void repeatSignals();
    void setWithout(PlaybackState state);

    std::unique_ptr<PlayerEngine> engine_;
    Make make_;
    EngineAbilities expected_;
    QString failure_;                              // why there is none
    PlaybackState without_ = PlaybackState::Idle;  // the state while there is none
    int loads_ = 0;                                // what was to be said of an older one is dropped
    double volume_ = 100, speed_ = 1, raised_ = 0;
    bool muted_ = false;
    std::optional<PlayerOptions> options_;
};

}  // namespace marea::player
