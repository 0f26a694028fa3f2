#include "app/platform/mdnsdiscovery.h"

#include <algorithm>
#include <QNetworkDatagram>
#include <QPointer>
#include <QRandomGenerator>
#include <QVariant>

#include "app/platform/addressbytes.h"
#include "sync/dnssd/servicetext.h"

namespace marea::app {

namespace {

using core::Result;
namespace dns = sync::dns;

constexpr int kHops = 255;           // RFC 6762 section 11
constexpr int kMostInASecond = 400;  // datagrams that are looked at; a flood is not worth more
constexpr int kAtOnce = 64;
constexpr int kInterfacesEvery = 10'000;       // ms
constexpr std::size_t kMostAddresses = 8;      // of an interface
constexpr int kLongestSleep = 60 * 60 * 1000;  // ms

int anyOf(int least, int most) {
    return static_cast<int>(
        QRandomGenerator::global()->bounded(static_cast<qint64>(least), static_cast<qint64>(most) + 1));
}

quint32 linkId(int interface, bool v6) {
    return static_cast<quint32>(interface) * 2U + (v6 ? 1U : 0U);
}

QHostAddress addressFrom(const std::string& bytes) {
    if (bytes.size() == 4) {
        quint32 four = 0;
        for (const char byte : bytes)
            four = four << 8U | static_cast<unsigned char>(byte);
        return QHostAddress(four);
    }
    Q_IPV6ADDR six{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), sizeof six.c), std::begin(six.c));
    return QHostAddress(six);
}

bool hasAddress(const QNetworkInterface& interface, bool v6) {
    const auto entries = interface.addressEntries();
    return std::any_of(entries.begin(), entries.end(), [&](const QNetworkAddressEntry& entry) {
        return (entry.ip().protocol() == QAbstractSocket::IPv6Protocol) == v6;
    });
}

std::vector<std::string> addressesOf(const QNetworkInterface& interface) {
    std::vector<std::string> all;
    for (const QNetworkAddressEntry& entry : interface.addressEntries())
        if (all.size() < kMostAddresses)
            all.push_back(bytesOf(entry.ip()));
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

bool MdnsDiscovery::usual(const QNetworkInterface& interface) {
    const auto flags = interface.flags();
    return flags.testFlag(QNetworkInterface::CanMulticast) && !flags.testFlag(QNetworkInterface::IsLoopBack) &&
           !flags.testFlag(QNetworkInterface::IsPointToPoint);
}

MdnsDiscovery::MdnsDiscovery(QObject* parent) : MdnsDiscovery(Options(), parent) {}

MdnsDiscovery::MdnsDiscovery(Options options, QObject* parent) : QObject(parent), options_(std::move(options)) {
    clock_.start();
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &MdnsDiscovery::act);
    interfacesTimer_.setInterval(kInterfacesEvery);
    connect(&interfacesTimer_, &QTimer::timeout, this, &MdnsDiscovery::lookAtInterfaces);
    for (QUdpSocket* const socket : {&four_, &six_})
        connect(socket, &QUdpSocket::readyRead, this, [this, socket] { hear(*socket); });
}

MdnsDiscovery::~MdnsDiscovery() {
    withdraw();
}

// The port is shared with whoever else listens for such messages.
Result<void> MdnsDiscovery::open() {
    if (interfacesTimer_.isActive())
        return {};
    const auto shared = QUdpSocket::ShareAddress | QUdpSocket::ReuseAddressHint;
    const bool four = options_.four && four_.bind(QHostAddress(QHostAddress::AnyIPv4), options_.port, shared);
    const bool six = options_.six && six_.bind(QHostAddress(QHostAddress::AnyIPv6), options_.port, shared);
    if (!four && !six)
        return core::fail(core::ErrorCode::Unavailable, "Another program does not let this one find other devices.",
                          four_.errorString().toStdString());
    for (QUdpSocket* const socket : {&four_, &six_}) {
        socket->setSocketOption(QAbstractSocket::MulticastTtlOption, kHops);
        socket->setSocketOption(QAbstractSocket::MulticastLoopbackOption, 1);  // others on this computer hear it too
    }
    interfacesTimer_.start();
    lookAtInterfaces();
    return {};
}

void MdnsDiscovery::addLink(const QNetworkInterface& interface, QUdpSocket& socket, std::vector<dns::Link>& links) {
    const bool v6 = &socket == &six_;
    if (socket.state() != QAbstractSocket::BoundState || !hasAddress(interface, v6))
        return;
    QHostAddress group(v6 ? QStringLiteral("ff02::fb") : QStringLiteral("224.0.0.251"));
    if (v6)
        group.setScopeId(interface.name());
    const quint32 id = linkId(interface.index(), v6);
    if (!ways_.contains(id))  // it may be a member already
        static_cast<void>(socket.joinMulticastGroup(group, interface));
    ways_[id] = {interface, &socket, group};
    links.push_back({id, addressesOf(interface)});
}

void MdnsDiscovery::lookAtInterfaces() {
    std::vector<dns::Link> links;
    const auto before = std::exchange(ways_, {});
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning) ||
            !options_.isUsed(interface))
            continue;
        for (QUdpSocket* const socket : {&four_, &six_}) {
            const quint32 id = linkId(interface.index(), socket == &six_);
            if (before.contains(id))
                ways_[id] = before[id];
            addLink(interface, *socket, links);
        }
    }
    if (links == links_)
        return;
    links_ = std::move(links);
    std::vector<quint32> ids;
    for (const dns::Link& link : links_)
        ids.push_back(link.id);
    if (responder_)
        responder_->setLinks(links_, now());
    if (browser_)
        browser_->setLinks({ids.begin(), ids.end()}, now());
    act();
}

Result<void> MdnsDiscovery::announce(const std::string& name, std::uint16_t port,
                                     const std::map<std::string, std::string>& text) {
    withdraw();
    auto opened = open();
    if (!opened)
        return opened;
    responder_ = std::make_unique<dns::Responder>(
        dns::Responder::Service{name, sync::kPeerService, port, dns::textOf(text)}, anyOf);
    responder_->setLinks(links_, now());
    act();
    return {};
}

void MdnsDiscovery::withdraw() {
    if (!responder_)
        return;
    for (const dns::Outgoing& out : responder_->goodbye())
        send(out);
    responder_.reset();
}

Result<void> MdnsDiscovery::browse(std::function<void(const sync::FoundPeer&)> found,
                                   std::function<void(const std::string& name)> gone) {
    found_ = std::move(found);
    gone_ = std::move(gone);
    untold_.clear();  // that was for those before
    auto opened = open();
    if (!opened)
        return opened;
    browser_ = std::make_unique<dns::Browser>(sync::kPeerService, anyOf);
    std::vector<std::uint32_t> ids;
    for (const dns::Link& link : links_)
        ids.push_back(link.id);
    browser_->setLinks(std::move(ids), now());
    act();
    return {};
}

std::string MdnsDiscovery::announcedName() const {
    return responder_ && responder_->isAnnounced() ? responder_->name() : std::string();
}

void MdnsDiscovery::hear(QUdpSocket& socket) {
    if (now() - heardSince_ >= 1000) {
        heardSince_ = now();
        heard_ = 0;
    }
    // At least one is read, also where another one took it meanwhile: the socket tells of more after that alone.
    do {
        const bool tooMany = ++heard_ > kMostInASecond;
        const QNetworkDatagram datagram = socket.receiveDatagram(tooMany ? 0 : qsizetype{dns::kLongestMessage} + 1);
        if (!tooMany && datagram.isValid())
            take(datagram, &socket == &six_);
    } while (heard_ % kAtOnce != 0 && socket.hasPendingDatagrams());  // others of this thread have their turn
    act();
}

void MdnsDiscovery::take(const QNetworkDatagram& datagram, bool v6) {
    const quint32 id = linkId(static_cast<int>(datagram.interfaceIndex()), v6);
    const auto way = ways_.constFind(id);
    if (way == ways_.cend() || !isNear(datagram.senderAddress(), way->interface))
        return;
    const QByteArray data = datagram.data();
    const auto message = dns::readMessage(
        {reinterpret_cast<const std::uint8_t*>(data.constData()), static_cast<std::size_t>(data.size())});
    if (!message)
        return;
    const auto port = static_cast<quint16>(datagram.senderPort());
    const dns::Sender sender{id, datagram.senderAddress().toString().toStdString(), port, port == options_.port};
    if (responder_)
        responder_->heard(*message, sender, now());
    if (browser_)
        browser_->heard(*message, sender, now());
}

// RFC 6762 section 11: nobody from beyond the network is believed.
bool MdnsDiscovery::isNear(const QHostAddress& host, const QNetworkInterface& interface) const {
    QHostAddress plain = host;
    plain.setScopeId(QString());
    if (plain.isLinkLocal())
        return true;
    const auto entries = interface.addressEntries();
    return std::any_of(entries.begin(), entries.end(),
                       [&](const QNetworkAddressEntry& entry) {
                           QHostAddress own = entry.ip();
                           own.setScopeId(QString());
                           return own == plain || plain.isInSubnet(own, entry.prefixLength());
                       }) ||
           QNetworkInterface::allAddresses().contains(plain);
}

void MdnsDiscovery::act() {
    std::optional<core::TimeMs> next;
    const auto take = [&](auto& part) {
        for (const dns::Outgoing& out : part.due(now()))
            send(out);
        if (const auto at = part.next())
            next = std::min(next.value_or(*at), *at);
    };
    if (responder_)
        take(*responder_);
    if (browser_)
        take(*browser_);
    if (next)
        timer_.start(static_cast<int>(std::clamp<core::TimeMs>(*next - now(), 1, kLongestSleep)));
    else
        timer_.stop();
    if (!browser_)
        return;
    const bool isQueued = !untold_.empty();
    for (auto& event : browser_->takeEvents())
        untold_.push_back(std::move(event));
    if (!isQueued && !untold_.empty())  // not from within a socket's signal: what is told may end that socket
        QMetaObject::invokeMethod(this, qOverload<>(&MdnsDiscovery::tell), Qt::QueuedConnection);
}

void MdnsDiscovery::send(const dns::Outgoing& out) {
    const auto way = ways_.constFind(out.link);
    if (way == ways_.cend())
        return;
    const auto bytes = dns::writeMessage(out.message);
    const QByteArray data(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    if (out.to) {
        way->socket->writeDatagram(data, QHostAddress(QString::fromStdString(out.to->host)), out.to->port);
        return;
    }
    way->socket->setMulticastInterface(way->interface);
    way->socket->writeDatagram(data, way->group, options_.port);
}

void MdnsDiscovery::tell() {
    const QPointer<MdnsDiscovery> self(this);
    while (self && !untold_.empty()) {
        const auto event = std::move(untold_.front());
        untold_.pop_front();
        tell(event);
    }
}

// Nothing of this is touched after the call, and the function called is a copy: it may end this, or take its place.
void MdnsDiscovery::tell(const dns::Browser::Event& event) {
    if (const auto* const gone = std::get_if<dns::Browser::Gone>(&event)) {
        const auto told = gone_;
        return told(gone->name);
    }
    const auto& found = std::get<dns::Browser::Found>(event);
    QHostAddress address = addressFrom(found.address);
    if (address.isLinkLocal() && address.protocol() == QAbstractSocket::IPv6Protocol && ways_.contains(found.link))
        address.setScopeId(ways_[found.link].interface.name());
    const auto told = found_;
    told({found.name, address.toString().toStdString(), found.port, dns::textFrom(found.texts)});
}

}  // namespace marea::app
