#include <gtest/gtest.h>

#include "app/platform/singleinstance.h"
#include "app/viewmodels/desktoplink.h"
#include "app/viewmodels/nowplayinglink.h"
#include "tests/unit/app/doubles.h"

#ifdef MAREA_WITH_DBUS
#include "app/platform/mprisnowplaying.h"
#endif

// The program among others: the desktop's controls, links, one at a time, and as it was at the next start.
namespace marea::app::test {
namespace {

class FakeNowPlaying final : public NowPlaying {
public:
    void show(const NowPlayingState& state) override { shown = state; }
    void seeked(double seconds) override { jumps << seconds; }
    double place() const { return position(); }
    NowPlayingState shown;
    QList<double> jumps;
};

struct FakeNotifier final : Notifier {
    void notify(const QString& kind, const QString& title, const QString& text) override {
        said << kind + QLatin1Char('|') + title + QLatin1Char('|') + text;
    }
    QStringList said;
};

player::PlayEntry entry(const char* id, bool music = true) {
    player::PlayEntry e;
    e.mediaId = e.title = QLatin1String(id);
    e.music = music;
    e.duration = 200;
    return e;
}

class DesktopTest : public testing::Test {
protected:
    DesktopTest() {
        for (const auto* id : {"f1", "f2"}) {
            const auto name = QLatin1String(id);
            const QJsonObject body{{QStringLiteral("session_id"), QStringLiteral("s-") + name},
                                   {QStringLiteral("mode"), QStringLiteral("direct")},
                                   {QStringLiteral("url"), QStringLiteral("/stream/t/") + name}};
            world.http.on(qPrintable(QStringLiteral("POST /api/v1/media/%1/playback").arg(name)), 201, body);
        }
    }
    void play() {
        world.context.player()->play({entry("f1"), entry("f2")}, 0);
        ASSERT_TRUE(QTest::qWaitFor([&] { return world.context.player()->playing(); }));
    }
    World world;
    FakeNowPlaying desktop;
    FakeNotifier notifier;
    NowPlayingLink controls{*world.context.player(), desktop, world.api};
};

TEST_F(DesktopTest, TheDesktopIsShownWhatPlays) {
    EXPECT_FALSE(desktop.shown.loaded());
    play();
    EXPECT_EQ(desktop.shown.title, QLatin1String("f1"));
    EXPECT_TRUE(desktop.shown.playing);
    EXPECT_TRUE(desktop.shown.hasNext);
    EXPECT_EQ(desktop.shown.duration, 200);
    world.engine.moveTo(42);
    EXPECT_EQ(desktop.place(), 42);
    world.context.player()->stop();
    EXPECT_FALSE(desktop.shown.loaded());
}

TEST_F(DesktopTest, APictureIsWhereTheServerHasItThatHasTheTitle) {
    player::PlayEntry song = entry("f1");
    song.artwork = QStringLiteral("/stream/t/f1/artwork");
    world.context.player()->play({song}, 0);
    EXPECT_EQ(desktop.shown.picture, song.artwork);
    EXPECT_EQ(desktop.shown.artwork, world.api.absolute(song.artwork));
    EXPECT_TRUE(desktop.shown.music);
    const QByteArray other = QByteArray("https://attic.example:8470").toBase64(QByteArray::Base64UrlEncoding);
    song.artwork.prepend(QStringLiteral("/@") + QString::fromLatin1(other));
    world.context.player()->play({song}, 0);
    EXPECT_EQ(desktop.shown.artwork, QUrl(QStringLiteral("https://attic.example:8470/stream/t/f1/artwork")));
}

TEST_F(DesktopTest, AndDoesWhatTheDesktopAsks) {
    play();
    auto* player = world.context.player();
    Q_EMIT desktop.pauseWanted();
    EXPECT_FALSE(player->playing());
    Q_EMIT desktop.playWanted();
    EXPECT_TRUE(player->playing());
    Q_EMIT desktop.toggleWanted();
    EXPECT_FALSE(player->playing());
    Q_EMIT desktop.seekWanted(60);
    EXPECT_EQ(player->position(), 60);
    Q_EMIT desktop.seekByWanted(-90);
    EXPECT_EQ(player->position(), 0);
    Q_EMIT desktop.volumeWanted(40);
    EXPECT_EQ(desktop.shown.volume, 40);
    Q_EMIT desktop.repeatWanted(NowPlayingState::Repeat::One);
    EXPECT_EQ(desktop.shown.repeat, NowPlayingState::Repeat::One);
    Q_EMIT desktop.repeatWanted(NowPlayingState::Repeat::Off);
    EXPECT_EQ(desktop.shown.repeat, NowPlayingState::Repeat::Off);
    Q_EMIT desktop.shuffleWanted(true);
    EXPECT_TRUE(desktop.shown.shuffle);
    Q_EMIT desktop.seekByWanted(1000);
    ASSERT_TRUE(QTest::qWaitFor([&] { return desktop.shown.title == QLatin1String("f2"); })) << "beyond the end";
    Q_EMIT desktop.stopWanted();
    EXPECT_FALSE(player->loaded());
}

TEST_F(DesktopTest, OnlyAJumpIsToldAsOne) {
    play();
    world.context.player()->pause();
    world.engine.moveTo(120);
    EXPECT_EQ(desktop.jumps, QList<double>{120});
    world.engine.moveTo(120.4);
    EXPECT_EQ(desktop.jumps.size(), 1);
}

TEST(NowPlaying, APlaceThatFollowsIsNoJump) {
    EXPECT_FALSE(hasJumped(10, 10.1, 0.1, 1, true));
    EXPECT_FALSE(hasJumped(10, 10.2, 3, 1, true)) << "a busy machine is late";
    EXPECT_FALSE(hasJumped(10, 14, 2, 2, true));
    EXPECT_TRUE(hasJumped(10, 20, 0.1, 1, true));
    EXPECT_TRUE(hasJumped(10, 2, 0.1, 1, true));
    EXPECT_TRUE(hasJumped(10, 30, 20, 1, false)) << "paused it stays";
    EXPECT_FALSE(hasJumped(10, 10, 20, 1, false));
}

#ifdef MAREA_WITH_DBUS
TEST(NowPlaying, IsWhatMprisCallsIt) {
    NowPlayingState state;
    EXPECT_EQ(mprisPlayer(state)[QStringLiteral("PlaybackStatus")], QStringLiteral("Stopped"));
    EXPECT_EQ(mprisPlayer(state)[QStringLiteral("CanSeek")], false);
    state.key = state.title = QStringLiteral("Foghorn");
    state.artist = QStringLiteral("Ana");
    state.duration = 61.5;
    state.volume = 40;
    state.repeat = NowPlayingState::Repeat::All;
    const auto player = mprisPlayer(state);
    EXPECT_EQ(player[QStringLiteral("PlaybackStatus")], QStringLiteral("Paused"));
    EXPECT_EQ(player[QStringLiteral("LoopStatus")], QStringLiteral("Playlist"));
    EXPECT_EQ(player[QStringLiteral("Volume")], 0.4);
    const auto metadata = player[QStringLiteral("Metadata")].toMap();
    EXPECT_EQ(metadata[QStringLiteral("mpris:length")].toLongLong(), 61'500'000);
    EXPECT_EQ(metadata[QStringLiteral("xesam:artist")].toStringList(), QStringList{QStringLiteral("Ana")});
}
#endif

TEST(Links, NameATitleAndWhatToDoWithIt) {
    const QString id = QStringLiteral("0190a000-0000-7000-8000-000000000001");
    for (const auto* form : {"marea:play/%1", "marea://play/%1"})
        EXPECT_EQ(mareaLink(QUrl(QString::fromLatin1(form).arg(id))), (MareaLink{true, id}));
    EXPECT_EQ(mareaLink(QUrl(QStringLiteral("marea:open/") + id)), (MareaLink{false, id}));
    for (const auto* wrong : {"http://play/1", "marea:delete/1", "marea:play/", "marea:play/../x", "marea:play/a/b"})
        EXPECT_EQ(mareaLink(QUrl(QString::fromLatin1(wrong))), std::nullopt) << wrong;
}

TEST(LastState, IsTheSameAfterTheDisk) {
    LastState state;
    state.account = QStringLiteral("casa ana");
    state.page = QStringLiteral("album");
    state.arguments = {{QStringLiteral("mediaId"), QStringLiteral("a1")}};
    state.queue = {entry("f1"), entry("f2", false)};
    state.queue[1].place = QStringLiteral("piso:8470");
    state.index = 1;
    state.position = 12.5;
    const auto back = lastStateFrom(toBytes(state));
    EXPECT_EQ(back.account, state.account);
    EXPECT_EQ(back.arguments, state.arguments);
    ASSERT_EQ(back.queue.size(), 2);
    EXPECT_EQ(back.queue[1].title, QLatin1String("f2"));
    EXPECT_EQ(back.queue[1].place, QLatin1String("piso:8470"));
    EXPECT_TRUE(back.queue[0].music);
    EXPECT_EQ(back.index, 1);
    EXPECT_EQ(back.position, 12.5);
    EXPECT_TRUE(lastStateFrom("nonsense").queue.isEmpty());
}

TEST(LastState, KeepsWhatIsAroundAndNoFilesOfThisComputer) {
    QList<player::PlayEntry> entries;
    for (int i = 0; i < 100; ++i)
        entries << entry(qPrintable(QString::number(i)));
    entries[49].mediaId.clear();
    const auto state = queueState(entries, 50, 20);
    EXPECT_EQ(state.queue.size(), 20);
    EXPECT_EQ(state.queue[state.index].mediaId, QLatin1String("50"));
    entries[50].mediaId.clear();
    EXPECT_TRUE(queueState(entries, 50, 20).queue.isEmpty());
}

TEST_F(DesktopTest, TheNextStartIsAsTheLastOneEnded) {
    ASSERT_TRUE(world.signIn());
    DesktopLink link(world.context, notifier, world.settings);
    Q_EMIT world.context.session()->signedIn();  // it is made before, in the program
    play();
    world.engine.moveTo(77);
    world.context.navigator()->go(QStringLiteral("music"));
    link.keep();

    player::FakeEngine engine;
    ApiClient api{world.http};
    FakeChannel channel;
    AppContext later{api, engine, world.secrets, world.settings, channel};
    DesktopLink next(later, notifier, world.settings);
    QString length;
    QObject::connect(later.player(), &PlayerViewModel::durationChanged,
                     [&] { length = later.player()->durationText(); });
    later.session()->start(QStringLiteral("casa"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return later.session()->state() == SessionViewModel::State::Ask; }));
    later.session()->signIn(QStringLiteral("marina"), QStringLiteral("secret"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return later.player()->loaded(); }));
    EXPECT_EQ(later.navigator()->page(), QLatin1String("music"));
    EXPECT_EQ(later.player()->queue()->count(), 2);
    EXPECT_EQ(later.player()->position(), 77);
    EXPECT_EQ(length.toStdString(), later.player()->durationText().toStdString()) << "it is told, too";
    EXPECT_FALSE(later.player()->playing()) << "nobody asked for that";
    EXPECT_TRUE(engine.loads.isEmpty());
    later.player()->togglePause();
    ASSERT_TRUE(QTest::qWaitFor([&] { return engine.loads.size() == 1; }));
    EXPECT_EQ(engine.loads[0].start, 77);
}

TEST_F(DesktopTest, ALinkWaitsForSomebodyToBeSignedIn) {
    DesktopLink link(world.context, notifier, world.settings);
    int raised = 0;
    QObject::connect(&link, &DesktopLink::raiseWanted, [&] { ++raised; });
    link.open({QStringLiteral("marea:open/f1")});
    EXPECT_EQ(raised, 1);
    ASSERT_TRUE(world.signIn());
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.navigator()->page() == QLatin1String("film"); }));
}

TEST_F(DesktopTest, SaysOnlyToWhoLooksElsewhere) {
    DesktopLink link(world.context, notifier, world.settings);
    Q_EMIT world.context.offline()->completed(QStringLiteral("Foghorn"));
    EXPECT_TRUE(notifier.said.isEmpty());
    link.setLookedAt(false);
    Q_EMIT world.context.offline()->completed(QStringLiteral("Foghorn"));
    EXPECT_EQ(notifier.said, QStringList{QStringLiteral("download|Downloaded|Foghorn")});
    play();
    EXPECT_EQ(notifier.said.size(), 1) << "tracks only to who wants that";
    world.settings.setValue(QStringLiteral("desktop/tell_tracks"), true);
    world.context.player()->next();
    EXPECT_TRUE(QTest::qWaitFor([&] { return notifier.said.size() == 2; }));
}

TEST(SingleInstance, TheSecondHandsOverToTheFirst) {
    QTemporaryDir folder;
    const auto name = folder.filePath(QStringLiteral("marea.socket"));
    SingleInstance first(name);
    EXPECT_FALSE(first.handOver({QStringLiteral("file:///a.mkv")})) << "nobody is there";
    first.listen();
    QList<QStringList> got;
    QObject::connect(&first, &SingleInstance::handedOver, [&](const QStringList& urls) { got << urls; });
    bool taken = false;
    auto* thread = QThread::create([&] {
        SingleInstance second(name);
        taken = second.handOver({QStringLiteral("file:///a.mkv"), QStringLiteral("marea:play/f1")});
        SingleInstance third(name);
        taken = third.handOver({}) && taken;
    });
    thread->start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return thread->isFinished(); }, 60'000));
    delete thread;
    EXPECT_TRUE(taken);
    EXPECT_EQ(got[0], (QStringList{QStringLiteral("file:///a.mkv"), QStringLiteral("marea:play/f1")}));
    EXPECT_TRUE(got[1].isEmpty());
    const auto others = QFileInfo(name).permissions() & (QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                         QFileDevice::ReadOther | QFileDevice::WriteOther);
    EXPECT_EQ(others, QFileDevice::Permissions());
}

TEST(SingleInstance, OneThatWasKilledIsInNobodysWay) {
    QTemporaryDir folder;
    const auto name = folder.filePath(QStringLiteral("marea.socket"));
    QFile left(name);
    ASSERT_TRUE(left.open(QIODevice::WriteOnly));
    left.close();
    SingleInstance instance(name);
    EXPECT_FALSE(instance.handOver({}));
    instance.listen();
    bool heard = false;
    QObject::connect(&instance, &SingleInstance::handedOver, [&] { heard = true; });
    auto* thread = QThread::create([&] { SingleInstance(name).handOver({}); });
    thread->start();
    EXPECT_TRUE(QTest::qWaitFor([&] { return thread->isFinished(); }, 60'000));
    EXPECT_TRUE(heard);
    delete thread;
}

}  // namespace
}  // namespace marea::app::test
