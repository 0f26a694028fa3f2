#pragma once

#include <QStringList>

namespace marea::app {

// Where others on the network reach this computer: of every interface that is up, IPv4 first; none of its own alone.
QStringList networkAddresses();

// Of these, those at which something answers that listens at "::", or at "0.0.0.0": by IPv4 alone.
QStringList reachedAddresses(const QStringList& addresses, const QString& listensAt);

// "https://192.168.1.20:8470", with brackets where an address wants them.
QStringList sharedUrls(const QStringList& addresses, quint16 port);

}  // namespace marea::app
