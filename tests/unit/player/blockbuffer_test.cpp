#include "player/cache/blockbuffer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace marea::player {
namespace {

constexpr auto block = BlockBuffer::blockSize;

std::string pattern(std::int64_t offset, std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<char>((offset + static_cast<std::int64_t>(i)) * 31 >> 3);
    }
    return out;
}

TEST(BlockBuffer, GivesBackWhatWasPut) {
    BlockBuffer buffer(10 * block, 10 * block);
    const std::string bytes = pattern(0, 3 * block / 2);
    EXPECT_EQ(buffer.put(0, bytes), bytes.size());
    char out[100];
    ASSERT_EQ(buffer.copy(block - 10, out), 10U);  // to the end of its block
    EXPECT_EQ(std::string(out, 10), bytes.substr(block - 10, 10));
    EXPECT_EQ(buffer.copy(3 * block / 2, out), 0U);
    EXPECT_EQ(buffer.gapAfter(5), 3 * block / 2);
    EXPECT_EQ(buffer.gapAfter(7 * block), 7 * block);
}

TEST(BlockBuffer, AHoleWithinABlockIsNotTaken) {
    BlockBuffer buffer(10 * block, 10 * block);
    EXPECT_EQ(buffer.put(100, pattern(100, 50)), 0U);
    EXPECT_EQ(buffer.held(), 0);
}

TEST(BlockBuffer, TrimKeepsTheHeadAndWhatComesNext) {
    BlockBuffer buffer(20 * block, 4 * block);
    for (int i = 0; i < 100; ++i) {
        buffer.put(i * block, pattern(i * block, block));
    }
    buffer.trim(50 * block);
    EXPECT_LE(buffer.held(), 30 * block);
    char out[1];
    EXPECT_EQ(buffer.copy(0, out), 1U);
    EXPECT_EQ(buffer.copy(50 * block, out), 1U);
    EXPECT_EQ(buffer.copy(65 * block, out), 1U);
    EXPECT_EQ(buffer.copy(90 * block, out), 0U);
    EXPECT_EQ(buffer.copy(20 * block, out), 0U);
}

TEST(BlockBuffer, RandomUseNeverGivesWrongBytes) {
    std::mt19937 random(5);
    BlockBuffer buffer(16 * block, 8 * block);
    for (int i = 0; i < 5000; ++i) {
        const std::int64_t offset = static_cast<std::int64_t>(random() % (64 * block));
        const std::size_t size = random() % (3 * block) + 1;
        const std::int64_t at = random() % 2 ? offset - offset % block : buffer.gapAfter(offset - offset % block);
        buffer.put(at, pattern(at, size));
        buffer.trim(offset);
        char out[512];
        const std::int64_t from = static_cast<std::int64_t>(random() % (64 * block));
        const std::size_t got = buffer.copy(from, out);
        ASSERT_EQ(std::string(out, got), pattern(from, got));
    }
}

}  // namespace
}  // namespace marea::player
