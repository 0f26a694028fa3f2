#include "player/multimedia/container.h"

#include <gtest/gtest.h>

#include "tests/unit/player/memorybytes.h"

namespace marea::player {
namespace {

using namespace std::string_literals;

bool isMedia(const std::string& bytes) {
    test::MemoryBytes source(bytes);
    const auto known = isPlainMedia(source);
    EXPECT_TRUE(known);
    return known.value_or(false);
}

const std::string zeroes(64, '\0');

std::string tagged(std::size_t length, const std::string& after) {
    const auto digit = [length](int shift) { return static_cast<char>(length >> shift & 0x7f); };
    return "ID3\x04\0\0"s + digit(21) + digit(14) + digit(7) + digit(0) + std::string(length, 'x') + after;
}

TEST(Container, IsKnownByItsFirstBytes) {
    for (const auto& beginning : {"\x1a\x45\xdf\xa3"s,
                                  "\0\0\0\x20"
                                  "ftypisom"s,
                                  "OggS\0"s, "fLaC\0"s, "RIFF\x24\x08\0\0WAVE"s, "RIFF\x24\x08\0\0AVI "s,
                                  "\xff\xfb\x90\x64"s, "\xff\xf1\x50\x80"s, "\0\0\x01\xba"s, "\x0b\x77"s})
        EXPECT_TRUE(isMedia(beginning + zeroes)) << beginning;
    EXPECT_TRUE(isMedia("\x47" + std::string(187, '\0') + "\x47" + zeroes));
    EXPECT_TRUE(isMedia(tagged(300, "\xff\xfb\x90\x64" + zeroes)));
    EXPECT_TRUE(isMedia(tagged(300, zeroes + "\xff\xfb\x90\x64" + zeroes)))
        << "a tag that was made larger than it needs";
    EXPECT_TRUE(isMedia(tagged(200'000, "fLaC" + zeroes))) << "behind a picture";
}

TEST(Container, ATextIsNone) {
    for (const auto& text : {"#EXTM3U\n"s, "ffconcat version 1.0\n"s, "[playlist]\n"s, "<?xml version=\"1.0\"?><MPD>"s,
                             "v=0\r\n"s, "FILE \"a\" WAVE"s, "# mpv EDL v0\n"s, ""s, "RIFF"s, "GG"s})
        for (const auto& after : {""s, zeroes}) {
            EXPECT_FALSE(isMedia(text + after)) << text;
            EXPECT_FALSE(isMedia(tagged(20, text + after))) << text;
        }
}

TEST(Container, NothingThatAlsoReadsAsAPlaylistPasses) {
    EXPECT_FALSE(isMedia("fLaC <MPD profiles='urn:mpeg:dash:profile:isoff-live:2011'>" + zeroes));
    EXPECT_FALSE(isMedia("\xff\xfb\x90\x64<mpd>" + zeroes));
    EXPECT_FALSE(isMedia("OggS #EXTM3U"));
    EXPECT_FALSE(isMedia("fLaC" + std::string(100'000, 'x'))) << "no media are text for so long";
}

TEST(Container, AnErrorIsTheSourcesOwn) {
    test::MemoryBytes source("fLaC" + zeroes, 2);
    const auto known = isPlainMedia(source);
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().text, "The server is gone");
}

}  // namespace
}  // namespace marea::player
