#include "server/announce/groupsocket.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/ip/unicast.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <cerrno>

namespace marea::server {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

namespace {

constexpr int kHops = 255;  // RFC 6762 section 11

asio::ip::address groupOf(bool isSix, unsigned interface) {
    if (!isSix) {
        return asio::ip::make_address_v4("224.0.0.251");
    }
    auto group = asio::ip::make_address_v6("ff02::fb");
    group.scope_id(interface);
    return group;
}

asio::ip::address_v4 fourOf(const Interface& interface) {
    for (const Interface::Address& address : interface.addresses) {
        if (address.bytes.size() == 4) {
            asio::ip::address_v4::bytes_type bytes{};
            std::copy(address.bytes.begin(), address.bytes.end(), bytes.begin());
            return asio::ip::address_v4(bytes);
        }
    }
    return {};
}

// Else a socket hears what comes to its group on any interface.
void hearThisOneAlone([[maybe_unused]] udp::socket& socket, [[maybe_unused]] error_code& error) {
#ifdef IP_MULTICAST_ALL
    const int off = 0;
    if (::setsockopt(socket.native_handle(), IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof off) != 0) {
        error.assign(errno, boost::system::system_category());
    }
#endif
}

// Who else listens at the port has it in common with this.
void share(udp::socket& socket, error_code& error) {
    socket.set_option(udp::socket::reuse_address(true), error);
#ifndef __linux__
    const int on = 1;
    if (!error && ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
        error.assign(errno, boost::system::system_category());
    }
#endif
}

}  // namespace

std::string bytesOf(const asio::ip::address& address) {
    const auto text = [](const auto& bytes) { return std::string(bytes.begin(), bytes.end()); };
    return address.is_v4() ? text(address.to_v4().to_bytes()) : text(address.to_v6().to_bytes());
}

GroupSocket::GroupSocket(asio::io_context& io, Interface interface, bool isSix, std::uint16_t port)
    : interface_(std::move(interface)), isSix_(isSix), port_(port), socket_(io) {}

error_code GroupSocket::open() {
    namespace multicast = asio::ip::multicast;
    error_code error;
    const auto check = [&](auto step) {
        if (!error) {
            step();
        }
    };
    check([&] { socket_.open(isSix_ ? udp::v6() : udp::v4(), error); });
    check([&] { share(socket_, error); });
    check([&] {
        if (isSix_) {
            socket_.set_option(asio::ip::v6_only(true), error);
        }
    });
    check([&] { socket_.bind({isSix_ ? udp::v6() : udp::v4(), port_}, error); });
    const auto group = groupOf(isSix_, interface_.index);
    check([&] {
        isSix_ ? socket_.set_option(multicast::join_group(group.to_v6(), interface_.index), error)
               : socket_.set_option(multicast::join_group(group.to_v4(), fourOf(interface_)), error);
    });
    check([&] {
        isSix_ ? socket_.set_option(multicast::outbound_interface(interface_.index), error)
               : socket_.set_option(multicast::outbound_interface(fourOf(interface_)), error);
    });
    check([&] {
        if (!isSix_) {
            hearThisOneAlone(socket_, error);
        }
    });
    check([&] { socket_.set_option(multicast::hops(kHops), error); });
    check([&] { socket_.set_option(asio::ip::unicast::hops(kHops), error); });
    check([&] { socket_.set_option(multicast::enable_loopback(true), error); });  // others on this computer
    check([&] { socket_.non_blocking(true, error); });
    return error;
}

void GroupSocket::listen(Heard heard) {
    heard_ = std::move(heard);
    receive();
}

void GroupSocket::close() {
    error_code ignored;
    socket_.close(ignored);
}

void GroupSocket::receive() {
    socket_.async_receive_from(asio::buffer(bytes_), from_,
                               [self = shared_from_this()](const error_code& error, std::size_t size) {
                                   if (!self->socket_.is_open() || error == asio::error::operation_aborted) {
                                       return;
                                   }
                                   if (!error) {
                                       self->heard_({self->bytes_.data(), size}, self->from_);
                                   }
                                   if (self->socket_.is_open()) {
                                       self->receive();
                                   }
                               });
}

bool GroupSocket::isFromHere(const Endpoint& from) const {
    const auto& address = from.address();
    if (address.is_v6() && address.to_v6().is_link_local()) {
        return address.to_v6().scope_id() == interface_.index;
    }
    return isNear(bytesOf(address), interface_);
}

// What does not go is lost, as it may be on its way.
void GroupSocket::send(const std::vector<std::uint8_t>& bytes) {
    sendTo(bytes, {groupOf(isSix_, interface_.index), port_});
}

void GroupSocket::sendTo(const std::vector<std::uint8_t>& bytes, const Endpoint& to) {
    error_code ignored;
    socket_.send_to(asio::buffer(bytes), to, 0, ignored);
}

}  // namespace marea::server
