#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/app_discovery/mdnsfixture.h"

namespace marea::app {
namespace {

TEST_F(MdnsTest, TwoFindEachOtherAndHearOfEachOthersEnd) {
    auto desk = looker(), lap = looker();
    ASSERT_TRUE(desk->discovery->announce("Desk", 8471, {{"id", "abc"}}));
    ASSERT_TRUE(lap->discovery->announce("Lap", 9000, {}));
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains("Desk") && desk->seen.contains("Lap"); }));
    EXPECT_EQ(lap->seen["Desk"].port, 8471);
    EXPECT_EQ(lap->seen["Desk"].text["id"], "abc");
    EXPECT_FALSE(QHostAddress(QString::fromStdString(lap->seen["Desk"].address)).isNull());
    desk->discovery->withdraw();
    // Without it the records would hold for two minutes.
    EXPECT_TRUE(waitFor([&] { return !lap->seen.contains("Desk"); }, 30'000));
    EXPECT_TRUE(lap->seen.contains("Lap")) << "itself is there still";
    lap->discovery.reset();
    EXPECT_TRUE(waitFor([&] { return desk->seen.empty(); }, 30'000)) << "it goes with the program";
}

TEST_F(MdnsTest, WhoLooksLaterAsks) {
    auto desk = make();
    ASSERT_TRUE(desk->announce("Desk", 8471, {}));
    ASSERT_TRUE(waitFor([&] { return desk->announcedName() == "Desk"; }));
    auto lap = looker();
    EXPECT_TRUE(waitFor([&] { return lap->seen.contains("Desk"); }));
}

TEST_F(MdnsTest, ANameThatIsTakenGetsANumber) {
    auto one = make(), other = make();
    ASSERT_TRUE(one->announce("Desk", 1, {}));
    ASSERT_TRUE(waitFor([&] { return one->announcedName() == "Desk"; }));
    ASSERT_TRUE(other->announce("Desk", 2, {}));
    EXPECT_TRUE(waitFor([&] { return other->announcedName() == "Desk (2)"; }));
    EXPECT_EQ(one->announcedName(), "Desk");
}

TEST_F(MdnsTest, OthersSeeItWhoKnowNothingOfIt) {
    auto desk = make();
    ASSERT_TRUE(desk->announce("Ana's Öl. desk", 8471, {{"v", "1"}, {"id", "abc"}}));
    ASSERT_TRUE(waitFor([&] { return !desk->announcedName().empty(); }));
    int code = 0;
    expectSeen(asked({}, &code));
    const QJsonObject seen = asked({QStringLiteral("--zeroconf")}, &code);
    if (code == 77)
        GTEST_SKIP() << "python3-zeroconf is not installed";
    expectSeen(seen);
}

// Also where it is told of several at once, and from within what it hears.
TEST_F(MdnsTest, WhoIsToldMayEndIt) {
    auto desk = make(), tab = make();
    ASSERT_TRUE(desk->announce("Desk", 1, {}));
    ASSERT_TRUE(tab->announce("Tab", 2, {}));
    ASSERT_TRUE(waitFor([&] { return !desk->announcedName().empty() && !tab->announcedName().empty(); }));
    auto lap = make(), other = make();
    int ofLap = 0, ofOther = 0;
    ASSERT_TRUE(lap->browse(
        [&](const sync::FoundPeer&) {
            ++ofLap;
            lap.reset();
        },
        [](const std::string&) {}));
    ASSERT_TRUE(other->browse([&](const sync::FoundPeer&) { ++ofOther; }, [](const std::string&) {}));
    ASSERT_TRUE(waitFor([&] { return ofLap > 0 && ofOther >= 2; }));
    EXPECT_EQ(ofLap, 1);
    EXPECT_FALSE(lap);
}

TEST_F(MdnsTest, WhoIsToldMayHaveOthersToldInstead) {
    auto desk = make(), lap = make();
    ASSERT_TRUE(desk->announce("Desk", 1, {}));
    std::vector<std::string> first, then;
    const auto kept = std::make_shared<std::string>("kept");
    ASSERT_TRUE(lap->browse(
        [&first, &then, &lap, kept](const sync::FoundPeer& peer) {
            first.push_back(peer.name);
            EXPECT_TRUE(lap->browse([&then](const sync::FoundPeer& one) { then.push_back(one.name); },
                                    [](const std::string&) {}));
            first.push_back(*kept);  // this function is there until it has ended
        },
        [](const std::string&) {}));
    ASSERT_TRUE(waitFor([&] { return !then.empty(); }));
    EXPECT_EQ(first, (std::vector<std::string>{"Desk", "kept"}));
    EXPECT_EQ(then.front(), "Desk");
    EXPECT_EQ(kept.use_count(), 1) << "nobody tells the one before any more";
}

TEST_F(MdnsTest, BearsNoise) {
    auto lap = looker();
    QUdpSocket noise;
    noise.bind(QHostAddress(QHostAddress::AnyIPv4));
    noise.setMulticastInterface(loopback());
    for (int i = 0; i < 3000; ++i)
        noise.writeDatagram(QByteArray(i % 1400, static_cast<char>(i)), kGroup, port_);
    auto desk = make();
    ASSERT_TRUE(desk->announce("Desk", 8471, {}));
    EXPECT_TRUE(waitFor([&] { return lap->seen.contains("Desk"); }));
    EXPECT_EQ(lap->seen.size(), 1u);
}

// By IPv6 alone, on an interface that sends to its groups: loopback, or the first that does.
class MdnsSixTest : public MdnsTest {
protected:
    void SetUp() override {
        for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
            const bool isUp = interface.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning);
            if (isUp && sends(interface) && (!interface_.isValid() || isLoopback(interface)))
                interface_ = interface;
        }
        if (!interface_.isValid())
            GTEST_SKIP() << "this machine has no multicast route for IPv6 (ff02::fb)";
    }
    static bool isLoopback(const QNetworkInterface& interface) {
        return interface.flags().testFlag(QNetworkInterface::IsLoopBack);
    }
    bool sends(const QNetworkInterface& interface) {
        QHostAddress group(QStringLiteral("ff02::fb"));
        group.setScopeId(interface.name());
        QUdpSocket hears, says;
        const bool joined = hears.bind(QHostAddress(QHostAddress::AnyIPv6)) &&
                            says.bind(QHostAddress(QHostAddress::AnyIPv6)) &&
                            hears.joinMulticastGroup(group, interface);
        if (!joined)
            return false;
        says.setMulticastInterface(interface);
        const bool came = says.writeDatagram("x", group, hears.localPort()) == 1 && hears.waitForReadyRead(2000);
        port_ = hears.localPort();
        return came;
    }
    std::unique_ptr<MdnsDiscovery> make() const override {
        MdnsDiscovery::Options options;
        options.port = port_;
        options.isUsed = [index = interface_.index()](const QNetworkInterface& one) { return one.index() == index; };
        options.four = false;
        return std::make_unique<MdnsDiscovery>(std::move(options));
    }

    QNetworkInterface interface_;
};

TEST_F(MdnsSixTest, TwoFindEachOtherByIPv6Alone) {
    auto lap = looker();
    auto desk = make();
    ASSERT_TRUE(desk->announce("Desk", 8471, {{"id", "abc"}}));
    ASSERT_TRUE(waitFor([&] { return lap->seen.contains("Desk"); }));
    EXPECT_EQ(lap->seen["Desk"].port, 8471);
    EXPECT_EQ(lap->seen["Desk"].text["id"], "abc");
    const QHostAddress at(QString::fromStdString(lap->seen["Desk"].address));
    const auto entries = interface_.addressEntries();
    EXPECT_TRUE(std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.ip() == at; }))
        << lap->seen["Desk"].address;
    desk.reset();
    EXPECT_TRUE(waitFor([&] { return lap->seen.empty(); }, 30'000)) << "it goes with the program";
}

TEST_F(MdnsSixTest, ANameThatIsTakenGetsANumberByIPv6Alone) {
    auto one = make(), other = make();
    ASSERT_TRUE(one->announce("Desk", 1, {}));
    ASSERT_TRUE(waitFor([&] { return one->announcedName() == "Desk"; }));
    ASSERT_TRUE(other->announce("Desk", 2, {}));
    EXPECT_TRUE(waitFor([&] { return other->announcedName() == "Desk (2)"; }));
}

}  // namespace
}  // namespace marea::app
