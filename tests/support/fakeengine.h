#pragma once

#include "player/session/playerengine.h"

namespace marea::player {

// Plays nothing, and reports what the test makes it report. Loads at once and plays.
class FakeEngine : public PlayerEngine {
    Q_OBJECT
public:
    using PlayerEngine::PlayerEngine;

    void load(const Source& source) override {
        loads << source;
        position_ = source.start;
        paused_ = false;
        tracks_.clear();
        setState(PlaybackState::Loading);
        if (silent)
            return;
        setState(PlaybackState::Playing);
        Q_EMIT firstFrame();
    }
    void setNext(const Source& source) override { nexts << source; }
    void clearNext() override { ++cleared; }
    void stop() override { setState(PlaybackState::Idle); }
    void setPaused(bool paused) override {
        paused_ = paused;
        if (state_ == PlaybackState::Playing || state_ == PlaybackState::Paused)
            setState(paused ? PlaybackState::Paused : PlaybackState::Playing);
    }
    void seek(double seconds) override { moveTo(seconds); }
    void seekRelative(double seconds) override { moveTo(position_ + seconds); }
    void setVolume(double percent) override {
        volume_ = percent;
        Q_EMIT volumeChanged();
    }
    void setMuted(bool muted) override {
        muted_ = muted;
        Q_EMIT volumeChanged();
    }
    void setSpeed(double factor) override {
        speed_ = factor;
        Q_EMIT speedChanged();
    }
    EngineAbilities abilities() const override { return can; }
    void raiseSubtitles(double share) override { subtitleShare = share; }
    void apply(const PlayerOptions& now) override { options = now; }
    void takePicture(const QString& path) override { pictures << path; }
    bool canOwnWindow() const override { return windows; }
    bool ownWindow() const override { return ownWindow_; }
    void setOwnWindow(bool on) override {
        ownWindow_ = on;
        Q_EMIT ownWindowChanged();
    }
    PlaybackFacts facts() const override { return facts_; }
    void selectTrack(Track::Kind kind, int id) override {
        for (auto& track : tracks_)
            if (track.kind == kind)
                track.selected = track.id == id;
        Q_EMIT tracksChanged();
    }

    PlaybackState state() const override { return state_; }
    double position() const override { return position_; }
    double duration() const override { return duration_; }
    double bufferedUntil() const override { return buffered_; }
    double volume() const override { return volume_; }
    bool muted() const override { return muted_; }
    double speed() const override { return speed_; }
    QList<Track> tracks() const override { return tracks_; }
    QList<Chapter> chapters() const override { return chapters_; }
    bool hasVideo() const override { return video_; }

    // For the test.
    void moveTo(double seconds) {
        position_ = seconds;
        Q_EMIT positionChanged();
    }
    void setState(PlaybackState state) {
        state_ = state;
        Q_EMIT stateChanged();
    }
    void setDuration(double seconds) {
        duration_ = seconds;
        Q_EMIT durationChanged();
    }
    void setTracks(QList<Track> tracks) {
        tracks_ = std::move(tracks);
        Q_EMIT tracksChanged();
    }
    void setChapters(QList<Chapter> chapters) {
        chapters_ = std::move(chapters);
        Q_EMIT chaptersChanged();
    }
    void setVideo(bool video) {
        video_ = video;
        Q_EMIT videoChanged();
    }
    void setFacts(const PlaybackFacts& facts) {
        facts_ = facts;
        Q_EMIT videoChanged();
    }
    void refuseWindow() {
        setOwnWindow(false);
        Q_EMIT ownWindowFailed();
    }
    void goOver() { Q_EMIT advanced(); }
    void fail(const QString& reason) {
        setState(PlaybackState::Failed);
        Q_EMIT failed(reason);
    }

    EngineAbilities can;
    QList<Source> loads, nexts;
    PlayerOptions options;
    QStringList pictures;
    int cleared = 0;
    double subtitleShare = 0;
    bool windows = false;
    bool silent = false;  // nothing comes of what it loads

private:
    QList<Track> tracks_;
    QList<Chapter> chapters_;
    PlaybackFacts facts_;
    PlaybackState state_ = PlaybackState::Idle;
    double position_ = 0, duration_ = 0, buffered_ = 0, volume_ = 100, speed_ = 1;
    bool muted_ = false, paused_ = false, video_ = false, ownWindow_ = false;
};

}  // namespace marea::player
