#pragma once

#include <map>
#include <QByteArray>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QList>
#include <QObject>
#include <string>
#include <vector>

#include "sync/peer/discovery.h"

namespace marea::app {

// Discovery by the system's Avahi over D-Bus (avahi-daemon's org.freedesktop.Avahi.*.xml). The thread needs an event
// loop.
class AvahiDiscovery final : public QObject, public sync::Discovery {
    Q_OBJECT
public:
    explicit AvahiDiscovery(QDBusConnection bus = QDBusConnection::systemBus(), QObject* parent = nullptr);
    ~AvahiDiscovery() override;

    core::Result<void> announce(const std::string& name, std::uint16_t port,
                                const std::map<std::string, std::string>& text) override;
    void withdraw() override;
    core::Result<void> browse(std::function<void(const sync::FoundPeer&)> found,
                              std::function<void(const std::string& name)> gone) override;

    // Whether it runs, or the bus can start it. Waits for it.
    static bool isThere(const QDBusConnection& bus = QDBusConnection::systemBus());

    // As sync/dnssd/servicetext.h says.
    static std::map<std::string, std::string> textFrom(const QList<QByteArray>& entries);
    static QList<QByteArray> textOf(const std::map<std::string, std::string>& text);

private Q_SLOTS:
    void onGroupState(int state, const QString& error);
    void onItemNew(int interface, int protocol, const QString& name, const QString& type, const QString& domain,
                   uint flags);
    void onItemRemove(int interface, int protocol, const QString& name, const QString& type, const QString& domain,
                      uint flags);

private:
    core::Result<void> publish();
    // The same service on one interface by one protocol.
    struct Way {
        int interface = 0, protocol = 0;
        sync::FoundPeer peer;
    };
    void resolved(const QDBusMessage& answer);
    void tellBest(const std::string& name);

    QDBusConnection bus_;
    QString group_, browser_, name_;
    quint16 port_ = 0;
    QList<QByteArray> text_;
    int tries_ = 0;
    std::map<std::string, std::vector<Way>> ways_;
    std::map<std::string, sync::FoundPeer> told_;
    std::function<void(const sync::FoundPeer&)> found_;
    std::function<void(const std::string&)> gone_;
};

}  // namespace marea::app
