#include "server/protection/slices.h"

#include <gtest/gtest.h>

#include <random>

namespace marea::server {
namespace {

std::string unit(std::uint8_t header, std::size_t size, std::size_t lengthSize = 4) {
    std::string bytes;
    for (std::size_t i = lengthSize; i-- > 0;)
        bytes.push_back(static_cast<char>(size >> (8 * i)));
    bytes.push_back(static_cast<char>(header));
    return bytes.append(size - 1, 'x');
}

using List = std::vector<Subsample>;

TEST(Slices, AreProtectedFromTheir65thByteOnAndAllElseIsClear) {
    const std::string sample = unit(0x67, 20) + unit(0x68, 5) + unit(0x65, 1000);
    EXPECT_EQ(subsamplesOf(sample, {}), (List{{24 + 9 + 4 + 64, 936}}));
    EXPECT_EQ(subsamplesOf(sample, {.wholeBlocks = true}), (List{{24 + 9 + 4 + 72, 928}}));
    EXPECT_EQ(subsamplesOf(unit(0x41, 79), {}), (List{{83, 0}}));  // too short for a block
    EXPECT_EQ(subsamplesOf(unit(0x41, 200) + unit(0x06, 100), {}), (List{{68, 136}, {104, 0}}));
}

TEST(Slices, OfHevcAndOfOtherLengths) {
    EXPECT_EQ(subsamplesOf(unit(0x26, 500), {.hevc = true}), (List{{68, 436}}));  // IDR_W_RADL
    EXPECT_EQ(subsamplesOf(unit(0x40, 500), {.hevc = true}), (List{{504, 0}}));   // VPS
    EXPECT_EQ(subsamplesOf(unit(0x65, 300, 2), {.lengthSize = 2}), (List{{66, 236}}));
}

TEST(Slices, LongClearRunsAreSplit) {
    EXPECT_EQ(subsamplesOf(unit(0x06, 70'000) + unit(0x65, 100), {}), (List{{65535, 0}, {70'004 + 68 - 65535, 36}}));
}

TEST(Slices, OfManyTheLargestAreProtected) {
    std::string sample;
    for (int i = 0; i < 60; ++i)
        sample += unit(0x41, i == 30 ? 5000 : 200);
    const auto parts = subsamplesOf(sample, {.most = 2});
    EXPECT_EQ(parts, (List{{30 * 204 + 68, 4936}, {29 * 204, 0}}));
}

TEST(Slices, WhateverTheBytesTheyAddUp) {
    std::mt19937 random(3);
    for (int round = 0; round < 3000; ++round) {
        std::string sample(random() % 400, '\0');
        for (char& c : sample)
            c = static_cast<char>(random() % 8 == 0 ? random() : 0);
        SliceRules rules;
        rules.hevc = random() % 2;
        rules.lengthSize = 1 + random() % 4;
        rules.wholeBlocks = random() % 2;
        std::size_t total = 0;
        for (const Subsample& part : subsamplesOf(sample, rules)) {
            total += part.clear + part.protectedBytes;
            EXPECT_TRUE(!rules.wholeBlocks || part.protectedBytes % 16 == 0);
        }
        EXPECT_EQ(total, sample.size());
    }
}

}  // namespace
}  // namespace marea::server
