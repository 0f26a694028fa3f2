#include "sync/engine/librarycopy.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/id.h"
#include "faketarget.h"
#include "sync/engine/devicelibrary.h"
#include "sync/engine/syncengine.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

struct Copies : ::testing::Test {
    FakeTarget target;
    FakeJournal journal;
    FakeSource source;
    FakeCopy copy;
    core::SystemClock clock;
    DeviceProfile profile;
    std::vector<LibraryPlaylist> playlists;

    Copies() {
        profile.containers = {"mp3"};
        profile.audio = {{"mp3", 2, 48'000}};
        target.capacity = 8'000'000;
        source.all = {song("a", "A"), song("b", "B")};
    }
    core::Result<SyncReport> sync() {
        SyncEngine engine(target, journal, clock, &copy);
        auto state = engine.begin();
        if (!state) {
            return core::unexpected<core::Error>(state.error());
        }
        const Plan plan = makePlan({source.all, playlists, {}, profile, *state, {}, false});
        SyncControl control;
        return engine.run(plan, source.all, profile, *state, source, {}, control, {});
    }
};

}  // namespace

TEST_F(Copies, ADeletedLibraryFileDoublesNothing) {
    ASSERT_EQ(sync()->written, 2u);
    const auto before = target.files;
    target.files.erase(kLibraryPath);
    const auto again = sync();
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(again->written, 0u);
    EXPECT_EQ(target.files, before) << "the file is there again, and the device is the same one";
}

TEST_F(Copies, ADeletedLibraryFileDoublesNoListOfTheDevices) {
    target.can.lists = "";
    profile.wantsPlaylists = true;
    playlists = {{"p", "Both", {"a", "b"}}};
    ASSERT_EQ(sync()->written, 3u);
    target.files.erase(kLibraryPath);
    EXPECT_EQ(sync()->written, 0u);
    EXPECT_EQ(target.ownLists.size(), 1u);
}

TEST_F(Copies, AFileThatGoesOnWithoutEndIsNotTheOneThatWasThere) {
    ASSERT_EQ(sync()->written, 2u);
    target.files.erase(kLibraryPath);
    target.isEndless = true;
    SyncEngine engine(target, journal, clock, &copy);
    const auto state = engine.begin();
    ASSERT_TRUE(state) << state.error().text;
    EXPECT_TRUE(state->library.files.empty());
}

TEST_F(Copies, WhatMayNotBeLookedAtIsNotGone) {
    source.all[0].path = "Ana/a.mp3";
    ASSERT_TRUE(sync());
    target.files.erase(kLibraryPath);
    target.closed = "Ana";
    const auto before = target.files;
    EXPECT_EQ(sync().error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(target.files, before);
    target.closed.clear();
    EXPECT_EQ(sync()->written, 0u);
}

TEST_F(Copies, ADamagedLibraryFileIsMadeAnew) {
    ASSERT_TRUE(sync());
    target.files[kLibraryPath] = "no JSON";
    ASSERT_EQ(sync()->written, 0u);
    EXPECT_TRUE(libraryFileFrom(target.files[kLibraryPath]));
    copy.kept.reset();
    target.files[kLibraryPath] = "no JSON";
    EXPECT_EQ(sync().error().code, core::ErrorCode::Invalid) << "without a copy nothing is touched";
}

TEST_F(Copies, AnotherDeviceAtTheSamePlaceKeepsWhatIsIts) {
    ASSERT_TRUE(sync());
    FakeTarget other;
    other.capacity = target.capacity;
    std::string foreign = target.files["a.mp3"];
    foreign[0] = '!';  // the same name and size, and not what was written
    target.files = {{"a.mp3", foreign}};
    source.all = {song("b", "B")};  // so that "a" would be deleted, were it ours
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files["a.mp3"], foreign);
    EXPECT_TRUE(target.files.count("b.mp3"));
}

TEST_F(Copies, NamesThatDifferByCaseAreTheSameThere) {
    ASSERT_TRUE(sync());
    SyncControl control;
    Transfer transfer(target, control, [](std::int64_t) {});
    const std::vector<ListedFile> listed{{"A.MP3", 5000}};  // as the device tells it
    EXPECT_EQ(confirmed(transfer, *copy.kept, listed, NameKind::Fat)->files.size(), 1u);
    EXPECT_TRUE(confirmed(transfer, *copy.kept, listed, NameKind::Posix)->files.empty());
}

TEST_F(Copies, ADeviceOfAnEarlierTimeGetsItsCopy) {
    ASSERT_TRUE(sync());
    copy.kept.reset();
    ASSERT_EQ(sync()->written, 0u);
    ASSERT_TRUE(copy.kept);
    EXPECT_EQ(copy.kept->files.size(), 2u);
}

TEST_F(Copies, ACopyThatCannotBeKeptIsTold) {
    copy.isFull = true;
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->written, 2u);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].path, kLibraryPath);
}

TEST(LibraryCopyFile, IsWrittenWholeOrNotAtAll) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("marea-copy-" + core::newId());
    fs::create_directories(folder);
    LibraryCopyFile copy((folder / "one.json").string());
    EXPECT_FALSE(copy.isThere());
    EXPECT_EQ(copy.load().error().code, core::ErrorCode::NotFound);
    const LibraryFile library{"device", {{"a", "a.mp3", "a.mp3", 3, "f", "", "c", true}}};
    ASSERT_TRUE(copy.store(library));
    EXPECT_TRUE(copy.isThere());
    EXPECT_EQ(copy.load()->files, library.files);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1) << "no part is left";
    EXPECT_FALSE(LibraryCopyFile((folder / "nowhere/one.json").string()).store(library));
    fs::remove_all(folder);
}

TEST_F(Copies, AFullDeviceHasRoomForTheLibraryFile) {
    source.all = {song("a", "A", 3000), song("b", "B", 3000)};
    SyncEngine engine(target, journal, clock, &copy);
    const auto state = engine.begin();
    ASSERT_TRUE(state);
    const Plan plan = makePlan({source.all, {}, {}, profile, *state, {}, false});
    target.capacity = 6100;  // both, and nothing else
    SyncControl control;
    const auto report = engine.run(plan, source.all, profile, *state, source, {}, control, {});
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 1u);
    EXPECT_EQ(report->problems.size(), 1u);
    const auto library = libraryFileFrom(target.files[kLibraryPath]);
    ASSERT_TRUE(library);
    EXPECT_EQ(library->files.size(), 1u);
}
