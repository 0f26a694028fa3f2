// Pairing by a code, beside other things, and when it fails too often.
#include <atomic>

#include "sync/peer/pairing.h"
#include "sync/peer/pairingmessage.h"
#include "tests/unit/app_peers/peersfixture.h"

namespace marea::app {
namespace {

using L = QLatin1String;

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

TEST_F(PeersTest, AStrangerIsNotListenedToForLong) {
    lap.peers.beginPairing();
    ASSERT_TRUE(lap.waitsFor([&] { return !lap.peers.codeText().isEmpty(); }));
    std::atomic<int> failures = 0;
    QObject::connect(
        &lap.host, &PeerHost::pairingFailed, &lap.host, [&] { ++failures; }, Qt::DirectConnection);
    const auto port = lap.peers.addresses().value(0).section(QLatin1Char(':'), -1).toUShort();
    const auto keys = sync::PeerKeys::make();
    ASSERT_TRUE(keys);
    auto channel = sync::PeerChannel::connect("127.0.0.1", port, *keys, [](const sync::Digest&) { return true; });
    ASSERT_TRUE(channel);
    ASSERT_TRUE((*channel)->send("{" + std::string(sync::kLongestPairingMessage, ' ')));
    EXPECT_FALSE((*channel)->receive()) << "it ended, without an answer";
    EXPECT_EQ(failures, 0) << "and was no try to pair";
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

}  // namespace
}  // namespace marea::app
