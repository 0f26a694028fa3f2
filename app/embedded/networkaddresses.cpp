#include "app/embedded/networkaddresses.h"

#include <QNetworkInterface>
#include <QUrl>

namespace marea::app {
namespace {

bool isOfTheNetwork(const QHostAddress& address) {
    return !address.isNull() && !address.isLoopback() && !address.isLinkLocal() && !address.isMulticast();
}

}  // namespace

QStringList networkAddresses() {
    QStringList four, six;
    for (const auto& network : QNetworkInterface::allInterfaces()) {
        if (!network.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning))
            continue;
        for (const auto& entry : network.addressEntries())
            if (isOfTheNetwork(entry.ip()))
                (entry.ip().protocol() == QAbstractSocket::IPv4Protocol ? four : six) << entry.ip().toString();
    }
    return four + six;
}

QStringList reachedAddresses(const QStringList& addresses, const QString& listensAt) {
    if (QHostAddress(listensAt).protocol() != QAbstractSocket::IPv4Protocol)
        return addresses;
    QStringList four;
    for (const auto& address : addresses)
        if (QHostAddress(address).protocol() == QAbstractSocket::IPv4Protocol)
            four << address;
    return four;
}

QStringList sharedUrls(const QStringList& addresses, quint16 port) {
    QStringList urls;
    for (const auto& address : addresses) {
        QUrl url;
        url.setScheme(QStringLiteral("https"));
        url.setHost(address);
        url.setPort(port);
        urls << url.toString();
    }
    return urls;
}

}  // namespace marea::app
