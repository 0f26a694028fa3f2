#pragma once

#include <iterator>
#include <QHostAddress>
#include <string>

namespace marea::app {

// As they go over the wire: 4 of IPv4, 16 of IPv6.
inline std::string bytesOf(const QHostAddress& address) {
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 four = address.toIPv4Address();
        std::string bytes;
        for (const int shift : {24, 16, 8, 0})
            bytes += static_cast<char>(four >> static_cast<unsigned>(shift) & 0xffU);
        return bytes;
    }
    const Q_IPV6ADDR six = address.toIPv6Address();
    return {std::begin(six.c), std::end(six.c)};
}

}  // namespace marea::app
