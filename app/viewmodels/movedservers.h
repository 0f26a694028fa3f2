#pragma once

#include <optional>
#include <QHash>
#include <QObject>

#include "app/peers/peerfinder.h"
#include "app/viewmodels/knownservers.h"

namespace marea::app {

class SessionViewModel;
class TrustViewModel;

// Which known server a found one says to be: by its id, at another address. nullopt: none, or it is where it is known.
std::optional<KnownServer> claimedServer(const NearbyServer& found, const QList<KnownServer>& known);

// Known servers that are found at other addresses. Anybody can announce anything, also another one's id: what is
// trusted is the certificate alone, which has to be shown at the new address and no longer at the old one. Before that
// nothing is sent there, and nothing of what is kept for the server is moved. GUI thread.
class MovedServers : public QObject {
    Q_OBJECT
public:
    enum class Claim {
        None,      // it says to be nobody who is known
        Asked,     // it is not known yet
        Proven,    // it is the known one, which is still where it was, too
        Unproven,  // nobody can tell: there is no certificate to know it by, or it does not answer
        Refuted    // it is somebody else
    };
    struct Finding {
        Claim claim = Claim::None;
        KnownServer known = {};
    };

    // Without `trust` nothing is ever proved.
    MovedServers(SessionViewModel& session, TrustViewModel* trust, QObject* parent = nullptr);

    void look(const QList<NearbyServer>& found);  // those that are there now
    void forgetUnproven();                        // who did not answer may do so by now: look() asks again
    Finding of(const NearbyServer& found) const;

    static constexpr int kMostAtOnce = 4;

Q_SIGNALS:
    void changed();

private:
    Claim begin(const QString& key, const NearbyServer& found, const KnownServer& known);
    void ask(const QString& key, const NearbyServer& found, const KnownServer& known);
    void askWhereItWas(const QString& key, const NearbyServer& found, const KnownServer& known);
    void decide(const QString& key, Claim claim);

    SessionViewModel& session_;
    TrustViewModel* trust_;
    QHash<QString, Claim> claims_;  // by where it was and where it is said to be
    int asking_ = 0;
};

}  // namespace marea::app
