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

}  // namespace
