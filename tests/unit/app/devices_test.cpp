// Devices: what the pages show of them, and what comes of their buttons. The device is one in memory.
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "tests/unit/app/window.h"
#include "tests/unit/sync_engine/faketarget.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

constexpr int kPatience = 120'000;

class FakeFinder final : public DeviceFinder {
public:
    void start() override { started = true; }
    QList<FoundDevice> devices() const override { return list; }
    void look() override { ++looked; }
    void show(const QList<FoundDevice>& devices) {
        list = devices;
        Q_EMIT changed();
    }
    QList<FoundDevice> list;
    int looked = 0;
    bool started = false;
};

// The files of the device outlive the sessions that open it.
struct Memory {
    sync::test::FakeTarget device;
    std::mutex mutex;
    std::condition_variable changed;
    bool held = false;     // writes wait
    bool refused = false;  // it does not let us in
    void hold(bool on) {
        const std::lock_guard lock(mutex);
        held = on;
        changed.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return !held; });
    }
};

class MemoryTarget final : public sync::Target {
public:
    explicit MemoryTarget(std::shared_ptr<Memory> memory) : memory_(std::move(memory)) {}
    sync::TargetAbilities abilities() const override { return memory_->device.abilities(); }
    core::Result<std::vector<sync::ListedFile>> list() override { return memory_->device.list(); }
    core::Result<std::int64_t> freeBytes() override { return memory_->device.freeBytes(); }
    core::Result<std::int64_t> totalBytes() override { return memory_->device.capacity; }
    core::Result<void> write(const std::string& path, sync::ByteStream& content) override {
        memory_->pass();
        return memory_->device.write(path, content);
    }
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override {
        return memory_->device.read(path, sink);
    }
    core::Result<void> rename(const std::string& from, const std::string& to) override {
        return memory_->device.rename(from, to);
    }
    core::Result<void> remove(const std::string& path) override { return memory_->device.remove(path); }
    core::Result<void> flush() override { return memory_->device.flush(); }

private:
    std::shared_ptr<Memory> memory_;
};

FoundDevice stick() {
    FoundDevice device;
    device.key = device.place = L("/media/ana/STICK");
    device.name = device.model = L("STICK");
    device.node = L("/dev/sdb1");
    device.total = 4'000'000;
    device.free = 3'000'000;
    return device;
}

FoundDevice phone(FoundDevice::Problem problem) {
    FoundDevice device;
    device.kind = FoundDevice::Kind::Phone;
    device.key = device.place = L("mtp:0A1B");
    device.name = device.model = L("Pixel 8");
    device.problem = problem;
    return device;
}

QJsonObject track(const char* id, const char* title, qint64 size) {
    const QJsonObject stream{{L("index"), 0}, {L("kind"), L("audio")}, {L("codec"), L("mp3")}, {L("channels"), 2}};
    const QJsonObject file{{L("id"), L(id) + L("-file")},
                           {L("name"), L("x.mp3")},
                           {L("container"), L("mp3")},
                           {L("size"), size},
                           {L("streams"), QJsonArray{stream}}};
    return {{L("id"), L(id)},
            {L("kind"), L("track")},
            {L("title"), L(title)},
            {L("status"), L("ok")},
            {L("artist"), L("Ana Ribera")},
            {L("album"), L("Low Water")},
            {L("files"), QJsonArray{file}}};
}

struct DeviceWorld : World {
    DeviceWorld() {
        memory->device.capacity = 40'000'000;  // some is left free for the file system
        context.devices()->setOpener([memory = memory](const DeviceWish& wish) -> core::Result<OpenDevice> {
            if (memory->refused)
                return core::fail(core::ErrorCode::Busy, "Another program has it.");
            return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", wish.place};
        });
        context.devices()->setCommands([this](const QStringList& command, CommandDone done) {
            commands << command.join(QLatin1Char(' '));
            done(command.first() == works ? core::Result<void>() : core::fail(core::ErrorCode::Io, "No."));
        });
        auto owned = std::make_unique<FakeFinder>();
        finder = owned.get();
        std::vector<std::unique_ptr<DeviceFinder>> finders;
        finders.push_back(std::move(owned));
        context.devices()->start(std::move(finders));
        offer({{"a", "Sea", 3000}, {"b", "Sand", 5000}});
    }
    struct Song {
        const char *id, *title;
        qint64 size;
    };
    // What the server has, also as files.
    void offer(const QList<Song>& songs) {
        QList<QJsonObject> items;
        for (const auto& song : songs) {
            items << track(song.id, song.title, song.size);
            const QString url = QStringLiteral("/api/v1/downloads/") + L(song.id) + QStringLiteral("/file");
            http.files[url] = QByteArray(song.size, song.id[0]);
        }
        http.on("GET /api/v1/media", 200, listOf(items));
        http.answers[L("POST /api/v1/downloads")] = [](const core::HttpRequest& request) {
            const auto id = QJsonDocument::fromJson(request.body)[L("media_id")].toString();
            const QJsonObject made{{L("id"), id},
                                   {L("file_id"), L("f")},
                                   {L("file_name"), L("x.mp3")},
                                   {L("state"), L("ready")},
                                   {L("url"), QStringLiteral("/api/v1/downloads/%1/file").arg(id)}};
            return core::HttpResponse{201, {}, QJsonDocument(made).toJson()};
        };
        http.on("GET /api/v1/playlists", 200, listOf({}));
    }
    void offerList() {
        http.on("GET /api/v1/playlists", 200,
                listOf({{{L("id"), L("p1")}, {L("name"), L("Evening")}, {L("visibility"), L("private")}}}));
        http.on("GET /api/v1/playlists/p1/entries", 200, listOf({{{L("media_id"), L("b")}}}));
    }
    DeviceViewModel* opened() {
        finder->show({stick()});
        auto* device = context.devices()->device(stick().key);
        if (device)
            device->open();
        return device && ready(*device) ? device : nullptr;
    }
    static bool ready(DeviceViewModel& device) {
        return QTest::qWaitFor([&] { return device.state() == L("ready") && !device.stepsText().isEmpty(); },
                               kPatience);
    }
    static bool synced(DeviceViewModel& device, int times) {
        return QTest::qWaitFor([&] { return device.history().size() == times; }, kPatience) && ready(device);
    }
    std::shared_ptr<Memory> memory = std::make_shared<Memory>();
    FakeFinder* finder = nullptr;
    QStringList commands;
    QString works = QStringLiteral("udisksctl");
};

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
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 2; }, kPatience));
    EXPECT_EQ(device->plan()->data(device->plan()->index(0), DevicePlanModel::TitleRole).toString().toStdString(),
              "Sand");
    EXPECT_TRUE(device->playlists().first().toMap()[L("checked")].toBool());
    device->togglePlaylist(L("p1"));
    device->setProfile(L("car"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 3; }, kPatience))
        << "a car wants lists as files";
    // Kept over a restart.
    const DeviceSettingsStore store{DeviceFiles(world.folder.filePath(QStringLiteral("devices")).toStdString())};
    ASSERT_EQ(store.all().size(), 1);
    EXPECT_EQ(store.all().first().profile.toStdString(), "car");
}

QStringList checkedOf(const QVariantList& list) {
    QStringList values;
    for (const auto& one : list)
        if (one.toMap()[L("checked")].toBool())
            values << one.toMap()[L("value")].toString();
    return values;
}

QString limitOf(const QVariantList& limits, const char* key) {
    for (const auto& one : limits)
        if (one.toMap()[L("key")] == L(key))
            return one.toMap()[L("text")].toString();
    return {};
}

TEST(DeviceProfiles, AreShownAsPeopleKnowThemAndComeBackTheSame) {
    for (const auto& profile : sync::builtInProfiles()) {
        ProfileViewModel draft;
        draft.begin(profile, L("STICK"), false);
        auto same = draft.result();
        std::sort(same.containers.begin(), same.containers.end());
        auto before = profile.containers;
        std::sort(before.begin(), before.end());
        EXPECT_EQ(same.containers, before) << profile.id;
        EXPECT_EQ(same.audio.size(), profile.audio.size()) << profile.id;
        EXPECT_TRUE(draft.problem().isEmpty());
    }
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "a car"), L("Car"), false);
    EXPECT_EQ(checkedOf(draft.music()), QStringList{L("mp3")});
    EXPECT_TRUE(checkedOf(draft.films()).isEmpty());
    EXPECT_EQ(limitOf(draft.limits(), "height"), QString()) << "it shows none";
    draft.toggle(L("h264"));
    EXPECT_EQ(checkedOf(draft.files()), QStringList{L("file:mp4")});
    draft.choose(L("height"), 720);
    draft.toggle(L("flac"));
    draft.choose(L("rate"), 96'000);
    draft.choose(L("music"), L("mp3-320"));
    draft.setForModel(true);
    const auto profile = draft.result();
    EXPECT_EQ(sync::cannotPlay(profile, {"flac", "flac", "", 2, 96'000, 0, 0, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"flac", "flac", "", 2, 192'000, 0, 0, 0}), "");
    EXPECT_EQ(sync::cannotPlay(profile, {"mp4", "", "h264", 0, 0, 1280, 720, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"mp4", "", "h264", 0, 0, 1920, 1080, 0}), "");
    EXPECT_EQ(profile.audioEncoding->bitrate, 320'000);
    EXPECT_EQ(profile.models, std::vector<std::string>{"car"});
    for (const char* value : {"mp3", "flac", "h264"})
        draft.toggle(L(value));
    EXPECT_FALSE(draft.problem().isEmpty()) << "nothing is left";
    draft.toggle(L("mp3"));
    draft.setName(L("  "));
    EXPECT_FALSE(draft.problem().isEmpty());
}

// AAC comes in the same kind of file as films in MP4, and who plays the one need not play the other.
TEST(DeviceProfiles, FilesOfFilmsAndOfMusicAreChosenApart) {
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "Google Pixel 7"), L("Pixel 7"), false);
    ASSERT_TRUE(checkedOf(draft.music()).contains(L("aac")));
    ASSERT_TRUE(checkedOf(draft.files()).contains(L("file:mp4")));
    draft.choose(L("film"), QString());
    draft.toggle(L("file:mp4"));
    EXPECT_EQ(draft.problem(), QString());
    const auto profile = draft.result();
    EXPECT_EQ(sync::cannotPlay(profile, {"mp4", "aac", "", 2, 44'100, 0, 0, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"mp4", "aac", "h264", 2, 44'100, 1280, 720, 0}), "");
    EXPECT_EQ(sync::cannotPlay(profile, {"matroska", "aac", "h264", 2, 44'100, 1280, 720, 0}), "");
    ProfileViewModel again;
    again.begin(profile, L("Pixel 7"), true);
    EXPECT_TRUE(checkedOf(again.music()).contains(L("aac")));
    EXPECT_FALSE(checkedOf(again.files()).contains(L("file:mp4"))) << "it does not come back";
    again.toggle(L("file:mp4"));
    again.toggle(L("aac"));
    const auto other = again.result();
    EXPECT_NE(sync::cannotPlay(other, {"mp4", "aac", "", 2, 44'100, 0, 0, 0}), "") << "no music in AAC";
    EXPECT_EQ(sync::cannotPlay(other, {"mp4", "", "h264", 0, 0, 1280, 720, 0}), "");
}

TEST(DeviceProfiles, FilmsWithoutAnyFileAreSaid) {
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "Google Pixel 7"), L("Pixel 7"), false);
    for (const auto& file : checkedOf(draft.files()))
        draft.toggle(file);
    EXPECT_TRUE(draft.problem().contains(L("kind of file"))) << draft.problem().toStdString();
    draft.toggle(L("file:mkv"));
    EXPECT_TRUE(draft.problem().contains(L("MP4"))) << "what is made of others could not be read";
    draft.choose(L("film"), QString());
    EXPECT_EQ(draft.problem(), QString());
    auto hand = draft.result();
    hand.containers = {"flv", "mp3"};
    hand.filmContainers.reset();
    draft.begin(hand, L("Pixel 7"), true);
    EXPECT_EQ(draft.problem(), QString()) << "who wrote it by hand knows of other files";
    EXPECT_EQ(draft.result().containers, hand.containers);
}

// Names are as long as their field lets them be, in any script; a file that cannot be read would take all others away.
TEST(DeviceProfiles, OfAnyNameAreReadAgainAndWhatCannotBeReadIsNotKept) {
    const QTemporaryDir folder;
    const OwnProfiles own{DeviceFiles(folder.path().toStdString())};
    ProfileViewModel draft;
    auto car = sync::profileFor(sync::builtInProfiles(), "a car");
    car.models.clear();
    draft.begin(car, QString(120, QChar(0x10c)), false);
    draft.setName(QString(100, QChar(0x97f3)));
    draft.setForModel(true);
    auto profile = draft.result();
    profile.id = "own-1";
    ASSERT_TRUE(own.put(profile));
    auto kept = own.load();
    ASSERT_TRUE(kept && kept->size() == 1);
    EXPECT_EQ(QString::fromStdString(kept->front().name), QString(33, QChar(0x97f3)));
    EXPECT_EQ(QString::fromStdString(kept->front().models.at(0)), QString(50, QChar(0x10d)));
    profile.id = std::string(41, 'x');
    EXPECT_FALSE(own.put(profile));
    kept = own.load();
    ASSERT_TRUE(kept && kept->size() == 1);
    EXPECT_EQ(kept->front().id, "own-1");
}

TEST(DeviceProfiles, HoldForADeviceOrItsModelUntilMareasComeBack) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    const auto usual = device->profile();
    const int known = static_cast<int>(device->profiles().size());
    device->editProfile();
    EXPECT_FALSE(device->draft()->own());
    EXPECT_EQ(device->draft()->name(), L("STICK"));
    device->draft()->toggle(L("mp3"));
    device->keepProfile();
    EXPECT_NE(device->profile(), usual);
    EXPECT_EQ(device->profiles().size(), known + 1);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return device->plan()->count() > 0 && device->problems().isEmpty(); }, kPatience));
    const DeviceFiles files(world.folder.filePath(QStringLiteral("devices")).toStdString());
    auto own = OwnProfiles(files).load();
    ASSERT_TRUE(own && own->size() == 1);
    EXPECT_TRUE(own->front().models.empty()) << "of this device alone";
    device->editProfile();
    EXPECT_TRUE(device->draft()->own());
    device->draft()->setForModel(true);
    device->keepProfile();
    own = OwnProfiles(files).load();
    ASSERT_TRUE(own && own->size() == 1) << "it is the same one";
    EXPECT_EQ(own->front().models, std::vector<std::string>{"stick"});
    EXPECT_EQ(sync::profileFor(*profilesWith(OwnProfiles(files).path()), "My STICK").id, own->front().id);
    device->forgetProfile();
    EXPECT_EQ(device->profile(), usual);
    EXPECT_FALSE(QFile::exists(QString::fromStdString(OwnProfiles(files).path())));
    // What somebody wrote by hand and is wrong is not written over.
    QFile file(QString::fromStdString(OwnProfiles(files).path()));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{oh");
    file.close();
    device->editProfile();
    device->keepProfile();
    EXPECT_EQ(device->profile(), usual);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "{oh");
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
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kPatience));
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
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->history().size() == 1; }, kPatience));
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
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->state() != L("blocked"); }, kPatience));
}

TEST(DevicesTest, OneThatDoesNotLetUsInIsTriedAgain) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->refused = true;
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !device->problemText().isEmpty(); }, kPatience));
    world.memory->refused = false;
    device->reload();
    EXPECT_TRUE(DeviceWorld::ready(*device));
    EXPECT_TRUE(device->problemText().isEmpty());
}

TEST(DevicesTest, AStickIsEjectedByWhatWorks) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    ASSERT_TRUE(device->canEject());
    device->eject();
    ASSERT_EQ(world.commands.size(), 2);
    EXPECT_EQ(world.commands[0].toStdString(), "gio mount -e /media/ana/STICK");
    EXPECT_EQ(world.commands[1].toStdString(), "udisksctl unmount -b /dev/sdb1");
    EXPECT_TRUE(device->statusText().contains(L("unplugged")));
    EXPECT_EQ(device->state().toStdString(), "closed");
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
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->plan()->count() == 1; }, kPatience));
    device->sync();
    ASSERT_TRUE(DeviceWorld::synced(*device, 1));
    EXPECT_EQ(world.memory->device.files.at("Music/Leo/Wind.mp3"), "wind");
    device->setFolder(music.filePath(QStringLiteral("nowhere")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->stepsText().contains(L("nowhere")); }, kPatience));
}

class DevicePages : public Pages {
protected:
    QQuickItem* named(QQuickItem* below, const QString& name) {
        for (auto* child : below->childItems()) {
            if (child->objectName() == name)
                return child;
            if (auto* found = named(child, name))
                return found;
        }
        return nullptr;
    }
};

TEST_F(DevicePages, ADeviceIsShownAtEveryWidthAndSyncedByItsButton) {
    const auto memory = std::make_shared<Memory>();
    memory->device.capacity = 40'000'000;
    auto* devices = world_.context.devices();
    devices->setOpener([memory](const DeviceWish& wish) -> core::Result<OpenDevice> {
        return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", wish.place};
    });
    auto owned = std::make_unique<FakeFinder>();
    auto* finder = owned.get();
    std::vector<std::unique_ptr<DeviceFinder>> finders;
    finders.push_back(std::move(owned));
    devices->start(std::move(finders));
    world_.http.on("GET /api/v1/playlists", 200, listOf({}));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    ASSERT_TRUE(world_.signIn());
    finder->show({stick(), phone(FoundDevice::Problem::Locked)});
    QDir music(world_.folder.filePath(QStringLiteral("music")));
    ASSERT_TRUE(music.mkpath(QStringLiteral(".")));
    for (const auto& name :
         QStringList{QStringLiteral("Wind")} +
             QString(QStringLiteral("abcdefghijklmnopqrstuvwxyz")).split(QString(), Qt::SkipEmptyParts)) {
        QFile file(music.filePath(name + QStringLiteral(".mp3")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(name.toLower().toUtf8());
    }
    auto* device = devices->device(stick().key);
    device->setFolder(music.path());
    for (const int width : {1280, 800, 420}) {
        window_->resize(width, 720);
        world_.context.navigator()->go(QStringLiteral("devices"));
        settle();
        for (const auto& key : {phone(FoundDevice::Problem::Locked).key, stick().key}) {
            world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), key}});
            settle();
        }
    }
    const auto rulesNow = [&] { return named(window_->contentItem(), QStringLiteral("deviceRules")); };
    const auto* narrow = rulesNow();
    ASSERT_TRUE(narrow);
    window_->resize(1280, 720);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rulesNow() && rulesNow() != narrow && device->canSync(); }, kPatience))
        << "they are others beside the plan";
    ASSERT_TRUE(QMetaObject::invokeMethod(rulesNow(), "changeProfile"));
    const auto typedIn = [&] { return qobject_cast<QQuickItem*>(window_->focusObject()); };
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return typedIn() && typedIn()->property("text").toString() == L("STICK"); }, kPatience))
        << "the keyboard begins with the name";
    auto* words = typedIn();
    QTest::keyClick(window_, Qt::Key_Tab);
    QTest::keyClick(window_, Qt::Key_Tab);  // MP3, AAC
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_FALSE(checkedOf(device->draft()->music()).contains(L("aac")));
    words->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->profile().startsWith(L("own-")); }, kPatience))
        << device->profile().toStdString();
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->canSync(); }, kPatience));
    settle();
    auto* plan = named(window_->contentItem(), QStringLiteral("plan"));
    ASSERT_TRUE(plan);
    ASSERT_TRUE(QTest::qWaitFor([&] { return plan->property("count").toInt() > 20; }, kPatience));
    EXPECT_TRUE(QTest::qWaitFor([&] { return plan->property("atYBeginning").toBool(); }, kPatience))
        << "its button is above";
    auto* button = named(window_->contentItem(), QStringLiteral("sync"));
    ASSERT_TRUE(button);
    window_->requestActivate();
    button->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->history().size() == 1; }, kPatience));
    EXPECT_EQ(memory->device.files.at("Music/Wind.mp3"), "wind");
    world_.context.navigator()->go(QStringLiteral("home"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->state() == L("closed"); }, kPatience)) << "it is let go of";
}

}  // namespace
}  // namespace marea::app::test
