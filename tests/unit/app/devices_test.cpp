// Devices: what the pages show of them, and what comes of their buttons. The device is one in memory.
#include <QPointer>
#include <QSemaphore>
#include <QThreadPool>

#include "sync/engine/devicelibrary.h"
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

TEST(DevicesTest, TheServersLibraryComesToADevice) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    EXPECT_EQ(device->plan()->count(), 2);
    EXPECT_TRUE(device->canSync());
    EXPECT_TRUE(device->syncText().contains(L("Sync 2 item"))) << device->syncText().toStdString();
    device->sync();
    EXPECT_EQ(device->state().toStdString(), "syncing");
    ASSERT_TRUE(DeviceWorld::synced(*device, 1)) << device->problemText().toStdString();
    EXPECT_TRUE(device->problems().isEmpty());
    const auto& files = world.memory->device.files;
    ASSERT_TRUE(files.count("Music/Ana Ribera/Low Water/Sea.mp3"));
    EXPECT_EQ(files.at("Music/Ana Ribera/Low Water/Sea.mp3"), std::string(3000, 'a'));
    EXPECT_EQ(files.at("Music/Ana Ribera/Low Water/Sand.mp3"), std::string(5000, 'b'));
    EXPECT_EQ(device->plan()->count(), 0);
    EXPECT_FALSE(device->canSync());
    EXPECT_EQ(device->storage().size(), 4);
    EXPECT_TRUE(world.context.notices()->text().contains(L("STICK")));
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

TEST(DevicesTest, WhatIsNoLongerWantedIsRemovedWithItsReason) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    world.offer({{"a", "Sea", 3000}});
    device->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kDevicePatience));
    const auto row = device->plan()->index(0);
    EXPECT_EQ(device->plan()->data(row, DevicePlanModel::ActionRole).toString().toStdString(), "delete");
    EXPECT_TRUE(device->plan()->data(row, DevicePlanModel::DetailRole).toString().contains(L("no longer wanted")));
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 2));
    EXPECT_EQ(world.memory->device.files.count("Music/Ana Ribera/Low Water/Sand.mp3"), 0u);
}

TEST(DevicesTest, ARunningSyncIsInTheTrayPausedAndCalledOff) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    world.memory->hold(true);
    device->sync();
    auto* work = world.context.work();
    ASSERT_EQ(work->count(), 1);
    EXPECT_TRUE(work->summary().contains(L("STICK")));
    work->setPaused(0, true);
    EXPECT_TRUE(device->paused());
    EXPECT_TRUE(device->statusText().contains(L("Paused")));
    work->setPaused(0, false);
    work->cancel(0);
    world.memory->hold(false);
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_TRUE(device->history().first().contains(L("called off"))) << device->history().first().toStdString();
    EXPECT_EQ(work->count(), 0);
    for (const auto& [path, content] : world.memory->device.files)
        EXPECT_EQ(path.find(".part"), std::string::npos) << path;
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 2));
    EXPECT_EQ(world.memory->device.files.count("Music/Ana Ribera/Low Water/Sea.mp3"), 1u);
}

TEST(DevicesTest, ADeviceThatIsPulledLosesNothing) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    world.memory->device.pullAfter = 4000;
    device->sync();
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->history().size() == 1; }, kDevicePatience));
    EXPECT_TRUE(device->problemText().contains(L("no longer there"))) << device->problemText().toStdString();
    world.finder->show({});
    EXPECT_EQ(device->state().toStdString(), "away");
    world.memory->device.pullAfter = std::numeric_limits<std::int64_t>::max();
    world.finder->show({stick()});
    ASSERT_TRUE(DeviceWorld::ready(*device)) << "it is still looked at";
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 2));
    EXPECT_EQ(world.memory->device.files.count("Music/Ana Ribera/Low Water/Sand.mp3"), 1u);
}

TEST(DevicesTest, AFileThatTheServerRefusesIsTold) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    world.http.on("POST /api/v1/downloads", 422, {{L("detail"), L("It cannot be had.")}});
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    ASSERT_EQ(device->problems().size(), 2) << "each file that does not come is told";
    EXPECT_EQ(device->problems().first().toMap()[L("reason")].toString().toStdString(), "It cannot be had.");
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

TEST(DevicesTest, WhatAnotherComputerPutThereStaysUntilSomebodyTakesTheDeviceOver) {
    DeviceWorld world;
    auto& files = world.memory->device.files;
    sync::LibraryFile library{"stick", {}, {{"other", "Leo's laptop"}}};
    library.files.push_back({"x", "Music/Tide.mp3", "Music/Tide.mp3", 4, "x", "", "", true, "other"});
    files["Music/Tide.mp3"] = "tide";
    files[sync::kLibraryPath] = libraryFileText(library);
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    EXPECT_EQ(device->plan()->count(), 3) << "two to copy, and one that is told of";
    EXPECT_TRUE(device->othersText().contains(L("Leo's laptop"))) << device->othersText().toStdString();
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_EQ(files.count("Music/Tide.mp3"), 1u);
    EXPECT_FALSE(device->canSync()) << "it is nothing to do";
    device->setTakesOver(true);
    const auto removes = [&] {
        const auto* plan = device->plan();
        return plan->count() == 1 &&
               plan->data(plan->index(0), DevicePlanModel::ActionRole).toString() == L("delete") && device->canSync();
    };
    ASSERT_TRUE(QTest::qWaitFor(removes, kDevicePatience));
    device->setTakesOver(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1 && !device->canSync(); }, kDevicePatience));
    device->setTakesOver(true);
    ASSERT_TRUE(QTest::qWaitFor(removes, kDevicePatience));
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 2));
    EXPECT_EQ(files.count("Music/Tide.mp3"), 0u);
    EXPECT_FALSE(device->takesOver()) << "it is done";
    EXPECT_TRUE(device->othersText().isEmpty());
}

TEST(DevicesTest, AStickIsEjectedByWhatWorks) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    ASSERT_TRUE(device->canEject());
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.commands.size() == 2; }, kDevicePatience));
    EXPECT_EQ(world.commands[0].toStdString(), "gio mount -e /media/ana/STICK");
    EXPECT_EQ(world.commands[1].toStdString(), "udisksctl unmount -b /dev/sdb1");
    EXPECT_TRUE(device->statusText().contains(L("unplugged")));
    EXPECT_EQ(device->state().toStdString(), "closed");
}

TEST(DevicesTest, AStickThatGoesWhileItIsEjectedIsToldAllTheSame) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    CommandDone ejected;
    world.context.devices()->setCommands([&](const QStringList&, CommandDone done) { ejected = std::move(done); });
    auto* device = world.opened();
    ASSERT_TRUE(device);
    const QPointer<DeviceViewModel> shown(device);
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return bool(ejected); }, kDevicePatience));
    world.finder->show({});
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown.isNull(); }, kDevicePatience)) << "nothing was set for it";
    ejected(core::Result<void>());
    EXPECT_TRUE(world.context.notices()->text().contains(L("unplugged")));
}

TEST(DevicesTest, AStickThatIsInUseIsNotCalledFree) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.works = QStringLiteral("nothing");
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->eject();
    const auto told = [&] { return world.context.notices()->text().contains(L("in use")); };
    EXPECT_TRUE(QTest::qWaitFor(told, kDevicePatience)) << "by whom, if the system tells";
    EXPECT_EQ(world.commands.size(), 3);
    EXPECT_FALSE(device->statusText().contains(L("unplugged")));
}

TEST(DevicesTest, AFolderIsALibraryToo) {
    DeviceWorld world;
    QDir music(world.folder.filePath(QStringLiteral("music")));
    ASSERT_TRUE(music.mkpath(QStringLiteral("Leo")));
    QFile file(music.filePath(QStringLiteral("Leo/Wind.mp3")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("wind");
    file.close();
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(DeviceWorld::ready(*device)) << "nobody is signed in: it says so";
    EXPECT_TRUE(device->stepsText().contains(L("Sign in"))) << device->stepsText().toStdString();
    device->setFolder(music.path());
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kDevicePatience));
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_EQ(world.memory->device.files.at("Music/Leo/Wind.mp3"), "wind");
    device->setFolder(music.filePath(QStringLiteral("nowhere")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->stepsText().contains(L("nowhere")); }, kDevicePatience));
}

TEST(DevicesTest, AFoldersFilesAreMadeIntoWhatTheDevicePlays) {
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
    device->setFolder(music.path());
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kDevicePatience));
    EXPECT_TRUE(device->stepsText().contains(L("to convert"))) << device->stepsText().toStdString();
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_EQ(world.memory->device.files.at("Music/Wind.mp3"), "Wind.flac as 192 mp3");
    EXPECT_TRUE(device->problems().isEmpty());
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

TEST(DevicesTest, PhotosAreImportedAlsoWhileItIsBeingRead) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->device.files["DCIM/Camera/IMG_20240709_101112.jpg"] = "a picture";
    world.memory->holdLists(true);
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.memory->listing(); }, kDevicePatience));
    const QString photos = world.folder.filePath(QStringLiteral("photos"));
    ASSERT_TRUE(QDir().mkpath(photos));
    device->importTo(QUrl::fromLocalFile(photos));
    EXPECT_EQ(device->state().toStdString(), "syncing");
    EXPECT_EQ(device->progressText().toStdString(), "Looking for photos and videos");
    world.memory->holdLists(false);
    ASSERT_TRUE(DeviceWorld::ready(*device)) << device->problemText().toStdString();
    EXPECT_TRUE(QFile::exists(photos + QStringLiteral("/2024/2024-07-09/IMG_20240709_101112.jpg")));
}

TEST(DevicesTest, OneThatIsWriteProtectedSaysSoAndGivesItsPhotos) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->device.files["DCIM/Camera/IMG_20240709_101112.jpg"] = "a picture";
    world.memory->device.can.isReadOnly = true;
    auto locked = stick();
    locked.readOnly = true;
    world.finder->show({locked});
    auto* device = world.context.devices()->device(stick().key);
    EXPECT_EQ(device->statusText().toStdString(), "Write-protected") << "in the list, before anybody opens it";
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->state() == L("blocked"); }, kDevicePatience));
    EXPECT_TRUE(device->problemText().contains(L("nothing can be put on it"))) << device->problemText().toStdString();
    EXPECT_FALSE(device->canSync());
    EXPECT_EQ(world.memory->device.lists, 0) << "it is not even read";
    ASSERT_TRUE(device->canImport());
    const QString photos = world.folder.filePath(QStringLiteral("photos"));
    ASSERT_TRUE(QDir().mkpath(photos));
    device->importTo(QUrl::fromLocalFile(photos));
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->state() == L("blocked"); }, kDevicePatience));
    EXPECT_TRUE(QFile::exists(photos + QStringLiteral("/2024/2024-07-09/IMG_20240709_101112.jpg")));
    world.memory->device.can.isReadOnly = false;
    world.finder->show({stick()});
    EXPECT_TRUE(DeviceWorld::ready(*device)) << "its lock was taken off";
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

TEST(DevicesTest, ItIsEjectedOnceItIsLetGoOf) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->holdLists(true);
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.memory->listing(); }, kDevicePatience));
    device->eject();
    device->eject();
    world.memory->holdLists(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.commands.isEmpty(); }, kDevicePatience));
    EXPECT_EQ(world.openThen.first(), 0) << "what is open there would be in the way";
    EXPECT_EQ(world.commands.size(), 2) << "it is done once";
    EXPECT_TRUE(device->statusText().contains(L("unplugged")));
}

TEST(DevicesTest, OneThatIsStillInUseIsShownAgain) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    world.works = QStringLiteral("none of them");
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.context.notices()->warning(); }, kDevicePatience));
    EXPECT_TRUE(DeviceWorld::ready(*device));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->canSync(); }, kDevicePatience));
}

TEST(DevicesTest, OneThatGoesBeforeItsEjectionEndsIsTold) {
    DeviceWorld world;
    world.finder->show({stick()});
    world.late = true;
    world.context.devices()->device(stick().key)->eject();
    ASSERT_EQ(world.unfinished.size(), 1u);
    world.finder->show({});
    EXPECT_EQ(world.context.devices()->count(), 0) << "nothing was set for it";
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    world.unfinished.front()({});
    EXPECT_EQ(world.context.notices()->text().toStdString(), "STICK may be unplugged.");
}

TEST(DevicesTest, ALibraryOfNothingRemovesNothing) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    world.offer({});
    device->reload();
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return device->stepsText().contains(L("no music and no films")); }, kDevicePatience))
        << device->stepsText().toStdString();
    ASSERT_TRUE(DeviceWorld::ready(*device));
    EXPECT_TRUE(device->libraryFailed());
    EXPECT_EQ(device->plan()->count(), 0);
    EXPECT_FALSE(device->canSync());
    world.offer({{"a", "Sea", 3000}});
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

TEST(DevicesTest, WhatWasLeftOutIsToldAtTheEnd) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.http.on("GET /api/v1/media", 200,
                  listOf({songJson("a", "Sea", 3000), songJson("c", "All the songs", 60'000'000)}));
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_TRUE(world.context.notices()->text().contains(L("were left out")))
        << world.context.notices()->text().toStdString();
}

}  // namespace
}  // namespace marea::app::test
