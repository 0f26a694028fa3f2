#include <gtest/gtest.h>

#include <future>
#include <QCoreApplication>
#include <QFile>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

#include "app/api/apiclient.h"
#include "app/peers/titleindex.h"
#include "app/viewmodels/peersviewmodel.h"
#include "core/db/sqlite.h"

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr int kPatience = 120'000;

// No server is there; or one that does not answer before it is told to.
class NoHttp final : public core::HttpClient {
public:
    QFuture<core::Result<core::HttpResponse>> send(const core::HttpRequest&) override {
        ++asked;
        waiting.emplace_back();
        waiting.back().start();
        const auto future = waiting.back().future();
        if (!silent)
            answer();
        return future;
    }
    void answer() {
        silent = false;
        for (auto& promise : waiting) {
            promise.addResult(core::Result<core::HttpResponse>(
                tl::unexpect, core::Error{core::ErrorCode::Unavailable, {}, "The server is away."}));
            promise.finish();
        }
        waiting.clear();
    }
    std::unique_ptr<core::HttpCall> stream(const core::HttpRequest&, core::HttpSink) override { return nullptr; }
    int asked = 0;
    bool silent = false;
    std::vector<QPromise<core::Result<core::HttpResponse>>> waiting;
};

// A computer with somebody who is signed in.
struct Computer {
    explicit Computer(const QString& name)
        : api(http),
          settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          host(api, {.folder = folder.path(), .name = name, .address = QStringLiteral("127.0.0.1")}),
          finder(nullptr),
          peers(settings, notices) {
        peers.setAccount(QStringLiteral("this computer ana"));
        peers.start(host, finder, [this] { return places; });
    }
    ~Computer() { EXPECT_TRUE(host.shutDown(std::chrono::milliseconds(kPatience))); }

    bool waitsFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    bool isAt(const char* step) {
        return waitsFor([&] { return peers.step() == QLatin1String(step); });
    }
    QVariantMap first() const { return peers.paired().value(0).toMap(); }

    QStringList places{QStringLiteral("127.0.0.1")};  // where it says that it is
    QTemporaryDir folder;
    NoHttp http;
    ApiClient api;
    QSettings settings;
    Notices notices;
    PeerHost host;
    PeerFinder finder;
    PeersViewModel peers;
};

class PeersTest : public testing::Test {
protected:
    // Both show their digits.
    void compare() {
        lap.peers.beginPairing();
        desk.peers.beginPairing();
        ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.on() && desk.peers.on(); }));
        desk.peers.pairAt(lap.peers.addresses().value(0));
        ASSERT_TRUE(desk.isAt("compare"));
        ASSERT_TRUE(lap.isAt("compare"));
        EXPECT_EQ(desk.peers.digits(), lap.peers.digits());
        EXPECT_EQ(desk.peers.digits().size(), 6);
        EXPECT_EQ(desk.peers.otherName(), QStringLiteral("Lap"));
    }
    void pair() {
        compare();
        desk.peers.sayCompared(true);
        lap.peers.sayCompared(true);
        ASSERT_TRUE(desk.isAt("done"));
        ASSERT_TRUE(lap.isAt("done"));
        desk.peers.endPairing();
        lap.peers.endPairing();
        ASSERT_TRUE(desk.waitsFor([&] { return desk.peers.paired().size() == 1 && lap.peers.paired().size() == 1; }));
    }
    bool hasSynced(Computer& one) {
        return one.waitsFor([&] {
            return !one.first()[QStringLiteral("history")].toStringList().isEmpty() &&
                   !one.first()[QStringLiteral("syncing")].toBool();
        });
    }

    Computer desk{QStringLiteral("Desk")}, lap{QStringLiteral("Lap")};
};

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

TEST_F(PeersTest, TwoPairByTheSameDigitsAndSync) {
    pair();
    ASSERT_TRUE(hasSynced(desk));
    EXPECT_TRUE(desk.first()[QStringLiteral("errorText")].toString().isEmpty())
        << desk.first()[QStringLiteral("errorText")].toString().toStdString();
    EXPECT_EQ(desk.first()[QStringLiteral("name")].toString(), QStringLiteral("Lap"));
    EXPECT_EQ(lap.first()[QStringLiteral("name")].toString(), QStringLiteral("Desk"));
}

TEST_F(PeersTest, ACodeThatIsScannedPairsWithoutAQuestionAndOnce) {
    lap.peers.beginPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty() && desk.peers.on(); }));
    const QString code = lap.peers.codeText();
    EXPECT_TRUE(code.startsWith(QStringLiteral("marea:pair?v=1&at=127.0.0.1:"))) << code.toStdString();
    desk.peers.pairAt(QStringLiteral(" %1\n").arg(code));
    ASSERT_TRUE(desk.isAt("done"));
    ASSERT_TRUE(lap.isAt("done"));
    EXPECT_TRUE(desk.peers.digits().isEmpty());
    EXPECT_EQ(lap.peers.otherName(), QStringLiteral("Desk"));
    ASSERT_TRUE(hasSynced(desk));
    EXPECT_TRUE(lap.peers.codeText().isEmpty());
    lap.peers.endPairing();
    lap.peers.beginPairing();
    desk.peers.endPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty(); }));
    EXPECT_NE(lap.peers.codeText(), code);
    desk.peers.pairAt(code);
    ASSERT_TRUE(desk.isAt("choose"));
    EXPECT_FALSE(desk.peers.pairingError().isEmpty()) << "it was used";
}

// It listens on 127.0.0.1 alone.
TEST_F(PeersTest, ACodeHoldsAllPlacesAndTheOneThatAnswersIsTaken) {
    lap.places = QStringList{QStringLiteral("127.0.0.2"), QStringLiteral("::1"), QStringLiteral("127.0.0.1")};
    lap.peers.beginPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty() && desk.peers.on(); }));
    const auto code = sync::codeFromText(lap.peers.codeText().toStdString());
    ASSERT_TRUE(code);
    ASSERT_EQ(code->places.size(), 3u);
    EXPECT_EQ(code->places[0].rfind("127.0.0.2:", 0), 0u);
    EXPECT_EQ(code->places[1].rfind("127.0.0.1:", 0), 0u);
    EXPECT_EQ(code->places[2].rfind("[::1]:", 0), 0u);
    desk.peers.pairAt(lap.peers.codeText());
    ASSERT_TRUE(desk.isAt("done"));
    ASSERT_TRUE(lap.isAt("done"));
    ASSERT_TRUE(hasSynced(desk)) << "where it answered";
    EXPECT_TRUE(desk.first()[QStringLiteral("errorText")].toString().isEmpty());
}

TEST_F(PeersTest, ManyPlacesOfOneKindLeaveRoomForTheOther) {
    lap.places.clear();
    for (int i = 1; i <= 8; ++i)
        lap.places << QStringLiteral("127.0.0.%1").arg(i);
    lap.places << QStringLiteral("::1");
    lap.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty(); }));
    const auto code = sync::codeFromText(lap.peers.codeText().toStdString());
    ASSERT_TRUE(code);
    EXPECT_EQ(code->places.size(), sync::PairingCode::kMostPlaces);
    EXPECT_EQ(code->places[0].rfind("127.0.0.1:", 0), 0u);
    EXPECT_EQ(code->places[5].rfind("[::1]:", 0), 0u);
}

TEST_F(PeersTest, ACodeGivesNoMoreToWhoWasPairedBefore) {
    pair();
    const auto plays = [&] {
        for (const auto& one : lap.first()[QStringLiteral("scopes")].toList())
            if (one.toMap()[QStringLiteral("value")] == QStringLiteral("plays"))
                return one.toMap()[QStringLiteral("checked")].toBool();
        return false;
    };
    ASSERT_TRUE(plays());
    lap.peers.togglePeerScope(lap.first()[QStringLiteral("id")].toString(), QStringLiteral("plays"));
    ASSERT_TRUE(lap.waitsFor([&] { return !plays(); }));
    lap.peers.beginPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty() && desk.peers.on(); }));
    int listed = 0;
    QObject::connect(&lap.host, &PeerHost::listed, &lap.peers, [&] { ++listed; });
    desk.peers.pairAt(lap.peers.codeText());
    ASSERT_TRUE(lap.isAt("done"));
    ASSERT_TRUE(lap.waitsFor([&] { return listed > 0; }));
    EXPECT_FALSE(plays());
}

// Any page may hold such a link.
TEST_F(PeersTest, ALinkOpensNothingBeforeAPersonAcceptsIt) {
    lap.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty(); }));
    const QString code = lap.peers.codeText();
    desk.peers.giveLink(code);
    desk.peers.beginByLink();
    EXPECT_EQ(desk.peers.step(), QStringLiteral("link"));
    EXPECT_EQ(desk.peers.linkName(), lap.peers.name());
    EXPECT_TRUE(desk.peers.linkPlace().startsWith(QStringLiteral("127.0.0.1:")))
        << desk.peers.linkPlace().toStdString();
    EXPECT_FALSE(desk.peers.on());
    desk.peers.pairAt(code);
    EXPECT_EQ(desk.peers.step(), QStringLiteral("link")) << "not by another way either";
    desk.peers.endPairing();
    desk.peers.acceptLink();
    EXPECT_EQ(desk.peers.step(), QString());
    EXPECT_FALSE(desk.peers.on());
    desk.peers.beginByLink();
    desk.peers.acceptLink();
    ASSERT_TRUE(desk.isAt("done"));
    EXPECT_TRUE(desk.peers.on());
    EXPECT_EQ(desk.peers.linkText(), QString());
    desk.peers.endPairing();
    desk.peers.giveLink(QStringLiteral("marea:pair?v=1&at=x"));
    desk.peers.beginByLink();
    EXPECT_EQ(desk.peers.linkName(), QString()) << "damaged";
}

TEST_F(PeersTest, ACodeOfAnotherComputerLeadsNowhere) {
    lap.peers.beginPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty() && desk.peers.on(); }));
    const QString code = lap.peers.codeText();
    const auto at = code.indexOf(QStringLiteral("key=")) + 4;
    const QString forged = code.left(at) + (code[at] == QLatin1Char('0') ? L("1") : L("0")) + code.mid(at + 1);
    desk.peers.pairAt(forged);
    ASSERT_TRUE(desk.isAt("choose"));
    EXPECT_FALSE(desk.peers.pairingError().isEmpty());
    desk.peers.pairAt(code.left(60));
    EXPECT_EQ(desk.peers.step(), QStringLiteral("choose")) << "damaged";
    EXPECT_TRUE(desk.peers.paired().isEmpty());
    desk.peers.pairAt(code);
    ASSERT_TRUE(desk.isAt("done")) << "nobody had used it";
}

// With a server or another computer that may take an hour.
TEST_F(PeersTest, PairingDoesNotWaitForASyncThatIsUnderWay) {
    for (auto* one : {&desk, &lap}) {
        one->http.silent = true;
        one->api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    }
    const QString ana = QStringLiteral("this computer ana");
    const auto atDesk = desk.host.follow(ana), atLap = lap.host.follow(ana);
    ASSERT_TRUE(desk.waitsFor([&] { return desk.http.asked > 0 && lap.http.asked > 0; }));
    pair();
    EXPECT_FALSE(atDesk.isFinished());
    EXPECT_FALSE(atLap.isFinished());
    desk.peers.togglePeerScope(desk.first()[QStringLiteral("id")].toString(), QStringLiteral("plays"));
    const auto isChosen = [&] {
        for (const auto& one : desk.first()[QStringLiteral("scopes")].toList())
            if (one.toMap()[QStringLiteral("value")] == QStringLiteral("plays"))
                return one.toMap()[QStringLiteral("checked")].toBool();
        return false;
    };
    ASSERT_TRUE(desk.waitsFor([&] { return !isChosen(); })) << "nor does what is chosen for it";
    lap.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty(); })) << "nor a code";
    lap.peers.endPairing();
    EXPECT_FALSE(atDesk.isFinished());
    EXPECT_FALSE(atLap.isFinished());
    desk.http.answer();
    lap.http.answer();
    ASSERT_TRUE(desk.waitsFor([&] { return atDesk.isFinished() && atLap.isFinished(); }));
    EXPECT_EQ(atDesk.result().error().code, core::ErrorCode::Unavailable);
    ASSERT_TRUE(hasSynced(desk)) << "what was to come after";
}

TEST_F(PeersTest, AfterFiveFailuresBothSidesAreToldWhyNobodyMayAsk) {
    lap.peers.beginPairing();
    desk.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.on() && desk.peers.on(); }));
    const auto asksUntil = [&](bool done) {  // the one before may be ending yet
        if (!done && desk.peers.step() == QStringLiteral("choose"))
            desk.peers.pairAt(lap.peers.addresses().value(0));
        return done;
    };
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(lap.peers.pairingError().contains(QStringLiteral("Five tries"))) << i;
        ASSERT_TRUE(desk.waitsFor([&] { return asksUntil(desk.peers.step() == QStringLiteral("compare")); }));
        ASSERT_TRUE(lap.isAt("compare"));
        desk.peers.sayCompared(false);
        lap.peers.sayCompared(false);
        ASSERT_TRUE(desk.isAt("choose"));
        ASSERT_TRUE(lap.isAt("choose"));
    }
    ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.pairingError().contains(QStringLiteral("Five tries")); }));
    EXPECT_TRUE(lap.peers.codeText().isEmpty());
    ASSERT_TRUE(desk.waitsFor([&] {
        return asksUntil(desk.peers.pairingError().contains(QStringLiteral("Five tries")));
    })) << desk.peers.pairingError().toStdString();
    EXPECT_EQ(lap.peers.step(), QStringLiteral("choose")) << "nobody is asked";
    lap.peers.endPairing();
    desk.peers.endPairing();
    EXPECT_TRUE(lap.peers.paired().isEmpty());
    lap.peers.beginPairing();
    EXPECT_TRUE(lap.peers.pairingError().isEmpty());
    desk.peers.beginPairing();
    ASSERT_TRUE(desk.waitsFor([&] { return asksUntil(desk.peers.step() == QStringLiteral("compare")); }));
    ASSERT_TRUE(lap.isAt("compare")) << "who opens it again lets them ask again";
    desk.peers.sayCompared(true);
    lap.peers.sayCompared(true);
    ASSERT_TRUE(desk.isAt("done"));
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
