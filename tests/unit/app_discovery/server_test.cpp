// A server that tells of itself without Qt, and desktops that look for it: over real sockets on the loopback interface.
#include <gtest/gtest.h>

#include "server/announce/networkannouncer.h"
#include "sync/dnssd/servernotice.h"
#include "sync/dnssd/servicetext.h"
#include "tests/unit/app_discovery/mdnsfixture.h"

namespace marea::app {
namespace {

namespace dns = sync::dns;

const dns::ServerNotice kCasa{"Casa", "01J0", "0.9.1", true, "sha256//" + std::string(44, 'a')};
const std::string kName = "Casa (server)";

class ServerFoundTest : public MdnsTest {
protected:
    std::unique_ptr<server::NetworkAnnouncer> announced(const char* address = "0.0.0.0") const {
        server::NetworkAnnouncer::Options options;
        options.port = port_;
        options.isUsed = [](const server::Interface& interface) { return interface.isLoopback; };
        return std::make_unique<server::NetworkAnnouncer>(
            dns::Responder::Service{dns::serviceName(kCasa), dns::kMareaService, 8470,
                                    dns::textOf(dns::noticeText(kCasa))},
            *server::reachOf(address), options);
    }
};

TEST_F(ServerFoundTest, IsSeenAndItsEndToo) {
    auto lap = looker();
    auto casa = announced();
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains(kName); }));
    EXPECT_EQ(lap->seen[kName].port, 8470);
    EXPECT_EQ(lap->seen[kName].address, "127.0.0.1");
    EXPECT_EQ(dns::serverFrom(kName, lap->seen[kName].text), kCasa);
    casa.reset();
    // Without a goodbye the records would hold for two minutes.
    EXPECT_TRUE(waitFor([&] { return lap->seen.empty(); }, 30'000));
}

TEST_F(ServerFoundTest, WhoLooksLaterAsksIt) {
    auto first = looker();
    auto casa = announced();
    ASSERT_TRUE(waitFor([&] { return first->seen.contains(kName); }));
    auto lap = looker();
    EXPECT_TRUE(waitFor([&] { return lap->seen.contains(kName); }));
}

TEST_F(ServerFoundTest, StandsBesideAPairedComputerOfTheSameName) {
    auto lap = looker();
    auto desk = make();
    ASSERT_TRUE(desk->announce("Casa", 9000, {{"v", "1"}, {"id", "replica"}}));
    auto casa = announced();
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains("Casa") && lap->seen.contains(kName); }));
    EXPECT_FALSE(dns::serverFrom("Casa", lap->seen["Casa"].text));
    EXPECT_EQ(lap->seen.size(), 2U) << "nobody got a number";
}

TEST_F(ServerFoundTest, TwoOfOneNameGetANumber) {
    auto lap = looker();
    auto casa = announced();
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains(kName); }));
    auto other = announced();
    EXPECT_TRUE(waitFor([&] { return lap->seen.contains(kName + " (2)"); }));
    EXPECT_TRUE(lap->seen.contains(kName));
}

TEST_F(ServerFoundTest, OthersSeeItWhoKnowNothingOfIt) {
    auto lap = looker();
    auto casa = announced();
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains(kName); }));
    int code = 0;
    const QJsonObject seen = asked({}, &code);
    EXPECT_EQ(seen[QLatin1String("name")].toString().toStdString(), kName);
    EXPECT_EQ(seen[QLatin1String("port")].toInt(), 8470);
    EXPECT_EQ(seen[QLatin1String("text")].toObject()[QLatin1String("role")].toString(), QStringLiteral("server"));
}

TEST_F(ServerFoundTest, BearsNoise) {
    auto lap = looker();
    auto casa = announced();
    QUdpSocket noise;
    noise.bind(QHostAddress(QHostAddress::AnyIPv4));
    noise.setMulticastInterface(loopback());
    for (int i = 0; i < 3000; ++i)
        noise.writeDatagram(QByteArray(i % 1400, static_cast<char>(i)), kGroup, port_);
    EXPECT_TRUE(waitFor([&] { return lap->seen.contains(kName); }));
}

}  // namespace
}  // namespace marea::app
