#pragma once

#include <QAbstractListModel>
#include <QPointer>

#include "app/peers/peerfinder.h"

namespace marea::app {

class SessionViewModel;
class SharingViewModel;

// Servers in this network that nobody here has been on, and other computers that share their library, by name: as they
// come and go. What they say of themselves is anybody's word, and is for showing alone: a certificate that nobody
// vouches for is asked about as if the address had been typed. GUI thread.
class NearbyServers : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { NameRole = Qt::UserRole + 1, AddressRole };

    NearbyServers(SessionViewModel& session, SharingViewModel& sharing, QObject* parent = nullptr);

    void start(PeerFinder& finder);  // once
    Q_INVOKABLE void look();         // from now on: somebody wants to see them

    int count() const { return static_cast<int>(rows_.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    static constexpr qsizetype kMost = 20;

Q_SIGNALS:
    void countChanged();

private:
    QList<NearbyServer> wanted() const;
    void update();

    SessionViewModel& session_;
    SharingViewModel& sharing_;
    QPointer<PeerFinder> finder_;
    QList<NearbyServer> rows_;
};

}  // namespace marea::app
