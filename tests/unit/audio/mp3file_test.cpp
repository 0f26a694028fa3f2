#include "server/audio/mp3file.h"

#include <gtest/gtest.h>

#include <limits>

namespace marea::server {
namespace {

MusicWish wishFor(Ticks duration, int channels, int kbit, Ticks from = 0) {
    MusicWish wish;
    wish.codec = "mp3";
    wish.duration = duration;
    wish.channels = channels;
    wish.bitrate = kbit * 1000;
    wish.from = from;
    return wish;
}

MusicFilePtr fileOf(Ticks duration, int channels, int kbit, Ticks from = 0) {
    return musicFile(wishFor(duration, channels, kbit, from));
}

// What the Info header of a stereo file leaves out: in front, and behind.
std::pair<unsigned, unsigned> leftOut(const std::string& header) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
    const unsigned both = byte(177) << 16U | byte(178) << 8U | byte(179);
    return {both >> 12U, both & 0xfffU};
}

TEST(Mp3File, KnowsItsLengthAndWhereEachPieceStands) {
    for (const Ticks duration : {Ticks{1}, kTicksPerSecond, 10 * kTicksPerSecond + 77, 100 * kTicksPerSecond}) {
        for (const int kbit : {64, 128, 320}) {
            const auto file = fileOf(duration, 2, kbit);
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
                EXPECT_EQ(file->bytes(piece, std::string(piece.size, 'x')).value().size(), piece.size);
                EXPECT_FALSE(file->bytes(piece, std::string(piece.size - 1, 'x')));
                offset += piece.size;
                at = piece.time.to;
            }
            EXPECT_EQ(offset, file->size());
            EXPECT_EQ(at, duration);
            EXPECT_EQ(file->pieceAt(0), nullptr);
            EXPECT_EQ(file->pieceAt(*file->size()), nullptr);
        }
    }
    // 10 s of music: 417 frames, the one before them and the header.
    EXPECT_EQ(fileOf(10 * kTicksPerSecond, 2, 320)->size(), 419U * 960);
}

TEST(Mp3File, RefusesWhatIsNoSuchFile) {
    EXPECT_FALSE(fileOf(0, 2, 320));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 6, 320));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 100));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 0));
    EXPECT_FALSE(fileOf(std::numeric_limits<Ticks>::max(), 2, 320));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 320, kTicksPerSecond));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 320, -1));
}

TEST(Mp3File, TellsPlayersWhatToLeaveOut) {
    const std::string stereo = fileOf(kTicksPerSecond, 2, 192)->header();
    EXPECT_EQ(stereo.substr(0, 4), "\xff\xfb\xb4\x40");
    EXPECT_EQ(stereo.substr(36, 4), "Info");
    EXPECT_EQ(stereo.substr(44, 4), std::string("\0\0\0\x2b", 4));  // 42 frames and the one before
    // Left out: 623 + 529 samples in front; 42 × 1152 − 48000 = 384, + 529, behind.
    EXPECT_EQ(leftOut(stereo), std::pair(623U, 384U + 529U));
    EXPECT_EQ(fileOf(kTicksPerSecond, 1, 96)->header().substr(21, 4), "Info");
    EXPECT_EQ(fileOf(kTicksPerSecond, 2, 32)->header().find("Info"), std::string::npos);  // no room: silence
}

TEST(Mp3File, BeginsAnywhereToTheSampleOutOfTheSamePieces) {
    // 7.5 s: sample 360000 is number 576 of frame 312; the piece from 4.008 s on begins with frame 167.
    const auto whole = fileOf(20 * kTicksPerSecond, 2, 192), later = fileOf(20 * kTicksPerSecond, 2, 192, 675'000);
    ASSERT_TRUE(later);
    EXPECT_EQ(leftOut(later->header()).first, 623U + 576U);
    EXPECT_EQ(leftOut(later->header()).second, leftOut(whole->header()).second);
    const auto& piece = later->pieces().front();
    EXPECT_EQ(piece.number, 3);
    EXPECT_EQ(piece.time, whole->pieces()[3].time);
    std::string frames = std::string(whole->pieces()[3].size, 'x');
    frames.replace(144 * 576, 1, "y");  // of frame 311, which leads in
    EXPECT_EQ(later->bytes(piece, frames).value().substr(0, 2), "yx");
    EXPECT_EQ(piece.size, whole->pieces()[3].size - 144 * 576);
    EXPECT_EQ(*later->size() - later->pieces()[1].offset, *whole->size() - whole->pieces()[4].offset);
}

TEST(Mp3File, SaysWhatItIs) {
    MusicWish wish = wishFor(kTicksPerSecond, 2, 192);
    wish.tags.title = "Ünder";
    wish.tags.loudness = {-20, 0.5, {}, {}};
    const auto file = musicFile(wish);
    const std::string& header = file->header();
    EXPECT_EQ(header.substr(0, 6), std::string("ID3\x04\0\0", 6));
    EXPECT_NE(header.find(std::string("TIT2\0\0\0\x07\0\0\x03Ünder", 17)), std::string::npos);
    EXPECT_NE(header.find(std::string("REPLAYGAIN_TRACK_GAIN\0+2.00 dB", 30)), std::string::npos);
    const std::size_t tag = header.size() - 576;
    EXPECT_EQ(static_cast<std::size_t>(header[8]) * 128 + static_cast<unsigned char>(header[9]) + 10, tag);
    EXPECT_EQ(header.substr(tag, 2), "\xff\xfb");
    EXPECT_EQ(file->pieces().front().offset, header.size());
    EXPECT_EQ(file->size(), fileOf(kTicksPerSecond, 2, 192)->size().value() + tag);
}

}  // namespace
}  // namespace marea::server
