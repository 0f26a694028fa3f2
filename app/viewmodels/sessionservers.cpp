// The session's other ways in: by the browser, and to another of the servers that one has been on.
#include <QSettings>

#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using core::ErrorCode;
using L = QLatin1String;

QVariantList SessionViewModel::servers() const {
    QVariantList list;
    if (own_)
        list << QVariantMap{{L("address"), kThisComputer},
                            {L("name"), tr("This computer")},
                            {L("user"), QString()},
                            {L("own"), true},
                            {L("current"), here() && inside()}};
    for (const auto& server : KnownServers(settings_).all())
        list << QVariantMap{{L("address"), server.address},
                            {L("name"), server.name.isEmpty() ? server.address : server.name},
                            {L("user"), server.user},
                            {L("own"), false},
                            {L("current"), !here() && serverUrl(server.address) == api_.server()}};
    return list;
}

QString SessionViewModel::serverUrlText() const {
    return api_.server().toString(QUrl::RemovePath);
}

void SessionViewModel::rememberServer() {
    if (here())
        return Q_EMIT changed();
    KnownServers known(settings_);
    const bool isTaken = !server_.id.isEmpty() && serverUrl(takenAt_) == api_.server();
    for (const auto& server : isTaken ? known.all() : QList<KnownServer>()) {
        if (server.address != takenFor_ || server.id != server_.id)
            continue;
        known.move(server.address, address_);
        secrets_.remove(refreshTokenKey(serverUrl(server.address)));  // that of here is another
    }
    known.remember({address_, serverName(), me_.username, server_.id});
    Q_EMIT changed();
}

void SessionViewModel::takeForKnown(const QString& address, const QString& known) {
    takenAt_ = address;
    takenFor_ = known;
}

void SessionViewModel::serverMoved(const QString& from, const QString& to) {
    const QUrl before = serverUrl(from), now = serverUrl(to);
    KnownServers(settings_).move(from, to);
    deliver(secrets_.read(refreshTokenKey(before)), this, [this, before, now, to](const core::Result<QString>& token) {
        if (!token || token->isEmpty())
            return followServer(before, to);
        deliver(secrets_.write(refreshTokenKey(now), *token), this,
                [this, before, to](const core::Result<bool>& written) {
                    if (written)
                        secrets_.remove(refreshTokenKey(before));
                    followServer(before, to);
                });
    });
}

// Whoever is on it, or would be if it had answered, is there now.
void SessionViewModel::followServer(const QUrl& from, const QString& to) {
    if (serverUrl(settings_.value(QStringLiteral("server/address")).toString()) == from)
        settings_.setValue(QStringLiteral("server/address"), to);
    const bool isOn = !here() && api_.server() == from;
    if (isOn && state_ == State::Address && !error_.isEmpty() && !busy_) {
        start(to, {});
    } else if (isOn) {
        address_ = to;
        api_.moveServer(serverUrl(to));
        tryAgain();
    }
    Q_EMIT changed();
    Q_EMIT moved();
}

// The sign-in here stays, for coming back.
void SessionViewModel::switchTo(const QString& address) {
    leave();
    byBrowser_.cancel();
    api_.clearTokens();
    me_ = {};
    error_.clear();
    set(State::Starting);
    Q_EMIT signedOut();
    start(address, {});
}

void SessionViewModel::forgetServer(const QString& address) {
    const auto url = serverUrl(address);
    if (!here() && url == api_.server() && state_ == State::SignedIn)
        return;
    secrets_.remove(refreshTokenKey(url));
    KnownServers(settings_).forget(address);
    Q_EMIT changed();
}

void SessionViewModel::signInByBrowser() {
    error_.clear();
    busy_ = true;
    withBrowser_ = true;
    Q_EMIT changed();
    deliver(byBrowser_.start(), this, [this](const core::Result<Tokens>& tokens) {
        withBrowser_ = false;
        if (tokens)
            return fetchMe();
        switch (tokens.error().code) {
            case ErrorCode::Cancelled:
                return fail({});
            case ErrorCode::Forbidden:
                return fail(tr("You did not sign in."));
            case ErrorCode::Timeout:
                return fail(tr("Nobody signed in. Try again."));
            default:
                noBrowser_ = true;
                return fail(tokens.error().detail == "no browser"
                                ? tr("No browser opened. Sign in here with your password.")
                                : texts::error(tokens.error()));
        }
    });
}

void SessionViewModel::openBrowserAgain() {
    byBrowser_.openAgain();
}

void SessionViewModel::cancelBrowser() {
    byBrowser_.cancel();
}

}  // namespace marea::app
