#pragma once

#include <functional>
#include <map>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include "app/api/apiclient.h"
#include "app/offline/awaychanges.h"
#include "app/offline/offlinerules.h"
#include "app/viewmodels/copies.h"
#include "app/viewmodels/unsentpositions.h"
#include "core/library/resume.h"
#include "player/session/playbacksession.h"

namespace marea::app {

// Tells the server where one is, and ends its sessions. What a server that is away was not told is kept, and sent when
// its account is back. GUI thread.
class PositionKeeper : public QObject, public player::PositionStore {
    Q_OBJECT
public:
    PositionKeeper(ApiClient& api, UnsentPositions& unsent, AwayChanges& away, QObject* parent = nullptr);

    // Who is signed in where: positions are theirs. Sends what the server could not be told before.
    void setAccount(const QString& account);
    void begin(const QString& sessionId, double position);  // a session whose position the server gave
    void beginElsewhere(const QString& sessionId, ApiClient& api) { elsewhere_.insert(sessionId, &api); }
    // Other libraries that are told where one stopped in what they have, too.
    void setCopies(Copies* copies) { copies_ = copies; }
    // Where the end credits of what plays start, in seconds; 0: none, or nobody knows. Asked as it is saved.
    void setCredits(std::function<double(const player::PlayEntry&)> startOf) { creditsOf_ = std::move(startOf); }
    // A session ended while it played, and `by` took its place.
    void replace(const QString& sessionId, const QString& by) { replaced_.insert(sessionId, by); }
    QString live(const QString& sessionId) const { return replaced_.value(sessionId, sessionId); }
    void save(const player::PlayEntry& entry, const QString& sessionId, double seconds, State state) override;
    // Returns when the server knows where everything stopped, or after `milliseconds`. For the program's end.
    void wait(int milliseconds);

Q_SIGNALS:
    void saved(const QString& mediaId);
    void savedAway(const QString& mediaId);  // to be told later
    void left(int key);                      // the entry's key: its session is over

private:
    UnsentPosition toSend(const player::PlayEntry& entry, const QString& sessionId, double seconds) const;
    void stop(const player::PlayEntry& entry, const QString& sessionId, const UnsentPosition& position);
    void end(const UnsentPosition& position);
    void saveElsewhere(const player::PlayEntry& entry, const QString& sessionId, double seconds, State state);
    OfflineProgress progressOf(const player::PlayEntry& entry, double seconds, State state);
    void tellOthers(const player::PlayEntry& entry, const ApiClient* but, const OfflineProgress& progress);
    void tell(ApiClient& api, const QString& id, const UserChange& change, const QString& mediaId);
    void ended(const QString& mediaId);
    void saveAway(const player::PlayEntry& entry, double seconds, State state, const OfflineProgress& progress);
    void onAnswer(const UnsentPosition& position, const core::Result<SessionUpdate>& update);
    void sendUnsent(const UnsentPosition& position);
    void sendUnsentNow(const UnsentPosition& position);
    void sendToLibrary(const UnsentPosition& position);

    ApiClient& api_;
    UnsentPositions& unsent_;
    AwayChanges& away_;
    QString account_;
    QSet<QString> sending_;                          // titles whose unsent position is under way
    QHash<QString, QString> replaced_;               // by the session that an entry began with
    QHash<QString, QPointer<ApiClient>> elsewhere_;  // by session: the library that it is in, where that is another
    Copies* copies_ = nullptr;
    QElapsedTimer clock_;
    struct Played {
        core::library::Stretch stretch;
        bool seen = false;  // to its end, or to its credits
    };
    std::map<int, Played> played_;  // by the entry's key
    std::function<double(const player::PlayEntry&)> creditsOf_ = [](const player::PlayEntry&) { return 0.0; };
    QHash<QString, double> confirmed_;  // by session: the position that the server has
    int ending_ = 0;                    // sessions whose end the server has not confirmed yet
};

}  // namespace marea::app
