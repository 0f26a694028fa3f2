#pragma once

#include <QObject>
#include <QTimer>

#include "app/offline/awaychanges.h"
#include "app/peers/peerhost.h"

namespace marea::app {

// What the account's copy is told of a change.
ItemChange itemChangeOf(const AwayChange& change);

// Keeps this computer's copy of the account's library in step with the account's server, so that what is changed
// without it later is known to have been made upon what was there. GUI thread; `host` and `changes` outlive it.
class AccountSync final : public QObject {
    Q_OBJECT
public:
    static constexpr int kSoonMs = 3000;

    AccountSync(PeerHost& host, AwayChanges& changes, QObject* parent = nullptr);
    void soon();  // something was changed here or elsewhere: after a moment, in which more may come

private:
    QTimer soon_;
};

}  // namespace marea::app
