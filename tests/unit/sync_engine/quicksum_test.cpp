#include "sync/engine/quicksum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace marea::sync;

namespace {

std::uint64_t sumOf(std::span<const std::uint8_t> bytes, std::size_t piece) {
    QuickSum sum;
    while (!bytes.empty()) {
        const std::size_t count = std::min(piece, bytes.size());
        sum.add(bytes.first(count));
        bytes = bytes.subspan(count);
    }
    return sum.value();
}

// The value for nothing is the one that xxHash's own tests name.
TEST(QuickSum, IsTheSameInWhateverPieces) {
    EXPECT_EQ(sumOf({}, 1), 0xEF46DB3751D8E999U);
    std::vector<std::uint8_t> bytes(100'000);
    std::iota(bytes.begin(), bytes.end(), 0);
    const std::uint64_t whole = sumOf(bytes, bytes.size());
    for (const std::size_t piece : {1U, 31U, 32U, 33U, 16'384U}) {
        EXPECT_EQ(sumOf(bytes, piece), whole) << piece;
    }
}

TEST(QuickSum, OneBitMakesAnother) {
    std::vector<std::uint8_t> bytes(4096, 0);
    const std::uint64_t whole = sumOf(bytes, bytes.size());
    for (const std::size_t at : {0U, 31U, 2048U, 4095U}) {
        bytes[at] ^= 0x10;
        EXPECT_NE(sumOf(bytes, bytes.size()), whole) << at;
        bytes[at] ^= 0x10;
    }
}

}  // namespace
