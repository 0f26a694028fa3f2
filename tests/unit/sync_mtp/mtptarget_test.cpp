// Phones that lie: each gets an error in words, or what is true of what it says, and nothing takes without end.
#include "sync/devices/mtp/mtptarget.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/base/id.h"
#include "fakemtp.h"
#include "sync/engine/importrun.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;
namespace fs = std::filesystem;

namespace {

struct HostilePhone : ::testing::Test {
    HostilePhone() { phone() = FakePhone(); }

    static std::unique_ptr<MtpTarget> opened(std::vector<std::string> folders = {"Music"}) {
        auto target = MtpTarget::open("", std::move(folders));
        return target ? std::move(*target) : nullptr;
    }
    static std::vector<std::string> listed() {
        std::vector<std::string> paths;
        const auto files = opened()->list();
        EXPECT_TRUE(files) << files.error().text;
        for (const ListedFile& file : files.value_or(std::vector<ListedFile>())) {
            paths.push_back(file.path);
        }
        return paths;
    }
};

TEST_F(HostilePhone, FoldersThatHoldThemselvesAreListedOnce) {
    phone().folders[kTop] = {{1, "Music", true}, {2, "photo.jpg"}};
    phone().folders[1] = {{1, "A", true}, {1, "A", true}, {3, "B", true}, {4, "song.mp3"}};
    phone().folders[3] = {{1, "C", true}, {3, "D", true}, {kTop, "E", true}, {5, "tune.mp3"}};
    EXPECT_EQ(listed().size(), 4u);
    EXPECT_LE(phone().listings, 4) << "each once";
}

TEST_F(HostilePhone, MoreObjectsThanAPhoneHasAreAnError) {
    phone().folders[kTop] = {{1, "Music", true}};
    phone().folders[1].assign(500'001, {7, "the same.mp3"});
    const auto files = opened()->list();
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().text, "There are too many files on the device.");
}

TEST_F(HostilePhone, NamesThatLeadElsewhereAreNoFiles) {
    phone().folders[kTop] = {{1, "Music", true}};
    std::uint32_t id = 10;
    for (const char* name :
         {"../up.mp3", "..", ".", "", "/etc/passwd", "a/b.mp3", "a\\b.mp3", "line\nbreak.mp3", "\xFF.mp3"}) {
        phone().folders[1].push_back({id++, name});
        phone().folders[1].push_back({id++, name, true});
    }
    phone().folders[1].push_back({9, "song.mp3"});
    EXPECT_EQ(listed(), std::vector<std::string>{"Music/song.mp3"});
    const auto target = opened();
    ASSERT_TRUE(target->list());
    for (const char* path : {"../up.mp3", "Music/../../x", "/etc/passwd"}) {
        const auto none = [](std::span<const std::uint8_t>) { return core::Result<void>(); };
        EXPECT_FALSE(target->read(path, none)) << path;
        EXPECT_FALSE(target->remove(path)) << path;
    }
}

TEST_F(HostilePhone, SizesThatCannotBeStayNumbers) {
    phone().room = phone().capacity = UINT64_MAX;
    phone().folders[kTop] = {{2, "a.mp3", false, UINT64_MAX}, {3, "b.mp3", false, std::uint64_t{1} << 63}};
    const auto target = opened();
    const auto files = target->list();
    ASSERT_TRUE(files);
    for (const ListedFile& file : *files) {
        EXPECT_EQ(file.size, kMostListedBytes) << file.path;
    }
    EXPECT_GT(*target->freeBytes(), 0);
    EXPECT_GT(*target->totalBytes(), 0);
    EXPECT_GT(target->storages().front().freeBytes, 0);
}

TEST_F(HostilePhone, AStorageThatNothingCanBePutOnSaysSo) {
    EXPECT_TRUE(mayBeWritten(*opened()));
    for (const std::uint16_t access : {1, 2}) {  // nothing may be changed; it may only be deleted
        phone().access = access;
        EXPECT_FALSE(mayBeWritten(*opened()));
        const auto devices = MtpTarget::devices();
        ASSERT_EQ(devices.size(), 1u);
        ASSERT_EQ(devices[0].storages.size(), 1u);
        EXPECT_TRUE(devices[0].storages[0].isReadOnly) << "without being opened for it";
        EXPECT_TRUE(devices[0].problem.empty()) << "photos can be imported from it";
    }
    phone().access = 0;
    for (const std::uint16_t memory : {0, 1, 2, 3, 4}) {  // it does not say; ROM and RAM, fixed and removable
        phone().memory = memory;
        EXPECT_EQ(mayBeWritten(*opened()).has_value(), memory != 1 && memory != 2) << memory;
    }
}

TEST_F(HostilePhone, AFileWithoutEndFillsNoDisk) {
    phone().folders[kTop] = {{1, "DCIM", true}};
    phone().folders[1] = {{2, "IMG_20240709_1.jpg", false, 10'000}};
    phone().isEndless = true;
    const fs::path folder = fs::temp_directory_path() / ("marea-endless-" + core::newId());
    const auto target = opened({"DCIM"});
    SyncControl control;
    const auto report = importTaken(*target, "mtp:1", folder.string(), core::SystemClock(), control, {});
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->problems.size(), 1u);
    EXPECT_LE(phone().blocks, 4);
    fs::remove_all(folder);
}

// Which of them is ours nobody can tell.
TEST_F(HostilePhone, OfTwoFilesOfOnePathNeitherIsChanged) {
    const std::vector<FakePhone::Object> oneFolder{{10, "a.mp3", false, 5}, {11, "a.mp3", false, 5}};
    for (const bool inOne : {true, false}) {
        phone() = FakePhone();
        phone().folders[kTop] = {{1, "Music", true}};
        phone().folders[1] = oneFolder;
        if (!inOne) {
            phone().folders[kTop].push_back({2, "Music", true});
            phone().folders[1].pop_back();
            phone().folders[2] = {oneFolder.back()};
        }
        const auto target = opened();
        ASSERT_TRUE(target->list());
        EXPECT_FALSE(target->about("Music/none.mp3")) << "for which one of the folders is listed anew";
        for (const auto& done : {target->remove("Music/a.mp3"), target->rename("Music/a.mp3", "Music/b.mp3"),
                                 target->about("Music/a.mp3").map([](const ListedFile&) {})}) {
            ASSERT_FALSE(done) << inOne;
            EXPECT_EQ(done.error().text, "Two files on the device have this name. Both stay.");
        }
        EXPECT_EQ(idOf("b.mp3"), 0u);
        EXPECT_EQ(phone().folders[1].size() + phone().folders[2].size(), 2u);
        phone().folders[1].erase(phone().folders[1].begin());
        ASSERT_TRUE(target->list());
        EXPECT_TRUE(target->remove("Music/a.mp3")) << "somebody removed the other one";
    }
}

TEST_F(HostilePhone, APhotoThatCannotBeToldFromAnotherIsNotKeptQuiet) {
    phone().folders[kTop] = {{1, "DCIM", true}};
    phone().folders[1] = {
        {2, "IMG_20240709_1.jpg", false, 3}, {3, "IMG_20240709_1.jpg", false, 3}, {4, "note.txt"}, {5, "note.txt"}};
    phone().contents = {{2, "one"}, {3, "two"}};
    const fs::path folder = fs::temp_directory_path() / ("marea-twins-" + core::newId());
    const auto target = opened({"DCIM"});
    SyncControl control;
    const auto report = importTaken(*target, "mtp:1", folder.string(), core::SystemClock(), control, {});
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->imported, 1u);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].path, "DCIM/IMG_20240709_1.jpg");
    EXPECT_EQ(report->problems[0].reason, "Of the files that have this name only one can be imported.");
    fs::remove_all(folder);
}

// A list of half a phone would make the rest look as if it had been deleted.
TEST_F(HostilePhone, APhoneThatIsPulledWhileItIsListedIsGone) {
    phone().folders[kTop] = {{1, "Music", true}, {2, "marea-library.json"}};
    phone().folders[1] = {{3, "a.mp3"}, {4, "b.mp3"}};
    for (int listing = 0; listing < 2; ++listing) {
        phone().listings = 0;
        phone().pulledAt = -1;
        const auto target = opened();
        phone().pulledAt = listing;
        const auto files = target->list();
        ASSERT_FALSE(files) << "in listing " << listing;
        EXPECT_TRUE(isGone(files.error())) << files.error().text;
        EXPECT_TRUE(isGone(target->freeBytes().error()));
    }
}

// Phones with very many files take minutes.
TEST_F(HostilePhone, ListingItCanBeCalledOffBetweenFolders) {
    phone().folders[kTop] = {{1, "Music", true}, {2, "marea-library.json"}};
    phone().folders[1] = {{3, "A", true}, {4, "B", true}, {5, "C", true}};
    const auto target = opened();
    const auto files = target->list(
        [] { return phone().listings < 3 ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, "Enough."); });
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(phone().listings, 3) << "the top, the music, and one folder in it";
    EXPECT_TRUE(target->list()) << "it is not gone";
    EXPECT_TRUE(target->freeBytes());
}

struct PhoneThatLeavesOut : HostilePhone {
    PhoneThatLeavesOut() {
        phone().folders[kTop] = {{1, "Music", true}, {2, "marea-library.json"}};
        phone().folders[1] = {{3, "a.mp3"}, {4, "B", true}};
        phone().folders[4] = {{5, "b.mp3"}};
    }
    static bool has(const std::vector<ListedFile>& files, std::string_view path) {
        return std::any_of(files.begin(), files.end(), [&](const ListedFile& file) { return file.path == path; });
    }
};

TEST_F(PhoneThatLeavesOut, ASingleFileIsAskedForAgain) {
    phone().counts = true;
    phone().refusals = {{3, 1}, {4, 1}};
    const auto target = opened();
    const auto files = target->list();
    ASSERT_TRUE(files);
    EXPECT_TRUE(has(*files, "Music/a.mp3"));
    EXPECT_TRUE(has(*files, "Music/B/b.mp3")) << "and so is a folder";
    EXPECT_TRUE(target->partlyListed().empty());
}

// A folder of pictures may have tens of thousands: it takes minutes, and would be taken for a phone that hangs.
TEST_F(PhoneThatLeavesOut, EachFileOfALargeFolderIsASignOfLife) {
    phone().counts = true;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        phone().folders[1].push_back({100 + i, std::to_string(i) + ".mp3"});
    }
    const auto target = opened();
    int looks = 0;
    const auto files = target->list([&] {
        ++looks;
        return core::Result<void>();
    });
    ASSERT_TRUE(files);
    EXPECT_EQ(files->size(), 1003u);
    EXPECT_GE(looks, 1000);
    looks = 0;
    const auto calledOff = target->list(
        [&] { return ++looks < 50 ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, "Enough."); });
    ASSERT_FALSE(calledOff);
    EXPECT_EQ(calledOff.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(looks, 50) << "in the midst of the folder";
}

TEST_F(PhoneThatLeavesOut, OfMoreThanAPhoneHasNoneIsAskedFor) {
    phone().counts = true;
    phone().folders[1].assign(500'001, {7, "the same.mp3"});
    int looks = 0;
    const auto target = opened();
    const auto files = target->list([&] {
        ++looks;
        return core::Result<void>();
    });
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().text, "There are too many files on the device.");
    EXPECT_LT(looks, 10);
}

TEST_F(PhoneThatLeavesOut, AFileThatItNeverTellsOfIsNoticed) {
    phone().counts = true;
    phone().refusals = {{5, -1}};
    const auto target = opened();
    ASSERT_TRUE(target->list());
    EXPECT_EQ(target->partlyListed(), std::vector<std::string>{"Music/B"});
    phone().refusals.clear();
    ASSERT_TRUE(target->list());
    EXPECT_TRUE(target->partlyListed().empty());
}

TEST_F(PhoneThatLeavesOut, AnOlderLibraryKnowsOnlyByAskingTwice) {
    phone().refusals = {{5, 1}};
    const auto target = opened();
    const auto first = target->list(), second = target->list();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(has(*first, "Music/B/b.mp3"));
    EXPECT_TRUE(target->partlyListed().empty());
    EXPECT_TRUE(target->abilities().leavesOut) << "so that whoever misses a file asks";
    EXPECT_TRUE(has(*second, "Music/B/b.mp3"));
}

}  // namespace
