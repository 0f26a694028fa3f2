// Players that keep what music is beside their files, and phones that look into them.
#include <gtest/gtest.h>
#include <libmtp.h>

#include "fakemtp.h"
#include "sync/devices/mtp/mtptarget.h"
#include "sync/engine/syncengine.h"
#include "tests/unit/sync_engine/faketarget.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

using Properties = std::map<int, std::string>;

// A player of old with one song that is wanted on it; each sync() is a start of the program with it plugged in.
struct Player : ::testing::Test {
    FakeJournal journal;
    FakeSource source;
    core::SystemClock clock;
    DeviceProfile profile;
    std::vector<LibraryPlaylist> playlists;
    Plan last;

    Player() {
        phone() = FakePhone();
        phone().isAndroid = false;
        phone().takes = {LIBMTP_FILETYPE_MP3, LIBMTP_FILETYPE_MP4};
        phone().keeps = {LIBMTP_PROPERTY_Name,  LIBMTP_PROPERTY_Artist,   LIBMTP_PROPERTY_AlbumName,
                         LIBMTP_PROPERTY_Track, LIBMTP_PROPERTY_Duration, LIBMTP_PROPERTY_OriginalReleaseDate};
        profile.containers = {"mp3"};
        profile.audio = {{"mp3", 2, 48'000}};
        profile.musicFolder = "Music";
        add("sea");
    }
    void add(const std::string& name) {
        source.all.push_back(song(name, "content of " + name));
        source.all.back().tags = {"The " + name, "Ana", "One", "", "Folk", 3, 1998};
    }
    core::Result<SyncReport> sync() {
        auto target = MtpTarget::open("", {"Music"});
        SyncEngine engine(**target, journal, clock);
        auto state = engine.begin();
        if (!state) {
            return core::unexpected<core::Error>(state.error());
        }
        last = makePlan({source.all, playlists, {}, profile, *state, {}, false});
        SyncControl control;
        return engine.run(last, source.all, profile, *state, source, {}, control, {});
    }
    void expectSynced(std::size_t written) {
        const auto report = sync();
        ASSERT_TRUE(report) << report.error().text;
        EXPECT_EQ(report->problems.size(), 0u);
        EXPECT_EQ(report->written, written);
    }
};

TEST_F(Player, GetsTheTagsThatItKeeps) {
    expectSynced(1);
    const std::uint32_t id = idOf("sea.mp3");
    EXPECT_EQ(phone().types[id], LIBMTP_FILETYPE_MP3);
    EXPECT_EQ(phone().properties[id], (Properties{{LIBMTP_PROPERTY_Name, "The sea"},
                                                  {LIBMTP_PROPERTY_Artist, "Ana"},
                                                  {LIBMTP_PROPERTY_AlbumName, "One"},
                                                  {LIBMTP_PROPERTY_Track, "3"},
                                                  {LIBMTP_PROPERTY_Duration, "10000"},
                                                  {LIBMTP_PROPERTY_OriginalReleaseDate, "19980101T000000.0"}}));
    EXPECT_EQ(phone().types[idOf("marea-library.json")], LIBMTP_FILETYPE_UNKNOWN);
    expectSynced(0);
}

TEST_F(Player, ThatRefusesTagsGetsItsFilesAllTheSame) {
    phone().refusesProperties = true;
    add("wind");
    expectSynced(2);
    EXPECT_EQ(phone().settings, static_cast<int>(phone().keeps.size())) << "each is tried once";
    EXPECT_EQ(phone().contents[idOf("sea.mp3")], FakeSource::contentOf(source.all[0]));
    EXPECT_EQ(phone().folders[idOf("Music")].size(), 2u) << "none twice";
    expectSynced(0);
}

TEST_F(Player, WithoutKindsOrTagsGetsPlainFiles) {
    phone().takes.clear();
    phone().keeps.clear();
    expectSynced(1);
    EXPECT_EQ(phone().types[idOf("sea.mp3")], LIBMTP_FILETYPE_UNKNOWN);
    EXPECT_EQ(phone().settings, 0);
}

TEST_F(Player, APhoneLooksIntoFilesItself) {
    phone().isAndroid = true;
    expectSynced(1);
    EXPECT_EQ(phone().settings, 0);
    EXPECT_NE(idOf("sea.mp3"), 0u);
}

TEST_F(Player, WhatIsNotKnownIsNotTold) {
    source.all[0].tags = {"The sea", "", "", "", "", 0, 0};
    source.all[0].duration = 0;
    expectSynced(1);
    EXPECT_EQ(phone().properties[idOf("sea.mp3")], (Properties{{LIBMTP_PROPERTY_Name, "The sea"}}));
}

TEST_F(Player, KnowsAKindThatIsNearEnough) {
    source.all[0].path = "sea.m4a";
    source.all[0].format.container = "mp3";
    expectSynced(1);
    EXPECT_EQ(phone().types[idOf("sea.m4a")], LIBMTP_FILETYPE_MP4);
}

TEST_F(Player, AFileThatEndsEarlyOrGoesOnIsNoneForIt) {
    add("wind");
    for (const std::int64_t size : {4000, 6000}) {
        source.truly["sea"] = size;
        const auto report = sync();
        ASSERT_TRUE(report) << report.error().text;
        EXPECT_FALSE(phone().isStarved) << "the program would hang";
        ASSERT_EQ(report->problems.size(), 1u);
        EXPECT_EQ(report->problems[0].code, core::ErrorCode::Conflict);
        EXPECT_EQ(idOf("sea.mp3"), 0u) << "no part stays";
        EXPECT_NE(idOf("wind.mp3"), 0u);
    }
    source.truly.clear();
    expectSynced(1);
}

TEST_F(Player, AForeignFileOfNearlyOrQuiteTheSameNameStays) {
    expectSynced(1);
    const std::uint32_t ours = idOf("sea.mp3");
    phone().folders[idOf("Music")].push_back({500, "Sea.mp3", false, 5000});  // as long as ours
    expectSynced(0);
    source.all[0].fingerprint = "another content";
    expectSynced(1);
    EXPECT_NE(idOf("sea.mp3"), ours);
    EXPECT_EQ(idOf("Sea.mp3"), 500u);
    phone().folders[idOf("Music")].push_back({501, "sea.mp3", false, 5000});  // some keep two of one name
    source.all.clear();
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->deleted, 0u) << "nobody knows which one it is";
    EXPECT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(phone().folders[idOf("Music")].size(), 3u);
}

struct PlayerWithLists : Player {
    PlayerWithLists() {
        phone().takes.push_back(LIBMTP_FILETYPE_PLAYLIST);
        profile.wantsPlaylists = true;
        add("wind");
        playlists = {{"p", "Run: fast", {"wind", "sea", "wind"}}};
    }
    static std::vector<std::uint32_t> idsOf(const std::vector<std::string>& names) {
        std::vector<std::uint32_t> ids;
        for (const std::string& name : names) {
            ids.push_back(idOf(name));
        }
        return ids;
    }
    static std::vector<std::uint32_t> in(const std::string& list) { return phone().lists[idOf(list)]; }
};

TEST_F(PlayerWithLists, KeepsThemItselfAndNotAsFiles) {
    expectSynced(3);
    EXPECT_EQ(in("Run_ fast.pla"), idsOf({"wind.mp3", "sea.mp3", "wind.mp3"}));
    EXPECT_EQ(idOf("Run_ fast.m3u8"), 0u);
    expectSynced(0);
    EXPECT_EQ(phone().puts, 1) << "one that stays is not touched";
}

TEST_F(PlayerWithLists, ChangesAndRemovesThemWithThePlan) {
    expectSynced(3);
    const std::uint32_t id = idOf("Run_ fast.pla");
    playlists[0].items = {"sea"};
    expectSynced(1);
    EXPECT_EQ(phone().lists[id], idsOf({"sea.mp3"})) << "it is the same list";
    playlists[0].name = "Walk";
    expectSynced(1);
    EXPECT_EQ(idOf("Run_ fast.pla"), 0u);
    EXPECT_EQ(in("Walk.pla"), idsOf({"sea.mp3"}));
    playlists.clear();
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->deleted, 1u);
    EXPECT_TRUE(phone().lists.empty());
    EXPECT_NE(idOf("sea.mp3"), 0u);
}

TEST_F(PlayerWithLists, TitlesThatComeAnewAreInThemAgain) {
    expectSynced(3);
    source.all[0].fingerprint = "another content";
    expectSynced(2);
    EXPECT_EQ(in("Run_ fast.pla"), idsOf({"wind.mp3", "sea.mp3", "wind.mp3"}));
    expectSynced(0);
}

TEST_F(PlayerWithLists, StandWhereThePlayerLooksAndHaveItsEnding) {
    phone().folders[kTop] = {{7, "PLAYLISTS", true}};
    phone().listEnd = ".zpl";
    expectSynced(3);
    ASSERT_EQ(phone().folders[7].size(), 1u);
    EXPECT_EQ(phone().folders[7][0].name, "Run_ fast.zpl");
    expectSynced(0);
    playlists[0].items = {"sea"};
    expectSynced(1);
    EXPECT_EQ(in("Run_ fast.zpl"), idsOf({"sea.mp3"}));
}

TEST_F(PlayerWithLists, OfOthersAndWithTitlesOfOthersStay) {
    expectSynced(3);
    phone().folders[idOf("Music")].push_back({500, "mine.mp3", false, 10});
    phone().folders[idOf("Music")].push_back({501, "Mine.pla", false, 10});
    phone().types[501] = LIBMTP_FILETYPE_PLAYLIST;
    phone().lists[501] = {500};
    phone().lists[idOf("Run_ fast.pla")].push_back(500);
    const auto before = phone().lists;
    playlists[0].items = {"sea"};
    const auto report = sync();
    ASSERT_TRUE(report);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(phone().lists, before);
    expectSynced(1);
    EXPECT_EQ(in("Run_ fast (2).pla"), idsOf({"sea.mp3"}));
    EXPECT_EQ(in("Run_ fast.pla").size(), 4u);
    playlists.clear();
    ASSERT_TRUE(sync());
    EXPECT_EQ(phone().lists, before) << "only ours goes";
}

TEST_F(PlayerWithLists, ThatRefusesThemHasItsMusicAllTheSame) {
    phone().refusesLists = true;
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 2u);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].path, "Music/Run_ fast.pla");
    EXPECT_TRUE(phone().lists.empty()) << "a list without titles does not stay behind";
}

TEST_F(PlayerWithLists, ThatRefusesOneIsNotAskedAgainBeforeItHasChanged) {
    phone().refusesLists = true;
    ASSERT_TRUE(sync());
    const int asked = phone().puts;
    const int before = phone().listings;
    expectSynced(0);
    EXPECT_EQ(phone().puts, asked);
    EXPECT_LE(phone().listings - before, 2) << "what is not there by right is not looked for twice";
    EXPECT_EQ(last.count(Action::LeftOut), 1u);
    phone().refusesLists = false;
    playlists[0].items = {"sea"};
    expectSynced(1);
    expectSynced(0);
    phone().refusesLists = true;
    playlists[0].items = {"wind"};
    auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems.size(), 1u);
    expectSynced(0);
    EXPECT_EQ(in("Run_ fast.pla"), idsOf({"sea.mp3"})) << "it has what it had";
    playlists.clear();
    report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->deleted, 1u);
    EXPECT_TRUE(phone().lists.empty());
    playlists = {{"p", "Walk", {"sea"}}};
    ASSERT_TRUE(sync());
    playlists.clear();
    expectSynced(0);
    EXPECT_TRUE(last.missing.size() == 1) << "nor remembered for ever";
    expectSynced(0);
    EXPECT_TRUE(last.missing.empty());
}

TEST_F(PlayerWithLists, OneThatSomebodyMadeInPlaceOfARefusedOneStays) {
    phone().refusesLists = true;
    ASSERT_TRUE(sync());
    phone().refusesLists = false;
    phone().folders[idOf("Music")].push_back({500, "Run_ fast.pla", false, 77});
    phone().types[500] = LIBMTP_FILETYPE_PLAYLIST;
    phone().lists[500] = idsOf({"sea.mp3"});  // of what we put there
    playlists[0].items = {"wind"};
    expectSynced(1);
    EXPECT_EQ(in("Run_ fast (2).pla"), idsOf({"wind.mp3"}));
    playlists.clear();
    ASSERT_TRUE(sync());
    EXPECT_EQ(phone().lists, (std::map<std::uint32_t, std::vector<std::uint32_t>>{{500, idsOf({"sea.mp3"})}}));
}

TEST_F(PlayerWithLists, AListThatIsAsItWasSinceItWasRefusedGetsTitlesThatComeAnew) {
    expectSynced(3);
    phone().refusesLists = true;
    playlists[0].items = {"sea"};
    ASSERT_TRUE(sync());
    expectSynced(0);
    phone().refusesLists = false;
    source.all[0].fingerprint = "another content";
    expectSynced(2);
    EXPECT_EQ(in("Run_ fast.pla"), idsOf({"sea.mp3"})) << "it would have lost it";
}

TEST_F(PlayerWithLists, APhoneReadsFiles) {
    phone().isAndroid = true;
    expectSynced(3);
    EXPECT_NE(idOf("Run_ fast.m3u8"), 0u);
    phone().isAndroid = false;
    expectSynced(1);
    EXPECT_EQ(idOf("Run_ fast.m3u8"), 0u) << "the list takes its place";
    EXPECT_EQ(in("Run_ fast.pla").size(), 3u);
}

}  // namespace
