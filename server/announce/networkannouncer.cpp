#include "server/announce/networkannouncer.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "server/announce/groupsocket.h"

namespace marea::server {

namespace asio = boost::asio;
namespace dns = sync::dns;

namespace {

constexpr std::chrono::seconds kLookEvery{10};
constexpr core::TimeMs kLongestSleep = 60 * 60 * 1000;
constexpr int kMostInASecond = 400;  // datagrams that are looked at; a flood is not worth more

core::TimeMs steadyNow() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

int anyOf(int least, int most) {
    thread_local std::mt19937 engine{std::random_device{}()};
    return std::uniform_int_distribution<int>(least, most)(engine);
}

bool hasKind(const Interface& interface, bool isSix) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const auto& address) { return (address.bytes.size() == 16) == isSix; });
}

}  // namespace

struct NetworkAnnouncer::Impl {
    Impl(dns::Responder::Service service, Reach where, Options wished)
        : reach(std::move(where)), options(std::move(wished)), responder(std::move(service), anyOf) {}

    void look();
    void warn(const std::string& interface, const std::string& detail);
    void addLink(const Interface& interface, bool isSix, std::vector<dns::Link>& links);
    std::shared_ptr<GroupSocket> opened(const Interface& interface, bool isSix, std::uint32_t id);
    void heard(std::uint32_t link, std::span<const std::uint8_t> bytes, const GroupSocket::Endpoint& from);
    bool isBelieved(std::uint32_t link, const GroupSocket::Endpoint& from) const;
    void act();
    void send(const dns::Outgoing& out);
    void end();

    const Reach reach;
    const Options options;
    asio::io_context io{1};
    asio::steady_timer next{io}, again{io};
    dns::Responder responder;
    std::map<std::uint32_t, std::shared_ptr<GroupSocket>> sockets, before;  // by link
    std::set<std::string> own;  // addresses of this computer: of whatever interface, it may ask on any
    bool warned = false;
    core::TimeMs heardSince = 0;
    int heardCount = 0;
    std::thread thread;
};

std::shared_ptr<GroupSocket> NetworkAnnouncer::Impl::opened(const Interface& interface, bool isSix, std::uint32_t id) {
    if (const auto there = before.find(id); there != before.end() && there->second->isOn(interface)) {
        return there->second;
    }
    auto socket = std::make_shared<GroupSocket>(io, interface, isSix, options.port);
    if (const auto error = socket->open()) {
        warn(interface.name, error.message());
        return nullptr;
    }
    socket->listen([this, id](auto bytes, const auto& from) { heard(id, bytes, from); });
    return socket;
}

// Once: it looks again and again.
void NetworkAnnouncer::Impl::warn(const std::string& interface, const std::string& detail) {
    if (!std::exchange(warned, true)) {
        options.logger->warning("discovery.not_announced", {{"interface", interface}, {"detail", detail}});
    }
}

void NetworkAnnouncer::Impl::addLink(const Interface& interface, bool isSix, std::vector<dns::Link>& links) {
    auto told = toldAddresses(reach, interface);
    if (told.empty() || !hasKind(interface, isSix)) {
        return;
    }
    const std::uint32_t id = interface.index * 2 + (isSix ? 1U : 0U);
    auto socket = opened(interface, isSix, id);
    if (!socket) {
        return;
    }
    sockets[id] = std::move(socket);
    links.push_back({id, std::move(told)});
}

void NetworkAnnouncer::Impl::look() {
    before = std::exchange(sockets, {});
    std::vector<dns::Link> links;
    own.clear();
    const auto interfaces = networkInterfaces();
    if (!interfaces) {
        warn("", interfaces.error().detail);
    }
    for (const Interface& interface : interfaces.value_or(std::vector<Interface>())) {
        for (const Interface::Address& address : interface.addresses) {
            own.insert(address.bytes);
        }
        for (const bool isSix : {false, true}) {
            if (options.isUsed(interface)) {
                addLink(interface, isSix, links);
            }
        }
    }
    for (const auto& [id, socket] : before) {
        if (const auto now = sockets.find(id); now == sockets.end() || now->second != socket) {
            socket->close();
        }
    }
    before.clear();
    responder.setLinks(std::move(links), steadyNow());
    act();
    again.expires_after(kLookEvery);
    again.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) {
            look();
        }
    });
}

void NetworkAnnouncer::Impl::heard(std::uint32_t link, std::span<const std::uint8_t> bytes,
                                   const GroupSocket::Endpoint& from) {
    if (steadyNow() - heardSince >= dns::kSecond) {
        heardSince = steadyNow();
        heardCount = 0;
    }
    if (++heardCount > kMostInASecond || !isBelieved(link, from)) {
        return;
    }
    const auto message = dns::readMessage(bytes);
    if (!message) {
        return;
    }
    responder.heard(*message, {link, from.address().to_string(), from.port(), from.port() == options.port},
                    steadyNow());
    act();
}

// RFC 6762 section 11: nobody from beyond the network.
bool NetworkAnnouncer::Impl::isBelieved(std::uint32_t link, const GroupSocket::Endpoint& from) const {
    const auto socket = sockets.find(link);
    return socket != sockets.end() && (socket->second->isFromHere(from) || own.contains(bytesOf(from.address())));
}

void NetworkAnnouncer::Impl::act() {
    for (const dns::Outgoing& out : responder.due(steadyNow())) {
        send(out);
    }
    const auto at = responder.next();
    if (!at) {
        next.cancel();
        return;
    }
    next.expires_after(std::chrono::milliseconds(std::clamp<core::TimeMs>(*at - steadyNow(), 1, kLongestSleep)));
    next.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) {
            act();
        }
    });
}

void NetworkAnnouncer::Impl::send(const dns::Outgoing& out) {
    const auto socket = sockets.find(out.link);
    if (socket == sockets.end()) {
        return;
    }
    const auto bytes = dns::writeMessage(out.message);
    if (!out.to) {
        return socket->second->send(bytes);
    }
    boost::system::error_code error;
    const auto host = asio::ip::make_address(out.to->host, error);
    if (!error) {
        socket->second->sendTo(bytes, {host, out.to->port});
    }
}

void NetworkAnnouncer::Impl::end() {
    for (const dns::Outgoing& out : responder.goodbye()) {
        send(out);
    }
    for (const auto& [id, socket] : sockets) {
        socket->close();
    }
    sockets.clear();
    next.cancel();
    again.cancel();
    io.stop();
}

NetworkAnnouncer::NetworkAnnouncer(dns::Responder::Service service, Reach reach)
    : NetworkAnnouncer(std::move(service), std::move(reach), Options()) {}

NetworkAnnouncer::NetworkAnnouncer(dns::Responder::Service service, Reach reach, Options options)
    : impl_(std::make_unique<Impl>(std::move(service), std::move(reach), std::move(options))) {
    asio::post(impl_->io, [impl = impl_.get()] { impl->look(); });
    impl_->thread = std::thread([impl = impl_.get()] { impl->io.run(); });
}

NetworkAnnouncer::~NetworkAnnouncer() {
    asio::post(impl_->io, [impl = impl_.get()] { impl->end(); });
    impl_->thread.join();
}

bool NetworkAnnouncer::usual(const Interface& interface) {
    return interface.sendsToGroups && !interface.isLoopback && !interface.isPointToPoint;
}

}  // namespace marea::server
