#include "server/apps/webdav/davnames.h"

#include <gmock/gmock.h>

#include "server/gateway/target.h"

namespace marea::server::webdav {
namespace {

using testing::ElementsAre;

std::vector<std::string> unique(std::vector<Name> names) {
    makeUnique(names);
    std::vector<std::string> texts;
    for (const Name& name : names) {
        texts.push_back(name.text());
    }
    return texts;
}

TEST(DavNames, AreWhatEveryFileSystemTakes) {
    EXPECT_EQ(safeText("AC/DC: 100% \"live\"?"), "AC／DC： 100％ ＂live＂？");
    EXPECT_EQ(safeText("a\nb\x01"
                       "c"),
              "a b c");
    EXPECT_EQ(safeText(" Vol. 1. "), "Vol. 1");
    for (const char* nothing : {"", ".", "..", "...", " . "}) {
        EXPECT_EQ(safeText(nothing), "Untitled") << nothing;
    }
    EXPECT_EQ(safeText("x\xEF\xBF\xBEy"), "x\xEF\xBF\xBDy");
    EXPECT_LE(safeText(std::string(1000, 'x')).size(), 180U);
    EXPECT_EQ(safeText("\xC3"), "\xEF\xBF\xBD");
}

// What is written into an answer must be what the gateway reads of an address.
TEST(DavNames, SurviveTheAddress) {
    for (const char* title :
         {"Año & Niño", "50% / 50%", "日本語", "🌊", "a+b=c;d,e'f(g)", "C:\\x", "..", "%2e%2e", "a\tb"}) {
        const std::vector<std::string> parts{"Films", safeText(title)};
        const std::string href = hrefOf(parts, false);
        const auto path = decodePath(href);
        ASSERT_TRUE(path) << href;
        EXPECT_EQ(partsOf(*path), parts) << href;
        for (const char* refused : {"%25", "%2F", "%5C", "%2E"}) {
            EXPECT_EQ(href.find(refused), href.npos) << href;
        }
    }
}

TEST(DavNames, AddressesHaveParts) {
    EXPECT_EQ(hrefOf({}, true), "/dav/");
    EXPECT_EQ(hrefOf({"Music", "Å"}, true), "/dav/Music/%C3%85/");
    EXPECT_THAT(partsOf("/dav"), ElementsAre());
    EXPECT_THAT(partsOf("/dav/Films/x"), ElementsAre("Films", "x"));
}

TEST(DavNames, SayWhatAFileIs) {
    FileFacts film;
    film.kind = "movie";
    film.title = "Tide";
    film.year = 2020;
    film.extension = "mkv";
    EXPECT_EQ(fileName(film, false).text(), "Tide (2020).mkv");
    film.version = "2160p";
    film.part = 2;
    EXPECT_EQ(fileName(film, false).text(), "Tide (2020) - 2160p - part 2.mkv");
    FileFacts episode;
    episode.kind = "episode";
    episode.series = "Tides";
    episode.title = "Neap";
    episode.season = 1;
    episode.episode = 2;
    episode.extension = "m/4";
    EXPECT_EQ(fileName(episode, false).text(), "Tides - S01E02 - Neap");
    FileFacts track;
    track.kind = "track";
    track.title = "Ebb";
    track.artist = "Marea";
    track.track = 3;
    track.disc = 2;
    track.extension = "flac";
    EXPECT_EQ(fileName(track, false).text(), "03 Ebb.flac");
    EXPECT_EQ(fileName(track, true).text(), "2-03 Ebb.flac");
    EXPECT_EQ(listedName(track, 7, 120).text(), "007 Marea - Ebb.flac");
    EXPECT_EQ(listedName(film, 1, 9).text(), "01 Tide (2020) - 2160p - part 2.mkv");
    EXPECT_EQ(seasonName(0, "x").text(), "Specials");
    EXPECT_EQ(seasonName(12, "x").text(), "Season 12");
    EXPECT_EQ(seasonName({}, "x/y").text(), "x／y");
}

TEST(DavNames, AreDifferentInAFolder) {
    EXPECT_THAT(unique({{"A", "mp4"}, {"a", "mp4"}, {"A", "mkv"}, {"A (2)", "mp4"}, {"A", "mp4"}}),
                ElementsAre("A.mp4", "a (2).mp4", "A.mkv", "A (2) (2).mp4", "A (3).mp4"));
    EXPECT_THAT(unique({{"ÁRBOL"}, {"árbol"}}), ElementsAre("ÁRBOL", "árbol (2)"));
}

TEST(DavNames, ManyOfOneNameAreNumbered) {
    const std::vector<Name> same(50'000, Name{"Video", "mp4"});
    const auto names = unique(same);
    EXPECT_EQ(names.front(), "Video.mp4");
    EXPECT_EQ(names.back(), "Video (50000).mp4");
}

}  // namespace
}  // namespace marea::server::webdav
