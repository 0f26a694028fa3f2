#pragma once

#include <memory>
#include <optional>
#include <QTimer>

#include "player/session/playerengine.h"

namespace marea::player {

// Two engines that play as one, so that a track can begin while the one before it ends (Source::overlap). Without an
// overlap a track is played by whichever has the one before it, and pictures by the first one always. The second is
// made when it is first wanted; without one tracks follow each other without a gap. advanced() comes when the next
// track begins to be heard.
class CrossfadeEngine : public PlayerEngine {
    Q_OBJECT
public:
    using MakeEngine = std::function<std::unique_ptr<PlayerEngine>()>;  // null: there is none

    CrossfadeEngine(std::unique_ptr<PlayerEngine> first, MakeEngine second);
    ~CrossfadeEngine() override;

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
    void selectTrack(Track::Kind kind, int id) override { front().selectTrack(kind, id); }
    EngineAbilities abilities() const override { return first_.engine->abilities(); }
    void raiseSubtitles(double share) override { first_.engine->raiseSubtitles(share); }
    void apply(const PlayerOptions& options) override;
    QList<AudioDevice> audioDevices() const override { return first_.engine->audioDevices(); }
    PlaybackFacts facts() const override { return front().facts(); }
    void takePicture(const QString& path) override { first_.engine->takePicture(path); }
    QObject* picture() override { return first_.engine->picture(); }
    bool canOwnWindow() const override { return first_.engine->canOwnWindow(); }
    bool ownWindow() const override { return first_.engine->ownWindow(); }
    void setOwnWindow(bool on) override { first_.engine->setOwnWindow(on); }

    PlaybackState state() const override { return front().state(); }
    double position() const override { return front().position(); }
    double duration() const override { return front().duration(); }
    double bufferedUntil() const override { return front().bufferedUntil(); }
    double volume() const override { return first_.engine->volume(); }
    bool muted() const override { return first_.engine->muted(); }
    double speed() const override { return first_.engine->speed(); }
    QList<Track> tracks() const override { return front().tracks(); }
    QList<Chapter> chapters() const override { return front().chapters(); }
    bool hasVideo() const override { return front().hasVideo(); }

private:
    struct Voice {
        std::unique_ptr<PlayerEngine> engine;
        SoundFade fade = {};
    };
    // Of the voice that is not in front: nothing to do; it is to begin later; it has it, and waits; it ends.
    enum class Other { Idle, Later, Ready, Ending };

    void listen(PlayerEngine* engine);
    void onState(const PlayerEngine* engine);
    void onFrontState();
    void onOtherState();
    void onFailed(const PlayerEngine* engine, const QString& reason);
    bool haveSecond();  // made when missing
    PlayerEngine& front() const { return *front_->engine; }
    Voice& other() { return front_ == &first_ ? second_ : first_; }
    bool isFront(const PlayerEngine* engine) const { return engine == front_->engine.get(); }
    void look();     // whether it is time for the next step
    void prepare();  // the other loads what comes
    void goOver();   // what comes is heard
    void forgetNext();
    void endOther();
    void fade(Voice& voice, const SoundFade& fade);
    double left() const;  // seconds, of what is in front; very many while that is not known
    void tellAll();

    Voice first_, second_;
    MakeEngine make_;
    Voice* front_ = &first_;
    Other other_ = Other::Idle;
    std::optional<Source> next_;  // what the other begins with
    PlayerOptions options_;
    QTimer due_;
};

}  // namespace marea::player
