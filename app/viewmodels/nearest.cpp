#include "app/viewmodels/nearest.h"

#include <algorithm>
#include <QHostAddress>

namespace marea::app {
namespace {

// RFC 1918, RFC 6598 and RFC 4193, besides what never leaves a link.
bool isOfThisNetwork(const QHostAddress& address) {
    static const QList<QPair<QHostAddress, int>> networks{QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
                                                          QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
                                                          QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")),
                                                          QHostAddress::parseSubnet(QStringLiteral("100.64.0.0/10"))};
    return address.isLinkLocal() || address.isUniqueLocalUnicast() ||
           std::any_of(networks.begin(), networks.end(),
                       [&](const auto& network) { return address.isInSubnet(network); });
}

}  // namespace

Nearness nearnessOf(const QUrl& server) {
    const QString host = server.host();
    const QHostAddress address(host);
    if (host == QLatin1String("localhost") || address.isLoopback())
        return Nearness::Here;
    if (address.isNull())  // names without a dot, and those of the network's own announcements
        return !host.contains(QLatin1Char('.')) || host.endsWith(QLatin1String(".local")) ||
                       host.endsWith(QLatin1String(".lan")) || host.endsWith(QLatin1String(".home.arpa"))
                   ? Nearness::Nearby
                   : Nearness::Away;
    return isOfThisNetwork(address) ? Nearness::Nearby : Nearness::Away;
}

int nearestOf(const QList<Nearness>& copies, Nearness here, bool downloaded) {
    const auto nearest = std::min_element(copies.begin(), copies.end());
    if (nearest == copies.end() || *nearest >= here || (downloaded && *nearest != Nearness::Here))
        return -1;
    return static_cast<int>(nearest - copies.begin());
}

}  // namespace marea::app
