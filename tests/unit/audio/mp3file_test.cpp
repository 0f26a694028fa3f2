#include "server/audio/mp3file.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

TEST(Mp3File, KnowsItsLengthAndWhereEachPieceStands) {
    for (const Ticks duration : {Ticks{1}, kTicksPerSecond, 10 * kTicksPerSecond + 77, 3600 * kTicksPerSecond}) {
        for (const int kbit : {64, 128, 320}) {
            const auto file = Mp3File::of(duration, 2, kbit);
            ASSERT_TRUE(file);
            EXPECT_EQ(file->header().size(), 3U * static_cast<unsigned>(kbit));
            std::uint64_t offset = file->header().size();
            Ticks at = -2160;  // one frame of 1152 samples before the music
            for (const auto& piece : file->pieces()) {
                EXPECT_EQ(piece.offset, offset);
                EXPECT_EQ(piece.time.from, at);
                EXPECT_EQ(piece.size % (3U * static_cast<unsigned>(kbit)), 0U);
                EXPECT_EQ(file->pieceAt(offset), &piece);
                EXPECT_EQ(file->pieceAt(offset + piece.size - 1), &piece);
                offset += piece.size;
                at = piece.time.to;
            }
            EXPECT_EQ(offset, file->size());
            EXPECT_EQ(at, duration);
            EXPECT_EQ(file->pieceAt(0), nullptr);
            EXPECT_EQ(file->pieceAt(file->size()), nullptr);
        }
    }
    // 10 s of music: 417 frames, the one before them and the header.
    EXPECT_EQ(Mp3File::of(10 * kTicksPerSecond, 2, 320)->size(), 419U * 960);
}

TEST(Mp3File, RefusesWhatIsNoSuchFile) {
    EXPECT_FALSE(Mp3File::of(0, 2, 320));
    EXPECT_FALSE(Mp3File::of(kTicksPerSecond, 6, 320));
    EXPECT_FALSE(Mp3File::of(kTicksPerSecond, 2, 100));
    EXPECT_FALSE(Mp3File::of(kTicksPerSecond, 2, 0));
    EXPECT_FALSE(Mp3File::of(std::numeric_limits<Ticks>::max(), 2, 320));
}

TEST(Mp3File, TellsPlayersWhatToLeaveOut) {
    const std::string stereo = Mp3File::of(kTicksPerSecond, 2, 192)->header();
    EXPECT_EQ(stereo.substr(0, 4), "\xff\xfb\xb4\x40");
    EXPECT_EQ(stereo.substr(36, 4), "Info");
    EXPECT_EQ(stereo.substr(44, 4), std::string("\0\0\0\x2b", 4));  // 42 frames and the one before
    // Left out: 623 + 529 samples in front; 42 × 1152 − 48000 = 384, + 529, behind.
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(stereo[at]); };
    const unsigned both = byte(177) << 16U | byte(178) << 8U | byte(179);
    EXPECT_EQ(both >> 12U, 623U);
    EXPECT_EQ(both & 0xfffU, 384U + 529U);
    EXPECT_EQ(Mp3File::of(kTicksPerSecond, 1, 96)->header().substr(21, 4), "Info");
    EXPECT_EQ(Mp3File::of(kTicksPerSecond, 2, 32)->header().find("Info"), std::string::npos);  // no room: silence
}

}  // namespace
}  // namespace marea::server
