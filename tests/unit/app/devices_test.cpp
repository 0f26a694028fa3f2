// Devices: which there are, how they are read, and what is set for them. The device is one in memory.
#include <QSemaphore>
#include <QThreadPool>

#include "tests/unit/app/devicefakes.h"
#include "tests/unit/app_devices/fakefarm.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST(DevicesTest, ComeAndGoAndAreRememberedOnceSynced) {
    DeviceWorld world;
    auto* devices = world.context.devices();
    EXPECT_TRUE(world.finder->started);
    EXPECT_EQ(devices->count(), 0);
    world.finder->show({stick()});
    ASSERT_EQ(devices->count(), 1);
    EXPECT_EQ(devices->data(devices->index(0), DevicesViewModel::NameRole).toString().toStdString(), "STICK");
    EXPECT_TRUE(devices->data(devices->index(0), DevicesViewModel::PresentRole).toBool());
    world.finder->show({});
    EXPECT_EQ(devices->count(), 0) << "nothing was done with it";
    world.finder->show({stick()});
    devices->device(stick().key)->setNewest(10);
    world.finder->show({});
    ASSERT_EQ(devices->count(), 1) << "something was set for it";
    EXPECT_FALSE(devices->device(stick().key)->present());
    devices->forget(stick().key);
    EXPECT_EQ(devices->count(), 0);
}

TEST(DevicesTest, ThoseThatAreThereAreShownFirst) {
    DeviceWorld world;
    auto* devices = world.context.devices();
    const auto names = [devices] {
        QStringList list;
        for (const auto* device : devices->all())
            list << device->name();
        return list.join(QLatin1Char(' ')).toStdString();
    };
    auto other = stick();
    other.key = other.name = L("OTHER");
    world.finder->show({stick(), other});
    for (auto* device : devices->all())
        device->setNewest(10);
    EXPECT_EQ(names(), "STICK OTHER");
    world.finder->show({other});
    EXPECT_EQ(names(), "OTHER STICK");
    world.finder->show({other, phone(FoundDevice::Problem::Locked)});
    EXPECT_EQ(names(), "OTHER Pixel 8 STICK");
    world.finder->show({stick()});
    EXPECT_EQ(names(), "STICK OTHER") << "and of the phone nothing was remembered";
}

TEST(DevicesTest, RulesMakeThePlan) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.offerList();
    auto* device = world.opened();
    ASSERT_TRUE(device);
    ASSERT_EQ(device->playlists().size(), 1);
    EXPECT_EQ(device->artists().size(), 1);
    EXPECT_EQ(device->plan()->count(), 3) << "the list is a file, too";
    device->togglePlaylist(L("p1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 2; }, kDevicePatience));
    EXPECT_EQ(device->plan()->data(device->plan()->index(0), DevicePlanModel::TitleRole).toString().toStdString(),
              "Sand");
    EXPECT_TRUE(device->playlists().first().toMap()[L("checked")].toBool());
    device->togglePlaylist(L("p1"));
    device->setProfile(L("car"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 3; }, kDevicePatience))
        << "a car wants lists as files";
    // Kept over a restart.
    const DeviceSettingsStore store{DeviceFiles(world.folder.filePath(QStringLiteral("devices")).toStdString())};
    ASSERT_EQ(store.all().size(), 1);
    EXPECT_EQ(store.all().first().profile.toStdString(), "car");
}

TEST(DevicesTest, ChosenTitlesAloneGoToANewDevice) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    auto* notices = world.context.notices();
    device->addTitles({L("a@http://elsewhere:8470")});
    EXPECT_TRUE(notices->warning()) << "the device gets what this library has";
    EXPECT_TRUE(device->titles().isEmpty());
    device->addTitles({L("a"), L("a"), L("gone")});
    EXPECT_FALSE(notices->warning());
    EXPECT_TRUE(device->onlyTitles());
    ASSERT_EQ(device->titles().size(), 2);
    EXPECT_EQ(device->titles()[0].toMap()[L("text")].toString().toStdString(), "Sea");
    EXPECT_EQ(device->titles()[1].toMap()[L("text")].toString().toStdString(), "Not in the library");
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kDevicePatience));
    const DeviceSettingsStore store{DeviceFiles(world.folder.filePath(QStringLiteral("devices")).toStdString())};
    ASSERT_EQ(store.all().size(), 1);
    EXPECT_TRUE(store.all().first().rules == device->settings().rules) << "kept over a restart";
    device->setOnlyTitles(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 2; }, kDevicePatience)) << "and the others";
    device->removeTitle(L("gone"));
    EXPECT_EQ(device->titles().size(), 1);
}

TEST(DevicesTest, ChosenTitlesComeToWhatADeviceHas) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    device->addTitles({L("a")});
    EXPECT_FALSE(device->onlyTitles()) << "nothing goes because something comes";
    ASSERT_TRUE(DeviceWorld::takes(*device, world.folder.path()));
    EXPECT_TRUE(device->titles().isEmpty()) << "a folder has other titles";
    device->addTitles({L("a")});
    EXPECT_TRUE(world.context.notices()->warning());
    EXPECT_TRUE(device->titles().isEmpty());
}

TEST(DevicesTest, ALockedOrHeldPhoneSaysWhatToDo) {
    DeviceWorld world;
    world.finder->show({phone(FoundDevice::Problem::Locked)});
    auto* device = world.context.devices()->device(L("mtp:0A1B"));
    ASSERT_TRUE(device);
    device->open();
    EXPECT_EQ(device->state().toStdString(), "blocked");
    EXPECT_TRUE(device->problemText().contains(L("Unlock Pixel 8"))) << device->problemText().toStdString();
    auto held = phone(FoundDevice::Problem::Held);
    held.holder = L("gvfsd-mtp");
    world.finder->show({held});
    EXPECT_TRUE(device->problemText().contains(L("gvfsd-mtp")));
    EXPECT_FALSE(device->canRelease());
    held.release = L("mtp://Pixel/");
    world.finder->show({held});
    ASSERT_TRUE(device->canRelease());
    world.works = L("gio");
    const int looked = world.finder->looked;
    device->release();
    EXPECT_EQ(world.commands.value(0).toStdString(), "gio mount -u mtp://Pixel/");
    EXPECT_GT(world.finder->looked, looked) << "it may be free by now";
    world.finder->show({phone(FoundDevice::Problem::None)});
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->state() != L("blocked"); }, kDevicePatience));
}

TEST(DevicesTest, OneThatDoesNotLetUsInIsTriedAgain) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->refused = true;
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !device->problemText().isEmpty(); }, kDevicePatience));
    world.memory->refused = false;
    device->reload();
    EXPECT_TRUE(DeviceWorld::ready(*device));
    EXPECT_TRUE(device->problemText().isEmpty());
}

TEST(DevicesTest, WhatWasReadBeforeItWasOpenedAnewIsNotTaken) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->holdLists(true);
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.memory->listing(); }, kDevicePatience));
    device->reload();
    world.memory->holdLists(false);
    ASSERT_TRUE(DeviceWorld::ready(*device)) << device->problemText().toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->canSync(); }, kDevicePatience));
    EXPECT_EQ(device->plan()->count(), 2);
    EXPECT_EQ(world.memory->open, 1) << "the first opening has ended";
}

TEST(DevicesTest, ReadingADeviceIsShownAndCalledOff) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->device.files["Music/mine.mp3"] = "foreign";
    world.memory->holdLists(true);
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.memory->listing(); }, kDevicePatience));
    EXPECT_EQ(device->state().toStdString(), "reading");
    EXPECT_TRUE(device->progressText().contains(L("Looking at what is on it"))) << device->progressText().toStdString();
    device->cancel();
    world.memory->holdLists(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->state() == L("blocked"); }, kDevicePatience));
    EXPECT_TRUE(device->problemText().contains(L("called off"))) << device->problemText().toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.memory->open == 0; }, kDevicePatience)) << "it is let go of";
    EXPECT_TRUE(device->canImport());
    world.finder->show({stick()});
    EXPECT_EQ(device->state().toStdString(), "blocked") << "until somebody wants it again";
    device->reload();
    EXPECT_TRUE(DeviceWorld::ready(*device)) << device->problemText().toStdString();
}

TEST(DevicesTest, ReadingALibraryIsShownAndCalledOff) {
    DeviceWorld world;
    const auto farm = std::make_shared<FakeFarm>();
    world.context.devices()->setFarms([farm](const std::string&) { return farm; });
    QDir music(world.folder.filePath(QStringLiteral("lossless")));
    ASSERT_TRUE(music.mkpath(QStringLiteral(".")));
    QFile file(music.filePath(QStringLiteral("Wind.flac")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write("duration=3\n") > 0 && file.flush());
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(DeviceWorld::ready(*device));
    farm->looks.hold(true);
    device->setFolder(music.path());
    ASSERT_TRUE(QTest::qWaitFor([&] { return farm->looks.probes > 0; }, kDevicePatience));
    EXPECT_EQ(device->state().toStdString(), "reading");
    EXPECT_TRUE(device->progressText().endsWith(L("%"))) << device->progressText().toStdString();
    device->cancel();
    EXPECT_EQ(device->state().toStdString(), "ready");
    EXPECT_TRUE(device->libraryFailed());
    EXPECT_TRUE(device->stepsText().contains(L("called off"))) << device->stepsText().toStdString();
    farm->looks.hold(false);
    device->reload();
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kDevicePatience));
    EXPECT_FALSE(device->libraryFailed());
}

TEST(DevicesTest, AFolderOnTheDeviceIsNoLibraryForIt) {
    DeviceWorld world;
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    auto* notices = world.context.notices();
    for (const auto& folder :
         {L("/media/ana/STICK/Music"), L("/media/ana/STICK"), L("/media/ana/./STICK/"), L("/media/ana"), L("/")}) {
        notices->dismiss();
        device->setFolder(folder);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !notices->text().isEmpty(); }, kDevicePatience)) << folder.data();
        EXPECT_TRUE(notices->warning());
        EXPECT_TRUE(notices->text().contains(L("STICK"))) << notices->text().toStdString();
        EXPECT_TRUE(device->folder().isEmpty()) << folder.data();
    }
    EXPECT_TRUE(DeviceWorld::takes(*device, L("/media/ana/STICK 2")));
}

TEST(DevicesTest, OneThatIsMountedInItsLibrarysFolderGetsNothing) {
    DeviceWorld world;
    const QString music = world.folder.filePath(QStringLiteral("music"));
    ASSERT_TRUE(QDir().mkpath(music + QStringLiteral("/STICK")));
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    ASSERT_TRUE(DeviceWorld::takes(*device, music));
    const auto said = [&] { return device->stepsText().contains(L("would come again")); };
    world.finder->show({});
    auto inside = stick();
    inside.place = music + QStringLiteral("/STICK");
    world.finder->show({inside});
    device->open();
    ASSERT_TRUE(QTest::qWaitFor(said, kDevicePatience)) << device->stepsText().toStdString();
    EXPECT_TRUE(device->libraryFailed());
    EXPECT_FALSE(device->canSync());
    world.finder->show({stick()});
    device->open();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !said(); }, kDevicePatience)) << "it is elsewhere again";
}

// What is asked of a disk is asked by threads of the pool: here all of them wait, as for a volume that hangs.
TEST(DevicesTest, AVolumeThatHangsHoldsNothingUp) {
    DeviceWorld world;
    const QString music = world.folder.filePath(QStringLiteral("music"));
    ASSERT_TRUE(QDir().mkpath(music + QStringLiteral("/STICK")));
    auto inside = stick();
    inside.place = music + QStringLiteral("/STICK");
    world.finder->show({inside});
    auto* device = world.context.devices()->device(stick().key);
    const auto& warning = *world.context.notices();
    QSemaphore answers;
    QThreadPool* const pool = QThreadPool::globalInstance();
    for (int i = 0; i < pool->maxThreadCount(); ++i)
        pool->start([&answers] { answers.acquire(); });
    device->setFolder(music);
    device->open();
    EXPECT_FALSE(warning.warning()) << "it cannot be known yet";
    EXPECT_TRUE(device->folder().isEmpty());
    device->setFolder(world.folder.filePath(QStringLiteral("other")));
    answers.release(pool->maxThreadCount());
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->folder().endsWith(L("other")); }, kDevicePatience));
    EXPECT_FALSE(warning.warning()) << "what was asked for first is no longer wanted";
    pool->waitForDone();
}

TEST(DevicesTest, APlaylistThatIsGoneCanBeLeft) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.offerList();
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->togglePlaylist(L("p1"));
    EXPECT_EQ(device->chosenPlaylists(), 1);
    world.offer({{"a", "Sea", 3000}, {"b", "Sand", 5000}});
    device->reload();
    const auto isGone = [&] {
        const auto lists = device->playlists();
        return lists.size() == 1 && lists.first().toMap()[L("text")].toString() == L("A playlist that is gone");
    };
    ASSERT_TRUE(QTest::qWaitFor(isGone, kDevicePatience)) << "it still says what comes";
    EXPECT_TRUE(device->hasPlaylists());
    device->togglePlaylist(L("p1"));
    EXPECT_FALSE(device->hasPlaylists());
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 2; }, kDevicePatience));
}

TEST(DevicesTest, ItsNewNameIsKept) {
    DeviceWorld world;
    world.finder->show({stick()});
    world.context.devices()->device(stick().key)->setNewest(10);
    auto renamed = stick();
    renamed.name = L("TRAVEL");
    world.finder->show({renamed});
    const DeviceSettingsStore store{DeviceFiles(world.folder.filePath(QStringLiteral("devices")).toStdString())};
    ASSERT_EQ(store.all().size(), 1);
    EXPECT_EQ(store.all().first().name.toStdString(), "TRAVEL");
    EXPECT_EQ(store.all().first().rules.newest, std::optional<std::size_t>(10));
}

TEST(DevicesTest, OneThatIsMountedElsewhereIsOpenedThere) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    QStringList places;
    world.context.devices()->setOpener([&, memory = world.memory](const DeviceWish& wish) -> core::Result<OpenDevice> {
        places << QString::fromStdString(wish.place);
        return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", "volume:1"};
    });
    auto* device = world.opened();
    ASSERT_TRUE(device);
    auto moved = stick();
    moved.place = L("/media/ana/STICK1");
    world.finder->show({moved});
    ASSERT_TRUE(DeviceWorld::ready(*device));
    EXPECT_EQ(places.last().toStdString(), "/media/ana/STICK1");
}

}  // namespace
}  // namespace marea::app::test
