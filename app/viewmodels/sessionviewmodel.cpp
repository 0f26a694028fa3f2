#include "app/viewmodels/sessionviewmodel.h"

#include <memory>
#include <QDesktopServices>
#include <QSettings>

#include "app/viewmodels/texts.h"

namespace marea::app {

using core::ErrorCode;

namespace {
const QString kAddress = QStringLiteral("server/address");
const QString kUser = QStringLiteral("server/user");
constexpr int kDefaultPort = 8470;
constexpr int kTryAgainMs = 5000;
}  // namespace

QUrl serverUrl(const QString& address) {
    auto text = address.trimmed();
    if (text.isEmpty())
        return {};
    const bool bare = !text.contains(QLatin1String("://"));
    if (bare)
        text.prepend(QLatin1String("http://"));
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        !(url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https")))
        return {};
    if (bare && url.port() < 0)
        url.setPort(kDefaultPort);
    url.setUserInfo({});
    url.setPath(QStringLiteral("/"));
    url.setQuery(QString());
    url.setFragment({});
    return url;
}

QString usualAddress() {
    return QStringLiteral("http://127.0.0.1:%1").arg(kDefaultPort);
}

SessionViewModel::SessionViewModel(ApiClient& api, SecretStore& secrets, QSettings& settings, OwnLibrary* own,
                                   QObject* parent)
    : QObject(parent),
      api_(api),
      secrets_(secrets),
      settings_(settings),
      own_(own),
      byBrowser_(api, &QDesktopServices::openUrl) {
    again_.setInterval(kTryAgainMs);
    connect(&again_, &QTimer::timeout, this, &SessionViewModel::tryAgain);
    connect(&api_, &ApiClient::tokensChanged, this, &SessionViewModel::remember);
    connect(&api_, &ApiClient::signedOut, this, &SessionViewModel::onRefused);
}

void SessionViewModel::onRefused() {
    const bool wasInside = state_ == State::SignedIn;
    me_ = {};
    if (here() && wasInside) {
        Q_EMIT signedOut();
        return enterHere();
    }
    secrets_.remove(secretKey());
    error_ = tr("The sign-in has ended. Sign in again.");
    set(State::Ask);
    Q_EMIT signedOut();
}

QString SessionViewModel::lastUser() const {
    return settings_.value(kUser).toString();
}
QString SessionViewModel::account() const {
    const auto user = me_.username.isEmpty() ? lastUser() : me_.username;
    if (address_.isEmpty() || user.isEmpty())
        return {};
    return (here() ? address_ : KnownServers(settings_).keyOf(address_)) + QLatin1Char(' ') + user;
}
QString SessionViewModel::serverName() const {
    if (here())
        return tr("This computer");
    return server_.name.isEmpty() ? api_.server().host() : server_.name;
}
bool SessionViewModel::local() const {
    const auto host = api_.server().host();
    return host == QLatin1String("localhost") || host == QLatin1String("::1") || host.startsWith(QLatin1String("127."));
}
QString SessionViewModel::secretKey() const {
    return refreshTokenKey(api_.server());
}

void SessionViewModel::set(State state) {
    if (state != State::Offline)
        again_.stop();
    state_ = state;
    busy_ = false;
    Q_EMIT changed();
}

void SessionViewModel::fail(const QString& text) {
    error_ = text;
    busy_ = false;
    Q_EMIT changed();
}

void SessionViewModel::start(const QString& addressFromCommandLine, const QString& setupCode) {
    ++way_;
    setupCode_ = setupCode;
    address_ = addressFromCommandLine.isEmpty() ? settings_.value(kAddress).toString() : addressFromCommandLine;
    if (address_.isEmpty()) {
        address_ = usualAddress();
        return set(State::Address);
    }
    if (here() && own_)
        return enterHere();
    api_.setServer(serverUrl(address_));
    askKeychain();
}

// It may wait for a person who unlocks it, and some never answer: then one goes on without it. What it says later
// counts as long as nobody has signed in otherwise.
void SessionViewModel::askKeychain() {
    struct Wait {
        bool answered = false;
        int without = -1;  // the way on which one went on
    };
    const auto wait = std::make_shared<Wait>();
    core::deliver(secrets_.read(secretKey()), this, [this, wait, way = way_](const core::Result<QString>& token) {
        wait->answered = true;
        if (way == way_)
            onSaved(token);
        else if (way_ == wait->without && token && !token->isEmpty() && !signsIn() && !api_.hasTokens())
            resumeLate(*token);
    });
    QTimer::singleShot(keychainMs_, this, [this, wait, way = way_] {
        if (wait->answered || way != way_)
            return;
        connectTo(address_);
        wait->without = way_;
    });
}

// Somebody does so just now. What keeps one busy before there is a page for that is the question for the server.
bool SessionViewModel::signsIn() const {
    return busy_ && state_ != State::Starting;
}

void SessionViewModel::resumeLate(const QString& token) {
    ++way_;  // that question is asked anew, and its answer would show the page
    resume(token);
}

void SessionViewModel::onSaved(const core::Result<QString>& token) {
    if (!token && token.error().code == ErrorCode::Unavailable)
        forgetful_ = true;
    if (token && !token->isEmpty())
        return resume(*token);
    connectTo(address_);
}

void SessionViewModel::resume(const QString& refreshToken) {
    api_.setTokens({{}, refreshToken, 0});
    onTheWay<ServerInfo>(api_.serverInfo(), [this](const core::Result<ServerInfo>& info) {
        if (!info)
            return onServer(info);
        server_ = *info;
        onTheWay<Tokens>(api_.refresh(), [this](const core::Result<Tokens>& tokens) {
            if (tokens)
                return fetchMe();
            // Refused tokens were forgotten by now; anything else is worth another try by hand.
            if (state_ == State::Starting) {
                error_ = texts::error(tokens.error());
                set(State::Ask);
            }
        });
    });
}

// At the start: with what is on this computer, until the server is there.
bool SessionViewModel::goOffline() {
    if (state_ == State::Offline)
        return true;
    if (state_ != State::Starting || !mayBeOffline_(account()))
        return false;
    set(State::Offline);
    again_.start();
    Q_EMIT wentOffline();
    return true;
}

void SessionViewModel::tryAgain() {
    if (state_ != State::Offline)
        return;
    onTheWay<ServerInfo>(api_.serverInfo(), [this](const core::Result<ServerInfo>& info) {
        if (!info || state_ != State::Offline)
            return;
        server_ = *info;
        if (!api_.hasTokens())
            return set(State::Ask);
        onTheWay<Tokens>(api_.refresh(), [this](const core::Result<Tokens>& tokens) {
            if (tokens)
                fetchMe();
        });
    });
}

void SessionViewModel::connectTo(const QString& address) {
    const auto url = serverUrl(address);
    ++way_;
    address_ = address.trimmed();
    if (url.isEmpty()) {
        state_ = State::Address;
        return fail(tr("This is no address of a server. It looks like casa.example or 192.168.1.20:8470."));
    }
    api_.setServer(url);
    error_.clear();
    busy_ = true;
    Q_EMIT changed();
    onTheWay<ServerInfo>(api_.serverInfo(), [this](const core::Result<ServerInfo>& info) { onServer(info); });
}

void SessionViewModel::onServer(const core::Result<ServerInfo>& info) {
    const bool away = !info && (info.error().code == ErrorCode::Unavailable || info.error().code == ErrorCode::Timeout);
    if (away && goOffline())
        return;
    if (!info) {
        state_ = State::Address;
        return fail(texts::error(info.error()));
    }
    server_ = *info;
    settings_.setValue(kAddress, address_);
    set(State::Ask);
}

void SessionViewModel::changeServer() {
    ++way_;
    byBrowser_.cancel();
    api_.clearTokens();
    error_.clear();
    if (here())
        address_ = usualAddress();
    set(State::Address);
}

void SessionViewModel::signIn(const QString& username, const QString& password) {
    if (username.trimmed().isEmpty() || password.isEmpty())
        return fail(tr("Enter your name and your password."));
    error_.clear();
    busy_ = true;
    Q_EMIT changed();
    settings_.setValue(kUser, username.trimmed());
    onTheWay<Tokens>(api_.login(username.trimmed(), password),
                     [this](const core::Result<Tokens>& tokens) { onTokens(tokens, false); });
}

void SessionViewModel::setUp(const QString& code, const QString& username, const QString& password) {
    if (code.trimmed().isEmpty())
        return fail(tr("Enter the setup code. The server prints it when it starts."));
    if (username.trimmed().isEmpty() || password.isEmpty())
        return fail(tr("Choose a name and a password."));
    error_.clear();
    busy_ = true;
    Q_EMIT changed();
    settings_.setValue(kUser, username.trimmed());
    onTheWay<Tokens>(api_.setup(code.trimmed(), username.trimmed(), password),
                     [this](const core::Result<Tokens>& tokens) { onTokens(tokens, true); });
}

void SessionViewModel::onTokens(const core::Result<Tokens>& tokens, bool settingUp) {
    if (tokens)
        return fetchMe();
    switch (tokens.error().code) {
        case ErrorCode::Unauthorized:
            return fail(tr("The name or the password is wrong."));
        case ErrorCode::Forbidden:
            return fail(settingUp ? tr("The setup code is wrong.") : texts::error(tokens.error()));
        case ErrorCode::Conflict:
            server_.setupNeeded = false;
            return fail(tr("This server has an owner already. Sign in instead."));
        default:
            return fail(texts::error(tokens.error()));
    }
}

void SessionViewModel::fetchMe() {
    onTheWay<Me>(api_.me(), [this](const core::Result<Me>& me) {
        if (!me && state_ == State::Offline)
            return;  // away again
        if (!me) {
            state_ = State::Ask;
            return fail(texts::error(me.error()));
        }
        me_ = *me;
        if (!here())
            settings_.setValue(kUser, me_.username);  // also whose files are on this computer
        setupCode_.clear();
        server_.setupNeeded = false;
        error_.clear();
        set(State::SignedIn);
        rememberServer();
        Q_EMIT signedIn();
    });
}

void SessionViewModel::remember(const QString& refreshToken) {
    if (here())
        return;
    deliver(secrets_.write(secretKey(), refreshToken), this, [this](const core::Result<bool>& written) {
        if (forgetful_ == !written)
            return;
        forgetful_ = !written;
        Q_EMIT changed();
    });
}

void SessionViewModel::leave() {
    Q_EMIT leaving();
    ++way_;
}

void SessionViewModel::signOut() {
    leave();
    if (here())
        return leaveHere();
    api_.revoke();
    api_.clearTokens();
    secrets_.remove(secretKey());
    me_ = {};
    error_.clear();
    set(State::Ask);
    Q_EMIT signedOut();
}

}  // namespace marea::app
