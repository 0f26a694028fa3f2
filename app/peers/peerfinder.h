#pragma once

#include <functional>
#include <QList>
#include <QObject>

#include "app/peers/discoverydesk.h"

namespace marea::app {

// Another computer with Marea in the network, as it says of itself.
struct NearbyPeer {
    QString name, id, host;  // `id`: of its copy
    quint16 port = 0;
    bool operator==(const NearbyPeer&) const = default;
};

// A server with titles in the network, or another computer that shares its library, as it says of itself. Nobody
// vouches for any of it.
struct NearbyServer {
    QString service;        // unique in the network
    QString name, address;  // plain and short; "https://192.168.1.20:8470"
    QString id, pin;        // the server's; "sha256//…". Empty: it does not say
    bool operator==(const NearbyServer&) const = default;
};

// Being found in the network and finding others. GUI thread.
class PeerFinder final : public QObject {
    Q_OBJECT
public:
    explicit PeerFinder(DiscoveryDesk::Maker maker, QObject* parent = nullptr);

    void announce(const QString& name, quint16 port, const QString& id);
    void withdraw();
    void browse();  // from now on; once
    const QList<NearbyPeer>& nearby() const { return nearby_; }
    const QList<NearbyServer>& servers() const { return servers_; }

Q_SIGNALS:
    void changed();
    void cannot(const QString& reason);  // nothing in this system finds others

private:
    void onDesk(std::function<void(sync::Discovery&)> work);
    void found(const sync::FoundPeer& one);
    void gone(const QString& name);
    void forget(const QString& name);

    bool browsing_ = false;
    QList<NearbyPeer> nearby_;
    QList<NearbyServer> servers_;
    DiscoveryDesk desk_;
};

}  // namespace marea::app
