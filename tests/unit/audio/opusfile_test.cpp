#include "server/audio/opusfile.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

MusicFilePtr fileOf(Ticks duration, int channels, int kbit, Ticks from = 0) {
    MusicWish wish;
    wish.codec = "opus";
    wish.duration = duration;
    wish.channels = channels;
    wish.bitrate = kbit * 1000;
    wish.from = from;
    return musicFile(wish);
}

std::uint64_t number(std::string_view bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

struct Page {
    unsigned flags = 0;
    std::int64_t granule = 0;
    std::uint64_t number = 0;
    std::vector<std::string> packets;
};

// The pages of a file, read as RFC 3533 has them; fails where one does not begin where the last ends.
std::vector<Page> pagesOf(std::string_view file) {
    std::vector<Page> pages;
    while (!file.empty()) {
        EXPECT_EQ(file.substr(0, 5), std::string_view("OggS\0", 5));
        Page page{
            static_cast<unsigned>(file[5]), static_cast<std::int64_t>(number(file, 6, 8)), number(file, 18, 4), {}};
        const std::size_t segments = number(file, 26, 1);
        std::size_t body = 27 + segments;
        std::string packet;
        for (std::size_t i = 0; i < segments; ++i) {
            const std::size_t size = number(file, 27 + i, 1);
            packet += file.substr(body, size);
            body += size;
            if (size < 255) {
                page.packets.push_back(std::move(packet));
                packet.clear();
            }
        }
        EXPECT_TRUE(packet.empty());  // no packet goes on in another page
        pages.push_back(page);
        file.remove_prefix(std::min(body, file.size()));
    }
    return pages;
}

// Each packet of a piece says its place in it.
std::string framesOf(const MusicFile& whole, const MusicFile::Piece& piece, std::size_t packet) {
    const Rational rate{50, 1};
    const std::int64_t begin = firstUnit(piece.time.from, rate), end = firstUnit(piece.time.to, rate);
    EXPECT_TRUE(whole.size());
    std::string frames;
    for (std::int64_t i = begin; i < end; ++i)
        frames += std::string(packet, static_cast<char>('a' + ((i % 26) + 26) % 26));
    return frames;
}

std::string bytesOf(const MusicFile& file, std::size_t packet) {
    std::string bytes = file.header();
    for (const auto& piece : file.pieces()) {
        EXPECT_EQ(piece.offset, bytes.size());
        const auto made = file.bytes(piece, framesOf(file, piece, packet));
        EXPECT_TRUE(made) << made.error().detail;
        EXPECT_EQ(made.value_or("").size(), piece.size);
        bytes += made.value_or("");
    }
    EXPECT_EQ(bytes.size(), file.size());
    return bytes;
}

TEST(OpusFile, IsLaidOutBeforeItIsMade) {
    for (const int kbit : {24, 96, 128, 160, 510}) {
        for (const Ticks duration : {Ticks{1}, kTicksPerSecond, 13 * kTicksPerSecond + 77}) {
            const auto file = fileOf(duration, 2, kbit);
            ASSERT_TRUE(file) << kbit;
            const std::size_t packet = static_cast<std::size_t>(kbit) * 5 / 2;
            const auto pages = pagesOf(bytesOf(*file, packet));
            EXPECT_EQ(pages[0].packets[0].substr(0, 12), std::string("OpusHead\x01\x02\x00\x0f", 12));  // 3840 samples
            EXPECT_EQ(pages[1].packets[0].substr(0, 8), "OpusTags");
            std::int64_t end = 0;
            for (std::size_t i = 0; i < pages.size(); ++i) {
                EXPECT_EQ(pages[i].number, i);
                EXPECT_EQ(pages[i].flags, i == 0 ? 2U : i + 1 == pages.size() ? 4U : 0U);
                end += i < 2 ? 0 : static_cast<std::int64_t>(pages[i].packets.size()) * 960;
                EXPECT_EQ(pages[i].granule,
                          i + 1 == pages.size() ? 3840 + rescale(duration, 48'000, kTicksPerSecond) : end);
            }
        }
    }
}

TEST(OpusFile, ItsPagesHaveTheChecksumOfTheStandard) {
    // The page of an empty packet list would be all but zeros: a known one, of one byte "a".
    const auto pages = fileOf(kTicksPerSecond, 2, 24)->header();
    std::string page = pages.substr(0, 47);
    const std::uint64_t said = number(page, 22, 4);
    page.replace(22, 4, 4, '\0');
    std::uint32_t sum = 0;
    for (const char byte : page) {
        sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 24U;
        for (int bit = 0; bit < 8; ++bit)
            sum = sum << 1U ^ (sum & 0x80000000U ? 0x04c11db7U : 0U);
    }
    EXPECT_EQ(said, sum);
}

TEST(OpusFile, BeginsAnywhereToTheSampleOutOfTheSamePackets) {
    // 7.505 s: sample 240 of frame 375, four frames after 371; the piece from 4 s on begins with frame 200.
    const auto whole = fileOf(20 * kTicksPerSecond, 2, 128), later = fileOf(20 * kTicksPerSecond, 2, 128, 675'450);
    ASSERT_TRUE(later);
    const auto pages = pagesOf(bytesOf(*later, 320));
    EXPECT_EQ(number(pages[0].packets[0], 10, 2), 3840U + 240U);
    EXPECT_EQ(pages[2].packets[0][0], 'a' + 371 % 26);
    EXPECT_EQ(pages.back().granule, 3840 + 240 + 20 * 48'000 - 360'240);
    EXPECT_EQ(pages.back().packets, pagesOf(bytesOf(*whole, 320)).back().packets);
    // At the very beginning of a piece: the frames that lead in are of the one before.
    const auto at = fileOf(20 * kTicksPerSecond, 2, 128, 4 * kTicksPerSecond);
    EXPECT_EQ(at->pieces()[0].number, 2);
    EXPECT_EQ(pagesOf(bytesOf(*at, 320))[2].packets.size(), 4U);
}

TEST(OpusFile, RefusesWhatIsNoSuchFile) {
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 23));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 2, 511));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 1, 320));
    EXPECT_FALSE(fileOf(kTicksPerSecond, 6, 320));
}

TEST(OpusFile, TellsItsLoudnessAgainstTheBroadcastersTarget) {
    MusicWish wish;
    wish.codec = "opus";
    wish.duration = kTicksPerSecond;
    wish.bitrate = 96'000;
    wish.tags.title = "Song";
    wish.tags.loudness = louder({-14, 1, -16, 1}, -2, true);
    const std::string header = musicFile(wish)->header();
    EXPECT_NE(header.find(std::string("\x0a\0\0\0TITLE=Song", 14)), std::string::npos);
    EXPECT_NE(header.find("R128_TRACK_GAIN=-1792"), std::string::npos);  // -16 LUFS: 7 dB above -23
    EXPECT_NE(header.find("R128_ALBUM_GAIN=-1280"), std::string::npos);
    wish.tags.loudness = louder({-14, 1, -16, 1}, -2, false);
    EXPECT_EQ(musicFile(wish)->header().find("R128"), std::string::npos);
}

}  // namespace
}  // namespace marea::server
