#pragma once

#include <QList>
#include <QString>

class QSettings;

namespace marea::app {

struct KnownServer {
    QString address, name, user;  // as it was typed or found since, as it calls itself, who was signed in last
    QString id = {};              // its own; empty: it was not known then
    QString key = {};             // in place of the address what its accounts are kept under; empty: the address
};

// The servers that somebody has signed in on, the latest first. No secrets. GUI thread.
class KnownServers {
public:
    explicit KnownServers(QSettings& settings) : settings_(settings) {}

    QList<KnownServer> all() const;
    void remember(KnownServer server);  // comes first; one entry for each address
    void forget(const QString& address);
    // It is elsewhere now, and stays what it was. Nothing where something is known to be there.
    void move(const QString& from, const QString& to);
    // What accounts of the server at an address are kept under: the same wherever it moves, and no other server's.
    QString keyOf(const QString& address) const;

private:
    void write(const QList<KnownServer>& servers);

    QSettings& settings_;
};

}  // namespace marea::app
