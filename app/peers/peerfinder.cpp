#include "app/peers/peerfinder.h"

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

}  // namespace

PeerFinder::PeerFinder(Maker maker, QObject* parent) : QObject(parent), maker_(std::move(maker)) {
    thread_.setObjectName(QStringLiteral("discovery"));
    desk_.moveToThread(&thread_);
}

PeerFinder::~PeerFinder() {
    if (!thread_.isRunning())
        return;
    QMetaObject::invokeMethod(&desk_, [this] {
        discovery_.reset();
        thread_.quit();
    });
    thread_.wait();
}

void PeerFinder::onDesk(std::function<void(sync::Discovery&)> work) {
    if (!thread_.isRunning())
        thread_.start();
    QMetaObject::invokeMethod(&desk_, [this, work = std::move(work)] {
        if (!made_)
            discovery_ = maker_ ? maker_() : nullptr;
        made_ = true;
        if (discovery_)
            work(*discovery_);
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
    if (thread_.isRunning())
        onDesk([](sync::Discovery& discovery) { discovery.withdraw(); });
}

void PeerFinder::browse() {
    if (browsing_)
        return;
    browsing_ = true;
    onDesk([this](sync::Discovery& discovery) {
        const auto done = discovery.browse(
            [this](const sync::FoundPeer& peer) {
                QMetaObject::invokeMethod(this, [this, peer = nearbyOf(peer)] { found(peer); });
            },
            [this](const std::string& name) {
                QMetaObject::invokeMethod(this, [this, name = QString::fromStdString(name)] { gone(name); });
            });
        if (!done)
            Q_EMIT cannot(QString::fromStdString(done.error().text));
    });
}

void PeerFinder::found(const NearbyPeer& peer) {
    nearby_.removeIf([&](const NearbyPeer& one) { return one.name == peer.name; });
    if (nearby_.size() < kMostNearby)
        nearby_ << peer;
    Q_EMIT changed();
}

void PeerFinder::gone(const QString& name) {
    nearby_.removeIf([&](const NearbyPeer& one) { return one.name == name; });
    Q_EMIT changed();
}

}  // namespace marea::app
