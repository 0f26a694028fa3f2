#include "sync/engine/checksumaside.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

using namespace marea;
using namespace marea::sync;

namespace {

std::vector<std::uint8_t> bytesOf(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    std::uint32_t state = 7;
    for (std::uint8_t& byte : bytes) {
        state = state * 1'664'525 + 1'013'904'223;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    return bytes;
}

TEST(ChecksumAside, SaysWhatTheChecksumOfTheWholeSays) {
    // nothing, one byte, one block and its neighbours, more than may wait
    for (const std::size_t size : {0U, 1U, 262'143U, 262'144U, 262'145U, 524'288U, 5'000'001U}) {
        const std::vector<std::uint8_t> bytes = bytesOf(size);
        Checksum whole;
        whole.add(bytes);
        const std::string expected = whole.hex();
        for (const std::size_t piece : {16'384U, 1'000'000U, 8'000'000U}) {
            ChecksumAside aside;
            std::span<const std::uint8_t> rest = bytes;
            while (!rest.empty()) {
                const std::size_t count = std::min<std::size_t>(piece, rest.size());
                aside.add(rest.first(count));
                rest = rest.subspan(count);
            }
            EXPECT_EQ(aside.hex(), expected) << size << " bytes, " << piece << " at once";
        }
    }
}

TEST(ChecksumAside, NobodyNeedsToAskForIt) {
    const std::vector<std::uint8_t> bytes = bytesOf(3'000'000);
    ChecksumAside aside;
    aside.add(bytes);
}

}  // namespace
