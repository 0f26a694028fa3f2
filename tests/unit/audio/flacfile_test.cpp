#include "server/audio/flacfile.h"

#include <gtest/gtest.h>

#include "server/packaging/packedframes.h"

namespace marea::server {
namespace {

MusicWish wishFor(Ticks duration, Ticks from = 0) {
    MusicWish wish;
    wish.codec = "flac";
    wish.duration = duration;
    wish.from = from;
    return wish;
}

// A frame of 16 bits in stereo at 48 kHz, as an encoder would number it; `body` stands for its subframes.
std::string frameOf(std::uint64_t number, const std::string& body = "subframes") {
    std::string frame("\xff\xf8\x5a\x18", 4);
    if (number < 0x80)
        frame += static_cast<char>(number);
    else
        frame += {static_cast<char>(0xC0 | number >> 6), static_cast<char>(0x80 | (number & 0x3F))};
    return frame + "?" + body + "??";
}

std::string packed(int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        packFrame(out, frameOf(static_cast<std::uint64_t>(i)));
    return out;
}

TEST(FlacFrames, GetAnotherNumberAndItsChecksums) {
    EXPECT_EQ(renumbered(frameOf(0), 300).substr(4, 2), "\xc4\xac");
    EXPECT_EQ(renumbered(frameOf(0), 70'000).substr(4, 3), "\xf0\x91\x85");
    const std::string made = renumbered(frameOf(5), 5);
    EXPECT_EQ(made.substr(0, 5), frameOf(5).substr(0, 5));
    EXPECT_EQ(made.substr(6, 9), "subframes");
    // CRC-8 over the header and its checksum, and CRC-16 over the frame and its own, leave nothing.
    unsigned eight = 0, sixteen = 0;
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto byte = static_cast<unsigned char>(made[i]);
        for (int bit = 7; bit >= 0; --bit) {
            const unsigned in = byte >> static_cast<unsigned>(bit) & 1U;
            if (i < 6)
                eight = (eight << 1U ^ ((eight >> 7U ^ in) & 1U ? 0x07U : 0U)) & 0xFFU;
            sixteen = (sixteen << 1U ^ ((sixteen >> 15U ^ in) & 1U ? 0x8005U : 0U)) & 0xFFFFU;
        }
    }
    EXPECT_EQ(eight, 0U);
    EXPECT_EQ(sixteen, 0U);
    EXPECT_EQ(renumbered("no frame at all", 1), "");
    EXPECT_EQ(renumbered("", 1), "");
    EXPECT_EQ(renumbered(std::string("\xff\xf8\x5a\x18\xff", 5), 1), "");
}

TEST(FlacFile, HasItsHeadersAndFramesNumberedThrough) {
    const auto file = musicFile(wishFor(5 * kTicksPerSecond));
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->size());
    EXPECT_TRUE(file->header().empty());
    std::string bytes;
    std::vector<std::uint64_t> sizes;
    for (const auto& piece : file->pieces()) {
        const Rational rate{48'000, 4608};
        const auto count = static_cast<int>(firstUnit(piece.time.to, rate) - firstUnit(piece.time.from, rate));
        const auto made = file->bytes(piece, packed(count));
        ASSERT_TRUE(made) << made.error().detail;
        bytes += *made;
        sizes.push_back(packed(count).size());
        EXPECT_FALSE(file->bytes(piece, packed(count).substr(0, sizes.back() - 1)));
    }
    EXPECT_EQ(bytes.substr(0, 8), std::string("fLaC\0\0\0\x22", 8));
    // 4608, 4608; 48 kHz in 20 bits, 2 channels, 16 bits, 240000 samples.
    EXPECT_EQ(bytes.substr(8, 4), std::string("\x12\x00\x12\x00", 4));
    EXPECT_EQ(bytes.substr(18, 8), std::string("\x0b\xb8\x02\xf0\x00\x03\xa9\x80", 8));
    const auto first = bytes.find("\xff\xf8");
    EXPECT_EQ(bytes.substr(first, 5), std::string("\xff\xf8\x5a\x18\0", 5));
    EXPECT_EQ(bytes.substr(bytes.size() - 17, 5), std::string("\xff\xf8\x5a\x18\x34", 5));  // the last of 53
    // When all is made its length is known, and what stands where.
    const auto whole = file->ofSizes(sizes);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->size(), bytes.size());
    for (const auto& piece : whole->pieces()) {
        const Rational rate{48'000, 4608};
        const auto count = static_cast<int>(firstUnit(piece.time.to, rate) - firstUnit(piece.time.from, rate));
        EXPECT_EQ(whole->bytes(piece, packed(count)).value(), bytes.substr(piece.offset, piece.size));
        EXPECT_EQ(whole->pieceAt(piece.offset), &piece);
    }
}

TEST(FlacFile, BeginsWithAWholeFrame) {
    const auto file = musicFile(wishFor(5 * kTicksPerSecond, 3 * kTicksPerSecond));  // sample 144000, of frame 31
    ASSERT_TRUE(file);
    const auto& piece = file->pieces().front();
    const Rational rate{48'000, 4608};
    const auto count = static_cast<int>(firstUnit(piece.time.to, rate) - firstUnit(piece.time.from, rate));
    const auto made = file->bytes(piece, packed(count));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->substr(18, 8), std::string("\x0b\xb8\x02\xf0\x00\x01\x7b\x80", 8));  // 240000 − 31 × 4608
    EXPECT_EQ(made->substr(made->find("\xff\xf8"), 5), std::string("\xff\xf8\x5a\x18\0", 5));
    EXPECT_FALSE(file->ofSizes(std::vector<std::uint64_t>(file->pieces().size(), 1000)));
}

}  // namespace
}  // namespace marea::server
