// Devices: what is put on them, and what is taken from them. The device is one in memory.
#include "sync/engine/devicelibrary.h"
#include "tests/unit/app/devicefakes.h"
#include "tests/unit/app_devices/fakefarm.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

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
    EXPECT_TRUE(device->inStep());
    EXPECT_EQ(device->storage().size(), 4);
    EXPECT_TRUE(world.context.notices()->text().contains(L("STICK")));
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

// What it did not come to would be removed.
TEST(DevicesTest, ALibraryWithoutEndRemovesNothing) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    const auto isRefused = [&] {
        device->reload();
        return QTest::qWaitFor([&] { return device->stepsText().contains(L("does not come to an end")); },
                               kDevicePatience) &&
               DeviceWorld::ready(*device) && device->libraryFailed() && device->plan()->count() == 0;
    };
    world.http.on("GET /api/v1/media", 200, listOf({songJson("a", "Sea", 3000)}, QStringLiteral("more")));
    EXPECT_TRUE(isRefused()) << device->stepsText().toStdString();
    world.offer({{"a", "Sea", 3000}, {"b", "Sand", 5000}});
    device->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !device->libraryFailed(); }, kDevicePatience));
    world.offerList();
    world.http.on("GET /api/v1/playlists/p1/entries", 200, listOf({{{L("media_id"), L("b")}}}, QStringLiteral("more")));
    EXPECT_TRUE(isRefused()) << device->stepsText().toStdString();
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
