// Two computers that put their titles on one device.
#include <set>

#include "lab.h"

namespace marea::sync::test {
namespace {

struct Computer {
    LibraryOwner owner;
    FakeJournal journal = {};
    FakeCopy copy = {};
    FakeSource source = {};
};

struct Owners : Lab {
    Computer ana{{"ana", "Ana's desk"}}, ben{{"ben", "Ben's laptop"}};

    Owners() {
        ana.source.all = {song("One", "1"), song("Two", "2")};
        ben.source.all = {song("Three", "3")};
    }

    core::Result<SyncReport> syncOf(Computer& who, bool takesOver = false) {
        SyncEngine engine(target, who.journal, clock, &who.copy, who.owner);
        auto state = engine.begin();
        if (!state) {
            return core::unexpected<core::Error>(state.error());
        }
        const DeviceState from = takesOver ? takenOver(*state) : *state;
        last = makePlan({who.source.all, {}, rules, profile, from, {}, false});
        SyncControl own;
        return engine.run(last, who.source.all, profile, from, who.source, {}, own, {});
    }
    LibraryFile library() { return libraryFileFrom(target.files[kLibraryPath]).value_or(LibraryFile{}); }
    std::set<std::string> itemsOf(const std::string& owner) {
        std::set<std::string> items;
        for (const DeviceFile& file : library().files) {
            if (file.owner == owner) {
                EXPECT_EQ(target.files.count(file.path), 1u) << file.path;
                items.insert(file.item);
            }
        }
        return items;
    }
    std::size_t files() const { return target.files.size() - foreign.size() - 1; }
};

TEST_F(Owners, LeaveEachOthersFilesAndSaySo) {
    ASSERT_TRUE(syncOf(ana));
    const auto report = syncOf(ben);
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->deleted, 0u) << planned();
    EXPECT_EQ(last.count(Action::Other), 2u) << planned();
    EXPECT_EQ(last.bytesOfOthers, 10'000);
    EXPECT_EQ(last.others, std::vector<std::string>{"Ana's desk"});
    EXPECT_EQ(files(), 3u);
    EXPECT_EQ(itemsOf("ana").size(), 2u);
    EXPECT_EQ(itemsOf("ben").size(), 1u);
    ana.source.all.pop_back();
    ASSERT_TRUE(syncOf(ana));
    EXPECT_EQ(last.count(Action::Delete), 1u) << "its own it removes " << planned();
    EXPECT_EQ(last.count(Action::Other), 1u);
    EXPECT_EQ(files(), 2u);
    ben.source.all.clear();
    ASSERT_TRUE(syncOf(ben));
    EXPECT_EQ(itemsOf("ana").size(), 1u);
    EXPECT_EQ(itemsOf("ben").size(), 0u);
    EXPECT_EQ(files(), 1u);
}

TEST_F(Owners, WriteNothingAgainWhereNothingChanged) {
    ASSERT_TRUE(syncOf(ana));
    ASSERT_TRUE(syncOf(ben));
    const auto before = target.files;
    for (Computer* who : {&ana, &ben, &ana}) {
        const auto report = syncOf(*who);
        ASSERT_TRUE(report);
        EXPECT_EQ(report->written + report->moved + report->deleted, 0u) << planned();
        EXPECT_EQ(target.files, before);
    }
}

TEST_F(Owners, NeitherTakeEachOthersNamesNorCopyWhatIsThere) {
    ben.source.all = ana.source.all;
    ben.source.all.push_back(song("One", "another"));
    ben.source.all.back().id = "ben's";
    ben.source.all.back().path = ana.source.all.front().path;
    ASSERT_TRUE(syncOf(ana));
    const auto before = target.files;
    ASSERT_TRUE(syncOf(ben));
    EXPECT_EQ(last.count(Action::Copy), 1u) << planned();
    EXPECT_EQ(last.count(Action::Keep), 2u);
    EXPECT_EQ(last.count(Action::Other), 0u);
    EXPECT_EQ(files(), 3u);
    for (const auto& [path, content] : before) {
        EXPECT_TRUE(path == kLibraryPath || target.files[path] == content) << path;
    }
    ana.source.all.clear();
    ASSERT_TRUE(syncOf(ana)) << "what it removes";
    EXPECT_EQ(files(), 1u);
    ASSERT_TRUE(syncOf(ben)) << "the other one puts there, as it wants it";
    EXPECT_EQ(last.count(Action::Copy), 2u) << planned();
    EXPECT_EQ(itemsOf("ben").size(), 3u);
}

TEST_F(Owners, TakeADeviceOverWhenSomebodySaysSo) {
    ASSERT_TRUE(syncOf(ana));
    ben.source.all.push_back(ana.source.all.front());
    ASSERT_TRUE(syncOf(ben, true));
    EXPECT_EQ(last.count(Action::Delete), 1u) << planned();
    EXPECT_EQ(last.count(Action::Keep), 1u) << "what both have stays, and is Ben's now";
    EXPECT_EQ(itemsOf("ben").size(), 2u);
    EXPECT_EQ(itemsOf("ana").size(), 0u);
    ASSERT_EQ(library().owners.size(), 1u);
    EXPECT_EQ(library().owners.front().name, "Ben's laptop");
    ASSERT_TRUE(syncOf(ana));
    EXPECT_EQ(last.count(Action::Delete), 0u) << planned();
    EXPECT_EQ(itemsOf("ben").size(), 2u);
}

TEST_F(Owners, OfFilesFromBeforeThoseAreOnesOwnThatTheComputerHasACopyOf) {
    SyncEngine before(target, ana.journal, clock, &ana.copy);
    source.all = ana.source.all;
    auto state = before.begin();
    ASSERT_TRUE(state);
    SyncControl own;
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
    ASSERT_TRUE(before.run(plan, source.all, profile, *state, source, {}, own, {}));
    ASSERT_TRUE(library().owners.empty());
    ASSERT_TRUE(syncOf(ben));
    EXPECT_EQ(last.count(Action::Delete), 0u) << planned();
    EXPECT_EQ(last.count(Action::Other), 2u) << "nobody knows whose they are";
    EXPECT_TRUE(last.others.empty());
    ana.source.all.pop_back();
    ASSERT_TRUE(syncOf(ana));
    EXPECT_EQ(last.count(Action::Delete), 1u) << planned();
    EXPECT_EQ(itemsOf("ana").size(), 1u);
    EXPECT_EQ(itemsOf("ben").size(), 1u);
}

TEST_F(Owners, KeepTheirFilesWhenTheLibraryFileIsLost) {
    ASSERT_TRUE(syncOf(ana));
    ASSERT_TRUE(syncOf(ben));
    target.files.erase(kLibraryPath);
    ASSERT_TRUE(syncOf(ben));
    EXPECT_EQ(last.count(Action::Delete) + last.count(Action::Copy), 0u) << planned();
    EXPECT_EQ(itemsOf("ana").size(), 2u) << "Ben's copy has them";
    EXPECT_EQ(itemsOf("ben").size(), 1u);
}

TEST_F(Owners, AreNeverMoreThanCanBeReadAgain) {
    std::vector<DeviceFile> others;
    std::vector<LibraryOwner> before;
    for (std::size_t i = 0; i < kMaxOwners; ++i) {
        const std::string number = std::to_string(i);
        others.push_back({number, "Music/" + number + ".mp3", "", 1, "", "", "", true, "owner-" + number});
        before.push_back({"owner-" + number, number});
    }
    const LibraryFile library = jointLibrary("device", {}, {"ana", "Ana's desk"}, others, before, NameKind::Fat);
    const auto read = libraryFileFrom(libraryFileText(library));
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->files.size(), kMaxOwners) << "whosever they are, they stay";
    EXPECT_EQ(read->ownerName("ana"), "Ana's desk");
}

// A library file that somebody edited, or that a device makes up.
TEST_F(Lab, AFileThatTheLibraryNamesTwiceCountsOnce) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    auto library = libraryFileFrom(target.files[kLibraryPath]);
    ASSERT_TRUE(library);
    for (const char* item : {"ghost", "a"}) {
        library->files.push_back(*fileOf("a"));
        library->files.back().item = item;
        library->files.back().size += item[0] == 'a' ? 1 : 0;
    }
    target.files[kLibraryPath] = libraryFileText(*library);
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(last.count(Action::Delete) + last.count(Action::Conflict), 0u) << planned();
    EXPECT_EQ(report->deleted, 0u);
    expectInStep();
    source.all.push_back(song("c", "C"));
    ASSERT_TRUE(sync());
    library = libraryFileFrom(target.files[kLibraryPath]);
    ASSERT_TRUE(library);
    EXPECT_EQ(library->files.size(), 3u) << "nor is it written down twice again";
}

}  // namespace
}  // namespace marea::sync::test
