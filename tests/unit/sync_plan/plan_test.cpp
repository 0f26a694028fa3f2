#include "sync/plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace marea;
using namespace marea::sync;

namespace {

DeviceProfile profileNamed(const char* id) {
    for (const DeviceProfile& profile : builtInProfiles()) {
        if (profile.id == id) {
            return profile;
        }
    }
    return {};
}

LibraryItem track(const std::string& name, const std::string& content = "") {
    LibraryItem item;
    item.id = name;
    item.kind = "track";
    item.path = name + ".mp3";
    item.fingerprint = content.empty() ? "content of " + name : content;
    item.size = 5'000'000;
    item.duration = 200;
    item.format = {"mp3", "mp3", "", 2, 44'100, 0, 0, 192'000};
    return item;
}

LibraryItem flac(const std::string& name) {
    LibraryItem item = track(name);
    item.path = name + ".flac";
    item.size = 30'000'000;
    item.format = {"flac", "flac", "", 2, 44'100, 0, 0, 1'200'000};
    return item;
}

// A device on which plans are carried out by the letter.
struct World {
    std::vector<LibraryItem> items;
    std::vector<LibraryPlaylist> playlists;
    SyncRules rules;
    DeviceProfile profile = profileNamed("generic");
    DeviceState device;
    std::map<std::string, std::string> owners;  // path → item, "" foreign

    World() { device.freeBytes = 1'000'000'000; }

    Plan plan() const { return makePlan({items, playlists, rules, profile, device, {}, true}); }

    void foreign(const std::string& path, std::int64_t size = 100) { device.listed.push_back({path, size}); }
    ListedFile* listed(const std::string& path) {
        for (ListedFile& file : device.listed) {
            if (clashKey(file.path, device.names) == clashKey(path, device.names)) {
                return &file;
            }
        }
        return nullptr;
    }
    void erase(const std::string& path) {
        std::erase_if(device.library.files, [&](const DeviceFile& file) { return file.path == path; });
        const auto before = device.listed.size();
        std::erase_if(device.listed, [&](const ListedFile& file) { return file.path == path; });
        ASSERT_EQ(device.listed.size() + 1, before) << path << " was there once";
    }
    void carryOut(const Plan& done) {
        for (const std::string& path : done.missing) {
            std::erase_if(device.library.files, [&](const DeviceFile& file) { return file.path == path; });
        }
        std::vector<DeviceFile> moved;
        for (const Step& step : done.steps) {
            if (step.action == Action::Conflict) {
                std::erase_if(device.library.files, [&](const DeviceFile& file) { return file.path == step.to; });
            } else if (step.action == Action::Delete || step.action == Action::Move) {
                erase(step.from);
            }
            if (step.action == Action::Move) {
                moved.push_back(
                    {step.item, step.to, step.wanted, step.bytes, step.fingerprint, step.encoding, "", true});
            }
        }
        for (const DeviceFile& file : moved) {
            add(file);
        }
        for (const Step& step : done.steps) {
            if (step.action == Action::Copy || step.action == Action::Transcode) {
                if (!step.from.empty()) {
                    erase(step.from);
                }
                add({step.item, step.to, step.wanted, step.bytes, step.fingerprint, step.encoding, "", true});
            }
        }
    }
    void add(const DeviceFile& file) {
        ASSERT_EQ(listed(file.path), nullptr) << file.path << " was overwritten";
        device.listed.push_back({file.path, file.size});
        device.library.files.push_back(file);
    }
    std::vector<std::string> paths() const {
        std::vector<std::string> all;
        for (const ListedFile& file : device.listed) {
            all.push_back(file.path);
        }
        std::sort(all.begin(), all.end());
        return all;
    }
};

const Step* stepOf(const Plan& plan, const std::string& item) {
    for (const Step& step : plan.steps) {
        if (step.item == item) {
            return &step;
        }
    }
    return nullptr;
}

}  // namespace

TEST(Plans, CopyWhatIsNewAndThenNothing) {
    World world;
    world.items = {track("A/One"), track("A/Two")};
    const Plan plan = world.plan();
    EXPECT_EQ(plan.count(Action::Copy), 2u);
    EXPECT_EQ(plan.bytesToWrite, 10'000'000);
    EXPECT_GT(plan.seconds, 0);
    EXPECT_EQ(stepOf(plan, "A/One")->to, "Music/A/One.mp3");
    EXPECT_EQ(stepOf(plan, "A/One")->reason, "it is new");
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 2u);
    EXPECT_EQ(world.plan().steps.size(), 2u);
}

TEST(Plans, EncodeWhatTheDeviceDoesNotPlayOnce) {
    World world;
    world.items = {flac("Song")};
    const Plan plan = world.plan();
    const Step* step = stepOf(plan, "Song");
    EXPECT_EQ(step->action, Action::Transcode);
    EXPECT_EQ(step->to, "Music/Song.mp3");
    EXPECT_EQ(step->encoding, "mp3-192");
    EXPECT_NEAR(static_cast<double>(step->bytes), 200 * 192'000 / 8, 400'000);
    EXPECT_EQ(step->reason, "it does not read flac files");
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 1u);
    world.profile = profileNamed("rockbox");  // plays it as it is
    EXPECT_EQ(stepOf(world.plan(), "Song")->action, Action::Copy);
    EXPECT_EQ(stepOf(world.plan(), "Song")->to, "Music/Song.flac");
}

TEST(Plans, WithoutAnEncoderSayWhatCannotCome) {
    World world;
    world.items = {flac("Song"), track("Tune")};
    const Plan plan = makePlan({world.items, {}, world.rules, world.profile, world.device, {}, false});
    EXPECT_EQ(stepOf(plan, "Song")->action, Action::LeftOut);
    EXPECT_EQ(stepOf(plan, "Song")->reason, "it does not read flac files");
    EXPECT_EQ(stepOf(plan, "Tune")->action, Action::Copy);
}

// A program without workers, after one that had them.
TEST(Plans, WithoutAnEncoderKeepWhatWasEncodedBefore) {
    for (const Moves moves : {Moves::Anywhere, Moves::Nowhere}) {
        World world;
        world.device.moves = moves;
        world.items = {flac("Song"), flac("Named")};
        world.carryOut(world.plan());
        world.items[1].path = "Otherwise.flac";
        world.items.push_back(flac("New"));
        const Plan plan = makePlan({world.items, {}, world.rules, world.profile, world.device, {}, false});
        EXPECT_EQ(plan.count(Action::Delete), 0u);
        EXPECT_EQ(stepOf(plan, "Song")->action, Action::Keep);
        EXPECT_EQ(stepOf(plan, "Named")->action, moves == Moves::Anywhere ? Action::Move : Action::Keep);
        EXPECT_EQ(stepOf(plan, "New")->action, Action::LeftOut);
        world.carryOut(plan);
        const Plan next = world.plan();
        EXPECT_EQ(stepOf(next, "Song")->action, Action::Keep);
        EXPECT_EQ(stepOf(next, "Named")->action, moves == Moves::Anywhere ? Action::Keep : Action::Transcode)
            << "it gets its name once that can be made";
    }
}

TEST(Plans, WithoutAnEncoderAnOlderEncodingIsBetterThanNone) {
    World world;
    world.items = {flac("Song"), flac("Unwanted")};
    world.carryOut(world.plan());
    world.items.pop_back();
    world.items[0].fingerprint = "with other tags";
    const Plan plan = makePlan({world.items, {}, world.rules, world.profile, world.device, {}, false});
    EXPECT_EQ(stepOf(plan, "Song")->action, Action::LeftOut);
    ASSERT_EQ(plan.count(Action::Delete), 1u);
    EXPECT_EQ(stepOf(plan, "Unwanted")->action, Action::Delete);
    world.carryOut(plan);
    const Plan next = world.plan();
    ASSERT_EQ(next.steps.size(), 1u);
    EXPECT_EQ(next.steps[0].action, Action::Transcode) << "it is replaced once that can be made";
    EXPECT_EQ(next.steps[0].from, "Music/Song.mp3");
}

TEST(Plans, SeeARenamedFileAsAMove) {
    World world;
    world.items = {track("Old/Song")};
    world.carryOut(world.plan());
    world.items = {track("New/Song", "content of Old/Song")};  // another id, the same content
    const Plan plan = world.plan();
    ASSERT_EQ(plan.steps.size(), 1u);
    EXPECT_EQ(plan.steps[0].action, Action::Move);
    EXPECT_EQ(plan.steps[0].from, "Music/Old/Song.mp3");
    EXPECT_EQ(plan.steps[0].to, "Music/New/Song.mp3");
    EXPECT_EQ(plan.bytesToWrite, 0);
    world.device.moves = Moves::WithinAFolder;
    EXPECT_EQ(world.plan().steps[0].action, Action::Copy);
    world.device.moves = Moves::Anywhere;
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 1u);
}

TEST(Plans, LetTwoFilesChangePlaces) {
    World world;
    world.items = {track("A"), track("B")};
    world.carryOut(world.plan());
    std::swap(world.items[0].path, world.items[1].path);
    const Plan plan = world.plan();
    EXPECT_EQ(plan.count(Action::Move), 2u);
    EXPECT_EQ(stepOf(plan, "A")->to, "Music/B.mp3");
    EXPECT_EQ(stepOf(plan, "B")->to, "Music/A.mp3");
}

TEST(Plans, ReplaceWhatChanged) {
    World world;
    world.items = {track("A")};
    world.carryOut(world.plan());
    world.items[0].fingerprint = "remastered";
    const Plan plan = world.plan();
    ASSERT_EQ(plan.steps.size(), 1u);
    EXPECT_EQ(plan.steps[0].action, Action::Copy);
    EXPECT_EQ(plan.steps[0].from, "Music/A.mp3");
    EXPECT_EQ(plan.steps[0].to, "Music/A.mp3");
    EXPECT_EQ(plan.steps[0].reason, "it has changed");
}

TEST(Plans, DeleteOnlyWhatIsOurs) {
    World world;
    world.items = {track("A"), track("B")};
    world.foreign("Music/Mine.mp3");
    world.carryOut(world.plan());
    world.items.pop_back();
    const Plan plan = world.plan();
    EXPECT_EQ(plan.count(Action::Delete), 1u);
    EXPECT_EQ(stepOf(plan, "B")->from, "Music/B.mp3");
    world.carryOut(plan);
    EXPECT_EQ(world.paths(), (std::vector<std::string>{"Music/A.mp3", "Music/Mine.mp3"}));
}

TEST(Plans, GiveAnotherNameWhereAForeignFileIs) {
    World world;
    world.foreign("music/a.MP3");
    world.items = {track("A")};
    const Plan plan = world.plan();
    EXPECT_EQ(plan.steps[0].to, "Music/A (2).mp3");
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 1u) << "the name is remembered";
    world.erase("music/a.MP3");
    EXPECT_EQ(world.plan().count(Action::Keep), 1u);
}

TEST(Plans, TellApartNamesThatDifferByCaseOnly) {
    World world;
    world.items = {track("a"), track("A")};
    world.carryOut(world.plan());
    EXPECT_EQ(world.device.listed.size(), 2u);
    EXPECT_EQ(world.plan().count(Action::Keep), 2u);
}

TEST(Plans, LeaveAFileThatSomebodyChangedOnTheDevice) {
    World world;
    world.items = {track("A")};
    world.carryOut(world.plan());
    world.listed("Music/A.mp3")->size = 17;
    const Plan plan = world.plan();
    EXPECT_EQ(plan.count(Action::Conflict), 1u);
    EXPECT_EQ(plan.count(Action::Copy), 1u);
    EXPECT_EQ(plan.steps[0].to, "Music/A (2).mp3");
    world.carryOut(plan);
    EXPECT_EQ(world.listed("Music/A.mp3")->size, 17);
    EXPECT_EQ(world.plan().steps.size(), 1u);
}

TEST(Plans, BringBackWhatIsMissing) {
    World world;
    world.items = {track("A")};
    world.carryOut(world.plan());
    world.device.listed.clear();
    const Plan plan = world.plan();
    EXPECT_EQ(plan.steps[0].action, Action::Copy);
    EXPECT_EQ(plan.steps[0].reason, "it is missing on the device");
    EXPECT_EQ(plan.missing, std::vector<std::string>{"Music/A.mp3"});
}

TEST(Plans, LeaveOutWhatHasNoRoom) {
    World world;
    world.items = {track("A"), track("B"), track("C")};
    for (LibraryItem& item : world.items) {
        item.addedAt = item.id[0];  // C is the newest
    }
    world.device.freeBytes = 15'000'000;
    const Plan plan = world.plan();
    EXPECT_EQ(plan.count(Action::Copy), 2u);
    EXPECT_EQ(stepOf(plan, "A")->action, Action::LeftOut);
    EXPECT_EQ(stepOf(plan, "A")->reason, "there is no room for 5 MB");
    EXPECT_EQ(plan.bytesLeftOut, 5'000'000);
}

TEST(Plans, LeaveOutWhatTheFileSystemCannotHold) {
    World world;
    world.items = {track("A")};
    world.items[0].size = 5'000'000'000;
    world.device.freeBytes = 50'000'000'000;
    world.device.maxFileSize = 4'294'967'295;
    EXPECT_EQ(world.plan().steps[0].reason, "its file would be larger than the device's 4295 MB");
}

TEST(Plans, CountTheRoomThatDeletionsGive) {
    World world;
    world.items = {track("A")};
    world.carryOut(world.plan());
    world.items = {track("B")};
    world.device.freeBytes =
        4 * 1024 * 1024 + 2 * 1024 + 100;  // nothing beyond what is left free, and the library file
    EXPECT_EQ(world.plan().count(Action::Copy), 1u);
}

TEST(Plans, FollowTheRules) {
    World world;
    world.items = {track("A"), track("B"), track("C"), track("D")};
    world.items[0].addedAt = 10;
    world.items[1].addedAt = 20;
    world.items[2].artist = "Ana";
    world.items[3].kind = "movie";
    world.items[1].watched = true;
    const auto wanted = [&](const SyncRules& rules) {
        std::string ids;
        for (const std::size_t item : wantedItems(world.items, rules)) {
            ids += world.items[item].id;
        }
        return ids;
    };
    EXPECT_EQ(wanted({}), "BACD");  // the newest first
    SyncRules rules;
    rules.newest = 1;
    EXPECT_EQ(wanted(rules), "B");
    rules.unwatchedOnly = true;
    EXPECT_EQ(wanted(rules), "A");
    EXPECT_EQ(wanted({.kinds = {"movie"}, .playlists = {}, .artists = {}, .newest = {}, .fillBytes = {}}), "D");
    EXPECT_EQ(wanted({.kinds = {}, .playlists = {}, .artists = {"Ana"}, .newest = {}, .fillBytes = {}}), "C");
    world.items[2].playlists = {"p"};
    world.items[3].playlists = {"p", "q"};
    EXPECT_EQ(wanted({.kinds = {}, .playlists = {"q", "p"}, .artists = {}, .newest = {}, .fillBytes = {}}), "DC");
    world.rules.fillBytes = 11'000'000;
    EXPECT_EQ(world.plan().count(Action::Copy), 2u);
}

TEST(Plans, ChosenTitlesComeBesideWhatTheRulesSayAndBeforeIt) {
    World world;
    world.items = {track("A"), track("B"), track("C"), track("D")};
    world.items[0].addedAt = 10;
    world.items[1].addedAt = 20;
    world.items[3].kind = "movie";
    world.items[3].watched = true;
    const auto wanted = [&](const SyncRules& rules) {
        std::string ids;
        for (const std::size_t item : wantedItems(world.items, rules)) {
            ids += world.items[item].id;
        }
        return ids;
    };
    SyncRules rules;
    rules.kinds = {"track"};
    rules.unwatchedOnly = true;
    rules.newest = 1;
    EXPECT_EQ(wanted(rules), "B");
    chooseTitles(rules, {"D", "gone", "D"}, true);
    EXPECT_EQ(rules.titles, (std::vector<std::string>{"D", "gone"}));
    EXPECT_FALSE(rules.onlyTitles) << "what was set stays so";
    EXPECT_EQ(wanted(rules), "DB") << "whatever its kind, and not among the newest one";
    rules.onlyTitles = true;
    EXPECT_EQ(wanted(rules), "D");
    rules.titles.clear();
    EXPECT_EQ(wanted(rules), "");
    SyncRules fresh, synced;
    chooseTitles(synced, {"C"}, false);
    EXPECT_EQ(wanted(synced), "CBAD") << "a device that has everything keeps it";
    chooseTitles(fresh, {"C"}, true);
    EXPECT_EQ(wanted(fresh), "C") << "who drags one title onto a new device does not want all of them there";
    chooseTitles(fresh, {"A", "C"}, true);
    EXPECT_EQ(wanted(fresh), "AC");
    world.rules = rules;
    world.rules.onlyTitles = false;
    world.rules.newest = {};
    world.rules.titles = {"C"};
    world.rules.fillBytes = 6'000'000;
    ASSERT_EQ(world.plan().count(Action::Copy), 1u);
    EXPECT_EQ(world.plan().steps.front().item, "C") << "room is for chosen ones first";
}

TEST(Plans, WritePlaylistsThatNameWhatIsThere) {
    World world;
    world.items = {track("A/One"), flac("B/Two")};
    world.playlists = {{"p", "Run: fast", {"B/Two", "gone", "A/One"}}, {"empty", "Empty", {"gone"}}};
    const Plan plan = world.plan();
    const Step* step = stepOf(plan, "playlist:p");
    ASSERT_NE(step, nullptr);
    EXPECT_EQ(step->to, "Music/Run_ fast.m3u8");
    EXPECT_EQ(step->text, "#EXTM3U\nB/Two.mp3\nA/One.mp3\n");
    EXPECT_EQ(stepOf(plan, "playlist:empty"), nullptr);
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 3u);
    world.playlists[0].items = {"A/One"};
    EXPECT_EQ(stepOf(world.plan(), "playlist:p")->action, Action::Copy);
    world.playlists.clear();
    EXPECT_EQ(stepOf(world.plan(), "playlist:p")->action, Action::Delete);
}

TEST(Plans, GiveADeviceThatKeepsListsItsOwn) {
    World world;
    world.device.lists = "Playlists";
    world.items = {track("A/One"), flac("B/Two")};
    world.playlists = {{"p", "Run: fast", {"B/Two", "gone", "A/One"}}};
    const Plan plan = world.plan();
    const Step* step = stepOf(plan, "playlist:p");
    ASSERT_NE(step, nullptr);
    EXPECT_EQ(step->to, "Playlists/Run_ fast.pla");
    EXPECT_EQ(step->text, "Music/B/Two.mp3\nMusic/A/One.mp3\n");
    EXPECT_EQ(step->encoding, "list");
    EXPECT_EQ(step->bytes, 0);
    EXPECT_EQ(step->reason, "it is new");
    world.carryOut(plan);
    EXPECT_EQ(world.plan().count(Action::Keep), 3u);
    world.items[0].fingerprint = "other content";
    const Plan changed = world.plan();
    EXPECT_EQ(stepOf(changed, "playlist:p")->action, Action::Copy) << "a title in it is written anew";
    EXPECT_EQ(stepOf(changed, "playlist:p")->reason, "it has changed");
    world.device.lists.reset();
    const Plan asFile = world.plan();
    EXPECT_EQ(stepOf(asFile, "playlist:p")->from, "Playlists/Run_ fast.pla");
    EXPECT_EQ(stepOf(asFile, "playlist:p")->to, "Music/Run_ fast.m3u8");
}

TEST(Plans, AreTheSameForItemsInAnyOrder) {
    World world;
    for (int i = 0; i < 40; ++i) {
        world.items.push_back(track("Song" + std::to_string(i % 20) + (i < 20 ? "" : "x")));
        world.items.back().path = "Song" + std::to_string(i % 7) + ".mp3";
    }
    const auto summary = [](const Plan& plan) {
        std::vector<std::string> lines;
        for (const Step& step : plan.steps) {
            lines.push_back(std::string(name(step.action)) + " " + step.item + " " + step.to);
        }
        return lines;
    };
    const auto before = summary(world.plan());
    std::mt19937 random(3);
    std::shuffle(world.items.begin(), world.items.end(), random);
    EXPECT_EQ(summary(world.plan()), before);
}

TEST(Plans, OverManyRandomChangesKeepForeignFilesAndComeToRest) {
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        World world;
        world.device.names = seed % 4 == 0 ? NameKind::Posix : NameKind::Fat;
        world.device.moves = static_cast<Moves>(seed % 3);
        world.foreign("Music/s1.mp3", 9);
        world.foreign("Music/S3.MP3", 9);
        for (int round = 0; round < 12; ++round) {
            world.items.clear();
            for (int i = 0; i < 8; ++i) {
                if (random() % 3 != 0) {
                    LibraryItem item =
                        random() % 4 == 0 ? flac("s" + std::to_string(i)) : track("s" + std::to_string(i));
                    item.fingerprint = "c" + std::to_string(random() % 10);
                    item.path = (random() % 2 == 0 ? "s" : "x/S") + std::to_string(random() % 8) + ".mp3";
                    world.items.push_back(item);
                }
            }
            world.playlists = {{"p", "Mix", {"s" + std::to_string(random() % 8)}}};
            world.carryOut(world.plan());
            if (HasFatalFailure()) {
                return;
            }
            ASSERT_NE(world.listed("Music/s1.mp3"), nullptr);
            ASSERT_EQ(world.listed("Music/S3.MP3")->size, 9);
            const Plan again = world.plan();
            ASSERT_EQ(again.count(Action::Keep), again.steps.size()) << "a second plan has nothing to do";
            if (random() % 3 == 0 && !world.device.library.files.empty()) {
                world.listed(world.device.library.files.front().path)->size = 1;  // somebody changed it
            }
        }
    }
}
