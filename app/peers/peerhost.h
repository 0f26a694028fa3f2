#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QThread>

#include "app/peers/accountcopy.h"
#include "app/peers/apilink.h"
#include "app/peers/peerdoor.h"
#include "app/peers/peerquestion.h"
#include "core/db/database.h"
#include "sync/peer/pairingoffer.h"

namespace marea::app {

struct PairedPeer {
    QString id, name, scope;
    qint64 syncedAt = 0;  // UTC ms; 0: never
};
struct PeerResult {
    qint64 at = 0;
    int sent = 0, received = 0;
    core::Error error;        // its text is empty where it went well
    bool serverAway = false;  // what came reaches the account's server later
    bool byUs = true;         // or the other computer asked
};

// This computer among others of the same person's: lets paired ones in, goes to them, keeps the copies in step. On
// threads of its own; what is said here and what the signals tell is on the GUI thread. Nothing here blocks, and what
// takes its time (a sync) holds up nothing but what syncs after it.
class PeerHost final : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString folder;        // of the copies and the keys; made when missing
        QString name;          // what others see this computer as
        QString address = {};  // where others come in; empty: at all that it has
    };
    PeerHost(ApiClient& api, Options options, QObject* parent = nullptr);
    ~PeerHost() override;

    QString name() const { return options_.name; }
    void setAccount(const QString& account);  // whose library; empty: nobody's, and nobody is let in
    void open(quint16 port);                  // opened() or failed()
    void close();
    // A change of the account's library that was made here, into its copy. Cancelled: the account is another's by now.
    QFuture<core::Result<void>> keep(const QString& account, const ItemChange& change);
    // Gives the account's server what was changed here, and takes what was changed there.
    QFuture<core::Result<void>> follow(const QString& account);
    void setLetsPair(bool lets);  // whether those that are not known may ask to be paired

    void pair(const QString& host, quint16 port);  // compare(), then paired() or pairingFailed()
    // For another to scan, while this computer lets itself be paired: codeShown(). In place of the one before; good
    // once.
    void showCode(const QStringList& places);  // where it is, "HOST:PORT"
    void hideCode();
    void pairByCode(
        const sync::PairingCode& code);  // that the other shows: paired() or pairingFailed(), nothing to compare
    void sayCompared(bool same, const QString& scope);  // what the person said
    // With one that may be at any of these: its certificate tells who is it. progressed(), then synced(), and before
    // that met() where it was one of several.
    using Places = std::vector<sync::PeerChannel::Place>;
    void sync(const QString& id, const Places& places);
    void cancelSync(const QString& id);  // that with it alone, also while it waits for another
    void setScope(const QString& id, const QString& scope);
    void unpair(const QString& id);

    // False: something did not end within that time, and the process may end without it; nothing is lost.
    bool shutDown(std::chrono::milliseconds patience);

Q_SIGNALS:
    void opened(quint16 port, const QString& replica);  // whose id this computer has; empty: nobody is signed in
    void failed(const marea::core::Error& error);
    void listed(const QList<marea::app::PairedPeer>& peers);
    void compare(const QString& digits, const QString& name);
    void codeShown(const QString& text);                                                     // sync::codeText()
    void paired(const QString& id, const QString& name, const QString& host, quint16 port);  // port 0: not told
    void pairingFailed(const marea::core::Error& error);
    void strangersShutOut();  // too many of them failed: nobody may ask any more until setLetsPair(true)
    void met(const QString& id, const QString& host, quint16 port);  // where a paired one is: it has proved who it is
    void renamed(const QString& from, const QString& to);            // a paired one that was put back from a backup
    void progressed(const QString& id, int sent, int received);
    void synced(const QString& id, const marea::app::PeerResult& result);

private:
    enum class Turn { Waits, Runs, CalledOff };
    void callOff();  // whatever is under way
    void onDesk(std::function<void()> work);
    void onRoad(std::function<void()> work);  // after what the desk was told before
    core::Result<void> openCopies();          // on the desk
    core::Result<void> prepare();             // likewise: the copies and the keys
    QFuture<core::Result<void>> withCopy(const QString& account, std::function<core::Result<void>(AccountCopy&)> work);
    void useAccount();
    void tellOpen();
    void list();
    void doSync(const QString& id, const Places& places);
    QString idNow(AccountCopy& copy, const sync::SyncLink& peer);
    PeerResult exchange(AccountCopy& copy, const sync::SyncLink& peer, const Places& places);
    core::Result<void> refresh(AccountCopy& copy);  // what is new at the server
    core::Result<void> passOn(AccountCopy& copy);   // what is new here
    bool isOver() const { return ending_ || cancelled_ || (turn_ && *turn_ == Turn::CalledOff); }  // on the road
    void talk(sync::PeerChannel& channel, const std::atomic<bool>& open);
    void serve(sync::PeerChannel& channel, AccountCopy& copy, std::string first, const std::atomic<bool>& open);
    void refreshForGuest();
    using Code = std::optional<sync::PairingCode>;
    struct Meeting {
        bool asks = false;
        Code code = {};  // that was scanned, or is shown
        std::optional<std::string> first = {};
        quint16 port = 0;
    };
    void pairOver(sync::PeerChannel& channel, AccountCopy& copy, Meeting meeting);
    core::Result<sync::PeerIdentity> comparedWith(sync::PeerChannel& channel, AccountCopy& copy, Meeting meeting);
    void beginToPair(Places places, const Code& code);
    void askToPair(const Places& places, const Code& code);
    Code codeFor(const std::string& hello);
    bool isLastFailure();
    std::shared_ptr<AccountCopy> current() const;
    std::string saidScope() const;
    std::string scopeOf(AccountCopy& copy, const sync::PeerIdentity& peer, bool byCode) const;

    const Options options_;
    const std::shared_ptr<const core::Clock> clock_ = std::make_shared<core::SystemClock>();
    ApiLink server_;
    QThread thread_, roadThread_;
    QObject desk_;                                  // lives on the first: what is done at once
    QObject road_;                                  // on the other: what asks servers and computers, one at a time
    std::unique_ptr<core::db::Database> database_;  // made on the desk, before anybody else uses it
    std::optional<sync::PeerKeys> keys_;
    QHash<QString, std::shared_ptr<std::atomic<Turn>>> turns_;  // on the GUI thread: the last sync with each
    std::shared_ptr<std::atomic<Turn>> turn_;                   // on the road: of the one that runs
    std::string account_;
    PeerQuestion question_;
    mutable std::mutex mutex_;  // of the next three
    std::shared_ptr<AccountCopy> copy_;
    std::string scope_;
    sync::PairingOffer offer_;
    std::atomic<bool> letsPair_ = false, shutOut_ = false, cancelled_ = false, ending_ = false, busy_ = false;
    std::atomic<int> failures_ = 0;
    std::atomic<quint16> port_ = 0;
    PeerDoor door_;
};

}  // namespace marea::app
