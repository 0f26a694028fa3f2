#include <gtest/gtest.h>

#include <future>
#include <map>
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/peers/titleindex.h"
#include "core/db/sqlite.h"
#include "tests/support/fakediscovery.h"
#include "tests/support/nextpeer.h"
#include "tests/unit/app_peers/peersfixture.h"

namespace marea::app {
namespace {

TEST_F(PeersTest, IsOffUntilItIsTurnedOnAndAsItWasAtTheNextStart) {
    EXPECT_FALSE(desk.peers.on());
    EXPECT_TRUE(desk.peers.addresses().isEmpty());
    desk.peers.setOn(true);
    ASSERT_TRUE(desk.waitsFor([&] { return desk.peers.on(); }));
    EXPECT_TRUE(desk.settings.value(QStringLiteral("peers/on")).toBool());
    EXPECT_EQ(desk.peers.addresses().size(), 1);
    desk.peers.setOn(false);
    EXPECT_FALSE(desk.peers.on());
    EXPECT_FALSE(desk.settings.value(QStringLiteral("peers/on")).toBool());
}

// Without the server and while nobody else syncs with this computer: the copy has it, and goes on to others.
TEST_F(PeersTest, WhatIsKeptHereGoesOnWithoutTheServer) {
    const auto result = [&](Computer& one, const QFuture<core::Result<void>>& future) {
        EXPECT_TRUE(one.waitsFor([&] { return future.isFinished(); }));
        return future.result();
    };
    const QString ana = QStringLiteral("this computer ana");
    EXPECT_EQ(
        result(desk, desk.host.keep(QStringLiteral("another"), {"m", {{"rating", std::int64_t{7}}}})).error().code,
        core::ErrorCode::Cancelled);
    ASSERT_TRUE(result(desk, desk.host.keep(ana, {"m", {{"rating", std::int64_t{7}}}, 1, 1700000000000})));
    EXPECT_EQ(result(desk, desk.host.follow(ana)).error().code, core::ErrorCode::Unavailable);
    EXPECT_FALSE(QFile::exists(desk.folder.filePath(QStringLiteral("peer.pem")))) << "nobody needs a key for it";
    pair();
    ASSERT_TRUE(hasSynced(desk));
    core::db::SqliteOptions options;
    options.readers = 1;
    auto database = core::db::openSqlite(lap.folder.filePath(QStringLiteral("copy.db")).toStdString(), options,
                                         core::makeNullLogger());
    ASSERT_TRUE(database);
    AccountCopy copy(**database, ana.toStdString(), "test", std::make_shared<core::SystemClock>());
    const auto record = copy.find({"item", "m"});
    ASSERT_TRUE(record && *record);
    EXPECT_EQ((*record)->counters.at("plays").total(), 1);
    EXPECT_EQ((*record)->cells.count("rating"), 1u);
}

// The server knows it by the id of its copy, which stays; it is a device of nobody whom it does not follow.
TEST_F(PeersTest, ItIsOneDeviceOfItsAccountHoweverOftenItFollows) {
    desk.api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    desk.host.setAccount({});
    const auto follows = [&](PeerHost& host, const QString& account) {
        const auto done = host.follow(account);
        EXPECT_TRUE(desk.waitsFor([&] { return done.isFinished(); }));
        const auto body = desk.http.registered.isEmpty() ? QByteArray() : desk.http.registered.takeLast();
        return QJsonDocument::fromJson(body).object()[QLatin1String("id")].toString();
    };
    const QString ana = QStringLiteral("casa ana"), ben = QStringLiteral("casa ben");
    EXPECT_EQ(follows(desk.host, ana), QString()) << "nobody is signed in";
    desk.host.setAccount(ana);
    const QString id = follows(desk.host, ana);
    EXPECT_EQ(id.size(), 36);
    EXPECT_EQ(follows(desk.host, ana), id);
    desk.host.setAccount(ben);
    EXPECT_NE(follows(desk.host, ben), id) << "a copy for each account";
    PeerHost next(desk.api, {.folder = desk.folder.path(), .name = QStringLiteral("Desk")});
    next.setAccount(ana);
    EXPECT_EQ(follows(next, ana), id) << "also at the next start";
    EXPECT_TRUE(next.shutDown(std::chrono::milliseconds(kPatience)));
}

TEST_F(PeersTest, TwoPairByTheSameDigitsAndSync) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    EXPECT_TRUE(desk.first()[QStringLiteral("errorText")].toString().isEmpty())
        << desk.first()[QStringLiteral("errorText")].toString().toStdString();
    EXPECT_EQ(desk.first()[QStringLiteral("name")].toString(), QStringLiteral("Lap"));
    EXPECT_EQ(lap.first()[QStringLiteral("name")].toString(), QStringLiteral("Desk"));
}

// One that has another address since: the announcement says where, its certificate who.
TEST_F(PeersTest, OneAtANewAddressIsSyncedWithAndTheAddressIsLearned) {
    test::FakeNetwork network;
    desk.discovery = [&] { return std::make_unique<test::FakeDiscovery>(network); };
    pair();
    ASSERT_TRUE(hasSynced(desk));
    const QString id = desk.first()[QStringLiteral("id")].toString(), key = QStringLiteral("peers/place/") + id;
    const QString port = lap.peers.addresses().value(0).section(QLatin1Char(':'), 1);
    ASSERT_FALSE(port.isEmpty());
    desk.settings.setValue(key, QStringLiteral("127.0.0.9 1"));
    ASSERT_TRUE(desk.waitsFor([&] { return network.browsed == 1; }));
    network.found({"Lap", "127.0.0.1", port.toUShort(), {{"v", "1"}, {"id", id.toStdString()}}});
    ASSERT_TRUE(desk.waitsFor([&] { return !desk.peers.nearby().isEmpty(); }));
    desk.peers.sync(id);
    ASSERT_TRUE(hasSynced(desk));
    EXPECT_EQ(desk.first()[QStringLiteral("errorText")].toString().toStdString(), "");
    EXPECT_EQ(desk.settings.value(key).toString(), QStringLiteral("127.0.0.1 ") + port);
}

TEST_F(PeersTest, WhoSaysToBeAPairedOneElsewhereNeitherHearsAnythingNorKeepsThemApart) {
    test::FakeNetwork network;
    desk.discovery = [&] { return std::make_unique<test::FakeDiscovery>(network); };
    const sync::PeerKeys other = sync::PeerKeys::make().value();
    const auto spy = sync::PeerListener::open("127.0.0.1", 0, other);
    ASSERT_TRUE(spy);
    pair();
    ASSERT_TRUE(hasSynced(desk));
    const QString id = desk.first()[QStringLiteral("id")].toString(), key = QStringLiteral("peers/place/") + id;
    const QString place = desk.settings.value(key).toString();
    ASSERT_TRUE(desk.waitsFor([&] { return network.browsed == 1; }));
    network.found({"Lap", "127.0.0.1", (*spy)->port(), {{"v", "1"}, {"id", id.toStdString()}}});
    ASSERT_TRUE(desk.waitsFor([&] { return !desk.peers.nearby().isEmpty(); }));
    auto heard = std::async(std::launch::async, [&] {
        auto channel = marea::test::nextPeer(**spy, [](const sync::Digest&) { return true; });
        return channel ? (*channel)->receive() : core::Result<std::string>(tl::unexpect, channel.error());
    });
    desk.peers.sync(id);
    EXPECT_TRUE(hasSynced(desk));
    EXPECT_EQ(desk.first()[QStringLiteral("errorText")].toString().toStdString(), "");
    EXPECT_EQ(desk.settings.value(key).toString(), place);
    (*spy)->stop();
    EXPECT_FALSE(heard.get()) << "it was hung up on in the handshake";
}

TEST_F(PeersTest, UnpairedOneIsRefusedInWords) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    lap.peers.unpair(lap.first()[QStringLiteral("id")].toString());
    ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.paired().isEmpty(); }));
    desk.peers.sync(desk.first()[QStringLiteral("id")].toString());
    ASSERT_TRUE(desk.waitsFor([&] { return !desk.first()[QStringLiteral("errorText")].toString().isEmpty(); }));
    EXPECT_TRUE(desk.first()[QStringLiteral("errorText")].toString().contains(QStringLiteral("paired")));
}

TEST_F(PeersTest, AlsoWhileTheOtherLetsComputersPair) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    lap.peers.unpair(lap.first()[QStringLiteral("id")].toString());
    ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.paired().isEmpty(); }));
    lap.peers.beginPairing();
    desk.peers.sync(desk.first()[QStringLiteral("id")].toString());
    ASSERT_TRUE(desk.waitsFor([&] { return !desk.first()[QStringLiteral("errorText")].toString().isEmpty(); }));
    EXPECT_EQ(desk.first()[QStringLiteral("errorText")].toString(),
              QStringLiteral("The two computers are not paired any more. Pair them again."));
}

// The other one was here while this one went there, and is told of later.
TEST_F(PeersTest, WhatWasOverEarlierHidesNoFailure) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    const QString id = desk.first()[QStringLiteral("id")].toString();
    const qint64 later = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
    const auto tell = [&](qint64 at, bool byUs, const char* error) {
        PeerResult result;
        result.at = at;
        result.byUs = byUs;
        result.error.text = error;
        Q_EMIT desk.host.synced(id, result);
    };
    const auto failure = [&] { return desk.first()[QStringLiteral("errorText")].toString().toStdString(); };
    tell(later + 1, true, "It failed.");
    tell(later, false, "");
    EXPECT_EQ(failure(), "It failed.");
    tell(later + 2, false, "");
    EXPECT_EQ(failure(), "") << "since then it went well";
    tell(later + 400 * 86'400'000LL, true, "The clock was wrong.");
    tell(later + 3, true, "");
    EXPECT_EQ(failure(), "") << "it was not a year from now";
}

// It was called off there, say, before anything was exchanged.
TEST_F(PeersTest, OneThatComesAndLeavesAtOnceHasNotSynced) {
    desk.peers.setOn(true);
    ASSERT_TRUE(desk.waitsFor([&] { return desk.peers.on(); }));
    auto copies = core::db::openSqlite(desk.folder.filePath(QStringLiteral("copy.db")).toStdString(), {.readers = 1},
                                       core::makeNullLogger());
    ASSERT_TRUE(copies);
    const auto keys = sync::PeerKeys::make();
    const sync::ReplicaId id = core::idBytes(core::newId()).value();
    sync::PeerBook book(**copies, "this computer ana", std::make_shared<core::SystemClock>());
    ASSERT_TRUE(keys && book.pair({keys->hash, id, "Visitor"}, ""));
    const quint16 port = desk.peers.addresses().value(0).section(QLatin1Char(':'), 1).toUShort();
    int told = 0;
    QObject::connect(&desk.host, &PeerHost::synced, &desk.host, [&] { ++told; });
    const auto visits = [&](const std::string& name, bool takesAll) {
        auto status = std::async(std::launch::async, [&] {
            const auto anybody = [](const sync::Digest&) { return true; };
            auto channel = sync::PeerChannel::connect("127.0.0.1", port, *keys, anybody);
            if (!channel)
                return 0;
            sync::PeerLink link(**channel);
            auto said = link.send("POST", "/api/v1/sync/devices", sync::registration({id}, name));
            if (said && takesAll)
                said = link.send("GET", sync::changesTarget({}, 100, id), "");
            return said ? said->status : 0;
        });
        const auto shown = [&] { return desk.first()[QStringLiteral("name")].toString().toStdString(); };
        EXPECT_TRUE(desk.waitsFor([&] { return shown() == name; })) << "it is listed anew when the visit is over";
        return status.get();
    };
    EXPECT_EQ(visits("In a hurry", false), 200);
    EXPECT_EQ(told, 0);
    EXPECT_EQ(visits("At leisure", true), 200);
    EXPECT_EQ(told, 1);
}

// The first waits for the server, the second for the first.
TEST_F(PeersTest, OneSyncIsCalledOffAndNoOther) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    std::map<QString, core::Error> said;
    QObject::connect(&desk.host, &PeerHost::synced, &desk.host, [&](const QString& id, const PeerResult& result) {
        if (result.byUs)
            said[id] = result.error;
    });
    const QString id = desk.first()[QStringLiteral("id")].toString(), other = QStringLiteral("another");
    desk.api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    const auto begin = [&] {
        said.clear();
        desk.http.silent = true;
        const int before = desk.http.asked;
        desk.peers.sync(id);
        desk.host.sync(other, {});
        return desk.waitsFor([&] { return desk.http.asked > before; });
    };
    const auto end = [&] {
        desk.http.answer();
        return desk.waitsFor([&] { return said.count(id) == 1 && said.count(other) == 1; });
    };
    ASSERT_TRUE(begin());
    desk.peers.cancelSync(other);
    EXPECT_EQ(said[other].code, core::ErrorCode::Cancelled) << "at once: it need not wait to be told so";
    ASSERT_TRUE(end());
    EXPECT_EQ(said[id].text, "") << "the one that runs goes on";
    EXPECT_EQ(said[other].code, core::ErrorCode::Cancelled);
    ASSERT_TRUE(begin());
    desk.peers.cancelSync(id);
    ASSERT_TRUE(end());
    EXPECT_EQ(said[id].code, core::ErrorCode::Cancelled);
    EXPECT_EQ(said[other].code, core::ErrorCode::NotFound) << "its turn came";
}

TEST_F(PeersTest, NothingIsKeptOfOneThatWasUnpairedWhileItSynced) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    const QString id = desk.first()[QStringLiteral("id")].toString(), next = QStringLiteral("its new id");
    const QString place = QStringLiteral("peers/place/"), history = QStringLiteral("peers/history/");
    ASSERT_TRUE(desk.settings.contains(place + id));
    ASSERT_TRUE(desk.settings.contains(history + id));
    desk.peers.unpair(id);
    Q_EMIT desk.host.met(id, QStringLiteral("127.0.0.1"), 4711);  // what was told meanwhile
    Q_EMIT desk.host.synced(id, {});
    Q_EMIT desk.host.renamed(id, next);
    Q_EMIT desk.host.met(next, QStringLiteral("127.0.0.1"), 4711);
    Q_EMIT desk.host.synced(next, {});
    for (const auto& one : {id, next}) {
        EXPECT_FALSE(desk.settings.contains(place + one));
        EXPECT_FALSE(desk.settings.contains(history + one));
    }
    EXPECT_TRUE(desk.waitsFor([&] { return desk.peers.paired().isEmpty(); }));
}

TEST_F(PeersTest, ANoPairsNobodyAndSaysSo) {
    compare();
    lap.peers.sayCompared(false);
    desk.peers.sayCompared(true);
    ASSERT_TRUE(desk.isAt("choose"));
    ASSERT_TRUE(lap.isAt("choose"));
    EXPECT_FALSE(desk.peers.pairingError().isEmpty());
    EXPECT_TRUE(desk.peers.paired().isEmpty());
    EXPECT_TRUE(lap.peers.paired().isEmpty());
}

TEST_F(PeersTest, WhoDoesNotLetItselfBePairedIsNotAsked) {
    lap.peers.setOn(true);
    ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.on(); }));
    desk.peers.beginPairing();
    desk.peers.pairAt(QStringLiteral("nonsense"));
    EXPECT_FALSE(desk.peers.pairingError().isEmpty());
    desk.peers.pairAt(lap.peers.addresses().value(0));
    EXPECT_EQ(desk.peers.step(), QStringLiteral("connecting"));
    ASSERT_TRUE(desk.isAt("choose"));
    EXPECT_TRUE(desk.peers.pairingError().contains(QStringLiteral("does not let itself be paired")))
        << desk.peers.pairingError().toStdString();
    EXPECT_TRUE(lap.peers.step().isEmpty());
}

TEST_F(PeersTest, WhoIsClosedAgainAtOnceIsNotSaidToBeOpen) {
    int opened = 0, listed = 0;
    QObject::connect(&desk.host, &PeerHost::opened, &desk.host, [&] { ++opened; });
    QObject::connect(&desk.host, &PeerHost::listed, &desk.host, [&] { ++listed; });
    desk.host.open(0);
    desk.host.close();
    desk.host.setAccount(QStringLiteral("this computer ben"));
    ASSERT_TRUE(desk.waitsFor([&] { return listed >= 2; }));
    EXPECT_EQ(opened, 1) << "not once more, for the other account";
}

// What a thread that is not the GUI's hears of the server.
core::ErrorCode heard(ApiLink& link, const char* account) {
    auto answer = std::async(std::launch::async, [&link, account] {
        AccountLink server(link, account);
        return server.send("GET", "/api/v1/sync/devices", "");
    });
    EXPECT_TRUE(QTest::qWaitFor([&] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
                                kPatience));
    const auto said = answer.get();
    EXPECT_FALSE(said);
    return said ? core::ErrorCode::Internal : said.error().code;
}

TEST(ApiLink, AsksAServerInTheNameOfWhoIsSignedInAlone) {
    NoHttp http;
    ApiClient api(http);
    api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    ApiLink link(api);
    link.setAccount("casa ana");
    EXPECT_EQ(heard(link, "casa ana"), core::ErrorCode::Unavailable);
    EXPECT_EQ(http.asked, 1);
    link.setAccount("casa ben");
    EXPECT_EQ(heard(link, "casa ana"), core::ErrorCode::Cancelled);
    link.setAccount("");
    EXPECT_EQ(heard(link, "casa ana"), core::ErrorCode::Cancelled);
    EXPECT_EQ(http.asked, 1) << "nothing of hers reaches anybody else's server";
    link.close();
    EXPECT_EQ(heard(link, ""), core::ErrorCode::Cancelled);
}

TEST_F(PeersTest, WhatTheOtherMaySeeIsNeverNothing) {
    const auto checked = [&] {
        QStringList words;
        for (const auto& one : desk.peers.scopes())
            if (one.toMap()[QStringLiteral("checked")].toBool())
                words << one.toMap()[QStringLiteral("value")].toString();
        return words;
    };
    EXPECT_EQ(checked().size(), 4);
    for (const char* word : {"plays", "positions", "playlists", "ratings", "nonsense"})
        desk.peers.toggleScope(QLatin1String(word));
    EXPECT_EQ(checked(), QStringList{QStringLiteral("ratings")});
    desk.peers.toggleScope(QStringLiteral("plays"));
    EXPECT_EQ(checked().size(), 2);
}

// Two pages of titles.
class Pages final : public sync::CloudLink {
public:
    core::Result<Answer> send(std::string_view, const std::string& target, const std::string&) override {
        const bool second = target.find("cursor=b%2Fc") != std::string::npos;
        return Answer{
            200,
            second
                ? R"({"items":[{"id":"2","kind":"track","title":"Low Water","artist":"Others"}],"next_cursor":null})"
                : R"({"items":[{"id":"1","kind":"track","title":"Low Water","artist":"The Tides","duration":200}],"next_cursor":"b/c"})"};
    }
};

TEST(TitleIndex, KnowsTitlesByIdAndByWhatTheyAreCalled) {
    Pages pages;
    const auto index = TitleIndex::load(pages);
    ASSERT_TRUE(index);
    EXPECT_EQ((*index)->about("1")->artist, "The Tides");
    EXPECT_FALSE((*index)->about("3"));
    sync::TitleAbout about;
    about.kind = "track";
    about.title = "low water";
    about.artist = "Others";
    EXPECT_EQ((*index)->sameAs(about), "2");
    about.artist = "The Tides";
    about.seconds = 201;
    EXPECT_EQ((*index)->sameAs(about), "1");
    about.seconds = 300;
    EXPECT_FALSE((*index)->sameAs(about));
}

}  // namespace
}  // namespace marea::app

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QCoreApplication program(argc, argv);
    return RUN_ALL_TESTS();
}
