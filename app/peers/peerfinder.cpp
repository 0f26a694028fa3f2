#include "app/peers/peerfinder.h"

#include <QHostAddress>
#include <QUrl>

#include "sync/dnssd/servernotice.h"

namespace marea::app {

namespace {

constexpr qsizetype kMostNearby = 100;
constexpr qsizetype kLongestName = 100;

NearbyPeer nearbyOf(const sync::FoundPeer& peer) {
    const auto id = peer.text.find("id");
    return {QString::fromStdString(peer.name).left(kLongestName),
            id == peer.text.end() ? QString() : QString::fromStdString(id->second).left(kLongestName),
            QString::fromStdString(peer.address), peer.port};
}

// What anybody may have written, of a label's length at most: one line of characters that are seen, none that turns
// others around.
QString plainName(const std::string& text) {
    QString name;
    for (const QChar c : QString::fromStdString(text))
        if (c.isPrint() || c.isSurrogate())
            name += c;
        else if (c.isSpace())
            name += QLatin1Char(' ');
    return name.simplified();
}

// An address of one link leads nowhere without its interface.
bool isReached(const QHostAddress& at) {
    const bool isOfLink = at.protocol() == QAbstractSocket::IPv6Protocol && at.isLinkLocal();
    return !at.isNull() && (!isOfLink || !at.scopeId().isEmpty());
}

// nullopt: it is no server, or none that anybody reaches.
std::optional<NearbyServer> serverOf(const sync::FoundPeer& found) {
    const auto notice = sync::dns::serverFrom(found.name, found.text);
    const QHostAddress at(QString::fromStdString(found.address));
    if (!notice || !isReached(at) || found.port == 0)
        return std::nullopt;
    QUrl url;
    url.setScheme(notice->isSecure ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(at.toString());
    url.setPort(found.port);
    const QString name = plainName(notice->name);
    return NearbyServer{QString::fromStdString(found.name), name.isEmpty() ? at.toString() : name, url.toString(),
                        QString::fromStdString(notice->id), QString::fromStdString(notice->pin)};
}

bool isServer(const sync::FoundPeer& found) {
    return sync::dns::serverFrom(found.name, found.text).has_value();
}

}  // namespace

PeerFinder::PeerFinder(DiscoveryDesk::Maker maker, QObject* parent)
    : QObject(parent), desk_(QStringLiteral("discovery"), std::move(maker)) {}

void PeerFinder::onDesk(std::function<void(sync::Discovery&)> work) {
    desk_.run([this, work = std::move(work)](sync::Discovery* discovery) {
        if (discovery != nullptr)
            work(*discovery);
        else
            Q_EMIT cannot(QString());
    });
}

void PeerFinder::announce(const QString& name, quint16 port, const QString& id) {
    onDesk([this, name = name.toStdString(), port, id = id.toStdString()](sync::Discovery& discovery) {
        const auto done = discovery.announce(name, port, {{"v", "1"}, {"id", id}});
        if (!done)
            Q_EMIT cannot(QString::fromStdString(done.error().text));
    });
}

void PeerFinder::withdraw() {
    if (desk_.isUsed())
        onDesk([](sync::Discovery& discovery) { discovery.withdraw(); });
}

void PeerFinder::browse() {
    if (browsing_)
        return;
    browsing_ = true;
    onDesk([this](sync::Discovery& discovery) {
        const auto done = discovery.browse(
            [this](const sync::FoundPeer& peer) { QMetaObject::invokeMethod(this, [this, peer] { found(peer); }); },
            [this](const std::string& name) {
                QMetaObject::invokeMethod(this, [this, name = QString::fromStdString(name)] { gone(name); });
            });
        if (!done)
            Q_EMIT cannot(QString::fromStdString(done.error().text));
    });
}

// In place of what it said before.
void PeerFinder::found(const sync::FoundPeer& one) {
    const auto server = serverOf(one);
    if (isServer(one) && !server)
        return;
    forget(QString::fromStdString(one.name));
    if (server && servers_.size() < kMostNearby)
        servers_ << *server;
    if (!server && nearby_.size() < kMostNearby)
        nearby_ << nearbyOf(one);
    Q_EMIT changed();
}

void PeerFinder::forget(const QString& name) {
    nearby_.removeIf([&](const NearbyPeer& one) { return one.name == name.left(kLongestName); });
    servers_.removeIf([&](const NearbyServer& one) { return one.service == name; });
}

void PeerFinder::gone(const QString& name) {
    forget(name);
    Q_EMIT changed();
}

}  // namespace marea::app
