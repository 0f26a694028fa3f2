#include "app/viewmodels/knownservers.h"

#include <algorithm>
#include <QSettings>

#include "app/viewmodels/sessionviewmodel.h"

namespace marea::app {
namespace {

const QString kList = QStringLiteral("server/known");
const QString kAddress = QStringLiteral("address"), kName = QStringLiteral("name"), kUser = QStringLiteral("user");
const QString kServerId = QStringLiteral("id"), kAccountKey = QStringLiteral("key");
constexpr qsizetype kMost = 20;

bool sameServer(const QString& a, const QString& b) {
    return serverUrl(a) == serverUrl(b);
}

const KnownServer* knownAt(const QList<KnownServer>& servers, const QString& address) {
    const auto found = std::find_if(servers.begin(), servers.end(),
                                    [&](const KnownServer& known) { return sameServer(known.address, address); });
    return found == servers.end() ? nullptr : &*found;
}

// One that has moved away from there keeps that for itself.
QString freeKey(const QList<KnownServer>& servers, const QString& address, const QString& id) {
    const bool isTaken = std::any_of(servers.begin(), servers.end(), [&](const KnownServer& known) {
        return !known.key.isEmpty() && sameServer(known.key, address);
    });
    return isTaken ? address + QLatin1Char('#') + id : QString();
}

}  // namespace

QList<KnownServer> KnownServers::all() const {
    QList<KnownServer> servers;
    const int count = settings_.beginReadArray(kList);
    for (int i = 0; i < count; ++i) {
        settings_.setArrayIndex(i);
        servers << KnownServer{settings_.value(kAddress).toString(), settings_.value(kName).toString(),
                               settings_.value(kUser).toString(), settings_.value(kServerId).toString(),
                               settings_.value(kAccountKey).toString()};
    }
    settings_.endArray();
    return servers;
}

void KnownServers::remember(KnownServer server) {
    auto servers = all();
    const auto* before = knownAt(servers, server.address);
    server.key = before != nullptr ? before->key : freeKey(servers, server.address, server.id);
    servers.removeIf([&](const KnownServer& known) { return sameServer(known.address, server.address); });
    servers.prepend(server);
    write(servers.mid(0, kMost));
}

void KnownServers::forget(const QString& address) {
    auto servers = all();
    servers.removeIf([&](const KnownServer& known) { return sameServer(known.address, address); });
    write(servers);
}

void KnownServers::move(const QString& from, const QString& to) {
    auto servers = all();
    if (knownAt(servers, to) != nullptr)
        return;
    for (auto& server : servers) {
        if (!sameServer(server.address, from))
            continue;
        server.key = server.key.isEmpty() ? server.address : server.key;
        server.address = to;
    }
    write(servers);
}

QString KnownServers::keyOf(const QString& address) const {
    const auto servers = all();
    if (const auto* known = knownAt(servers, address))
        return known->key.isEmpty() ? address : known->key;
    const auto key = freeKey(servers, address, {});
    return key.isEmpty() ? address : key;
}

void KnownServers::write(const QList<KnownServer>& servers) {
    settings_.remove(kList);
    settings_.beginWriteArray(kList);
    for (int i = 0; i < servers.size(); ++i) {
        settings_.setArrayIndex(i);
        settings_.setValue(kAddress, servers[i].address);
        settings_.setValue(kName, servers[i].name);
        settings_.setValue(kUser, servers[i].user);
        settings_.setValue(kServerId, servers[i].id);
        settings_.setValue(kAccountKey, servers[i].key);
    }
    settings_.endArray();
}

}  // namespace marea::app
