#include "sync/devices/massstorage/massstoragetarget.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/base/id.h"
#include "sync/devices/massstorage/volumes.h"
#include "sync/engine/devicelibrary.h"
#include "sync/engine/foldersource.h"
#include "sync/engine/journalfile.h"
#include "sync/engine/syncengine.h"

using namespace marea;
using namespace marea::sync;
namespace fs = std::filesystem;

namespace {

struct Storage : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("marea-sync-" + core::newId());
    fs::path device = folder / "device", music = folder / "music";
    std::unique_ptr<MassStorageTarget> target;

    Storage() {
        fs::create_directories(device);
        fs::create_directories(music);
        target = std::move(*MassStorageTarget::open(device.string()));
    }
    ~Storage() override { fs::remove_all(folder); }

    static void put(const fs::path& path, const std::string& content) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
    }
    static std::string get(const fs::path& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    core::Result<void> write(const std::string& path, const std::string& content) {
        TextStream stream(content);
        return target->write(path, stream);
    }
    // A whole sync, with each part made anew, as the next start of the program would.
    core::Result<SyncReport> sync(Plan* made = nullptr) {
        auto journal = JournalFile::open((folder / "journal").string());
        auto source = FolderSource::open(music.string());
        SyncEngine engine(*target, **journal, clock);
        auto state = engine.begin();
        if (!state) {
            return core::unexpected<core::Error>(state.error());
        }
        const auto items = (*source)->items();
        const auto lists = (*source)->playlists();
        const DeviceProfile& profile = profileFor(builtInProfiles(), "rockbox");
        const Plan plan = makePlan({*items, *lists, {}, profile, *state, {}, false});
        if (made) {
            *made = plan;
        }
        SyncControl control;
        return engine.run(plan, *items, profile, *state, **source, {}, control, {});
    }
    core::SystemClock clock;
};

// As many files as are open by now, and one more: the next one fails.
class OneMoreFile {
public:
    OneMoreFile() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int free = ::dup(STDERR_FILENO);
        ::close(free);
        const struct rlimit now { static_cast<rlim_t>(free) + 1, before_.rlim_max };
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~OneMoreFile() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    struct rlimit before_ {};
};

}  // namespace

TEST_F(Storage, WritesReadsRenamesAndRemoves) {
    ASSERT_TRUE(write("Music/A/one.part", std::string(3'000'000, 'x')));
    std::size_t size = 0;
    ASSERT_TRUE(target->read("Music/A/one.part", [&](std::span<const std::uint8_t> bytes) -> core::Result<void> {
        size += bytes.size();
        return {};
    }));
    EXPECT_EQ(size, 3'000'000u);
    ASSERT_TRUE(target->rename("Music/A/one.part", "Music/B/one.mp3"));
    EXPECT_FALSE(fs::exists(device / "Music/A")) << "a folder that became empty goes";
    const auto listed = target->list();
    ASSERT_EQ(listed->size(), 1u);
    EXPECT_EQ((*listed)[0].path, "Music/B/one.mp3");
    EXPECT_EQ((*listed)[0].size, 3'000'000);
    EXPECT_TRUE(target->flush());
    EXPECT_GT(*target->freeBytes(), 0);
    ASSERT_TRUE(target->remove("Music/B/one.mp3"));
    EXPECT_FALSE(fs::exists(device / "Music/B"));
    EXPECT_TRUE(fs::exists(device / "Music")) << "one at the top stays";
    EXPECT_EQ(target->remove("Music/B/one.mp3").error().code, core::ErrorCode::NotFound);
}

TEST_F(Storage, OverwritesNothing) {
    put(device / "a.mp3", "mine");
    EXPECT_FALSE(write("a.mp3", "other"));
    ASSERT_TRUE(write("b.mp3", "b"));
    EXPECT_EQ(target->rename("b.mp3", "a.mp3").error().code, core::ErrorCode::Conflict);
    EXPECT_EQ(get(device / "a.mp3"), "mine");
}

TEST_F(Storage, NothingOutsideTheFolderIsReached) {
    put(folder / "outside/secret.mp3", "secret");
    fs::create_directory_symlink(folder / "outside", device / "link");
    fs::create_symlink(folder / "outside/secret.mp3", device / "file.mp3");
    for (const char* path : {"../outside/new.mp3", "link/new.mp3", "/etc/new", "a/../../x", ""}) {
        EXPECT_FALSE(write(path, "x")) << path;
        EXPECT_FALSE(target->remove(path)) << path;
    }
    EXPECT_FALSE(target->read("link/secret.mp3", [](auto) { return core::Result<void>(); }));
    EXPECT_FALSE(target->read("file.mp3", [](auto) { return core::Result<void>(); }));
    EXPECT_FALSE(target->rename("file.mp3", "../outside/moved.mp3"));
    EXPECT_EQ(get(folder / "outside/secret.mp3"), "secret");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "outside"), fs::directory_iterator()), 1);
}

TEST_F(Storage, AMissingDeviceIsNamed) {
    const auto missing = MassStorageTarget::open((folder / "nowhere").string());
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().text.find("nowhere"), std::string::npos);
    fs::remove_all(device);
    const auto gone = write("a.mp3", "x");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, core::ErrorCode::Unavailable);
}

// Else what is in it would count as missing, and would come once more.
TEST_F(Storage, AFolderThatCannotBeReadIsAnError) {
    put(device / "Music/a.mp3", "a");
    {
        const OneMoreFile limit;
        EXPECT_FALSE(target->list());
    }
    EXPECT_EQ(target->list()->size(), 1u);
}

TEST_F(Storage, ListingItCanBeCalledOff) {
    put(device / "Music/A/a.mp3", "a");
    put(device / "Music/B/b.mp3", "b");
    int looks = 0;
    const auto listed = target->list(
        [&] { return ++looks < 3 ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, "Enough."); });
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(target->list()->size(), 2u);
}

// So many that several threads ask for them.
TEST_F(Storage, ManyFoldersAreListedAsAFewAre) {
    std::vector<std::string> expected;
    std::size_t entries = 1;  // "Music"
    for (int artist = 0; artist < 60; ++artist) {
        const std::string folder = "Music/Artist " + std::to_string(artist);
        expected.push_back(folder + "/single.mp3");
        for (int album = 0; album < 3; ++album) {
            expected.push_back(folder + "/Album " + std::to_string(album) + "/song.mp3");
        }
        entries += 1 + 4 + 3;
    }
    for (const std::string& path : expected) {
        put(device / path, path);
    }
    std::size_t looks = 0;
    const auto listed = target->list([&] { return ++looks, core::Result<void>(); });
    ASSERT_TRUE(listed) << listed.error().text;
    EXPECT_EQ(looks, entries) << "each that was seen is told of, once";
    std::vector<std::string> paths;
    for (const ListedFile& file : *listed) {
        EXPECT_EQ(file.size, static_cast<std::int64_t>(file.path.size())) << file.path;
        paths.push_back(file.path);
    }
    const auto again = target->list();
    ASSERT_TRUE(again);
    EXPECT_TRUE(std::equal(paths.begin(), paths.end(), again->begin(), again->end(),
                           [](const std::string& path, const ListedFile& file) { return path == file.path; }))
        << "whoever was faster";
    std::sort(paths.begin(), paths.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(paths, expected);

    looks = 0;
    const auto calledOff = target->list(
        [&] { return ++looks < 100 ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, "Enough."); });
    ASSERT_FALSE(calledOff);
    EXPECT_EQ(calledOff.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(looks, 100u);
}

TEST_F(Storage, SyncsAFolderAndThenHasNothingToDo) {
    put(music / "Ana/First?/01 Song: one.mp3", "song one");
    put(music / "Ana/First?/02 Tune.flac", "tune");
    put(music / "notes.txt", "no media");
    put(music / "Run.m3u8", "#EXTM3U\nAna/First?/02 Tune.flac\n../elsewhere.mp3\n/etc/passwd\n");
    put(device / "Music/Ana/mine.mp3", "foreign");
    auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 3u);
    EXPECT_EQ(get(device / "Music/Ana/First_/01 Song_ one.mp3"), "song one");
    EXPECT_EQ(get(device / "Music/Run.m3u8"), "#EXTM3U\nAna/First_/02 Tune.flac\n");
    const auto before = fs::last_write_time(device / kLibraryPath);
    Plan plan;
    report = sync(&plan);
    ASSERT_TRUE(report);
    EXPECT_EQ(plan.count(Action::Keep), plan.steps.size());
    EXPECT_EQ(report->written, 0u);
    EXPECT_EQ(fs::last_write_time(device / kLibraryPath), before);

    fs::rename(music / "Ana/First?", music / "Ana/Debut");
    report = sync(&plan);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->moved, 2u);
    EXPECT_EQ(report->deleted, 1u);  // the list names nothing that is there
    EXPECT_EQ(get(device / "Music/Ana/Debut/01 Song_ one.mp3"), "song one");
    EXPECT_FALSE(fs::exists(device / "Music/Ana/First_"));

    fs::remove_all(music / "Ana");
    report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->deleted, 2u);
    EXPECT_EQ(get(device / "Music/Ana/mine.mp3"), "foreign");
}

// Names that nothing but this computer takes, and one that is no text.
TEST_F(Storage, WhatHasANameThatNoDeviceTakesComesUnderAnother) {
    put(music / "Back\\slash/So\x01ng.mp3", "one");
    put(music / "Lat\xE9n.mp3", "two");
    put(music / "plain.mp3", "three");
    put(music / "My\x02Mix.m3u8", "#EXTM3U\nplain.mp3\n");
    auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_TRUE(report->problems.empty());
    EXPECT_EQ(get(device / "Music/Back_slash/So_ng.mp3"), "one");
    EXPECT_EQ(get(device / "Music/Lat\uFFFDn.mp3"), "two");
    EXPECT_EQ(get(device / "Music/My_Mix.m3u8"), "#EXTM3U\nplain.mp3\n");
    Plan plan;
    ASSERT_TRUE(sync(&plan));
    EXPECT_EQ(plan.count(Action::Keep), plan.steps.size()) << "they are known again";
    fs::rename(music / "Back\\slash", music / "Back");
    report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->moved, 1u);
    EXPECT_EQ(get(device / "Music/Back/So_ng.mp3"), "one");
}

TEST_F(Storage, WhatAKilledRunLeftIsClearedUp) {
    put(music / "a.mp3", "A");
    {
        auto journal = JournalFile::open((folder / "journal").string());
        ASSERT_TRUE((*journal)->add({JournalEntry::What::Writing,
                                     "Music/marea-1.part",
                                     "",
                                     {"a.mp3", "Music/a.mp3", "Music/a.mp3", 1, "f", "", "", true}}));
    }
    put(device / "Music/marea-1.part", "half of");
    ASSERT_TRUE(sync());
    EXPECT_FALSE(fs::exists(device / "Music/marea-1.part"));
    EXPECT_EQ(get(device / "Music/a.mp3"), "A");
}

TEST_F(Storage, APartOfAFileIsGoneOnWith) {
    std::string content(5'000'000, ' ');
    for (std::size_t i = 0; i < content.size(); ++i) {
        content[i] = static_cast<char>(i * 7 + i / 251);
    }
    const auto completed = [&](const std::string& part) {
        put(device / "Music/x.part", part);
        TextStream stream(content);
        const auto done = target->complete("Music/x.part", stream);
        EXPECT_TRUE(done) << done.error().text;
        return get(device / "Music/x.part") == content;
    };
    EXPECT_TRUE(completed(content.substr(0, 3'100'000)));
    EXPECT_TRUE(completed(""));
    EXPECT_TRUE(completed(content));
    EXPECT_TRUE(completed(content + "and more"));
    EXPECT_TRUE(completed(content.substr(0, 2'000'000) + std::string(4'000'000, '\0')));
    EXPECT_TRUE(completed("something else"));
    TextStream stream(content);
    EXPECT_EQ(target->complete("Music/gone.part", stream).error().code, core::ErrorCode::NotFound);
    fs::create_symlink(folder / "outside", device / "Music/link.part");
    put(folder / "outside", "untouched");
    EXPECT_FALSE(target->complete("Music/link.part", stream));
    EXPECT_EQ(get(folder / "outside"), "untouched");
}

TEST_F(Storage, AFileThatChangesMeanwhileIsLeftForTheNextTime) {
    put(music / "a.mp3", "A");
    auto source = FolderSource::open(music.string());
    const auto items = (*source)->items();
    ASSERT_EQ(items->size(), 1u);
    put(music / "a.mp3", "changed");
    EXPECT_EQ((*source)->open((*items)[0]).error().code, core::ErrorCode::Conflict);
}

// FAT has the time of a clock on the wall, to two seconds.
TEST_F(Storage, AnHoursShiftOfAllTimesChangesNothing) {
    put(music / "Ana/a.mp3", "A");
    put(music / "Ana/b.mp3", "B");
    ASSERT_EQ(sync()->written, 2u);
    for (const fs::path& place : {device, music}) {
        for (const auto& file : fs::recursive_directory_iterator(place)) {
            fs::last_write_time(file.path(), file.last_write_time() + std::chrono::seconds(3601));
        }
    }
    Plan plan;
    const auto report = sync(&plan);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->written + report->moved + report->deleted, 0u);
    EXPECT_EQ(plan.count(Action::Keep), 2u);
}

TEST_F(Storage, AFileThatIsWrittenToWhileItIsCopiedDoesNotCome) {
    put(music / "a.mp3", std::string(300'000, 'A'));  // its middle is not what it is known by
    auto source = FolderSource::open(music.string());
    const auto items = (*source)->items();
    auto content = (*source)->open(items->front());
    std::vector<std::uint8_t> block(1000);
    ASSERT_TRUE((*content)->read(block));
    {
        std::fstream file(music / "a.mp3", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(150'000);
        file << "changed";
    }
    fs::last_write_time(music / "a.mp3", fs::file_time_type::clock::now() + std::chrono::seconds(10));
    auto count = (*content)->read(block);
    while (count && *count > 0) {
        count = (*content)->read(block);
    }
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().code, core::ErrorCode::Conflict);
    content = (*source)->open(items->front());
    ASSERT_TRUE(target->write("a.mp3", **content)) << "the next time, when it rests";
}

TEST_F(Storage, AFolderIsALibrary) {
    put(music / "Ana/a.flac", "1");
    put(music / "film.mkv", "2");
    put(music / ".hidden/x.mp3", "3");
    put(music / "Mix.m3u", "film.mkv\n");
    const auto items = (*FolderSource::open(music.string()))->items();
    ASSERT_EQ(items->size(), 2u);
    EXPECT_EQ((*items)[0].path, "Ana/a.flac");
    EXPECT_EQ((*items)[0].kind, "track");
    EXPECT_EQ((*items)[0].artist, "Ana");
    EXPECT_EQ((*items)[0].format.audioCodec, "flac");
    EXPECT_EQ((*items)[1].kind, "video");
    EXPECT_EQ((*items)[1].playlists, std::vector<std::string>{"Mix.m3u"});
    EXPECT_EQ((*items)[0].id, "Ana/a.flac");
    EXPECT_FALSE(FolderSource::open((folder / "nowhere").string()));
}

// Files may be read by everybody for root, so that these tests are somebody else meanwhile.
class AsNobody {
public:
    AsNobody() { static_cast<void>(::seteuid(::geteuid() == 0 ? 65534 : ::geteuid())); }
    ~AsNobody() { static_cast<void>(::seteuid(::getuid())); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
};

TEST_F(Storage, ALibraryThatCannotBeReadAsAWholeIsNone) {
    put(music / "Ana/a.mp3", "A");
    put(music / "Leo/b.mp3", "B");
    put(music / "lost+found/c.mp3", "nobody's");
    const auto source = std::move(*FolderSource::open(music.string()));
    for (const char* place : {"Leo", "Leo/b.mp3"}) {
        fs::permissions(music / place, fs::perms::none);
        fs::permissions(music / "lost+found", fs::perms::none);
        auto items = core::Result<std::vector<LibraryItem>>(std::vector<LibraryItem>());
        bool isReached = false;
        {
            const AsNobody nobody;
            std::error_code error;
            isReached = fs::exists(music / "Ana/a.mp3", error);
            items = source->items();
        }
        fs::permissions(music / "lost+found", fs::perms::owner_all);
        fs::permissions(music / place, fs::perms::all);
        if (!isReached) {
            GTEST_SKIP() << "the folder of temporary files is for its owner alone";
        }
        ASSERT_FALSE(items) << place << ": what is not seen would be deleted from the device";
        EXPECT_NE(items.error().text.find(place), std::string::npos) << items.error().text;
    }
    const AsNobody nobody;
    EXPECT_EQ(source->items()->size(), 2u);
}

// One may open "Half", and not go in.
TEST_F(Storage, FoldersOfTheDeviceThatMayNotBeOpenedAreListedAsClosed) {
    put(device / "Music/a.mp3", "A");
    put(device / "Private/b.mp3", "B");
    put(device / "Half/c.mp3", "C");
    fs::permissions(device, fs::perms::all);
    fs::permissions(device / "Music", fs::perms::all);
    fs::permissions(device / "Private", fs::perms::none);
    fs::permissions(device / "Half", fs::perms::owner_read | fs::perms::others_read);
    auto listed = core::Result<std::vector<ListedFile>>(std::vector<ListedFile>());
    {
        const AsNobody nobody;
        listed = target->list();
    }
    fs::permissions(device / "Private", fs::perms::all);
    fs::permissions(device / "Half", fs::perms::all);
    ASSERT_TRUE(listed) << listed.error().text;
    std::map<std::string, bool> closed;
    for (const ListedFile& file : *listed) {
        closed[file.path] = file.isClosed;
    }
    EXPECT_EQ(closed, (std::map<std::string, bool>{{"Half", true}, {"Music/a.mp3", false}, {"Private", true}}));
}

TEST(Volumes, AreThoseThatPeopleCarryAbout) {
    const auto volumes = volumesFrom(
        "22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
        "90 22 8:17 / /media/ana/MY\\040STICK rw,nosuid shared:40 - vfat /dev/sdb1 rw,uid=1000\n"
        "91 22 8:33 / /run/media/ana/Card rw - exfat /dev/sdc1 rw\n"
        "92 22 0:50 / /media/share rw - cifs //server/share rw\n"
        "93 22 0:51 / /home rw - ext4 /dev/sda3 rw\n"
        "broken line\n");
    ASSERT_EQ(volumes.size(), 2u);
    EXPECT_EQ(volumes[0].path, "/media/ana/MY STICK");
    EXPECT_EQ(volumes[0].name, "MY STICK");
    EXPECT_EQ(volumes[0].fileSystem, "vfat");
    EXPECT_EQ(volumes[1].device, "/dev/sdc1");
    EXPECT_TRUE(volumesFrom("").empty());
}

TEST(Volumes, TellTheirFileSystem) {
    const char* mounts =
        "90 22 8:17 / /media/ana/STICK rw shared:40 - vfat /dev/sdb1 rw\n"
        "91 22 0:55 / /mnt/image rw - fuse.fusefat fusefat rw\n";
    EXPECT_EQ(fileSystemOf(mounts, "8:17"), "vfat");
    EXPECT_EQ(fileSystemOf(mounts, "0:55"), "fuse.fusefat");
    EXPECT_EQ(fileSystemOf(mounts, "9:9"), "");
    EXPECT_TRUE(isFat("vfat"));
    EXPECT_TRUE(isFat("fuse.fusefat"));
    EXPECT_FALSE(isFat("exfat"));
}
