#pragma once

#include <functional>
#include <QObject>
#include <QTimer>
#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/api/codesignin.h"
#include "app/api/secretstore.h"
#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/ownlibrary.h"
#include "core/base/deliver.h"

class QSettings;

namespace marea::app {

// In the place of an address: the library of this computer's own folders. No server is ever called so.
inline const QString kThisComputer = QStringLiteral("this computer");

// Who is signed in where. Remembers the server's address in the settings and the refresh token in the secret store. GUI
// thread.
class SessionViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(bool inside READ inside NOTIFY changed)  // there are pages to show
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString address READ address NOTIFY changed)
    Q_PROPERTY(QString setupCode READ setupCode NOTIFY changed)
    Q_PROPERTY(QString lastUser READ lastUser NOTIFY changed)
    Q_PROPERTY(bool setupNeeded READ setupNeeded NOTIFY changed)
    Q_PROPERTY(QString serverName READ serverName NOTIFY changed)
    Q_PROPERTY(QString serverVersion READ serverVersion NOTIFY changed)
    Q_PROPERTY(QString username READ username NOTIFY changed)
    Q_PROPERTY(bool owner READ owner NOTIFY changed)
    Q_PROPERTY(bool forgetful READ forgetful NOTIFY changed)
    Q_PROPERTY(bool withBrowser READ withBrowser NOTIFY changed)  // a page is open for the sign-in
    Q_PROPERTY(bool noBrowser READ noBrowser NOTIFY changed)      // none could be opened
    Q_PROPERTY(
        QVariantList servers READ servers NOTIFY changed)  // that one has been on: {address, name, user, current}
    Q_PROPERTY(QString serverUrl READ serverUrlText NOTIFY changed)
    Q_PROPERTY(bool local READ local NOTIFY changed)
    Q_PROPERTY(bool here READ here NOTIFY changed)  // on this computer's own library, or on the way there
public:
    // Starting: looking for a saved sign-in. Address: no server known yet. Ask: wants a name and a password (or the
    // first owner). Offline: the server is away, and something of it is on this computer.
    enum class State { Starting, Address, Ask, SignedIn, Offline };
    Q_ENUM(State)

    // Without `own` there is no library of this computer.
    SessionViewModel(ApiClient& api, SecretStore& secrets, QSettings& settings, OwnLibrary* own = nullptr,
                     QObject* parent = nullptr);

    State state() const { return state_; }
    bool inside() const { return state_ == State::SignedIn || state_ == State::Offline; }
    // Whose positions and files: server and user. The same wherever the server moves.
    QString account() const;
    // Whether an account has something to show without its server.
    void setOfflineRule(std::function<bool(const QString& account)> rule) { mayBeOffline_ = std::move(rule); }
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }
    QString address() const;
    QString setupCode() const { return setupCode_; }
    QString lastUser() const;
    bool setupNeeded() const { return server_.setupNeeded; }
    QString serverName() const;
    QString serverVersion() const { return server_.version; }
    QString serverId() const { return inside() ? server_.id : QString(); }  // of the one that one is on
    QString username() const { return me_.username; }
    bool owner() const { return me_.role == QLatin1String("owner"); }
    // Whether the last run of the program ended in this computer's own library, so that this one begins there.
    static bool endedHere(const QSettings& settings);
    bool here() const { return address_ == kThisComputer; }
    bool local() const;                            // the server is this computer, so that its folders are here
    bool forgetful() const { return forgetful_; }  // no keychain: one signs in again at the next start

    bool withBrowser() const { return withBrowser_; }
    bool noBrowser() const { return noBrowser_; }
    QVariantList servers() const;
    QList<KnownServer> known() const { return KnownServers(settings_).all(); }
    // A server that one has been on is elsewhere, where it has proved who it is: what is kept of it goes along, also
    // the sign-in.
    void serverMoved(const QString& from, const QString& to);
    QString serverUrlText() const;
    void setBrowser(CodeSignIn::Browser browser) { byBrowser_.setBrowser(std::move(browser)); }

    void start(const QString& addressFromCommandLine, const QString& setupCode);
    void setKeychainPatience(int ms) { keychainMs_ = ms; }  // of start(): so long the first page waits for it

    Q_INVOKABLE void connectTo(const QString& address);
    Q_INVOKABLE void changeServer();
    Q_INVOKABLE void signIn(const QString& username, const QString& password);
    Q_INVOKABLE void setUp(const QString& code, const QString& username, const QString& password);
    Q_INVOKABLE void signInByBrowser();
    Q_INVOKABLE void openBrowserAgain();
    Q_INVOKABLE void cancelBrowser();
    Q_INVOKABLE void signOut();
    Q_INVOKABLE void tryAgain();  // while offline
    Q_INVOKABLE void switchTo(const QString& address);
    // What is at an address says that it is a known server, and cannot prove it: somebody has been told so and goes
    // there. Once signed in there, anew, it takes the place of that one.
    Q_INVOKABLE void takeForKnown(const QString& address, const QString& known);
    Q_INVOKABLE void forgetServer(const QString& address);  // not the one that one is on

Q_SIGNALS:
    void changed();
    void signedIn();
    void wentOffline();
    void leaving();  // who is signed in still is: what plays can tell where it is
    void signedOut();
    void moved();  // one of the servers that one has been on

private:
    // Takes the answer, unless one has gone another way meanwhile.
    template <class T>
    void onTheWay(const Reply<T>& reply, std::function<void(const core::Result<T>&)> take) {
        core::deliver(reply, this, [this, way = way_, take = std::move(take)](const core::Result<T>& answer) {
            if (way == way_)
                take(answer);
        });
    }
    bool goOffline();
    void askKeychain();
    void onSaved(const core::Result<QString>& token);
    bool signsIn() const;
    void resumeLate(const QString& token);
    void set(State state);
    void fail(const QString& text);
    void resume(const QString& refreshToken);
    void onServer(const core::Result<ServerInfo>& info);
    void onTokens(const core::Result<Tokens>& tokens, bool settingUp);
    void fetchMe();
    void leave();
    void rememberServer();
    void followServer(const QUrl& from, const QString& to);
    void onRefused();
    void enterHere();
    void notHere(const core::Error& error);
    void leaveHere();
    void remember(const QString& refreshToken);
    QString secretKey() const;

    ApiClient& api_;
    SecretStore& secrets_;
    QSettings& settings_;
    OwnLibrary* own_;
    State state_ = State::Starting;
    ServerInfo server_;
    Me me_;
    QString address_, setupCode_, error_;
    QString takenAt_, takenFor_;  // what somebody takes for a known server: where, and that one's address
    CodeSignIn byBrowser_;
    int keychainMs_ = 15'000;
    int way_ = 0;  // another with each server that one goes to, and when one leaves it
    bool busy_ = false, forgetful_ = false, withBrowser_ = false, noBrowser_ = false;
    std::function<bool(const QString&)> mayBeOffline_ = [](const QString&) { return false; };
    QTimer again_;
};

// "casa:8470" → http://casa:8470; an empty URL when it is none.
QUrl serverUrl(const QString& address);
// That of a server on this computer, as long as one has typed no other.
QString usualAddress();

}  // namespace marea::app
