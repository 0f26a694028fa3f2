#pragma once

#include <chrono>
#include <functional>
#include <QObject>
#include <QTimer>

#include "core/base/result.h"
#include "player/session/playerengine.h"
#include "player/session/playqueue.h"

namespace marea::player {

// An entry made ready to play. `start` of the source is where its user stopped.
struct ReadySource {
    Source source;
    QString sessionId;  // the server's, empty for a local file
};

// Makes an entry playable, for example by POST …/playback. `done` is called once, on the session's thread.
class SourceResolver {
public:
    virtual ~SourceResolver() = default;
    virtual void resolve(const PlayEntry& entry, std::function<void(core::Result<ReadySource>)> done) = 0;
};

// Remembers where one is. Called on the session's thread; must return at once.
class PositionStore {
public:
    enum class State { Playing, Paused, Stopped };

    virtual ~PositionStore() = default;
    virtual void save(const PlayEntry& entry, const QString& sessionId, double seconds, State state) = 0;
};

// Plays a queue with an engine: resolves entries ahead so that music follows without a gap, saves positions (every few
// seconds, on pause, seek, stop and end), and decides about errors: a broken track is skipped, a film stops with its
// reason. Segments that do not come are asked for anew from where it is; if not even the first one comes, it ends. One
// thread, the engine's. The ports and the engine must outlive it.
class PlaybackSession : public QObject {
    Q_OBJECT
public:
    PlaybackSession(PlayerEngine& engine, SourceResolver& resolver, PositionStore& positions,
                    QObject* parent = nullptr);

    const PlayQueue& queue() const { return queue_; }
    bool resolving() const { return resolving_; }
    double position() const;                      // seconds; while it is resolved, where it will begin if that is known
    QString problem() const { return problem_; }  // why it stopped, in words; empty while all is well

    void play(QList<PlayEntry> entries, int index);
    // A queue as it was left: shown at its place, and at rest until retry() or a jump. Nothing when there is one.
    void adopt(QList<PlayEntry> entries, int index, double seconds);
    bool resting() const { return resting_; }
    void jump(int index);
    void next();
    void previous();                   // to the start first, when more than a few seconds in
    void stop();                       // the queue stays
    void halt(const QString& reason);  // stops as by an error: it is said, and may be tried again
    void clear();                      // stops, and nothing is left to play
    void retry();                      // the current entry from where it was, paused if it was
    void seek(double seconds);

    // Changes of the queue, which may change what comes next.
    void append(const QList<PlayEntry>& entries);
    void insertNext(const QList<PlayEntry>& entries);
    void remove(int index);
    void move(int from, int to);
    void setShuffle(bool on);
    void setRepeat(Repeat repeat);
    // What plays is the last for now: nothing follows it. Holds for this entry.
    void setLast(bool on);
    bool last() const { return last_; }
    // Seconds that music that is no album in its order goes over into what follows; 0: not at all.
    void setCrossfade(double seconds);
    // After so long without a picture, segments are asked for anew; after twice as long without a first one, it ends.
    void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }

Q_SIGNALS:
    void queueChanged();
    void currentChanged();  // another entry is current, or begins anew
    void resolvingChanged();
    void problemChanged();
    void skipped(const QString& title, const QString& reason);
    void finished();  // the queue is over

private:
    void start(std::optional<double> from = std::nullopt, bool paused = false);
    void loadReady(const core::Result<ReadySource>& ready);
    void planNext();
    void dropPlan();
    void onState();
    void onPlaying();
    void onStalled();
    bool isOutdated() const;
    void onAdvanced();
    void onFailed(const QString& reason);
    void onEnded();
    void save(PositionStore::State state);
    void leave(double seconds);
    void setResolving(bool resolving);
    void setProblem(const QString& problem);
    void changed();

    PlayerEngine& engine_;
    SourceResolver& resolver_;
    PositionStore& positions_;
    PlayQueue queue_;
    PlayEntry playing_;  // what is or will be in the engine, key 0 for nothing
    QString sessionId_;
    bool loaded_ = false;  // the engine was given it, so that its position means something
    PlayEntry planned_;    // what follows, resolved or being resolved; key 0 for nothing
    QString plannedSession_;
    bool plannedSet_ = false;  // the engine has it
    int generation_ = 0;       // answers to older questions are dropped
    int planGeneration_ = 0;
    int failures_ = 0;            // in a row
    std::optional<double> from_;  // of the current entry, where it was told to begin
    double crossfade_ = 0;
    bool resting_ = false;
    bool last_ = false;
    bool pausedFirst_ = false;  // it shows its picture and waits
    bool resolving_ = false;
    QString problem_;
    QTimer saveTimer_;
    // Of what comes in segments, which engines follow by themselves: links that ran out, or a server that is away,
    // leave them waiting without a word.
    bool segmented_ = false;
    qint64 expiresAt_ = 0;  // UTC ms, 0: never
    bool begun_ = false;    // it played since it was loaded
    bool rested_ = false;   // it was paused
    std::chrono::milliseconds patience_;
    QTimer stallTimer_;
};

}  // namespace marea::player
