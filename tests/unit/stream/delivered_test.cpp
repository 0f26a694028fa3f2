#include "server/stream/delivered.h"

#include <gtest/gtest.h>

#include <bit>

namespace marea::server {
namespace {

TEST(TitleParts, ARangeTouchesThePartsThatItIsIn) {
    EXPECT_EQ(partsOf(0, 1, 6400), 1u);
    EXPECT_EQ(partsOf(99, 101, 6400), 3u);
    EXPECT_EQ(partsOf(100, 200, 6400), 2u);
    EXPECT_EQ(partsOf(6399, 6400, 6400), TitleParts{1} << 63);
    EXPECT_EQ(partsOf(0, 6400, 6400), ~TitleParts{0});
    EXPECT_EQ(std::popcount(partsOf(0, 1600, 6400)), 16);
    EXPECT_EQ(std::popcount(partsOf(0, 1601, 6400)), 17);
}

TEST(TitleParts, PiecesOneAfterTheOtherAreTheWholeHoweverTheyAreCut) {
    for (const std::int64_t whole : {1, 7, 63, 64, 65, 1000, 1'234'567}) {
        for (const std::int64_t step : {1, 3, 100, 5000}) {
            TitleParts all = 0;
            for (std::int64_t from = 0; from < whole && whole / step < 20'000; from += step) {
                all |= partsOf(from, std::min(from + step, whole), whole);
            }
            const TitleParts once = partsOf(0, whole, whole);
            EXPECT_TRUE(whole / step >= 20'000 || whole < 64 || all == once) << whole << " by " << step;
        }
    }
}

TEST(TitleParts, WhatIsNothingIsInNoPart) {
    EXPECT_EQ(partsOf(5, 5, 100), 0u);
    EXPECT_EQ(partsOf(6, 5, 100), 0u);
    EXPECT_EQ(partsOf(0, 5, 0), 0u);
    EXPECT_EQ(partsOf(90, 500, 100), partsOf(90, 100, 100));  // beyond its end there is nothing
}

using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

// What `body` tells while it is read to its end.
Ranges toldBy(StreamBody body, std::uint64_t from = 0) {
    Ranges ranges;
    body = telling(std::move(body), [&](std::uint64_t at, std::uint64_t to) { ranges.emplace_back(at, to); });
    if (from > 0) {
        body.seek(from);
    }
    for (bool more = true; more;) {
        const auto take = [&](const StreamBody::Piece& piece) { more = piece && piece->has_value(); };
        body.ask ? body.ask(take) : take(body.next());
    }
    return ranges;
}

StreamBody::Piece piece(std::size_t size) {
    return size > 0 ? std::optional<std::string>(std::string(size, 'x')) : std::nullopt;
}

TEST(Telling, BytesAreToldFromWhereTheBodyBegins) {
    const auto at = std::make_shared<std::uint64_t>(0);
    StreamBody body;
    body.length = 10;
    body.seek = [at](std::uint64_t offset) { *at = offset; };
    body.next = [at] {
        const std::uint64_t size = std::min<std::uint64_t>(4, 10 - *at);
        *at += size;
        return piece(size);
    };
    EXPECT_EQ(toldBy(body), (Ranges{{0, 4}, {4, 8}, {8, 10}}));
    EXPECT_EQ(toldBy(body, 7), (Ranges{{7, 10}}));
}

TEST(Telling, WithoutALengthPiecesAreCounted) {
    const auto left = std::make_shared<int>(3);
    StreamBody body;
    body.ask = [left](const std::function<void(StreamBody::Piece)>& done) { done(piece((*left)-- > 0 ? 9 : 0)); };
    EXPECT_EQ(toldBy(body).size(), 3u);
}

}  // namespace
}  // namespace marea::server
