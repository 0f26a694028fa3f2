#include "core/library/vobsubindex.h"

#include <gtest/gtest.h>

using namespace marea::core::library;

namespace {

constexpr const char* kIndex =
    "\xEF\xBB\xBF# VobSub index file, v7 (do not modify this line!)\r\n"
    "size: 720x576\r\norg: 0, 0\r\npalette: 000000, ffffff\r\nlangidx: 0\r\n"
    "# English\r\nid: en, index: 0\r\n# alt: English\r\n"
    "timestamp: 00:00:02:800, filepos: 000000800\r\n"
    "timestamp: 00:00:01:040, filepos: 000000000\r\n"
    "id: es, index: 3\r\ndelay: -00:00:01:000\r\n"
    "timestamp: 01:02:03:004, filepos: 00001f000\r\n"
    "id: --, index: 4\r\n";

}  // namespace

TEST(VobSubIndex, TellsLanguagesTimesAndPlaces) {
    const VobSubIndex index = vobSubIndex(kIndex);
    EXPECT_EQ(index.header, "size: 720x576\npalette: 000000, ffffff\n");
    ASSERT_EQ(index.tracks.size(), 3U);
    EXPECT_EQ(index.tracks[0].language, "en");
    EXPECT_EQ(index.tracks[0].number, 0);
    EXPECT_EQ(index.tracks[0].entries, (std::vector<VobSubIndex::Entry>{{1040, 0}, {2800, 0x800}}));
    EXPECT_EQ(index.tracks[1].language, "es");
    EXPECT_EQ(index.tracks[1].number, 3);
    EXPECT_EQ(index.tracks[1].entries, (std::vector<VobSubIndex::Entry>{{3'722'004, 0x1f000}})) << "a second earlier";
    EXPECT_EQ(index.tracks[2].language, "");
    EXPECT_TRUE(index.tracks[2].entries.empty());
}

TEST(VobSubIndex, GivesLanguagesAlone) {
    const VobSubIndex index = vobSubIndex(kIndex, false);
    ASSERT_EQ(index.tracks.size(), 3U);
    EXPECT_TRUE(index.tracks[0].entries.empty());
}

TEST(VobSubIndex, PassesOverWhatIsNoSuchLine) {
    const VobSubIndex index = vobSubIndex(
        "timestamp: 00:00:01:000, filepos: 0\nid: en, index: 99\ntimestamp: 00:00:02:000, filepos: 0\n"
        "id: de, index: 1\ntimestamp: 00:99:01:000, filepos: 0\ntimestamp: 00:00:01, filepos: 0\n"
        "timestamp: 00:00:01:000, filepos: -1\ntimestamp: 00:00:01:000\nid\nid:\n\n");
    ASSERT_EQ(index.tracks.size(), 1U);
    EXPECT_EQ(index.tracks[0].language, "de");
    EXPECT_TRUE(index.tracks[0].entries.empty());
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "id: en, index: " + std::to_string(i % 32) + "\n";
    EXPECT_EQ(vobSubIndex(many).tracks.size(), kMostVobSubTracks);
}
