#include "app/viewmodels/knownservers.h"

#include <QSettings>

#include "app/viewmodels/sessionviewmodel.h"

namespace marea::app {
namespace {

const QString kList = QStringLiteral("server/known");
const QString kAddress = QStringLiteral("address"), kName = QStringLiteral("name"), kUser = QStringLiteral("user");
constexpr qsizetype kMost = 20;

bool sameServer(const QString& a, const QString& b) {
    return serverUrl(a) == serverUrl(b);
}

}  // namespace

QList<KnownServer> KnownServers::all() const {
    QList<KnownServer> servers;
    const int count = settings_.beginReadArray(kList);
    for (int i = 0; i < count; ++i) {
        settings_.setArrayIndex(i);
        servers << KnownServer{settings_.value(kAddress).toString(), settings_.value(kName).toString(),
                               settings_.value(kUser).toString()};
    }
    settings_.endArray();
    return servers;
}

void KnownServers::remember(const KnownServer& server) {
    auto servers = all();
    servers.removeIf([&](const KnownServer& known) { return sameServer(known.address, server.address); });
    servers.prepend(server);
    write(servers.mid(0, kMost));
}

void KnownServers::forget(const QString& address) {
    auto servers = all();
    servers.removeIf([&](const KnownServer& known) { return sameServer(known.address, address); });
    write(servers);
}

void KnownServers::write(const QList<KnownServer>& servers) {
    settings_.remove(kList);
    settings_.beginWriteArray(kList);
    for (int i = 0; i < servers.size(); ++i) {
        settings_.setArrayIndex(i);
        settings_.setValue(kAddress, servers[i].address);
        settings_.setValue(kName, servers[i].name);
        settings_.setValue(kUser, servers[i].user);
    }
    settings_.endArray();
}

}  // namespace marea::app
