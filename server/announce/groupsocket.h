#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/announce/interfaces.h"
#include "sync/dnssd/dnsmessage.h"

namespace marea::server {

std::string bytesOf(const boost::asio::ip::address& address);  // 4 or 16

// What comes to the group of Multicast DNS on one interface by one protocol, and what goes there (RFC 6762 section 3).
// Of the thread that runs `io`.
class GroupSocket : public std::enable_shared_from_this<GroupSocket> {
public:
    using Endpoint = boost::asio::ip::udp::endpoint;
    using Heard = std::function<void(std::span<const std::uint8_t> bytes, const Endpoint& from)>;

    GroupSocket(boost::asio::io_context& io, Interface interface, bool isSix, std::uint16_t port);
    boost::system::error_code open();
    void listen(Heard heard);
    bool isFromHere(const Endpoint& from) const;  // from somebody in the network of the interface
    void close();
    void send(const std::vector<std::uint8_t>& bytes);
    void sendTo(const std::vector<std::uint8_t>& bytes, const Endpoint& to);
    bool isOn(const Interface& interface) const { return interface_ == interface; }  // with the addresses it has

private:
    void receive();

    Interface interface_;
    bool isSix_;
    std::uint16_t port_;
    boost::asio::ip::udp::socket socket_;
    Endpoint from_;
    Heard heard_;
    std::array<std::uint8_t, sync::dns::kLongestMessage + 1> bytes_{};
};

}  // namespace marea::server
