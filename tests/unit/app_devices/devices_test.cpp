// What is known of devices: settings, storage, phones as the bus tells them, sessions.
#include <gtest/gtest.h>

#include <future>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/devices/devicesession.h"
#include "app/devices/devicesettings.h"
#include "app/devices/eject.h"
#include "app/devices/phonefinder.h"
#include "app/devices/storageuse.h"
#include "app/devices/volumefinder.h"
#include "sync/devices/mtp/mtptarget.h"
#include "tests/unit/sync_engine/faketarget.h"

using namespace marea;
using namespace marea::app;

namespace {

constexpr int kPatienceMs = 60'000;

QString S(const char* text) {
    return QString::fromUtf8(text);
}

DeviceSettings someSettings() {
    DeviceSettings settings;
    settings.key = S("volume:1234-ABCD");
    settings.name = S("STICK");
    settings.place = S("/media/ana/STICK");
    settings.profile = S("car");
    settings.rules.kinds = {"track"};
    settings.rules.playlists = {"p1", "p2"};
    settings.rules.artists = {"Ana Ribera"};
    settings.rules.unwatchedOnly = true;
    settings.rules.newest = 50;
    settings.rules.fillBytes = 8'000'000'000;
    settings.history << PastSync{1'800'000'000'000, 3, 1, 2, 1, 5'000'000'000, S("gone")};
    return settings;
}

}  // namespace

TEST(DeviceSettingsTest, AreKeptAsTheyAre) {
    QTemporaryDir folder;
    const DeviceSettingsStore store{DeviceFiles(folder.path().toStdString())};
    EXPECT_TRUE(store.all().isEmpty());
    ASSERT_TRUE(store.save(someSettings()));
    ASSERT_EQ(store.all().size(), 1);
    const auto read = store.all().first();
    EXPECT_EQ(toJson(read), toJson(someSettings()));
    EXPECT_EQ(*read.rules.fillBytes, 8'000'000'000);
    EXPECT_EQ(read.lastSync(), 1'800'000'000'000);
    store.forget(read.key);
    EXPECT_TRUE(store.all().isEmpty());
}

TEST(DeviceSettingsTest, OfVeryManyTitlesAreNotForgotten) {
    QTemporaryDir folder;
    const DeviceSettingsStore store{DeviceFiles(folder.path().toStdString())};
    auto settings = someSettings();
    settings.rules.onlyTitles = true;
    for (int i = 0; i < 50'000; ++i)
        settings.rules.titles.push_back("0190b3c0-0000-7000-8000-" + std::to_string(1'000'000'000'000 + i));
    ASSERT_TRUE(store.save(settings));
    ASSERT_EQ(store.all().size(), 1) << "it would count as a new device, which gets everything";
    EXPECT_EQ(store.all().first().rules, settings.rules);
}

TEST(DeviceSettingsTest, WhatSomebodyBrokeIsNoDevice) {
    QTemporaryDir folder;
    for (const char* text : {"", "no JSON", "[]", "{\"name\":\"without a key\"}"}) {
        QFile file(QDir(folder.path()).filePath(S("x.device.json")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        EXPECT_TRUE(DeviceSettingsStore{DeviceFiles(folder.path().toStdString())}.all().isEmpty()) << text;
    }
    const auto rules = rulesFrom({{S("newest"), -3}, {S("fill"), S("much")}, {S("kinds"), 7}});
    EXPECT_FALSE(rules.newest);
    EXPECT_FALSE(rules.fillBytes);
    EXPECT_TRUE(rules.kinds.empty());
}

TEST(StorageUseTest, SaysWhatFillsADevice) {
    const std::vector<sync::ListedFile> listed{{"Music/a.mp3", 30}, {"Films/b.MKV", 500}, {"notes.txt", 7}};
    EXPECT_EQ(storageUse(listed, 400, 1000), (StorageUse{500, 30, 70, 400, 1000})) << "what was not looked at is other";
    EXPECT_EQ(storageUse(listed, 400, 0), (StorageUse{500, 30, 7, 400, 937})) << "the whole is not known";
    EXPECT_EQ(storageUse({}, -1, 0), StorageUse{});
}

TEST(PhoneTest, IsToldAsTheBusHasIt) {
    sync::MtpDevice device;
    device.serial = "0A1B2C";
    device.model = "Google  Pixel 8";
    device.storages = {{"Internal shared storage", 1000, 400}, {"SD card", 500, 100}};
    auto phone = phoneFrom(device, {});
    EXPECT_EQ(phone.place.toStdString(), "mtp:0A1B2C");
    EXPECT_EQ(phone.name.toStdString(), "Google Pixel 8");
    EXPECT_EQ(phone.free, 400);
    EXPECT_EQ(phone.storages, (QStringList{S("Internal shared storage"), S("SD card")}));
    EXPECT_EQ(phone.problem, FoundDevice::Problem::None);

    device.state = sync::MtpDevice::State::Held;
    device.holder = "gvfsd-mtp";
    device.usb = {1, 5};
    phone = phoneFrom(device, {S("smb-share:server=nas"), S("mtp:host=Google_Pixel_8_0A1B2C")});
    EXPECT_EQ(phone.problem, FoundDevice::Problem::Held);
    EXPECT_EQ(phone.release.toStdString(), "mtp://Google_Pixel_8_0A1B2C/");
    EXPECT_TRUE(phoneFrom(device, {S("mtp:host=Other_Phone_77")}).release.isEmpty()) << "that is another phone's";
    device.state = sync::MtpDevice::State::Locked;
    EXPECT_EQ(phoneFrom(device, {}).problem, FoundDevice::Problem::Locked);
}

TEST(PhoneTest, AStorageIsTheSameWhetherItIsNamedOrTakenForTheLargest) {
    EXPECT_EQ(phoneId("0A1B", "", "Internal shared storage"), "mtp:0A1B");
    EXPECT_EQ(phoneId("0A1B", "Internal shared storage", "Internal shared storage"), "mtp:0A1B")
        << "a run that was cut off goes on, also if its storage was named meanwhile";
    EXPECT_EQ(phoneId("0A1B", "SD card", "Internal shared storage"), "mtp:0A1B/SD card");
    EXPECT_EQ(phoneId("0A1B", "SD card", ""), "mtp:0A1B/SD card");
}

TEST(PhoneTest, AMountIsFoundByPlaceSerialOrByBeingTheOnlyOne) {
    const sync::UsbPlace place{1, 5};
    EXPECT_EQ(sync::mtpMountOf({"mtp:host=%5Busb%3A001%2C005%5D"}, place, "X"), "mtp://%5Busb%3A001%2C005%5D/");
    EXPECT_EQ(sync::mtpMountOf({"mtp:host=A_1", "mtp:host=B_2"}, place, "2"), "mtp://B_2/");
    EXPECT_EQ(sync::mtpMountOf({"mtp:host=A_1"}, place, ""), "mtp://A_1/");
    EXPECT_EQ(sync::mtpMountOf({"mtp:host=A_1", "mtp:host=B_2"}, place, ""), "");
    EXPECT_EQ(sync::mtpMountOf({"mtp:host=%5", "trash:"}, place, "9"), "");
}

TEST(VolumeFinderTest, AFolderThatWasNamedIsADeviceWhileItIsThere) {
    QTemporaryDir folder;
    const QString stick = QDir(folder.path()).filePath(S("STICK"));
    VolumeFinder finder;
    finder.setFolders({stick});
    finder.start();
    const auto isThere = [&] {
        const auto all = finder.devices();
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.place == stick; });
    };
    EXPECT_FALSE(isThere());
    ASSERT_TRUE(QDir().mkpath(stick));
    finder.look();
    ASSERT_TRUE(QTest::qWaitFor(isThere, kPatienceMs));
    const auto all = finder.devices();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.place == stick; });
    EXPECT_EQ(found->name.toStdString(), "STICK");
    EXPECT_GT(found->total, 0);
    ASSERT_TRUE(QDir(stick).removeRecursively());
    finder.look();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !isThere(); }, kPatienceMs));
}

TEST(EjectTest, MacsLetGoOfAVolumeWithAllOfItsDevice) {
    FoundDevice stick;
    stick.node = S("/dev/disk4s1");
    ASSERT_TRUE(canEject(stick));
    EXPECT_EQ(macEjectCommands(stick), QList<QStringList>({{S("diskutil"), S("eject"), S("/dev/disk4s1")}}));
    EXPECT_TRUE(macEjectCommands(FoundDevice()).isEmpty()) << "a folder";
    EXPECT_FALSE(canEject(FoundDevice()));
}

#ifdef Q_OS_LINUX
TEST(EjectTest, OneThatIsInUseNamesTheProgram) {
    QTemporaryDir folder;
    FoundDevice stick;
    stick.node = S("/dev/sdb1");
    stick.place = folder.path();
    QFile open(QDir(folder.path()).filePath(S("a.mp3"))), own(S("/proc/self/comm"));
    ASSERT_TRUE(open.open(QIODevice::WriteOnly) && own.open(QIODevice::ReadOnly));
    const CommandRunner busy = [](const QStringList&, CommandDone done) {
        done(core::fail(core::ErrorCode::Io, "target is busy"));
    };
    QString holder;
    ejectByCommands(busy, ejectCommands(stick), stick, [&](const EjectEnd& end) {
        EXPECT_FALSE(end.done);
        holder = end.holder;
    });
    EXPECT_EQ(holder.toStdString(), own.readAll().trimmed().toStdString());
}
#endif

TEST(DeviceSessionTest, PlansRunsAndHasNothingLeftToDo) {
    QTemporaryDir folder;
    auto library = std::make_shared<DeviceLibrary>();
    auto source = std::make_shared<sync::test::FakeSource>();
    source->all = {sync::test::song("a", "A"), sync::test::song("b", "B")};
    library->items = source->all;
    library->source = source;
    sync::DeviceProfile profile;
    profile.containers = {"mp3"};
    profile.audio = {{"mp3", 2, 48'000}};
    const DeviceSession::Wish wish{library, {}, profile};
    const DeviceFiles files(folder.path().toStdString());
    const auto opener = [](const DeviceWish&) -> core::Result<OpenDevice> {
        auto target = std::make_unique<sync::test::FakeTarget>();
        target->capacity = 9'000'000;
        return OpenDevice{std::move(target), "Player", "player-1"};
    };
    const auto session = DeviceSession::open({}, files, std::make_shared<Pulse>(), opener);
    ASSERT_TRUE(session);
    EXPECT_EQ(DeviceSession::open({}, files, std::make_shared<Pulse>(), opener).error().code, core::ErrorCode::Busy)
        << "one at a time";
    sync::SyncControl control;
    ASSERT_TRUE((*session)->read(control));
    EXPECT_EQ((*session)->use().music, 0);
    const auto plan = (*session)->plan(wish);
    EXPECT_EQ(plan.count(sync::Action::Copy), 2u);
    ASSERT_EQ((*session)->run(plan, wish, nullptr, control, {})->written, 2u);
    ASSERT_TRUE((*session)->read(control));
    EXPECT_EQ((*session)->use().music, 10'000);
    EXPECT_EQ((*session)->plan(wish).count(sync::Action::Keep), 2u);
}

// The application and `marea sync`, say, that were started for the first time.
TEST(DeviceFilesTest, WhoAsksAtTheSameTimeGetsTheSameOwner) {
    for (int round = 0; round < 50; ++round) {
        QTemporaryDir folder;
        const DeviceFiles files(folder.path().toStdString());
        std::promise<void> begin;
        const auto begun = begin.get_future().share();
        std::vector<std::future<std::string>> asked;
        for (int i = 0; i < 8; ++i) {
            asked.push_back(std::async(std::launch::async, [&files, begun] {
                begun.wait();
                const auto owner = files.owner();
                return owner ? owner->id : owner.error().text + owner.error().detail;
            }));
        }
        begin.set_value();
        for (auto& one : asked) {
            EXPECT_EQ(one.get(), files.owner()->id);
        }
        EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files), QStringList{S("owner")}) << "nothing is left beside it";
    }
}

TEST(DeviceFilesTest, AnOwnerThatIsDamagedIsMadeAnew) {
    QTemporaryDir folder;
    const DeviceFiles files(folder.path().toStdString());
    const std::string before = files.owner()->id;
    for (const QByteArray& text : {QByteArray(), QByteArray("nonsense"), QByteArray(100, 'x')}) {
        QFile file(QDir(folder.path()).filePath(S("owner")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto owner = files.owner();
        ASSERT_TRUE(owner) << owner.error().text;
        EXPECT_NE(owner->id, before);
        EXPECT_EQ(files.owner()->id, owner->id);
    }
    QFile file(QDir(folder.path()).filePath(S("owner")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(before) + "\n");
    file.close();
    EXPECT_EQ(files.owner()->id, before) << "an editor may have ended the line";
}

TEST(DeviceFilesTest, OnesOwnProfilesGoFirst) {
    QTemporaryDir folder;
    const QString path = QDir(folder.path()).filePath(S("own.json"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"profiles":[{"id":"car","name":"My car","models":[],"containers":["mp3"],"audio":[{"codec":"mp3"}]}]})");
    file.close();
    const auto profiles = profilesWith(path.toStdString());
    ASSERT_TRUE(profiles) << profiles.error().text;
    EXPECT_EQ(profileOf(*profiles, "car", "")->name, "My car");
    EXPECT_EQ(profileOf(*profiles, "", "SAMSUNG Galaxy S24")->id, "android");
    EXPECT_EQ(profileOf(*profiles, "nothing", "").error().code, core::ErrorCode::Invalid);
    EXPECT_FALSE(profilesWith(path.toStdString() + "x"));
    EXPECT_EQ(profilesWith("")->size(), sync::builtInProfiles().size());
}
