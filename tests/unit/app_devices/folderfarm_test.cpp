// Folders whose files are looked into and made into what devices play.
#include "app/devices/folderfarm.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QThreadPool>
#include <thread>

#include "app/devices/devicelibrary.h"
#include "app/devices/opendevice.h"
#include "tests/unit/app_devices/fakefarm.h"

using namespace marea;
using namespace marea::app;
using app::test::FakeFarm;
using core::ErrorCode;

namespace {

struct FolderFarmTest : ::testing::Test {
    QTemporaryDir folder;
    std::shared_ptr<FakeFarm> farm = std::make_shared<FakeFarm>();
    const sync::DeviceProfile profile = sync::builtInProfiles().front();  // MP3, MP4

    void put(const char* name, const char* content) {
        QFile file(QDir(folder.path()).filePath(QString::fromUtf8(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    DeviceLibraryPtr read(const FolderFarmPtr& with) {
        const auto library = readFolder(folder.path().toStdString(), with);
        EXPECT_TRUE(library) << library.error().text;
        return library.value_or(nullptr);
    }
    sync::Plan planFor(const DeviceLibraryPtr& library) const {
        sync::DeviceState device;
        device.freeBytes = 8'000'000'000;
        return sync::makePlan(
            {library->items, library->playlists, {}, profile, device, {}, library->encoder != nullptr});
    }
    core::Error errorFor(core::Error error) {
        farm->answer = core::unexpected<core::Error>(std::move(error));
        const auto library = read(farm);
        sync::SyncControl control;
        const auto made = library->encoder->encode(library->items.front(), *profile.audioEncoding, "x", control);
        EXPECT_FALSE(made);
        return made ? core::Error() : made.error();
    }
};

const sync::LibraryItem& itemAt(const DeviceLibraryPtr& library, std::string_view path) {
    return *std::find_if(library->items.begin(), library->items.end(),
                         [&](const sync::LibraryItem& item) { return item.path == path; });
}

TEST_F(FolderFarmTest, WhatTheDeviceDoesNotPlayIsPlannedAsWhatItPlays) {
    put("song.flac", "duration=200\n");
    put("film.mkv", "duration=5400\nvideo=1\n");
    const auto library = read(farm);
    const auto plan = planFor(library);
    EXPECT_EQ(plan.count(sync::Action::Transcode), 2u);
    for (const sync::Step& step : plan.steps) {
        const auto& item = library->items[step.place];
        const sync::Encoding& encoding = item.kind == "video" ? *profile.videoEncoding : *profile.audioEncoding;
        EXPECT_EQ(step.bytes, sync::encodedBytes(item, encoding)) << item.path;
        EXPECT_GT(step.bytes, 4'000'000) << item.path;
    }
    EXPECT_EQ(library->encoder->atOnce(), 3u);
    EXPECT_EQ(planFor(read(nullptr)).count(sync::Action::LeftOut), 2u) << "nothing here makes encodings";
}

TEST_F(FolderFarmTest, FilesAreWhatIsInThem) {
    put("film.mp4", "duration=60\nvideo=1\nwidth=3840\nheight=2160\n");
    put("broken.flac", "BROKEN");
    put("crash.mp3", "CRASH");
    const auto library = read(farm);
    EXPECT_EQ(itemAt(library, "film.mp4").format.width, 3840);
    EXPECT_EQ(itemAt(library, "film.mp4").format.container, "matroska");
    EXPECT_EQ(itemAt(library, "film.mp4").duration, 60);
    EXPECT_EQ(itemAt(library, "broken.flac").format, sync::guessedFormat("broken.flac")) << "nothing better is known";
    EXPECT_EQ(itemAt(library, "crash.mp3").format, sync::guessedFormat("crash.mp3"));
}

TEST_F(FolderFarmTest, NobodyLooksTwiceIntoTheSameFile) {
    put("song.flac", "duration=200\n");
    put("other.flac", "duration=100\n");
    const auto before = read(farm);
    put("other.flac", "duration=1000\n");
    const auto after = read(farm);
    EXPECT_EQ(farm->looks.probes, 3) << "one is another file by now";
    EXPECT_EQ(itemAt(after, "song.flac").format, itemAt(before, "song.flac").format);
    EXPECT_EQ(itemAt(after, "song.flac").duration, 200);
    EXPECT_EQ(itemAt(after, "other.flac").duration, 1000);
}

TEST_F(FolderFarmTest, WhatNobodyWaitsForAnyMoreIsNotLookedInto) {
    put("a.flac", "duration=1\n");
    put("b.flac", "duration=2\n");
    put("c.flac", "duration=3\n");
    const auto read = readFolder(folder.path().toStdString(), farm, [&] { return farm->looks.probes < 1; });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(farm->looks.probes, 1);
}

TEST_F(FolderFarmTest, AFolderThatIsBeingReadIsCalledOff) {
    put("a.flac", "duration=1\n");
    put("b.flac", "duration=2\n");
    put("list.m3u", "a.flac\n");
    constexpr int kMost = 100;  // more than it asks in all
    int asked = 0;
    bool isRead = false;
    for (int times = 0; !isRead && times < kMost; ++times) {  // called off at each of its questions
        asked = 0;
        const auto read = readFolder(folder.path().toStdString(), nullptr, [&] { return ++asked <= times; });
        isRead = read.has_value();
        if (!isRead) {
            EXPECT_EQ(read.error().code, ErrorCode::Cancelled);
            EXPECT_EQ(asked, times + 1) << "no is no";
        }
    }
    EXPECT_TRUE(isRead);
    EXPECT_GT(asked, 6) << "each file of each walk";
}

TEST_F(FolderFarmTest, HowFarAFolderIsReadIsTold) {
    put("a.flac", "duration=1\n");
    put("b.flac", "duration=2\n");
    using Told = std::vector<std::pair<std::size_t, std::size_t>>;
    Told told;
    const auto note = [&](std::size_t done, std::size_t total) { told.emplace_back(done, total); };
    ASSERT_TRUE(readFolder(folder.path().toStdString(), farm, {}, note));
    EXPECT_EQ(told, (Told{{1, 4}, {2, 4}, {3, 4}, {4, 4}})) << "each is read, and looked into";
    told.clear();
    ASSERT_TRUE(readFolder(folder.path().toStdString(), nullptr, {}, note));
    EXPECT_EQ(told, (Told{{1, 2}, {2, 2}}));
}

// A worker may take a minute over one file.
TEST_F(FolderFarmTest, WhatIsBeingLookedIntoIsNotWaitedFor) {
    put("a.flac", "duration=1\n");
    farm->looks.hold(true);
    const auto read = readFolder(folder.path().toStdString(), farm, [&] { return farm->looks.probes == 0; });
    EXPECT_EQ(read.error().code, ErrorCode::Cancelled);
    farm->looks.hold(false);
    EXPECT_EQ(itemAt(*readFolder(folder.path().toStdString(), farm), "a.flac").duration, 1);
}

// The end of the program waits for the threads of the pool.
TEST_F(FolderFarmTest, ALibraryThatIsGoneKeepsNoThreadBusy) {
    constexpr int kFiles = 200;  // more than are looked into at once
    for (int i = 0; i < kFiles; ++i)
        put((std::to_string(i) + ".flac").c_str(), ("duration=" + std::to_string(i + 1)).c_str());
    farm->looks.hold(true);
    auto library = std::make_unique<FolderLibrary>(folder.path().toStdString(), "", [this] { return farm; });
    library->load([](const core::Result<DeviceLibraryPtr>&) { FAIL() << "nobody is there to be told"; });
    while (farm->looks.probes == 0)
        std::this_thread::yield();
    library.reset();
    farm->looks.hold(false);
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    EXPECT_LT(farm->looks.probes, kFiles);
}

TEST_F(FolderFarmTest, TheFarmIsAskedAsServersAre) {
    put("song.flac", "duration=200\n");
    const auto library = read(farm);
    sync::SyncControl control;
    const std::string path = folder.filePath(QStringLiteral("made")).toStdString();
    EXPECT_TRUE(library->encoder->encode(library->items.front(), *profile.audioEncoding, path, control));
    EXPECT_EQ(farm->asked, std::vector<std::string>{"song.flac as 192 mp3"});
    EXPECT_TRUE(QFile::exists(QString::fromStdString(path)));
    farm->asked.clear();
    sync::Encoding other = *profile.audioEncoding;
    other.container = "wav";
    auto made = library->encoder->encode(library->items.front(), other, path, control);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Unprocessable);
    put("song.flac", "duration=300\n");
    made = library->encoder->encode(library->items.front(), *profile.audioEncoding, path, control);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Conflict) << "it is another file by now";
    EXPECT_TRUE(farm->asked.empty());
}

TEST_F(FolderFarmTest, AFileThatChangesWhileItIsConvertedIsNotKept) {
    put("song.flac", "duration=200\n");
    const auto library = read(farm);
    farm->meanwhile = [this] { put("song.flac", "duration=300\n"); };
    sync::SyncControl control;
    const std::string path = folder.filePath(QStringLiteral("made")).toStdString();
    const auto made = library->encoder->encode(library->items.front(), *profile.audioEncoding, path, control);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Conflict);
}

TEST_F(FolderFarmTest, ADeviceInTheLibrarysFolderIsSeen) {
    const std::string music = folder.path().toStdString();
    ASSERT_TRUE(QDir(folder.path()).mkpath(QStringLiteral("STICK/Music")));
    EXPECT_TRUE(isOneInTheOther(music, music));
    EXPECT_TRUE(isOneInTheOther(music + "/STICK/", music));
    EXPECT_TRUE(isOneInTheOther(music + "/STICK/Music/..", music + "/"));
    EXPECT_TRUE(isOneInTheOther(music, music + "/STICK")) << "a library on the device itself";
    EXPECT_TRUE(isOneInTheOther("/media/ana/STICK/", "/media/ana/./STICK/Music")) << "that is not there now";
    EXPECT_FALSE(isOneInTheOther(music + " 2", music));
    EXPECT_FALSE(isOneInTheOther(music + "/STICK", music + "/STICK 2"));
    EXPECT_FALSE(isOneInTheOther("mtp:1", music));
}

TEST_F(FolderFarmTest, WhyAFileIsNotMadeIsSaidAndEndsNoSync) {
    put("song.flac", "duration=200\n");
    for (const auto code : {ErrorCode::Unavailable, ErrorCode::Corrupt, ErrorCode::Timeout, ErrorCode::Invalid}) {
        const auto error = errorFor({code, "", "The file is at fault."});
        EXPECT_EQ(error.code, ErrorCode::Unprocessable) << "a device that is gone is told by another one";
        EXPECT_EQ(error.text, "The file is at fault.");
    }
    for (const auto code : {ErrorCode::Internal, ErrorCode::Cancelled, ErrorCode::Io}) {
        const auto error = errorFor({code, "", ""});
        EXPECT_EQ(error.code, ErrorCode::Unprocessable);
        EXPECT_EQ(error.text, "The file could not be converted.");
    }
    EXPECT_NE(errorFor({ErrorCode::TooLarge, "", "of the server"}).text.find("the computer"), std::string::npos);
}

TEST_F(FolderFarmTest, WhatWasCalledOffIsCancelled) {
    put("song.flac", "duration=200\n");
    const auto library = read(farm);
    farm->answer = core::fail(ErrorCode::Corrupt, "A piece is missing.");
    sync::SyncControl control;
    control.cancel();
    const auto made = library->encoder->encode(library->items.front(), *profile.audioEncoding, "x", control);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Cancelled);
}

}  // namespace
