#include "server/apps/subsonic/entries.h"

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace marea::server::subsonic {
namespace {

core::json::object json(const Element& element) {
    return core::json::parse(write(element, *answerFormat("json", "")).body).at("subsonic-response").as_object();
}

Entry song() {
    Entry entry;
    Item& item = entry.item;
    item.id = "song";
    item.kind = "track";
    item.title = "So/What";
    item.artist = "Miles Davis";
    item.album = "Kind of Blue";
    item.artistId = "artist";
    item.albumId = "album";
    item.track = 1;
    item.duration = 545.4;
    item.genres = {"Jazz", "Modal"};
    item.addedAt = 1'620'036'000'123;
    item.user.rating = 7;
    item.loudness.loudness = -14.56;
    item.loudness.peak = 0.9;
    entry.starredAt = 1'620'036'000'000;
    SongFile file;
    file.name = "01.FLAC";
    file.size = 1000;
    file.info.container = "flac";
    file.info.bitrate = 900'400;
    core::StreamInfo sound;
    sound.kind = core::StreamKind::Audio;
    sound.codec = "flac";
    sound.sampleRate = 44100;
    sound.channels = 2;
    sound.bitDepth = 16;
    file.info.streams = {sound};
    entry.file = file;
    return entry;
}

TEST(SubsonicEntriesTest, ASongSaysWhatIsKnownOfIt) {
    const auto said = json(songElement(song()));
    EXPECT_EQ(said.at("id").as_string(), "song");
    EXPECT_EQ(said.at("parent").as_string(), "album");
    EXPECT_EQ(said.at("isDir").as_bool(), false);
    EXPECT_EQ(said.at("duration").as_int64(), 545);
    EXPECT_EQ(said.at("bitRate").as_int64(), 900);
    EXPECT_EQ(said.at("suffix").as_string(), "flac");
    EXPECT_EQ(said.at("contentType").as_string(), "audio/flac");
    EXPECT_EQ(said.at("samplingRate").as_int64(), 44100);
    EXPECT_EQ(said.at("path").as_string(), "Miles Davis/Kind of Blue/01 - So_What.flac");
    EXPECT_EQ(said.at("userRating").as_int64(), 4);
    EXPECT_EQ(said.at("starred").as_string(), "2021-05-03T10:00:00.000Z");
    EXPECT_EQ(said.at("created").as_string(), "2021-05-03T10:00:00.123Z");
    EXPECT_EQ(said.at("genre").as_string(), "Jazz");
    EXPECT_EQ(said.at("genres").as_array().size(), 2U);
    EXPECT_EQ(said.at("replayGain").at("trackGain").as_double(), -3.44);
    EXPECT_EQ(said.at("coverArt").as_string(), "album") << "its own, else its album's";
    EXPECT_FALSE(said.contains("year"));
    EXPECT_FALSE(said.contains("playCount"));
}

TEST(SubsonicEntriesTest, AnAlbumIsAnAlbumAndAFolder) {
    Entry album;
    album.item.id = "album";
    album.item.kind = "album";
    album.item.title = "Kind of Blue";
    album.item.artist = "Miles Davis";
    album.item.artistId = "artist";
    album.item.childCount = 5;
    album.item.artworkVersion = "12345678";
    const auto tags = json(albumElement(album));
    EXPECT_EQ(tags.at("name").as_string(), "Kind of Blue");
    EXPECT_EQ(tags.at("songCount").as_int64(), 5);
    EXPECT_EQ(tags.at("coverArt").as_string(), "album");
    EXPECT_TRUE(tags.at("genres").as_array().empty());
    const auto folder = json(childElement(album));
    EXPECT_EQ(folder.at("isDir").as_bool(), true);
    EXPECT_EQ(folder.at("parent").as_string(), "artist");
    EXPECT_EQ(folder.at("title").as_string(), "Kind of Blue");
}

TEST(SubsonicEntriesTest, ArtistsStandUnderTheirLetters) {
    std::vector<Entry> artists;
    for (const char* name : {"10cc", "Abba", "Air", "Ñu", "Zappa"}) {
        Entry entry;
        entry.item.id = entry.item.title = entry.item.sortTitle = name;
        entry.item.kind = "artist";
        artists.push_back(entry);
    }
    std::string letters;
    for (const Element& index : indexesOf(artists, artistElement)) {
        const auto said = json(index);
        letters += std::string(said.at("name").as_string()) + std::to_string(said.at("artist").as_array().size());
    }
    EXPECT_EQ(letters, "#1A2Ñ1Z1");
}

}  // namespace
}  // namespace marea::server::subsonic
