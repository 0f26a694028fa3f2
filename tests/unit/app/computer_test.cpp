// This computer's own folders as a library: the session there, the folders, sharing.
#include <gtest/gtest.h>

#include <QDir>

#include "app/platform/mediafolders.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using State = SessionViewModel::State;

class Computer : public testing::Test {
protected:
    Computer() : world(true) { settings.remove(QStringLiteral("server/address")); }
    bool becomes(State state) {
        return QTest::qWaitFor([&] { return session.state() == state; });
    }
    bool comesTo(int folders) {
        return QTest::qWaitFor([&] { return computer.folders().size() == folders && !computer.busy(); });
    }
    bool begin() {
        session.start({}, {});
        computer.choose(L("/srv/Music"));
        computer.addChosen();
        return becomes(State::SignedIn);
    }

    World world;
    FakeOwnLibrary& own = world.own;
    QSettings& settings = world.settings;
    SessionViewModel& session = *world.context.session();
    ComputerViewModel& computer = *world.context.computer();
    SharingViewModel& sharing = *world.context.sharing();
};

TEST(Folders, AreNamedAfterThemselvesAndNeverAlike) {
    EXPECT_EQ(libraryNameOf(L("/srv/media/Music"), {}).toStdString(), "Music");
    EXPECT_EQ(libraryNameOf(L("/mnt/disk/music"), {L("Music"), L("music 2")}).toStdString(), "music 3");
    EXPECT_EQ(libraryNameOf(L("/"), {}).toStdString(), "/");
}

TEST(Folders, ArePathsHoweverTheyAreTyped) {
    EXPECT_EQ(folderPathOf(L(" /srv/Films/ ")).toStdString(), "/srv/Films");
    EXPECT_EQ(folderPathOf(L("~/Music")), QDir::homePath() + L("/Music"));
    EXPECT_EQ(folderPathOf(L("file:///srv/My%20films")).toStdString(), "/srv/My films");
    EXPECT_TRUE(folderPathOf(L("Music")).isEmpty());
    EXPECT_TRUE(folderPathOf(L("smb://nas/films")).isEmpty());
}

TEST(Folders, OfADropAreToldFromFiles) {
    QTemporaryDir place;
    QFile file(place.filePath(L("song.flac")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const auto found = foldersAmong({QUrl::fromLocalFile(place.path() + L("/")), QUrl::fromLocalFile(file.fileName()),
                                     QUrl(L("https://example.org/"))});
    EXPECT_EQ(found, QStringList(place.path()));
}

TEST_F(Computer, IsALibraryOnceAFolderIsChosen) {
    ASSERT_TRUE(begin());
    EXPECT_TRUE(session.here());
    EXPECT_EQ(own.names(), QStringList(L("Music")));
    EXPECT_EQ(world.api.server().port(), 4711);
    EXPECT_EQ(session.serverName().toStdString(), "This computer");
    EXPECT_EQ(session.account().toStdString(), "this computer marina") << "whatever the port is next time";
    EXPECT_TRUE(world.secrets.kept.isEmpty()) << "nothing to keep";
    settings.sync();
    QFile file(settings.fileName());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("own-")) << "no token in a plain file";
}

TEST_F(Computer, IsThereAgainAtTheNextStart) {
    settings.setValue(L("server/address"), kThisComputer);
    session.start({}, {});
    EXPECT_EQ(session.state(), State::Starting) << "the window does not wait";
    ASSERT_TRUE(becomes(State::SignedIn));
    EXPECT_EQ(own.entered, 1);
}

TEST_F(Computer, IsNotOpenedForAServer) {
    session.start(L("casa"), {});
    ASSERT_TRUE(becomes(State::Ask));
    world.context.sharing()->resume();
    computer.setWatched(true);
    EXPECT_EQ(own.entered, 0);
    EXPECT_TRUE(own.asked.isEmpty()) << "no folders, no server inside";
    EXPECT_TRUE(own.wishes.isEmpty());
}

TEST_F(Computer, SaysThatAnotherHasIt) {
    own.refusal = core::Error{core::ErrorCode::Conflict, "locked by marea-server, process 1", "In use."};
    settings.setValue(L("server/address"), kThisComputer);
    session.start({}, {});
    ASSERT_TRUE(becomes(State::Address));
    EXPECT_TRUE(session.errorText().contains(L("Another Marea")));
    EXPECT_EQ(session.address(), usualAddress()) << "where one can type another";
    computer.choose(L("/srv/Music"));
    computer.addChosen();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !computer.busy(); }));
    EXPECT_TRUE(computer.errorText().contains(L("Another Marea")));
}

TEST_F(Computer, IsEnteredAnewWhenASignInEnds) {
    ASSERT_TRUE(begin());
    world.http.on("GET /api/v1/me", 401, {});
    world.http.on("POST /oauth/token", 401, {});
    deliver(world.api.me(), &world.context, [](const core::Result<Me>&) {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return own.entered == 2; }));
}

TEST_F(Computer, IsOneOfTheServersToChangeBetween) {
    ASSERT_TRUE(begin());
    session.switchTo(L("casa"));
    ASSERT_TRUE(becomes(State::Ask));
    EXPECT_FALSE(session.here());
    session.signIn(L("marina"), L("secret"));
    ASSERT_TRUE(becomes(State::SignedIn));
    const auto list = session.servers();
    ASSERT_EQ(list.size(), 2);
    EXPECT_TRUE(list[0].toMap()[L("own")].toBool());
    EXPECT_FALSE(list[0].toMap()[L("current")].toBool());
    EXPECT_TRUE(list[1].toMap()[L("current")].toBool());
    session.switchTo(kThisComputer);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.here() && session.state() == State::SignedIn; }));
    EXPECT_TRUE(session.servers()[0].toMap()[L("current")].toBool());
    EXPECT_FALSE(session.servers()[1].toMap()[L("current")].toBool());
}

TEST_F(Computer, IsLeftAndTheNextStartAsks) {
    ASSERT_TRUE(begin());
    session.signOut();
    EXPECT_EQ(session.state(), State::Address);
    EXPECT_FALSE(session.here());
    EXPECT_FALSE(settings.contains(L("server/address")));
    EXPECT_EQ(own.names().size(), 1) << "its folders stay";
    EXPECT_TRUE(computer.used());
}

TEST_F(Computer, TakesFoldersOneAfterTheOther) {
    QStringList told;
    QObject::connect(&computer, &ComputerViewModel::added, &world.context,
                     [&](const QStringList& names) { told = names; });
    computer.add({L("/srv/Music"), L("/srv/missing"), L("/mnt/Music")});
    ASSERT_TRUE(comesTo(2));
    EXPECT_EQ(told, QStringList({L("Music"), L("Music 2")}));
    EXPECT_EQ(computer.errorText().toStdString(), "There is no such folder.");
    EXPECT_TRUE(computer.used());
    const auto first = computer.folders()[0].toMap();
    EXPECT_TRUE(first[L("scanning")].toBool());
    EXPECT_DOUBLE_EQ(first[L("progress")].toDouble(), 0.25);
    computer.scan(first[L("id")].toString());
    computer.remove(first[L("id")].toString());
    ASSERT_TRUE(comesTo(1));
    EXPECT_EQ(own.count("POST", L("/api/v1/admin/libraries/l1/scan")), 1);
}

TEST_F(Computer, IsNotUsedWithoutAFolder) {
    computer.add({L("/srv/missing")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !computer.busy() && !computer.errorText().isEmpty(); }));
    EXPECT_FALSE(computer.used());
    computer.choose(L("somewhere"));
    EXPECT_TRUE(computer.chosen().isEmpty());
    EXPECT_FALSE(computer.errorText().isEmpty());
    computer.choose(L("/srv/Music"));
    computer.choose(L("/srv/Music/"));
    EXPECT_EQ(computer.chosen().size(), 1);
    computer.unchoose(L("/srv/Music"));
    EXPECT_TRUE(computer.chosen().isEmpty());
}

TEST_F(Computer, IsToldOfWhileOneIsOnAServer) {
    ASSERT_TRUE(world.signIn());
    computer.add({L("/srv/Music")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.context.notices()->text().isEmpty(); }));
    EXPECT_FALSE(session.here()) << "nobody is carried away";
    world.context.notices()->act();
    EXPECT_TRUE(QTest::qWaitFor([&] { return session.here() && session.state() == State::SignedIn; }));
}

TEST_F(Computer, IsSharedWhenSomebodyTurnsItOn) {
    ASSERT_TRUE(begin());
    EXPECT_FALSE(sharing.on());
    own.guestList = {{L("g1"), L("Marea, phone"), 1'700'000'000'000}};
    sharing.setWatched(true);
    sharing.setOn(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.on() && sharing.guests().size() == 1; }));
    EXPECT_EQ(sharing.addresses().size(), 1);
    EXPECT_FALSE(own.wishes[0].libraries) << "all of them";
    sharing.newCode();
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.code() == L("K7QF-2MZX-9HTW"); }));
    own.guestList << LibraryGuest{L("g2"), L("Marea, kitchen"), 1'700'000'000'000};
    sharing.setWatched(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.code().isEmpty(); })) << "it was used";
    sharing.newCode();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !sharing.code().isEmpty(); }));
    sharing.endGuest(L("g2"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.guests().size() == 1; }));
    EXPECT_FALSE(sharing.code().isEmpty()) << "who goes did not use it";
    sharing.endGuest(L("g1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.guests().isEmpty(); }));
    sharing.setOn(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !sharing.on(); }));
    EXPECT_EQ(own.stopped, 1);
    EXPECT_TRUE(sharing.code().isEmpty());
    EXPECT_TRUE(sharing.addresses().isEmpty());
}

TEST_F(Computer, SharesNoFolderThatIsHidden) {
    computer.add({L("/srv/Music"), L("/srv/Films")});
    ASSERT_TRUE(comesTo(2));
    sharing.setHidden(L("l2"), true);
    EXPECT_TRUE(own.wishes.isEmpty()) << "it is off";
    sharing.setOn(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.on(); }));
    ASSERT_TRUE(own.wishes.last().libraries);
    EXPECT_EQ(*own.wishes.last().libraries, QStringList(L("l1")));
    computer.add({L("/srv/Series")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return own.wishes.size() == 2; })) << "a new one is seen, where it is not hidden";
    EXPECT_EQ(*own.wishes.last().libraries, QStringList({L("l1"), L("l3")}));
    sharing.setHidden(L("l2"), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return own.wishes.size() == 3; }));
    EXPECT_FALSE(own.wishes.last().libraries);
}

TEST_F(Computer, IsSharedAgainAtTheNextStartWhereItWas) {
    settings.setValue(L("sharing/on"), true);
    settings.setValue(L("sharing/port"), 8471);
    sharing.resume();
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing.on(); }));
    EXPECT_EQ(own.wishes[0].port, 8471);
}

}  // namespace
}  // namespace marea::app::test
