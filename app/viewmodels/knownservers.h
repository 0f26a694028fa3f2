#pragma once

#include <QList>
#include <QString>

class QSettings;

namespace marea::app {

struct KnownServer {
    QString address, name, user;  // as it was typed, as it calls itself, who was signed in last
};

// The servers that somebody has signed in on, the latest first. No secrets. GUI thread.
class KnownServers {
public:
    explicit KnownServers(QSettings& settings) : settings_(settings) {}

    QList<KnownServer> all() const;
    void remember(const KnownServer& server);  // comes first; one entry for each address
    void forget(const QString& address);

private:
    void write(const QList<KnownServer>& servers);

    QSettings& settings_;
};

}  // namespace marea::app
