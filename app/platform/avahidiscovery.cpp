#include "app/platform/avahidiscovery.h"

#include <algorithm>
#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHostAddress>
#include <QNetworkInterface>
#include <tuple>

#include "app/platform/addressbytes.h"
#include "sync/dnssd/servicetext.h"

namespace marea::app {

namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

const QString kService = QStringLiteral("org.freedesktop.Avahi");
const QString kServer = QStringLiteral("org.freedesktop.Avahi.Server");
const QString kGroup = QStringLiteral("org.freedesktop.Avahi.EntryGroup");
const QString kBrowser = QStringLiteral("org.freedesktop.Avahi.ServiceBrowser");
const QString kType = QString::fromLatin1(sync::kPeerService);
constexpr int kAny = -1;                          // AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC
constexpr int kCollision = 3, kFailure = 4;       // AvahiEntryGroupState
constexpr int kMostTries = 20, kPatience = 5000;  // ms
constexpr std::size_t kMostServices = 100, kMostWays = 16;
const QString kCollided = QStringLiteral("org.freedesktop.Avahi.CollisionError");

core::unexpected<core::Error> nobody(const QDBusMessage& answer) {
    return fail(ErrorCode::Unavailable, "No service of this system finds other devices (Avahi does not run).",
                answer.errorName().toStdString());
}

QDBusMessage call(const QDBusConnection& bus, const QString& path, const QString& interface, const char* method,
                  const QVariantList& arguments = {}) {
    QDBusMessage message = QDBusMessage::createMethodCall(kService, path, interface, QString::fromLatin1(method));
    message.setArguments(arguments);
    return bus.call(message, QDBus::Block, kPatience);
}

QString pathFrom(const QDBusMessage& answer) {
    return answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty()
               ? qvariant_cast<QDBusObjectPath>(answer.arguments().first()).path()
               : QString();
}

int rankOf(const sync::FoundPeer& peer) {
    return sync::dns::rankOfAddress(bytesOf(QHostAddress(QString::fromStdString(peer.address))));
}

QHostAddress withInterface(QHostAddress address, int interface) {
    if (address.protocol() == QAbstractSocket::IPv6Protocol && address.isLinkLocal()) {
        address.setScopeId(QNetworkInterface::interfaceNameFromIndex(interface));
    }
    return address;
}

}  // namespace

AvahiDiscovery::AvahiDiscovery(QDBusConnection bus, QObject* parent) : QObject(parent), bus_(std::move(bus)) {
    qDBusRegisterMetaType<QList<QByteArray>>();
}

AvahiDiscovery::~AvahiDiscovery() {
    withdraw();
    if (!browser_.isEmpty()) {
        call(bus_, browser_, kBrowser, "Free");
    }
}

QList<QByteArray> AvahiDiscovery::textOf(const std::map<std::string, std::string>& text) {
    QList<QByteArray> entries;
    for (const std::string& entry : sync::dns::textOf(text))
        entries.append(QByteArray::fromStdString(entry));
    return entries;
}

std::map<std::string, std::string> AvahiDiscovery::textFrom(const QList<QByteArray>& entries) {
    std::vector<std::string> all;
    for (const QByteArray& entry : entries)
        all.push_back(entry.toStdString());
    return sync::dns::textFrom(all);
}

// It may be there without running yet: the bus starts it then.
bool AvahiDiscovery::isThere(const QDBusConnection& bus) {
    const QDBusConnectionInterface* const names = bus.interface();
    if (!bus.isConnected() || names == nullptr)
        return false;
    if (!names->isServiceRegistered(kService))
        bus.interface()->startService(kService);
    return call(bus, QStringLiteral("/"), kServer, "GetState").type() == QDBusMessage::ReplyMessage;
}

Result<void> AvahiDiscovery::announce(const std::string& name, std::uint16_t port,
                                      const std::map<std::string, std::string>& text) {
    withdraw();
    // At most 63 bytes are a label (RFC 6763 section 4.1.1).
    name_ = QString::fromStdString(name).left(50);
    port_ = port;
    text_ = textOf(text);
    tries_ = 0;
    const QDBusMessage answer = call(bus_, QStringLiteral("/"), kServer, "EntryGroupNew");
    group_ = pathFrom(answer);
    if (group_.isEmpty()) {
        return nobody(answer);
    }
    bus_.connect(kService, group_, kGroup, QStringLiteral("StateChanged"), this, SLOT(onGroupState(int, QString)));
    return publish();
}

Result<void> AvahiDiscovery::publish() {
    for (; tries_ < kMostTries; ++tries_) {
        const QString name = tries_ == 0 ? name_ : name_ + QStringLiteral(" #%1").arg(tries_ + 1);
        const QVariantList service{kAny,
                                   kAny,
                                   0U,
                                   name,
                                   kType,
                                   QString(),
                                   QString(),
                                   QVariant::fromValue(static_cast<ushort>(port_)),
                                   QVariant::fromValue(text_)};
        const QDBusMessage added = call(bus_, group_, kGroup, "AddService", service);
        if (added.type() == QDBusMessage::ReplyMessage) {
            const QDBusMessage done = call(bus_, group_, kGroup, "Commit");
            return done.type() == QDBusMessage::ReplyMessage ? Result<void>() : nobody(done);
        }
        if (added.errorName() != kCollided) {
            return nobody(added);
        }
    }
    return fail(ErrorCode::Conflict, "Too many devices of this name are in the network.");
}

// Another of the same name came at the same time.
void AvahiDiscovery::onGroupState(int state, const QString&) {
    if (state == kCollision && !group_.isEmpty()) {
        call(bus_, group_, kGroup, "Reset");
        ++tries_;
        static_cast<void>(publish());
    } else if (state == kFailure) {
        withdraw();
    }
}

void AvahiDiscovery::withdraw() {
    if (group_.isEmpty()) {
        return;
    }
    bus_.disconnect(kService, group_, kGroup, QStringLiteral("StateChanged"), this, SLOT(onGroupState(int, QString)));
    call(bus_, group_, kGroup, "Free");
    group_.clear();
}

// Heard from before the browser is there: what it tells at once would be missed else.
Result<void> AvahiDiscovery::browse(std::function<void(const sync::FoundPeer&)> found,
                                    std::function<void(const std::string& name)> gone) {
    found_ = std::move(found);
    gone_ = std::move(gone);
    ways_.clear();
    told_.clear();
    bus_.connect(kService, QString(), kBrowser, QStringLiteral("ItemNew"), this,
                 SLOT(onItemNew(int, int, QString, QString, QString, uint)));
    bus_.connect(kService, QString(), kBrowser, QStringLiteral("ItemRemove"), this,
                 SLOT(onItemRemove(int, int, QString, QString, QString, uint)));
    const QDBusMessage answer =
        call(bus_, QStringLiteral("/"), kServer, "ServiceBrowserNew", {kAny, kAny, kType, QString(), 0U});
    browser_ = pathFrom(answer);
    return browser_.isEmpty() ? Result<void>(nobody(answer)) : Result<void>();
}

void AvahiDiscovery::onItemNew(int interface, int protocol, const QString& name, const QString& type,
                               const QString& domain, uint) {
    if (type != kType) {
        return;
    }
    QDBusMessage message =
        QDBusMessage::createMethodCall(kService, QStringLiteral("/"), kServer, QStringLiteral("ResolveService"));
    message.setArguments({interface, protocol, name, type, domain, kAny, 0U});
    auto* const watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message, kPatience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        resolved(watcher->reply());
        watcher->deleteLater();
    });
}

// (interface, protocol, name, type, domain, host, protocol of the address, address, port, text, flags)
void AvahiDiscovery::resolved(const QDBusMessage& answer) {
    const QVariantList said = answer.arguments();
    if (answer.type() != QDBusMessage::ReplyMessage || said.size() < 10 || !found_) {
        return;  // it is gone already
    }
    Way way{said[0].toInt(), said[1].toInt(), {}};
    way.peer.name = said[2].toString().toStdString();
    way.peer.address = withInterface(QHostAddress(said[7].toString()), way.interface).toString().toStdString();
    way.peer.port = static_cast<std::uint16_t>(said[8].toUInt());
    way.peer.text = textFrom(qdbus_cast<QList<QByteArray>>(said[9]));
    const std::string name = way.peer.name;
    if (way.peer.address.empty() || way.peer.port == 0 || name.empty() ||
        (ways_.size() >= kMostServices && !ways_.contains(name))) {
        return;
    }
    auto& ways = ways_[name];
    std::erase_if(ways, [&](const Way& one) { return one.interface == way.interface && one.protocol == way.protocol; });
    if (ways.size() < kMostWays) {
        ways.push_back(std::move(way));
    }
    tellBest(name);
}

// Where it is best reached, if that is news.
void AvahiDiscovery::tellBest(const std::string& name) {
    const auto& ways = ways_[name];
    const auto best = std::min_element(ways.begin(), ways.end(), [](const Way& a, const Way& b) {
        return std::tuple(rankOf(a.peer), a.interface, a.protocol) <
               std::tuple(rankOf(b.peer), b.interface, b.protocol);
    });
    const auto before = told_.find(name);
    if (before != told_.end() && before->second == best->peer) {
        return;
    }
    const sync::FoundPeer peer = best->peer;  // who is told may browse anew
    told_[name] = peer;
    found_(peer);
}

void AvahiDiscovery::onItemRemove(int interface, int protocol, const QString& name, const QString& type, const QString&,
                                  uint) {
    const auto there = ways_.find(name.toStdString());
    if (type != kType || there == ways_.end()) {
        return;
    }
    std::erase_if(there->second,
                  [&](const Way& one) { return one.interface == interface && one.protocol == protocol; });
    if (!there->second.empty()) {
        return tellBest(there->first);
    }
    const std::string gone = there->first;
    ways_.erase(there);
    told_.erase(gone);
    gone_(gone);
}

}  // namespace marea::app
