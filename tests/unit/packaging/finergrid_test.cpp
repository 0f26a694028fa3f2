#include "server/packaging/finergrid.h"

#include <gmock/gmock.h>

#include "server/packaging/dash.h"
#include "server/packaging/hls.h"
#include "server/packaging/rendition.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Ticks s = kTicksPerSecond;

core::MediaInfo slowFilm() {
    return fileOf({pictureStream("hevc", 1920, 1080), soundStream("aac", 2, "en")});
}

std::vector<TrackSpec> tracksOf(const char* name) {
    return parseRendition(name, slowFilm()).value();
}

std::vector<Ticks> lengths(const std::vector<GridPiece>& pieces) {
    std::vector<Ticks> list;
    for (const Cut& cut : cutsOf(pieces)) {
        list.push_back(cut.length());
    }
    return list;
}

TEST(FinerGrid, HasTwoSegmentsInPiecesOfASecond) {
    const auto grid = unitGrid({25, 1}, 21 * s);
    EXPECT_EQ(lengths(finerGrid(grid, {25, 1}, 3)),
              (std::vector<Ticks>{s, s, 2 * s, s, s, s, s, s, s, s, s, 4 * s, 4 * s, s}));
    EXPECT_EQ(lengths(finerGrid(grid, {25, 1}, 2)),
              (std::vector<Ticks>{s, s, s, s, s, s, s, s, 4 * s, 4 * s, 4 * s, s}));
    EXPECT_EQ(cutsOf(finerGrid(grid, {25, 1}, std::nullopt)), grid);
    EXPECT_EQ(cutsOf(finerGrid(grid, {25, 1}, 900)), grid);
}

TEST(FinerGrid, NamesPiecesByTheirSegment) {
    const auto pieces = finerGrid(unitGrid({25, 1}, 16 * s), {25, 1}, 3);
    EXPECT_EQ(pieces[2], (GridPiece{{2 * s, 4 * s}, 2, GridPiece::kWhole}));
    EXPECT_EQ(pieces[3], (GridPiece{{4 * s, 5 * s}, 3, 0}));
    EXPECT_EQ(pieces[6], (GridPiece{{7 * s, 8 * s}, 3, 3}));
    EXPECT_EQ(pieces[7], (GridPiece{{8 * s, 9 * s}, 4, 0}));
    EXPECT_EQ(pieces[11], (GridPiece{{12 * s, 16 * s}, 5, GridPiece::kWhole}));
}

TEST(FinerGrid, TheSameGridWithoutGapsAtEveryRate) {
    for (const Rational rate : {Rational{24'000, 1001}, {60, 1}, {1, 1}, {1, 3}, {15'001, 1001}}) {
        for (const Ticks end : {9 * s, 12 * s + 4, 13 * s - 1, 60 * s + s / 2}) {
            const auto grid = unitGrid(rate, end);
            for (int from = 0; from < static_cast<int>(grid.size()); ++from) {
                const auto pieces = finerGrid(grid, rate, from);
                Ticks at = 0, before = 0;
                for (const GridPiece& piece : pieces) {
                    const Cut& whole = grid[static_cast<std::size_t>(piece.number)];
                    EXPECT_EQ(piece.cut.from, at);
                    EXPECT_TRUE(piece.cut.from >= whole.from && piece.cut.to <= whole.to);
                    EXPECT_TRUE(piece.part != GridPiece::kWhole || piece.cut == whole);
                    EXPECT_TRUE(piece.cut.to == end || unitTime(firstUnit(piece.cut.to, rate), rate) == piece.cut.to);
                    // Fragments have the second in which they begin as their number.
                    EXPECT_TRUE(at == 0 || rate.num < rate.den || piece.cut.from / s > before / s) << piece.cut.from;
                    before = at;
                    at = piece.cut.to;
                }
                EXPECT_EQ(at, end);
            }
        }
    }
}

TEST(FinerGrid, IsWhereAStartMeetsALongSegment) {
    const auto index = indexOf(slowFilm());
    const auto at = [&](const char* name, Ticks when) { return finerFrom(tracksOf(name), slowFilm(), index, when); };
    EXPECT_EQ(at("v0-h264-1080", 0), std::nullopt);
    EXPECT_EQ(at("v0-h264-1080", s / 2), std::nullopt);
    EXPECT_EQ(at("v0-h264-1080", 3 * s), 2);
    EXPECT_EQ(at("v0-h264-1080", 15 * s), 5);
    EXPECT_EQ(at("v0-h264-1080+a1-aac-2", 15 * s), 5);
    EXPECT_EQ(at("v0-h264-480", 15 * s), 5);
    EXPECT_EQ(at("v0-copy", 15 * s), std::nullopt);
    EXPECT_EQ(at("a1-aac-2", 15 * s), std::nullopt);
    EXPECT_EQ(finerFrom({}, slowFilm(), index, 15 * s), std::nullopt);
}

TEST(FinerRenditions, ComeBackLetterByLetterOrNotAtAll) {
    for (const char* text : {"v0-h264-1080", "v0-h264-1080@0", "v0-h264-720+a1-aac-2@12", "v0-copy", "a1-aac-2"}) {
        const auto parsed = parseFinerRendition(text, slowFilm());
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(finerName(parsed->tracks, slowFilm(), parsed->from), text);
    }
    for (const char* text :
         {"v0-h264-1080@", "v0-h264-1080@-1", "v0-h264-1080@01", "v0-h264-1080@1@1", "@1", "v0-copy@1", "a1-aac-2@1",
          "v0-h264-1080@1234567", "v0-h264-1080@1x", "v0-h264-720@1+a1-aac-2"}) {
        EXPECT_FALSE(parseFinerRendition(text, slowFilm())) << text;
    }
}

TEST(FinerPlans, AreFinerInAllTheirPictures) {
    const char* text = "v0-h264-1080@5.v0-h264-720@5.a1-aac-2";
    const auto plan = parsePlan(text, slowFilm());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->finerFrom, 5);
    EXPECT_EQ(planText(*plan, slowFilm()), text);
    for (const char* other : {"v0-h264-1080@5.v0-h264-720.a1-aac-2", "v0-h264-1080@5.v0-h264-720@6.a1-aac-2",
                              "v0-h264-1080.v0-h264-720.a1-aac-2@5", "v0-copy@5.a1-aac-2"}) {
        EXPECT_FALSE(parsePlan(other, slowFilm())) << other;
    }
}

TEST(FinerPlans, SayInPlaylistsWhatTheGridHas) {
    const auto index = indexOf(slowFilm());
    const auto plan = parsePlan("v0-h264-1080@5.v0-h264-720@5.a1-aac-2", slowFilm());
    const auto presentation = present(plan.value(), slowFilm(), index).value();
    EXPECT_EQ(presentation.video[0].cuts, presentation.video[1].cuts);
    EXPECT_EQ(presentation.video[0].cuts.size(), segmentGrid(tracksOf("v0-h264-1080"), slowFilm(), index).size() + 6);
    EXPECT_EQ(presentation.video[0].pictures, pictureGrid(tracksOf("v0-h264-1080").front(), slowFilm(), index));
    EXPECT_THAT(hlsMaster(presentation, "f"), HasSubstr("/v0-h264-720@5/media.m3u8\n"));
    EXPECT_THAT(hlsMaster(presentation, "f"), HasSubstr("/a1-aac-2/media.m3u8\""));
    EXPECT_THAT(hlsMuxedMaster(presentation, slowFilm(), index, "f"),
                HasSubstr("/v0-h264-720+a1-aac-2@5/media.m3u8\n"));
    const std::string manifest = dashManifest(presentation, "f");
    EXPECT_THAT(manifest, HasSubstr("id=\"v0-h264-1080@5\""));
    EXPECT_THAT(manifest, HasSubstr("segmentAlignment=\"true\""));
    EXPECT_THAT(manifest, Not(HasSubstr("segmentAlignment=\"false\"")));
}

}  // namespace
}  // namespace marea::server
