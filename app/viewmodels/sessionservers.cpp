// The session's other ways in: by the browser, and to another of the servers that one has been on.
#include <QSettings>

#include "app/viewmodels/knownservers.h"
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
    if (!here())
        KnownServers(settings_).remember({address_, serverName(), me_.username});
    Q_EMIT changed();
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
    secrets_.remove(QStringLiteral("refresh-token@") + url.authority());
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
