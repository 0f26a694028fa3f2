// The session on this computer's own library: no address, no password, nothing in the keychain.
#include <QSettings>

#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using core::ErrorCode;

QString SessionViewModel::address() const {
    return here() ? tr("This computer") : address_;
}

bool SessionViewModel::endedHere(const QSettings& settings) {
    return settings.value(QStringLiteral("server/address")).toString() == kThisComputer;
}

void SessionViewModel::enterHere() {
    ++way_;
    byBrowser_.cancel();
    address_ = kThisComputer;
    server_ = {};
    error_.clear();
    set(State::Starting);
    deliver(own_->enter(), this, [this](const core::Result<LibraryEntrance>& way) {
        if (!here() || state_ != State::Starting)
            return;  // one wants to go elsewhere by now
        if (!way)
            return notHere(way.error());
        settings_.setValue(QStringLiteral("server/address"), address_);
        api_.setServer(way->server);
        api_.setTokens(way->tokens);
        fetchMe();
    });
}

void SessionViewModel::notHere(const core::Error& error) {
    address_ = usualAddress();
    state_ = State::Address;
    fail(error.code == ErrorCode::Conflict ? tr("Another Marea that runs here has this computer's library open.")
                                           : texts::error(error));
}

// Its folders stay as they are.
void SessionViewModel::leaveHere() {
    api_.revoke();
    api_.clearTokens();
    settings_.remove(QStringLiteral("server/address"));
    address_ = usualAddress();
    me_ = {};
    error_.clear();
    set(State::Address);
    Q_EMIT signedOut();
}

}  // namespace marea::app
