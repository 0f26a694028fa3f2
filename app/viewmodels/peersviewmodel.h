#pragma once

#include <QSet>
#include <QSettings>
#include <QTimer>
#include <QVariantList>

#include "app/peers/peerfinder.h"
#include "app/peers/peerhost.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// This computer and others of the same person's: whether they sync, which are paired, pairing another. Off until
// somebody turns it on. GUI thread.
class PeersViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool on READ on NOTIFY changed)
    Q_PROPERTY(bool used READ used NOTIFY changed)  // it is on, or was and others are paired
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool possible READ possible NOTIFY changed)  // somebody is signed in
    Q_PROPERTY(QString name READ name NOTIFY changed)       // what others see this computer as
    Q_PROPERTY(QStringList addresses READ addresses NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QVariantList paired READ paired NOTIFY changed)       // {id, name, statusText, errorText, syncing, near}
    Q_PROPERTY(QVariantList nearby READ nearby NOTIFY changed)       // {name, detail, paired}
    Q_PROPERTY(QString findingText READ findingText NOTIFY changed)  // why nobody is found by itself; empty: they are
    Q_PROPERTY(QString step READ step NOTIFY
                   changed)  // of pairing: "", "link", "choose", "connecting", "compare", "waiting", "done"
    Q_PROPERTY(QString codeText READ codeText NOTIFY changed)    // for the other to scan or to paste; empty: none
    Q_PROPERTY(QString linkText READ linkText NOTIFY linkGiven)  // of another, which somebody opened; empty: none
    Q_PROPERTY(QString linkName READ linkName NOTIFY linkGiven)  // who it says that it is of; empty: it is damaged
    Q_PROPERTY(QString linkPlace READ linkPlace NOTIFY linkGiven)
    Q_PROPERTY(QString digits READ digits NOTIFY changed)
    Q_PROPERTY(QString otherName READ otherName NOTIFY changed)
    Q_PROPERTY(QString pairingError READ pairingError NOTIFY changed)
    Q_PROPERTY(QVariantList scopes READ scopes NOTIFY changed)  // {value, text, checked}, for the one that is paired
public:
    PeersViewModel(QSettings& settings, Notices& notices, QObject* parent = nullptr);

    // Once; both outlive it. `addresses`: where this computer is in the network.
    void start(PeerHost& host, PeerFinder& finder, std::function<QStringList()> addresses);
    void setAccount(const QString& account);
    void retranslate() { Q_EMIT changed(); }

    bool on() const { return port_ != 0; }
    bool used() const { return on() || !peers_.isEmpty(); }
    bool busy() const { return busy_; }
    bool possible() const { return host_ && !account_.isEmpty(); }
    QString name() const { return host_ ? host_->name() : QString(); }
    QStringList addresses() const;
    QString errorText() const { return error_; }
    QVariantList paired() const;
    QVariantList nearby() const;
    QString findingText() const;
    QString step() const { return step_; }
    QString codeText() const { return step_ == QLatin1String("choose") ? code_ : QString(); }
    QString linkText() const { return link_; }
    QString linkName() const;
    QString linkPlace() const;
    QString digits() const { return digits_; }
    QString otherName() const { return other_; }
    QString pairingError() const { return pairingError_; }
    QVariantList scopes() const { return scopesOf(scope_); }

    Q_INVOKABLE void setOn(bool on);
    Q_INVOKABLE void beginPairing();  // this computer lets itself be paired, and looks for others
    Q_INVOKABLE void endPairing();
    Q_INVOKABLE void pairWith(const QString& name);   // one of `nearby`
    Q_INVOKABLE void pairAt(const QString& address);  // "HOST:PORT", or the text of the code that the other shows
    // Somebody opened such a text. Any page may hold one: until a person accepts it nothing is opened nor asked.
    void giveLink(const QString& link);
    Q_INVOKABLE void beginByLink();
    Q_INVOKABLE void acceptLink();
    Q_INVOKABLE void forgetLink() { giveLink({}); }
    Q_INVOKABLE void sayCompared(bool same);
    Q_INVOKABLE void toggleScope(const QString& word);
    Q_INVOKABLE void sync(const QString& id);
    Q_INVOKABLE void cancelSync(const QString& id);
    Q_INVOKABLE void unpair(const QString& id);
    Q_INVOKABLE QVariantMap peer(const QString& id) const;  // as in `paired`, with scopes and history; empty: none
    Q_INVOKABLE void togglePeerScope(const QString& id, const QString& word);

    static constexpr int kEveryMs = 15 * 60 * 1000;

Q_SIGNALS:
    void changed();
    void linkGiven();
    void brought();  // something came from another computer

private:
    struct Place {
        QString host;
        quint16 port = 0;
    };
    struct Running {
        int sent = 0, received = 0;
    };
    QVariantList scopesOf(const QString& scope) const;
    QVariantMap shown(const PairedPeer& peer) const;
    QString statusOf(const PairedPeer& peer) const;
    QString said(const PeerResult& result) const;
    static QString wordsFor(const core::Error& error);
    QList<PeerResult> history(const QString& id) const;
    PeerHost::Places placesOf(const QString& id) const;
    void connectHost();
    void onOpened(quint16 port, const QString& replica);
    void onPaired(const QString& id, const QString& name, const QString& host, quint16 port);
    void onRenamed(const QString& from, const QString& to);
    void onSynced(const QString& id, const PeerResult& result);
    void note(const QString& id, const PeerResult& result);  // in its history
    void goTo(const Place& place);
    void pairByCode(const QString& text);
    void askForCode();
    void syncNear();

    QSettings& settings_;
    Notices& notices_;
    PeerHost* host_ = nullptr;
    PeerFinder* finder_ = nullptr;
    std::function<QStringList()> addresses_;
    QTimer again_, newCode_;
    QString account_, error_, cannotFind_, replica_;
    quint16 port_ = 0;
    bool busy_ = false;
    QList<PairedPeer> peers_;
    QHash<QString, Running> running_;
    QStringList seen_;        // near, and asked since
    QSet<QString> unpaired_;  // here: of these nothing is kept, whatever is still told of them
    QString code_, link_, step_, digits_, other_, pairingError_, scope_;
    Place asked_;
};

}  // namespace marea::app
