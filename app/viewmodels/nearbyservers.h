#pragma once

#include <QAbstractListModel>
#include <QPointer>

#include "app/peers/peerfinder.h"
#include "app/viewmodels/movedservers.h"

namespace marea::app {

class SessionViewModel;
class SharingViewModel;

// Servers in this network that nobody here has been on, and other computers that share their library, by name: as they
// come and go. What they say of themselves is anybody's word, and is for showing alone: a certificate that nobody
// vouches for is asked about as if the address had been typed. Of those that say to be a known server at another
// address MovedServers finds out whether it is true; where it cannot, the row says so. GUI thread.
class NearbyServers : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { NameRole = Qt::UserRole + 1, AddressRole, ClaimRole, KnownNameRole, KnownAddressRole };
    // That it is one who is known, by `knownName` and `knownAddress`: not said; nobody can tell; it is not.
    enum Claim { NoClaim, Unproven, Refuted };
    Q_ENUM(Claim)

    NearbyServers(SessionViewModel& session, SharingViewModel& sharing, QObject* parent = nullptr);

    void start(PeerFinder& finder, TrustViewModel* trust = nullptr);  // once; both outlive it
    Q_INVOKABLE void look();  // from now on: somebody wants to see them, or misses a server

    int count() const { return static_cast<int>(rows_.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    static constexpr qsizetype kMost = 20;

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        NearbyServer server;
        Claim claim = NoClaim;
        QString knownName, knownAddress;
        bool operator==(const Row&) const = default;
    };
    QList<Row> wanted() const;
    Row rowOf(const NearbyServer& server) const;
    bool isHidden(const NearbyServer& server) const;
    void update();

    SessionViewModel& session_;
    SharingViewModel& sharing_;
    QPointer<PeerFinder> finder_;
    std::unique_ptr<MovedServers> moved_;
    QList<Row> rows_;
};

}  // namespace marea::app
