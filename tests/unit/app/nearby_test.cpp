// Servers that are in this network: which are listed, as they come and go, and one that is chosen.
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "sync/dnssd/servernotice.h"
#include "tests/support/fakediscovery.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using sync::dns::ServerNotice;

const std::string kPinOfOne = "sha256//" + std::string(44, 'a');

sync::FoundPeer serverAt(const std::string& address, const ServerNotice& notice, std::uint16_t port = 8470) {
    return {sync::dns::serviceName(notice), address, port, sync::dns::noticeText(notice)};
}

class NearbyTest : public Pages {
protected:
    NearbyTest() : Pages(true) {}
    void SetUp() override {
        Pages::SetUp();
        nearby().start(finder_);
        QObject::connect(&nearby(), &QAbstractItemModel::rowsInserted, [this](const QModelIndex&, int first, int last) {
            for (int i = first; i <= last; ++i)
                inserted_ << i;
        });
    }
    void TearDown() override {
        Pages::TearDown();
        QObject::disconnect(&nearby(), nullptr, nullptr, nullptr);
    }
    NearbyServers& nearby() { return *world_.context.nearby(); }
    bool looks() {
        nearby().look();
        return QTest::qWaitFor([&] { return network_.browsed == 1; });
    }
    QString at(int row, int role) { return nearby().data(nearby().index(row), role).toString(); }
    QStringList names() {
        QStringList all;
        for (int i = 0; i < nearby().count(); ++i)
            all << at(i, NearbyServers::NameRole);
        return all;
    }

    FakeNetwork network_;
    PeerFinder finder_{[this] { return std::make_unique<FakeDiscovery>(network_); }};
    QList<int> inserted_;
};

TEST_F(NearbyTest, TheyAreListedAsTheyComeAndGo) {
    ASSERT_TRUE(looks());
    nearby().look();
    EXPECT_EQ(nearby().count(), 0);
    network_.found(serverAt("192.168.1.20", {"Casa", "1", "0.9", true, kPinOfOne}));
    ASSERT_EQ(nearby().count(), 1);
    EXPECT_EQ(at(0, NearbyServers::NameRole), L("Casa"));
    EXPECT_EQ(at(0, NearbyServers::AddressRole), L("https://192.168.1.20:8470"));
    network_.found(serverAt("192.168.1.21", {"attic", "2", "0.9", false, {}}, 9000));
    EXPECT_EQ(names(), (QStringList{L("attic"), L("Casa")})) << "by name";
    EXPECT_EQ(at(0, NearbyServers::AddressRole), L("http://192.168.1.21:9000"));
    EXPECT_EQ(inserted_, (QList<int>{0, 0})) << "the one that was there stays";
    network_.found(serverAt("192.168.1.22", {"attic", "2", "0.9", false, {}}, 9000));
    EXPECT_EQ(at(0, NearbyServers::AddressRole), L("http://192.168.1.22:9000")) << "where it is by now";
    EXPECT_EQ(nearby().count(), 2);
    network_.gone("Casa (server)");
    EXPECT_EQ(names(), QStringList{L("attic")});
    network_.gone("attic (server)");
    EXPECT_EQ(nearby().count(), 0);
    EXPECT_EQ(network_.browsed, 1);
}

TEST_F(NearbyTest, PairedComputersAreNone) {
    ASSERT_TRUE(looks());
    network_.found({"desk", "192.168.1.30", 9000, {{"v", "1"}, {"id", "replica"}}});
    network_.found(serverAt("192.168.1.30", {"desk", "1", "0.9", true, kPinOfOne}));
    EXPECT_EQ(names(), QStringList{L("desk")});
    ASSERT_EQ(finder_.nearby().size(), 1) << "nor are servers computers to be paired with";
    EXPECT_EQ(finder_.nearby().first().port, 9000);
    network_.gone("desk");
    EXPECT_TRUE(finder_.nearby().isEmpty());
    EXPECT_EQ(nearby().count(), 1);
}

TEST_F(NearbyTest, WhatThisComputerSharesIsNotListed) {
    world_.own.pin = QString::fromStdString(kPinOfOne);
    ASSERT_TRUE(looks());
    network_.found(serverAt("192.168.1.10", {"desk", "1", "0.9", true, kPinOfOne}));
    EXPECT_EQ(nearby().count(), 1);
    world_.context.sharing()->setOn(true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == 0; }));
}

TEST_F(NearbyTest, ThoseThatOneHasBeenOnAreNotListedTwice) {
    ASSERT_TRUE(looks());
    network_.found(serverAt("192.168.1.20", {"Casa", "1", "0.9", false, {}}));
    network_.found(serverAt("192.168.1.20", {"Other name", "1", "0.9", false, {}}));
    EXPECT_EQ(nearby().count(), 1) << "each address once";
    auto* session = world_.context.session();
    session->connectTo(L("192.168.1.20:8470"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask; }));
    EXPECT_EQ(nearby().count(), 1);
    session->signIn(L("marina"), L("secret"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == 0; }));
}

TEST_F(NearbyTest, TheOneThatOneIsOnIsKnownByItsIdToo) {
    world_.http.on("GET /api/v1/server", 200, {{L("name"), L("Casa")}, {L("id"), L("01J0")}});
    ASSERT_TRUE(looks());
    network_.found(serverAt("192.168.1.20", {"Casa", "01J0", "0.9", false, {}}));
    EXPECT_EQ(nearby().count(), 1);
    ASSERT_TRUE(world_.signIn());
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == 0; }));
    world_.context.session()->signOut();
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == 1; }));
}

TEST_F(NearbyTest, HostileOnesAreBounded) {
    ASSERT_TRUE(looks());
    network_.found(serverAt("192.168.1.66", {"Ca\u202esa\n\x01  <b>x</b>", "1", "0.9", true, {}}));
    ASSERT_EQ(nearby().count(), 1);
    EXPECT_EQ(at(0, NearbyServers::NameRole), L("Casa <b>x</b>")) << "plain text, on one line";
    network_.gone("Ca\u202esa\n\x01  <b>x</b> (server)");
    ASSERT_EQ(nearby().count(), 0);
    network_.found(serverAt("192.168.1.66", {"\u202e", "1", "0.9", true, {}}));
    ASSERT_EQ(nearby().count(), 1);
    EXPECT_EQ(at(0, NearbyServers::NameRole), L("192.168.1.66")) << "something to click on";
    network_.gone("\u202e (server)");
    network_.found(serverAt("casa.example", {"No address", "1", "0.9", true, {}}));
    network_.found(serverAt("fe80::1", {"Of one link", "1", "0.9", true, {}}));
    network_.found(serverAt("192.168.1.66", {"Nowhere", "1", "0.9", true, {}}, 0));
    EXPECT_EQ(nearby().count(), 0);
    for (int i = 0; i < 300; ++i)
        network_.found(serverAt("10.0.0." + std::to_string(i % 250), {"S" + std::to_string(i), "1", "0.9", true, {}},
                                static_cast<std::uint16_t>(1000 + i)));
    EXPECT_EQ(nearby().count(), NearbyServers::kMost);
    EXPECT_LE(finder_.servers().size(), 100);
    EXPECT_TRUE(finder_.nearby().isEmpty());
}

TEST_F(NearbyTest, AnAddressOfIPv6StandsInBrackets) {
    ASSERT_TRUE(looks());
    network_.found(serverAt("fd00::20", {"Casa", "1", "0.9", true, {}}));
    ASSERT_EQ(nearby().count(), 1);
    EXPECT_EQ(at(0, NearbyServers::AddressRole), L("https://[fd00::20]:8470"));
}

TEST_F(NearbyTest, AnAddressOfOneLinkIsGoneToByItsInterface) {
    ASSERT_TRUE(looks());
    network_.found(serverAt("fe80::20%lo", {"Casa", "1", "0.9", true, {}}));
    ASSERT_EQ(nearby().count(), 1);
    EXPECT_EQ(at(0, NearbyServers::AddressRole), L("https://[fe80::20%25lo]:8470"));
    const auto url = serverUrl(at(0, NearbyServers::AddressRole));
    EXPECT_EQ(url.host(), L("fe80::20%lo")) << "as sockets take it";
    EXPECT_EQ(url.port(), 8470);
}

QQuickItem* rowOf(QQuickItem* item, const QString& address) {
    if (item->property("address").toString() == address && item->property("name").isValid() && item->isVisible())
        return item;
    for (QQuickItem* child : item->childItems())
        if (auto* found = rowOf(child, address))
            return found;
    return nullptr;
}

TEST_F(NearbyTest, TheFirstPageListsThemAndGoesOnToTheSignIn) {
    auto* session = world_.context.session();
    session->start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return network_.browsed == 1; })) << "the page looks";
    EXPECT_EQ(rowOf(window_->contentItem(), L("http://192.168.1.20:8470")), nullptr);
    network_.found(serverAt("192.168.1.20", {"Casa", "1", "0.9", false, {}}));
    QQuickItem* row = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (row = rowOf(window_->contentItem(), L("http://192.168.1.20:8470"))); }));
    QMetaObject::invokeMethod(row, "clicked");  // by mouse and by keyboard: tst_nearby.qml
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask; }));
    EXPECT_EQ(session->address(), L("http://192.168.1.20:8470"));
    EXPECT_EQ(world_.http.asked.last().url.host(), L("192.168.1.20"));
}

}  // namespace
}  // namespace marea::app::test
