#include "core/library/playlistfile.h"

#include <gtest/gtest.h>

namespace marea::core::library {
namespace {

constexpr const char* kId = "0190a000-0000-7000-8000-000000000001";

TEST(PlaylistFile, M3uIsReadAsOthersWriteIt) {
    const PlaylistFile file = parseM3u(
        "\xEF\xBB\xBF#EXTM3U\r\n#PLAYLIST: Low water \r\n\r\n#EXTINF:215,The Tides - Ebb - Live\r\n#EXTALB:Low\r\n"
        "Music\\Low\\01 Ebb.mp3\r\n# a comment\r\n#extinf:-1 tvg-id=\"x\",Only a title\nfile:///srv/a%20b/c.flac\n"
        "#MAREA:0190a000-0000-7000-8000-000000000001\nlast.ogg");
    EXPECT_EQ(file.name, "Low water");
    ASSERT_EQ(file.entries.size(), 3u);
    EXPECT_EQ(file.entries[0].artist, "The Tides");
    EXPECT_EQ(file.entries[0].title, "Ebb - Live");
    EXPECT_EQ(file.entries[0].album, "Low");
    EXPECT_EQ(file.entries[0].location, "Music/Low/01 Ebb.mp3");
    EXPECT_EQ(file.entries[0].duration, 215);
    EXPECT_EQ(file.entries[1].title, "Only a title");
    EXPECT_EQ(file.entries[1].artist, "");
    EXPECT_EQ(file.entries[1].duration, 0);
    EXPECT_EQ(file.entries[1].location, "/srv/a b/c.flac");
    EXPECT_EQ(file.entries[2].id, kId);
    EXPECT_EQ(file.entries[2].title, "") << "what was said belongs to one entry";
}

TEST(PlaylistFile, RubbishGivesWhatThereIs) {
    EXPECT_TRUE(parseM3u("").entries.empty());
    EXPECT_TRUE(parseM3u("#EXTINF:\n#EXTINF:abc\n#MAREA:no-id\n\n \n").entries.empty());
    EXPECT_EQ(parseM3u("\xFF\xFE\n#EXTINF:1e400,x\nb").entries.size(), 2u);
    std::string many;
    for (std::size_t i = 0; i < kMostFileEntries + 10; ++i) {
        many += "a\n";
    }
    EXPECT_EQ(parseM3u(many).entries.size(), kMostFileEntries);
    for (const char* text : {"", "<", "<playlist>", "<html/>", "<playlist><trackList><track></playlist>",
                             "<!DOCTYPE x [<!ENTITY a 'b'>]><playlist>&c;</playlist>"}) {
        EXPECT_FALSE(parseXspf(text)) << text;
    }
}

TEST(PlaylistFile, XspfIsReadAsOthersWriteIt) {
    const auto file = parseXspf(
        "<?xml version=\"1.0\"?><playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"><title>Low &amp; high</title>"
        "<extension application=\"x\"><y/></extension><trackList><track><location>file:///srv/a%20b.flac</location>"
        "<title>Ebb</title><creator>The Tides</creator><album>Low</album><duration>215000</duration></track>"
        "<track><location>Low/a%23b.flac</location><identifier>urn:uuid:0190a000-0000-7000-8000-000000000001"
        "</identifier></track></trackList></playlist>");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->name, "Low & high");
    ASSERT_EQ(file->entries.size(), 2u);
    EXPECT_EQ(file->entries[0].location, "/srv/a b.flac");
    EXPECT_EQ(file->entries[0].artist, "The Tides");
    EXPECT_EQ(file->entries[0].duration, 215);
    EXPECT_EQ(file->entries[1].location, "Low/a#b.flac");
    EXPECT_EQ(file->entries[1].id, kId);
}

TEST(PlaylistFile, WhatIsWrittenIsReadAgain) {
    PlaylistFile file;
    file.name = "Low <&> \"high\"";
    file.entries.push_back({kId, "Ünder/#1 50%.flac", "Ebb", "The Tides", "Low", 215});
    file.entries.push_back({kId, "#hash.mp3", "Line\nbreak", "", "", 0});
    for (const auto& back : {parseM3u(m3uText(file)), parseXspf(xspfText(file)).value_or(PlaylistFile())}) {
        EXPECT_EQ(back.name, file.name);
        ASSERT_EQ(back.entries.size(), 2u);
        EXPECT_EQ(back.entries[0].location, "Ünder/#1 50%.flac");
        EXPECT_EQ(back.entries[0].title, "Ebb");
        EXPECT_EQ(back.entries[0].artist, "The Tides");
        EXPECT_EQ(back.entries[0].album, "Low");
        EXPECT_EQ(back.entries[0].duration, 215);
        EXPECT_EQ(back.entries[0].id, kId);
        EXPECT_TRUE(back.entries[1].location.ends_with("#hash.mp3"));
        EXPECT_EQ(back.entries[1].title, "Line break");
    }
    EXPECT_EQ(playlistFormatOf(m3uText(file)), PlaylistFormat::M3u);
    EXPECT_EQ(playlistFormatOf(xspfText(file)), PlaylistFormat::Xspf);
}

}  // namespace
}  // namespace marea::core::library
