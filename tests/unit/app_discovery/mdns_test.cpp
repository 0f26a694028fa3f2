#include <gtest/gtest.h>

#include <algorithm>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>
#include <QProcess>
#include <QUdpSocket>

#include "app/platform/mdnsdiscovery.h"
#include "tests/support/places.h"

namespace marea::app {
namespace {

QNetworkInterface loopback() {
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces())
        if (interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            return interface;
    return {};
}

const QHostAddress kGroup(QStringLiteral("224.0.0.251"));

// A port of its own on the loopback interface: no network is asked anything.
class MdnsTest : public testing::Test {
protected:
    void SetUp() override {
        QUdpSocket free, hears, says;
        ASSERT_TRUE(free.bind(QHostAddress(QHostAddress::AnyIPv4)));
        port_ = free.localPort();
        free.close();
        ASSERT_TRUE(says.bind(QHostAddress(QHostAddress::AnyIPv4)));
        hears.bind(QHostAddress(QHostAddress::AnyIPv4), port_);
        const bool joined = hears.joinMulticastGroup(kGroup, loopback());
        says.setMulticastInterface(loopback());
        says.writeDatagram("x", kGroup, port_);
        if (!joined || !hears.waitForReadyRead(5000))
            GTEST_SKIP() << "this system sends nothing to groups on its loopback interface";
    }
    virtual std::unique_ptr<MdnsDiscovery> make() const {
        return std::make_unique<MdnsDiscovery>(MdnsDiscovery::Options{
            port_, [](const QNetworkInterface& interface) { return interface.index() == loopback().index(); }});
    }
    // Another one, and whom it sees.
    struct Looker {
        std::unique_ptr<MdnsDiscovery> discovery;
        std::map<std::string, sync::FoundPeer> seen;
    };
    std::unique_ptr<Looker> looker() const {
        auto one = std::make_unique<Looker>();
        one->discovery = make();
        const auto done =
            one->discovery->browse([to = one.get()](const sync::FoundPeer& peer) { to->seen[peer.name] = peer; },
                                   [to = one.get()](const std::string& name) { to->seen.erase(name); });
        EXPECT_TRUE(done) << done.error().detail;
        return one;
    }
    static bool waitFor(const std::function<bool()>& condition, int most = 120'000) {
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < most;) {
            if (condition())
                return true;
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        return condition();
    }
    QJsonObject asked(const QStringList& more, int* code) const {
        QProcess look;
        const QString script = QString::fromStdString(tests::testData("/../support/dnssd_look.py"));
        look.start(QStringLiteral("python3"), QStringList{script, QString::number(port_), QStringLiteral("60")} + more);
        waitFor([&] { return look.state() == QProcess::NotRunning; });
        *code = look.exitCode();
        EXPECT_TRUE(*code == 0 || *code == 77) << look.readAllStandardError().toStdString();
        return QJsonDocument::fromJson(look.readAllStandardOutput()).object();
    }
    void expectSeen(const QJsonObject& seen) const {
        EXPECT_EQ(seen[QLatin1String("name")].toString(), QStringLiteral("Ana's Öl. desk"));
        EXPECT_EQ(seen[QLatin1String("port")].toInt(), 8471);
        EXPECT_EQ(seen[QLatin1String("text")].toObject()[QLatin1String("id")].toString(), QStringLiteral("abc"));
        const QHostAddress address(seen[QLatin1String("address")].toString());
        bool isOurs = false;
        for (const QNetworkAddressEntry& entry : loopback().addressEntries())
            isOurs = isOurs || entry.ip() == address;
        EXPECT_TRUE(isOurs) << address.toString().toStdString();
    }

    int count_ = 1;
    char name_[5] = "test";
    char* words_[2] = {name_, nullptr};
    QCoreApplication program_{count_, words_};
    quint16 port_ = 0;
};

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
