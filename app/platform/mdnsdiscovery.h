#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <QElapsedTimer>
#include <QHash>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QObject>
#include <QTimer>
#include <QUdpSocket>

#include "sync/dnssd/browser.h"
#include "sync/dnssd/responder.h"
#include "sync/peer/discovery.h"

class QNetworkDatagram;

namespace marea::app {

// Discovery by our own Multicast DNS, where the system has nobody for it: on all interfaces that can send to groups, by
// IPv4 and IPv6, those that come and go included. The thread needs an event loop.
class MdnsDiscovery final : public QObject, public sync::Discovery {
    Q_OBJECT
public:
    struct Options {
        quint16 port = 5353;
        // Which interfaces are used: a test's one alone.
        std::function<bool(const QNetworkInterface&)> isUsed = usual;
        bool four = true, six = true;  // by which of IPv4 and IPv6
    };
    explicit MdnsDiscovery(QObject* parent = nullptr);
    explicit MdnsDiscovery(Options options, QObject* parent = nullptr);
    ~MdnsDiscovery() override;

    core::Result<void> announce(const std::string& name, std::uint16_t port,
                                const std::map<std::string, std::string>& text) override;
    void withdraw() override;
    // What is told comes from the event loop, and may end this or browse anew.
    core::Result<void> browse(std::function<void(const sync::FoundPeer&)> found,
                              std::function<void(const std::string& name)> gone) override;

    std::string announcedName() const;  // empty until it is known to be free

    static bool usual(const QNetworkInterface& interface);

private:
    struct Way {  // how a link is reached
        QNetworkInterface interface;
        QUdpSocket* socket = nullptr;
        QHostAddress group;
    };

    core::Result<void> open();
    void lookAtInterfaces();
    void addLink(const QNetworkInterface& interface, QUdpSocket& socket, std::vector<sync::dns::Link>& links);
    void hear(QUdpSocket& socket);
    void take(const QNetworkDatagram& datagram, bool v6);
    bool isNear(const QHostAddress& host, const QNetworkInterface& interface) const;
    void act();
    void send(const sync::dns::Outgoing& out);
    void tell();
    void tell(const sync::dns::Browser::Event& event);
    core::TimeMs now() const { return clock_.elapsed(); }

    const Options options_;
    QElapsedTimer clock_;
    QUdpSocket four_, six_;
    QTimer timer_, interfacesTimer_;
    QHash<quint32, Way> ways_;
    std::vector<sync::dns::Link> links_;
    std::unique_ptr<sync::dns::Responder> responder_;
    std::unique_ptr<sync::dns::Browser> browser_;
    std::function<void(const sync::FoundPeer&)> found_;
    std::function<void(const std::string&)> gone_;
    std::deque<sync::dns::Browser::Event> untold_;
    core::TimeMs heardSince_ = 0;
    int heard_ = 0;  // since then
};

}  // namespace marea::app
