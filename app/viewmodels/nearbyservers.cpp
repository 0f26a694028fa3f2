#include "app/viewmodels/nearbyservers.h"

#include <algorithm>
#include <QSet>
#include <tuple>

#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/sharingviewmodel.h"

namespace marea::app {

NearbyServers::NearbyServers(SessionViewModel& session, SharingViewModel& sharing, QObject* parent)
    : QAbstractListModel(parent), session_(session), sharing_(sharing) {}

void NearbyServers::start(PeerFinder& finder) {
    finder_ = &finder;
    connect(finder_, &PeerFinder::changed, this, &NearbyServers::update);
    connect(&session_, &SessionViewModel::changed, this, &NearbyServers::update);
    connect(&sharing_, &SharingViewModel::changed, this, &NearbyServers::update);
    update();
}

void NearbyServers::look() {
    if (finder_)
        finder_->browse();
}

// Not what this computer shares itself, nor the one that one is on, nor what stands in the list of servers: each
// address once.
QList<NearbyServer> NearbyServers::wanted() const {
    if (!finder_ || finder_->servers().isEmpty())
        return {};
    QSet<QUrl> seen;
    for (const auto& server : session_.servers())
        seen << serverUrl(server.toMap().value(QStringLiteral("address")).toString());
    QList<NearbyServer> wanted = finder_->servers();
    std::sort(wanted.begin(), wanted.end(), [](const NearbyServer& a, const NearbyServer& b) {
        return std::tuple(a.name.toCaseFolded(), a.address, a.service) <
               std::tuple(b.name.toCaseFolded(), b.address, b.service);
    });
    wanted.removeIf([&](const NearbyServer& one) {
        const auto url = serverUrl(one.address);
        const bool isOwn =
            (!one.pin.isEmpty() && one.pin == sharing_.pin()) || (!one.id.isEmpty() && one.id == session_.serverId());
        const bool isSeen = url.isEmpty() || seen.contains(url);
        seen << url;
        return isOwn || isSeen;
    });
    return wanted.mid(0, kMost);
}

// Rows that stay are not touched, so that nobody loses the one that has the keyboard.
void NearbyServers::update() {
    const auto next = wanted();
    if (next == rows_)
        return;
    for (int i = count() - 1; i >= 0; --i) {
        if (next.contains(rows_[i]))
            continue;
        beginRemoveRows({}, i, i);
        rows_.removeAt(i);
        endRemoveRows();
    }
    for (int i = 0; i < next.size(); ++i) {
        if (i < count() && rows_[i] == next[i])
            continue;
        beginInsertRows({}, i, i);
        rows_.insert(i, next[i]);
        endInsertRows();
    }
    Q_EMIT countChanged();
}

int NearbyServers::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant NearbyServers::data(const QModelIndex& index, int role) const {
    const auto server = rows_.value(index.row());
    return role == NameRole ? QVariant(server.name) : role == AddressRole ? QVariant(server.address) : QVariant();
}

QHash<int, QByteArray> NearbyServers::roleNames() const {
    return {{NameRole, "name"}, {AddressRole, "address"}};
}

}  // namespace marea::app
