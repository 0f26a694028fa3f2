#include "app/viewmodels/nearbyservers.h"

#include <algorithm>
#include <QSet>
#include <tuple>

#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/sharingviewmodel.h"

namespace marea::app {

NearbyServers::NearbyServers(SessionViewModel& session, SharingViewModel& sharing, QObject* parent)
    : QAbstractListModel(parent), session_(session), sharing_(sharing) {}

void NearbyServers::start(PeerFinder& finder, TrustViewModel* trust) {
    finder_ = &finder;
    moved_ = std::make_unique<MovedServers>(session_, trust);
    connect(moved_.get(), &MovedServers::changed, this, &NearbyServers::update);
    connect(finder_, &PeerFinder::changed, this, &NearbyServers::update);
    connect(&session_, &SessionViewModel::changed, this, &NearbyServers::update);
    connect(&sharing_, &SharingViewModel::changed, this, &NearbyServers::update);
    update();
}

void NearbyServers::look() {
    if (!finder_)
        return;
    finder_->browse();
    moved_->forgetUnproven();
    update();
}

// Not what this computer shares itself, nor the one that one is on, nor what is found to be a known one.
bool NearbyServers::isHidden(const NearbyServer& server) const {
    const bool isOwn = (!server.pin.isEmpty() && server.pin == sharing_.pin()) ||
                       (!server.id.isEmpty() && server.id == session_.serverId());
    const auto claim = moved_->of(server).claim;
    return isOwn || claim == MovedServers::Claim::Asked || claim == MovedServers::Claim::Proven;
}

NearbyServers::Row NearbyServers::rowOf(const NearbyServer& server) const {
    const auto finding = moved_->of(server);
    if (finding.claim == MovedServers::Claim::None)
        return {server, NoClaim, {}, {}};
    return {server, finding.claim == MovedServers::Claim::Refuted ? Refuted : Unproven, finding.known.name,
            finding.known.address};
}

// Nor what stands in the list of servers: each address once.
QList<NearbyServers::Row> NearbyServers::wanted() const {
    if (!finder_ || finder_->servers().isEmpty())
        return {};
    QSet<QUrl> seen;
    for (const auto& server : session_.servers())
        seen << serverUrl(server.toMap().value(QStringLiteral("address")).toString());
    QList<NearbyServer> found = finder_->servers();
    std::sort(found.begin(), found.end(), [](const NearbyServer& a, const NearbyServer& b) {
        return std::tuple(a.name.toCaseFolded(), a.address, a.service) <
               std::tuple(b.name.toCaseFolded(), b.address, b.service);
    });
    QList<Row> rows;
    for (const auto& one : found) {
        const auto url = serverUrl(one.address);
        const bool isWanted = rows.size() < kMost && !url.isEmpty() && !seen.contains(url) && !isHidden(one);
        seen << url;
        if (isWanted)
            rows << rowOf(one);
    }
    return rows;
}

// Rows that stay are not touched, so that nobody loses the one that has the keyboard.
void NearbyServers::update() {
    moved_->look(finder_ ? finder_->servers() : QList<NearbyServer>());
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
    const auto row = rows_.value(index.row());
    switch (role) {
        case NameRole:
            return row.server.name;
        case AddressRole:
            return row.server.address;
        case ClaimRole:
            return row.claim;
        case KnownNameRole:
            return row.knownName;
        case KnownAddressRole:
            return row.knownAddress;
        default:
            return {};
    }
}

QHash<int, QByteArray> NearbyServers::roleNames() const {
    return {{NameRole, "name"},
            {AddressRole, "address"},
            {ClaimRole, "claim"},
            {KnownNameRole, "knownName"},
            {KnownAddressRole, "knownAddress"}};
}

}  // namespace marea::app
