// Known servers at other addresses: what is moved, what is asked, and that nobody gets anything by saying who he is.
#include <gtest/gtest.h>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/trustviewmodel.h"
#include "sync/dnssd/servernotice.h"
#include "tests/support/fakediscovery.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using sync::dns::ServerNotice;

const QString kOld = QStringLiteral("https://192.168.1.20:8470"), kNew = QStringLiteral("https://192.168.1.35:8470");
const QString kOldSecret = QStringLiteral("refresh-token@192.168.1.20:8470"),
              kNewSecret = QStringLiteral("refresh-token@192.168.1.35:8470");
const QByteArray kDigest(32, 'c');
const ServerNotice kCasa{"Casa", "01J0", "0.9", true, {}}, kPlainCasa{"Casa", "01J0", "0.9", false, {}};

KnownServer casaAt(const QString& address) {
    return {address, L("Casa"), L("marina"), L("01J0")};
}

NearbyServer foundAt(const char* address, const char* id) {
    return {L("Casa (server)"), L("Casa"), L(address), L(id), {}};
}

TEST(KnownServers, KeepTheirAccountsWhereverTheyMove) {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(L("marea.conf")), QSettings::IniFormat);
    KnownServers known(settings);
    known.remember(casaAt(L("192.168.1.20:8470")));
    EXPECT_EQ(known.keyOf(L("192.168.1.20:8470")), L("192.168.1.20:8470"));
    known.move(L("http://192.168.1.20:8470"), L("http://192.168.1.35:8470"));
    ASSERT_EQ(known.all().size(), 1);
    EXPECT_EQ(known.all().first().address, L("http://192.168.1.35:8470"));
    EXPECT_EQ(known.all().first().id, L("01J0"));
    EXPECT_EQ(known.keyOf(L("192.168.1.35:8470")), L("192.168.1.20:8470"));
    known.remember(casaAt(L("192.168.1.35:8470")));
    known.move(L("192.168.1.35:8470"), L("192.168.1.36:8470"));
    EXPECT_EQ(known.keyOf(L("192.168.1.36:8470")), L("192.168.1.20:8470")) << "however often";
}

TEST(KnownServers, WhoHasTheOldAddressOfOneHasNoneOfItsAccounts) {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(L("marea.conf")), QSettings::IniFormat);
    KnownServers known(settings);
    known.remember(casaAt(kOld));
    known.move(kOld, kNew);
    EXPECT_NE(known.keyOf(kOld), kOld) << "before anybody has signed in there";
    known.remember({kOld, L("Attic"), L("marina"), L("01J1")});
    EXPECT_NE(known.keyOf(kOld), kOld);
    EXPECT_EQ(known.keyOf(kNew), kOld);
    known.move(kNew, kOld);
    EXPECT_EQ(known.all().size(), 2) << "nobody takes the place of another";
    EXPECT_EQ(known.keyOf(kNew), kOld);
}

TEST(ClaimedServer, IsAKnownOneByItsIdAtAnotherAddress) {
    const QList<KnownServer> known{{kOld, L("Casa"), L("marina"), L("01J0")},
                                   {L("http://192.168.1.4:8470"), L("Attic"), L("marina"), {}}};
    const auto claimed = claimedServer(foundAt("https://192.168.1.35:8470", "01J0"), known);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->address, kOld);
    EXPECT_FALSE(claimedServer(foundAt("https://192.168.1.20:8470", "01J0"), known)) << "where it is known";
    EXPECT_FALSE(claimedServer(foundAt("http://192.168.1.4:8470", "01J0"), known)) << "another one is known there";
    EXPECT_FALSE(claimedServer(foundAt("https://192.168.1.35:8470", "01J9"), known));
    EXPECT_FALSE(claimedServer(foundAt("https://192.168.1.35:8470", ""), known)) << "nor is none an id";
}

class Moved : public testing::Test {
protected:
    // Somebody has been on the server, by a certificate that was compared or without any.
    void knows(const QString& address) {
        KnownServers(world_.settings).remember(casaAt(address));
        world_.settings.setValue(L("server/address"), address);
        world_.settings.setValue(L("server/user"), L("marina"));
        world_.secrets.kept[L("refresh-token@") + serverUrl(address).authority()] = L("r1");
        if (address.startsWith(L("https")))
            world_.settings.setValue(
                L("trust/") + QString::fromLatin1(QUrl::toPercentEncoding(serverUrl(address).authority())),
                QString::fromLatin1(kDigest.toHex()));
    }
    void start() {
        trust_ = std::make_unique<TrustViewModel>(
            world_.settings, [this](const QUrl& server) { return look(server); },
            [this](const QUrl& server, const QByteArray& digest) { pinned_[server.host()] = digest; });
        nearby().start(finder_, trust_.get());
    }
    void startLooking() {
        start();
        nearby().look();
        ASSERT_TRUE(QTest::qWaitFor([&] { return network_.browsed == 1; }));
    }
    void TearDown() override { QObject::disconnect(&finder_, nullptr, &nearby(), nullptr); }
    Reply<ShownCertificate> look(const QUrl& server) {
        looked_ << server.host();
        QPromise<core::Result<ShownCertificate>> promise;
        promise.start();
        promise.addResult(shown_.contains(server.host())
                              ? core::Result<ShownCertificate>(ShownCertificate{shown_[server.host()], {}, false})
                              : core::Result<ShownCertificate>(core::fail(core::ErrorCode::Unavailable, "")));
        promise.finish();
        return promise.future();
    }
    void finds(const char* address, const ServerNotice& notice) {
        network_.found({sync::dns::serviceName(notice), address, 8470, sync::dns::noticeText(notice)});
    }
    NearbyServers& nearby() { return *world_.context.nearby(); }
    SessionViewModel& session() { return *world_.context.session(); }
    QString said(int role) { return nearby().data(nearby().index(0), role).toString(); }
    int claim() { return nearby().data(nearby().index(0), NearbyServers::ClaimRole).toInt(); }
    bool isListed(int claimed) {
        return QTest::qWaitFor([&] { return nearby().count() == 1 && claim() == claimed; });
    }
    // Nothing of the server's went anywhere, and nobody was asked for anything.
    void expectNothingMoved(const QString& address, const QString& secret) {
        EXPECT_EQ(session().known().value(0).address, address);
        EXPECT_EQ(session().known().size(), 1);
        EXPECT_EQ(world_.secrets.kept, (QHash<QString, QString>{{secret, L("r1")}}));
        EXPECT_EQ(world_.settings.value(L("server/address")).toString(), address);
        EXPECT_TRUE(world_.http.asked.isEmpty());
        EXPECT_FALSE(pinned_.contains(L("192.168.1.35")));
    }

    World world_;
    FakeNetwork network_;
    QHash<QString, QByteArray> shown_, pinned_;  // by host
    QStringList looked_;
    std::unique_ptr<TrustViewModel> trust_;
    PeerFinder finder_{[this] { return std::make_unique<FakeDiscovery>(network_); }};
};

TEST_F(Moved, OneThatProvesItselfElsewhereIsThereFromThenOnWithEverything) {
    knows(kOld);
    shown_[L("192.168.1.35")] = kDigest;
    startLooking();
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world_.secrets.kept.contains(kOldSecret); }));
    EXPECT_EQ(world_.secrets.kept, (QHash<QString, QString>{{kNewSecret, L("r1")}}));
    EXPECT_EQ(looked_, (QStringList{L("192.168.1.35"), L("192.168.1.20")}));
    EXPECT_EQ(session().known().value(0).address, kNew);
    EXPECT_EQ(world_.settings.value(L("server/address")).toString(), kNew);
    EXPECT_EQ(pinned_.value(L("192.168.1.35")), kDigest) << "no other may answer there";
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == 0; })) << "it is no new one";
}

TEST_F(Moved, WhoWaitedForItIsSignedInWhereItIs) {
    knows(kOld);
    shown_[L("192.168.1.35")] = kDigest;
    world_.http.on("POST /oauth/token", 200, tokens());
    world_.http.on("GET /api/v1/server", 200, {{L("name"), L("Casa")}, {L("id"), L("01J0")}});
    world_.http.down = true;
    startLooking();
    session().start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::Address; }));
    const QString account = session().account();
    world_.http.down = false;
    world_.http.asked.clear();
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::SignedIn; }));
    EXPECT_EQ(session().account(), account) << "its files and positions are the same";
    for (const auto& request : world_.http.asked)
        EXPECT_EQ(request.url.host(), L("192.168.1.35"));
}

TEST_F(Moved, WhoIsSignedInStaysSo) {
    knows(kOld);
    shown_[L("192.168.1.35")] = kDigest;
    world_.http.on("POST /oauth/token", 200, tokens());
    world_.http.on("GET /api/v1/server", 200, {{L("name"), L("Casa")}, {L("id"), L("01J0")}});
    startLooking();
    session().start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::SignedIn; }));
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.api.server().host() == L("192.168.1.35"); }));
    EXPECT_EQ(session().state(), SessionViewModel::State::SignedIn);
    const auto me = world_.api.me();
    EXPECT_EQ(world_.http.asked.last().url.host(), L("192.168.1.35"));
    EXPECT_EQ(core::headerValue(world_.http.asked.last().headers, "Authorization"), "Bearer a1");
}

TEST_F(Moved, WhileItIsAwayItIsLookedFor) {
    knows(kOld);
    shown_[L("192.168.1.35")] = kDigest;
    world_.http.on("POST /oauth/token", 200, tokens());
    world_.http.down = true;
    start();
    session().setOfflineRule([](const QString&) { return true; });
    session().start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::Offline; }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return network_.browsed == 1; })) << "nobody had to open a page for it";
    world_.http.answers[L("GET /api/v1/server")] = [](const core::HttpRequest& request) {
        const bool isThere = request.url.host() == L("192.168.1.35");
        return core::HttpResponse{isThere ? 200 : 404, {}, R"({"name":"Casa","id":"01J0"})"};
    };
    world_.http.down = false;
    finds("192.168.1.35", kCasa);
    EXPECT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::SignedIn; }));
    EXPECT_EQ(world_.api.server().host(), L("192.168.1.35"));
}

TEST_F(Moved, OneThatDidNotAnswerIsAskedAgainWhenSomebodyLooks) {
    knows(kOld);
    startLooking();
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(isListed(NearbyServers::Unproven)) << claim();
    shown_[L("192.168.1.35")] = kDigest;
    nearby().look();
    EXPECT_TRUE(QTest::qWaitFor([&] { return session().known().value(0).address == kNew; }));
}

TEST_F(Moved, OneThatIsStillWhereItWasStaysThereAndIsNotListedTwice) {
    knows(kOld);
    shown_[L("192.168.1.35")] = shown_[L("192.168.1.20")] = kDigest;
    startLooking();
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(QTest::qWaitFor([&] { return looked_.size() == 2; }));
    finds("192.168.1.4", {"Attic", "01J9", "0.9", true, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return nearby().count() > 0; }));
    EXPECT_EQ(said(NearbyServers::NameRole), L("Attic"));
    EXPECT_EQ(nearby().count(), 1);
    expectNothingMoved(kOld, kOldSecret);
}

TEST_F(Moved, WhoSaysToBeAKnownOneWithoutItsCertificateGetsNothing) {
    knows(kOld);
    shown_[L("192.168.1.35")] = QByteArray(32, 'x');
    startLooking();
    finds("192.168.1.35", kCasa);
    ASSERT_TRUE(isListed(NearbyServers::Refuted)) << claim();
    EXPECT_EQ(said(NearbyServers::KnownNameRole), L("Casa"));
    EXPECT_EQ(looked_, QStringList{L("192.168.1.35")});
    expectNothingMoved(kOld, kOldSecret);
}

TEST_F(Moved, NorDoesWhoSaysSoWithoutEncryption) {
    knows(kOld);
    startLooking();
    finds("192.168.1.35", kPlainCasa);
    ASSERT_TRUE(isListed(NearbyServers::Refuted)) << claim();
    EXPECT_TRUE(looked_.isEmpty());
    expectNothingMoved(kOld, kOldSecret);
}

TEST_F(Moved, WhereNobodyCanTellPeopleAreToldAndSignInAnew) {
    const QString address = L("http://192.168.1.20:8470");
    knows(address);
    world_.http.on("GET /api/v1/server", 200, {{L("name"), L("Casa")}, {L("id"), L("01J0")}});
    startLooking();
    finds("192.168.1.35", kPlainCasa);
    ASSERT_TRUE(isListed(NearbyServers::Unproven)) << claim();
    EXPECT_EQ(said(NearbyServers::KnownAddressRole), address);
    expectNothingMoved(address, kOldSecret);

    session().takeForKnown(said(NearbyServers::AddressRole), said(NearbyServers::KnownAddressRole));
    session().switchTo(said(NearbyServers::AddressRole));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::Ask; }));
    for (const auto& request : world_.http.asked)
        EXPECT_TRUE(core::headerValue(request.headers, "Authorization").isEmpty() && request.body.isEmpty());
    EXPECT_EQ(world_.secrets.kept.value(kOldSecret), L("r1")) << "the old sign-in is for the old place";
    session().signIn(L("marina"), L("secret"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::SignedIn; }));
    ASSERT_EQ(session().known().size(), 1) << "it took the place of that one";
    EXPECT_EQ(session().known().first().address, L("http://192.168.1.35:8470"));
    EXPECT_EQ(session().account(), address + L(" marina"));
    EXPECT_FALSE(world_.secrets.kept.contains(kOldSecret));
}

TEST_F(Moved, AnotherIdThereTakesNothingOver) {
    const QString address = L("http://192.168.1.20:8470");
    knows(address);
    world_.http.on("GET /api/v1/server", 200, {{L("name"), L("Casa")}, {L("id"), L("01J9")}});
    startLooking();
    session().takeForKnown(L("http://192.168.1.35:8470"), address);
    session().switchTo(L("http://192.168.1.35:8470"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::Ask; }));
    session().signIn(L("marina"), L("secret"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().state() == SessionViewModel::State::SignedIn; }));
    EXPECT_EQ(session().known().size(), 2);
    EXPECT_EQ(world_.secrets.kept.value(kOldSecret), L("r1"));
}

TEST_F(Moved, ManyWhoSayItAreNotAllAskedAtOnce) {
    knows(kOld);
    startLooking();
    for (int i = 100; i < 120; ++i)
        network_.found(
            {"Casa " + std::to_string(i), "192.168.1." + std::to_string(i), 8470, sync::dns::noticeText(kCasa)});
    EXPECT_LE(looked_.size(), MovedServers::kMostAtOnce);
    EXPECT_TRUE(QTest::qWaitFor([&] { return looked_.size() == 20; })) << "one after another";
    EXPECT_TRUE(QTest::qWaitFor([&] { return nearby().count() == NearbyServers::kMost; })) << "they do not answer";
    expectNothingMoved(kOld, kOldSecret);
}

}  // namespace
}  // namespace marea::app::test
