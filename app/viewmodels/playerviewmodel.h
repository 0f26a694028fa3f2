#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/offline/kepttitles.h"
#include "app/viewmodels/positionkeeper.h"
#include "app/viewmodels/queuemodel.h"
#include "app/viewmodels/trackchoice.h"
#include "player/session/playbacksession.h"

namespace marea::app {

// What plays, for the pages: the playback session with its queue, the engine, and the server's sessions, which give the
// links and keep the positions. GUI thread.
class PlayerViewModel : public QObject, private player::SourceResolver {
    Q_OBJECT
    Q_PROPERTY(bool loaded READ loaded NOTIFY entryChanged)
    Q_PROPERTY(QString mediaId READ mediaId NOTIFY entryChanged)
    Q_PROPERTY(QString place READ place NOTIFY entryChanged)  // of the library that has it; empty: the one in use
    Q_PROPERTY(QString title READ title NOTIFY entryChanged)
    Q_PROPERTY(QString artist READ artist NOTIFY entryChanged)
    Q_PROPERTY(QString album READ album NOTIFY entryChanged)
    Q_PROPERTY(QString artwork READ artwork NOTIFY entryChanged)
    Q_PROPERTY(bool isMusic READ isMusic NOTIFY entryChanged)
    Q_PROPERTY(bool playing READ playing NOTIFY stateChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY stateChanged)
    Q_PROPERTY(bool ended READ ended NOTIFY stateChanged)
    Q_PROPERTY(bool failed READ failed NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    // Why nothing comes, once that has lasted a moment; empty when it goes on.
    Q_PROPERTY(QString waiting READ waiting NOTIFY waitingChanged)
    Q_PROPERTY(double position READ position NOTIFY positionChanged)
    Q_PROPERTY(double duration READ duration NOTIFY durationChanged)
    Q_PROPERTY(double buffered READ buffered NOTIFY bufferedChanged)
    Q_PROPERTY(QString positionText READ positionText NOTIFY positionChanged)
    Q_PROPERTY(QString durationText READ durationText NOTIFY durationChanged)
    Q_PROPERTY(QString delivery READ delivery NOTIFY entryChanged)  // "Direct", "Transcoded"; empty for a local file
    Q_PROPERTY(double volume READ volume WRITE setVolume NOTIFY volumeChanged)
    Q_PROPERTY(bool muted READ muted WRITE setMuted NOTIFY volumeChanged)
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged)
    Q_PROPERTY(QVariantList audioTracks READ audioTracks NOTIFY tracksChanged)
    Q_PROPERTY(QVariantList subtitleTracks READ subtitleTracks NOTIFY tracksChanged)
    Q_PROPERTY(QVariantList chapters READ chapters NOTIFY chaptersChanged)
    Q_PROPERTY(QString remedy READ remedy NOTIFY entryChanged)
    Q_PROPERTY(QVariantList statistics READ statistics NOTIFY statisticsChanged)
    Q_PROPERTY(marea::app::QueueModel* queue READ queue CONSTANT)
    Q_PROPERTY(bool hasNext READ hasNext NOTIFY queueChanged)
    Q_PROPERTY(bool shuffle READ shuffle WRITE setShuffle NOTIFY queueChanged)
    Q_PROPERTY(Repeat repeat READ repeat NOTIFY queueChanged)
    Q_PROPERTY(QObject* engine READ engineObject NOTIFY engineChanged)
public:
    enum class Repeat { Off, All, One };
    Q_ENUM(Repeat)

    PlayerViewModel(ApiClient& api, player::PlayerEngine& engine, UnsentPositions& unsent, AwayChanges& away,
                    KeptTitles& kept, QObject* parent = nullptr);

    bool loaded() const { return entry() != nullptr; }
    QString mediaId() const;
    QString place() const;
    QString mediaIdHere() const { return place().isEmpty() ? mediaId() : QString(); }  // in the library in use
    LibraryElsewhere* library() const;  // that has what plays; null: the one in use, or none
    QString title() const;
    QString artist() const;
    QString album() const;
    QString artwork() const;
    bool isMusic() const;
    bool playing() const { return engine_.state() == player::PlaybackState::Playing && !session_.resolving(); }
    bool busy() const { return session_.resolving() || engine_.state() == player::PlaybackState::Loading; }
    bool ended() const { return ended_; }
    bool failed() const { return !session_.problem().isEmpty(); }
    QString problem() const { return session_.problem(); }
    QString waiting() const { return waiting_; }
    double position() const { return session_.position(); }
    double duration() const;
    double buffered() const { return engine_.bufferedUntil(); }
    QString positionText() const;
    QString durationText() const;
    double volume() const { return engine_.volume(); }
    bool muted() const { return engine_.muted(); }
    double speed() const { return engine_.speed(); }
    QVariantList audioTracks() const;
    QVariantList subtitleTracks() const;
    QVariantList chapters() const;
    QVariantList statistics() const;
    QueueModel* queue() { return &queue_; }
    void setLast(bool on) { session_.setLast(on); }  // nothing follows what plays
    // As another device asks: a stream of the file, -1 none. False: there is none like that.
    bool chooseStream(player::Track::Kind kind, int stream);
    // What would have the server send the title as it is: "limit", "sound", or nothing.
    QString remedy() const;
    const player::PlayQueue& playQueue() const { return session_.queue(); }
    bool hasNext() const;
    bool shuffle() const { return session_.queue().shuffle(); }
    Repeat repeat() const { return static_cast<Repeat>(session_.queue().repeat()); }
    QObject* engineObject() { return engine_.picture(); }
    void setCrossfade(double seconds) { session_.setCrossfade(seconds); }

    void play(QList<player::PlayEntry> entries, int index);
    // The queue of the last time, at rest.
    void restore(QList<player::PlayEntry> entries, int index, double position);
    void append(const QList<player::PlayEntry>& entries);
    void insertNext(const QList<player::PlayEntry>& entries);  // right after what plays
    // Who is signed in where: positions are theirs. Sends what the server could not be told before.
    void setAccount(const QString& account) { positions_.setAccount(account); }
    // Other libraries that have the same titles, from which they play where these are nearer.
    void setCopies(Copies* copies);
    // This one, from the library at that address; empty: the one in use.
    void playFrom(const player::PlayEntry& entry, const QString& address);
    // As stop(), and returns when the server knows the position, or after `milliseconds`. For the program's end.
    void stopAndWait(int milliseconds);
    // Where the first entry starts (seconds), and which of its streams: indices in the file as the catalogue lists
    // them.
    void setStart(std::optional<double> seconds) { start_ = seconds; }  // nullopt: where one stopped
    void choose(const MediaItem& item, const TrackChoice& choice);      // of what is played next, by its page

    Q_INVOKABLE void openFiles(const QList<QUrl>& files);
    Q_INVOKABLE void jump(int index);
    Q_INVOKABLE void togglePause();
    Q_INVOKABLE void pause();
    void resume();  // nothing when it plays, or nothing is loaded
    // By name: what a key asks for (empty: nothing), and doing it. False: it is a page's or a window's to do.
    Q_INVOKABLE QString actOf(int key) const;
    Q_INVOKABLE bool act(const QString& name);
    bool act(player::PlayerAct act);
    Q_INVOKABLE void seek(double seconds);
    Q_INVOKABLE void seekBy(double seconds);
    Q_INVOKABLE void next();
    Q_INVOKABLE void previous();  // to the start first, when some seconds in
    Q_INVOKABLE void stop();
    Q_INVOKABLE void retry();
    Q_INVOKABLE void toggleMute() { setMuted(!muted()); }
    // The same again from here, with the same sound and subtitles, as the server gives it now: another quality was
    // chosen.
    Q_INVOKABLE void reload();
    Q_INVOKABLE void changeVolume(double by) { setVolume(volume() + by); }
    Q_INVOKABLE void selectAudio(int value);  // as the menus' values
    Q_INVOKABLE void selectSubtitle(int id);
    Q_INVOKABLE QString cycleSubtitle();  // the name of what is shown now; empty: there are none
    Q_INVOKABLE void raiseSubtitles(double share) { engine_.raiseSubtitles(share); }
    Q_INVOKABLE void stepChapter(int by);
    Q_INVOKABLE void removeAt(int index);
    Q_INVOKABLE void moveAt(int from, int to) { session_.move(from, to); }
    Q_INVOKABLE void cycleRepeat();  // off, all, one
    Q_INVOKABLE QString clockText(double seconds) const;
    Q_INVOKABLE QString chapterAt(double seconds) const;
    void setShuffle(bool on) { session_.setShuffle(on); }
    QString delivery() const;
    QString previews() const { return info().spritesUrl; }  // the list of thumbnails, on the server
    void setVolume(double percent);
    void setWishes(const StreamWishes& wishes) { wishes_ = wishes; }  // of the next sources
    // What plays by that session stops, and says so. `message`: the owner's own words.
    void endedByOwner(const QString& sessionId, const QString& message);
    void setMuted(bool muted);
    void setSpeed(double factor);
    void retranslate();

Q_SIGNALS:
    void entryChanged();
    void stateChanged();
    void waitingChanged();
    void positionChanged();
    void durationChanged();
    void bufferedChanged();
    void volumeChanged();
    void speedChanged();
    void tracksChanged();
    void chaptersChanged();
    void statisticsChanged();
    void queueChanged();
    void engineChanged();
    void replaced();  // another queue takes the place of what there was
    void opened();    // something was started by a person: show the player when it is a picture
    void finished();  // the queue is over
    void positionSaved(const QString& mediaId);
    void positionKept(const QString& mediaId);                  // here, for the time when the server is back
    void skipped(const QString& title, const QString& reason);  // a track that can't be played was passed over

private:
    void resolve(const player::PlayEntry& entry, std::function<void(core::Result<player::ReadySource>)> done) override;

    void connectEngine();
    void connectSession();
    const player::PlayEntry* entry() const { return session_.queue().currentEntry(); }
    const PlaybackInfo& info() const;
    QList<player::Chapter> chapterList() const;
    double creditsStart(const player::PlayEntry& entry) const;  // of what the engine has; 0: none
    StreamWishes wishesFor(const player::PlayEntry& entry) const;
    using Resolved = std::function<void(core::Result<player::ReadySource>)>;
    void resolveOnServer(const player::PlayEntry& entry, std::optional<double> start, const Resolved& done);
    void resolveNearest(const player::PlayEntry& entry, std::optional<double> start, const Resolved& done);
    void resolveHere(const player::PlayEntry& entry, std::optional<double> start, const Resolved& done);
    void resolveCopy(const player::PlayEntry& entry, const TitleCopy& copy, double start, const Resolved& done);
    struct Attempt;
    using AttemptRef = std::shared_ptr<Attempt>;
    void resolveThere(const player::PlayEntry& entry, std::optional<double> start, const Resolved& done);
    void onThere(const AttemptRef& attempt, const core::Result<PlaybackInfo>& info);
    void lookForOther(const AttemptRef& attempt);
    void playOther(const AttemptRef& attempt);
    void fail(Attempt& attempt);
    Resolved orFromOther(const player::PlayEntry& entry, std::optional<double> start, const Resolved& done);
    player::ReadySource readyFrom(ApiClient& api, const player::PlayEntry& entry, const PlaybackRequest& request,
                                  const PlaybackInfo& info);
    void resolveKept(const player::PlayEntry& entry, const OfflineTitle& title, std::optional<double> start,
                     const Resolved& done);
    player::ReadySource playKept(const player::PlayEntry& entry, const OfflineTitle& title, PlaybackInfo info,
                                 double position);
    player::Source toSource(ApiClient& api, const PlaybackRequest& request, const player::PlayEntry& entry,
                            const PlaybackInfo& info) const;
    void renew(ApiClient& api, const QString& sessionId, const PlaybackRequest& request,
               std::function<void(const player::FreshUrl&)> done);
    void onResolving();
    void onCurrent();
    void onFirstFrame();
    void onWaitingState();
    void onMoved();
    void followWaiting();
    void setWaiting(const QString& words);
    QString waitingWords() const;
    PlayingTracks tracksNow() const { return {item_, info(), engine_.tracks()}; }
    void begin(double seconds);
    void learnOf(ApiClient& api, const QString& id, const QString& mediaId);
    void applyChoice();
    void remember(player::Track::Kind kind, int id);
    QVariantList tracks(player::Track::Kind kind) const;

    ApiClient& api_;
    player::PlayerEngine& engine_;
    KeptTitles& kept_;
    PositionKeeper positions_;
    player::PlaybackSession session_;
    QueueModel queue_;
    QHash<int, PlaybackInfo> infos_;  // by the entry's key: what the server said of what plays and of what follows
    QTimer statisticsTimer_, waitingTimer_;
    double seenAt_ = 0;        // the position, when it was looked whether something comes
    QString stall_, waiting_;  // the engine's word; what is shown
    QElapsedTimer clicked_;
    std::optional<double> start_;
    StreamWishes wishes_;
    Copies* copies_ = nullptr;
    std::optional<QString> wantedPlace_;            // where what is opened plays from; nullopt: wherever it is nearest
    MediaItem item_;                                // what plays, as far as the catalogue was asked
    TrackChoice choice_, openingChoice_, pending_;  // of what plays, of what is opened next, not yet told to the engine
    int choiceKey_ = 0;                             // the entry that choice_ is of
    QString endedSession_;                          // the last that an owner ended
    qint64 firstFrameMs_ = -1;
    bool ended_ = false, opening_ = false;
};

}  // namespace marea::app
