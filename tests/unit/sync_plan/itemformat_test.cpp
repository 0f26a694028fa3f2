#include "sync/plan/itemformat.h"

#include <gtest/gtest.h>

using namespace marea;
using namespace marea::sync;

namespace {

LibraryItem named(const char* container, const char* audio, const char* video) {
    LibraryItem item;
    item.format.container = container;
    item.format.audioCodec = audio;
    item.format.videoCodec = video;
    item.kind = item.format.videoCodec.empty() ? "track" : "video";
    return item;
}

core::StreamInfo sound(const char* codec, int channels, int rate) {
    core::StreamInfo stream;
    stream.kind = core::StreamKind::Audio;
    stream.codec = codec;
    stream.channels = channels;
    stream.sampleRate = rate;
    return stream;
}

core::StreamInfo picture(const char* codec, int width, int height, bool isCover = false) {
    core::StreamInfo stream;
    stream.kind = core::StreamKind::Video;
    stream.codec = codec;
    stream.width = width;
    stream.height = height;
    stream.attachedPicture = isCover;
    return stream;
}

core::MediaInfo found(const char* container, double duration, std::vector<core::StreamInfo> streams) {
    core::MediaInfo info;
    info.container = container;
    info.duration = duration;
    info.bitrate = 900'000;
    info.streams = std::move(streams);
    return info;
}

}  // namespace

TEST(ItemFormat, AFilmIsWhatIsInItAndNotWhatItsNameSays) {
    LibraryItem film = named("mp4", "aac", "h264");
    describe(film, found("mp4", 5400,
                         {picture("mjpeg", 600, 600, true), picture("hevc", 3840, 2160), sound("eac3", 6, 48'000),
                          sound("aac", 2, 44'100)}));
    EXPECT_EQ(film.format, (FileFormat{"mp4", "eac3", "hevc", 6, 48'000, 3840, 2160, 900'000}));
    EXPECT_EQ(film.duration, 5400);
    EXPECT_EQ(film.kind, "video");
}

TEST(ItemFormat, ACoverIsNoPicture) {
    LibraryItem song = named("flac", "flac", "");
    describe(song, found("flac", 200, {sound("flac", 2, 96'000), picture("png", 600, 600)}));
    EXPECT_EQ(song.format, (FileFormat{"flac", "flac", "", 2, 96'000, 0, 0, 900'000}));
    EXPECT_EQ(song.kind, "track");
}

TEST(ItemFormat, AFilmsFileWithoutAPictureIsMusic) {
    LibraryItem concert = named("mp4", "aac", "h264");
    describe(concert, found("mp4", 200, {sound("aac", 2, 48'000)}));
    EXPECT_EQ(concert.format.videoCodec, "");
    EXPECT_EQ(concert.kind, "track");
}

TEST(ItemFormat, WhatHasNoSoundIsNoMusic) {
    LibraryItem song = named("mp3", "mp3", "");
    describe(song, found("h263", 3, {picture("h263", 176, 144)}));
    EXPECT_EQ(song.format, (FileFormat{"mp3", "mp3", "", 0, 0, 0, 0, 0}));
    EXPECT_EQ(song.duration, 0);
}

TEST(ItemFormat, MusicHasItsTags) {
    core::MediaInfo info = found("mp3", 200, {sound("mp3", 2, 44'100)});
    info.tags.title = "Sea";
    info.tags.artist = "Ana";
    info.tags.genres = {"Folk", "Pop"};
    info.tags.track = 3;
    info.tags.year = 1998;
    LibraryItem song = named("mp3", "mp3", ""), film = named("mp4", "aac", "h264");
    describe(song, info);
    describe(film, info);
    EXPECT_EQ(song.tags, (TrackTags{"Sea", "Ana", "", "", "Folk", 3, 1998}));
    EXPECT_EQ(film.tags, TrackTags());
}
