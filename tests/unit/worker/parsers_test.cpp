#include <gtest/gtest.h>

#include "server/pipeline/atmos.h"
#include "server/pipeline/formats.h"
#include "server/pipeline/mpegframes.h"
#include "server/pipeline/picture.h"
#include "server/pipeline/tagfields.h"

using namespace marea;
using namespace marea::server;

TEST(Formats, AllowNothingThatNamesOtherFiles) {
    for (const char* bad :
         {"hls", "hls,applehttp", "concat", "dash", "image2", "image2pipe", "sdp", "rtsp", "lavfi", "tee", "ffmetadata",
          "webm_dash_manifest", "imf", "sap", "rtp", "libopenmpt", "tty", "rawvideo", "data"})
        EXPECT_FALSE(isAllowedDemuxer(bad)) << bad;
    for (const char* good : {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mp3", "flac", "mpegts"})
        EXPECT_TRUE(isAllowedDemuxer(good)) << good;
}

TEST(Formats, KnowFirstBytes) {
    EXPECT_STREQ(demuxerForMagic(std::string_view("\0\0\0\x20"
                                                  "ftypisom",
                                                  12)),
                 "mov");
    EXPECT_STREQ(demuxerForMagic("\x1A\x45\xDF\xA3"), "matroska");
    EXPECT_STREQ(demuxerForMagic("RIFF....AVI LIST"), "avi");
    EXPECT_EQ(demuxerForMagic("#EXTM3U\n"), nullptr);
    EXPECT_EQ(demuxerForMagic(""), nullptr);
}

TEST(TagFields, FoldsNamesAndSplitsNumbers) {
    TagFields fields;
    fields.add("ALBUM_ARTIST", "Band");
    fields.add("track", "3/12");
    fields.add("DISCNUMBER", "2");
    fields.add("Date", "1997-05-21");
    fields.add("GENRE", "Rock; Pop");
    fields.add("GENRE", "Rock");
    fields.add("REPLAYGAIN_TRACK_GAIN", "-6.20 dB");
    fields.add("MusicBrainz Album Id", "abc");
    fields.add("compilation", "1");
    fields.add("PRODUCER", "Marina Costa");
    fields.add("PRODUCER", "Luis Vega");
    fields.add("ORGANIZATION", "Low Water Records");
    fields.add("TEXT", "Ana Ribera");
    fields.add("title", "  A\x01 title \xFF");
    const core::Tags t = fields.tags();
    EXPECT_EQ(t.albumArtist, "Band");
    EXPECT_EQ(t.track, 3);
    EXPECT_EQ(t.trackTotal, 12);
    EXPECT_EQ(t.disc, 2);
    EXPECT_EQ(t.year, 1997);
    EXPECT_EQ(t.genres, (std::vector<std::string>{"Rock", "Pop"}));
    EXPECT_EQ(t.replayGainTrack, -6.2);
    EXPECT_EQ(t.musicBrainzAlbumId, "abc");
    EXPECT_TRUE(t.compilation);
    EXPECT_EQ(t.producer, "Marina Costa; Luis Vega");
    EXPECT_EQ(t.label, "Low Water Records");
    EXPECT_EQ(t.lyricist, "Ana Ribera");
    EXPECT_EQ(t.title, "A  title \xEF\xBF\xBD");
}

TEST(TagFields, TakesNoNonsenseForNumbers) {
    EXPECT_EQ(parsePartOf("x").number, 0);
    EXPECT_EQ(parsePartOf("-3").number, 0);
    EXPECT_EQ(parsePartOf("99999999999").number, 0);
    EXPECT_EQ(parseYear("21.05.1997"), 1997);
    EXPECT_EQ(parseYear("19970521"), 1997);
    EXPECT_EQ(parseYear("97"), 0);
    EXPECT_FALSE(parseGain("loud"));
    EXPECT_EQ(parsePeak("0.988525"), 0.988525);
    EXPECT_FALSE(parsePeak("-1"));
    EXPECT_EQ(parseR128Gain("-512"), 3.0);  // -2 dB to -23 LUFS
    EXPECT_EQ(parseR128Gain("+128"), 5.5);
    EXPECT_FALSE(parseR128Gain("-2.5"));
    EXPECT_FALSE(parseR128Gain("40000"));
    EXPECT_FALSE(parseR128Gain(""));
    EXPECT_FALSE(parseGain("1e9 dB"));
}

TEST(TagFields, GainsOfOpusAreToMinus23) {
    TagFields fields;
    fields.add("R128_TRACK_GAIN", "-1337");
    fields.add("R128_ALBUM_GAIN", "256");
    fields.add("REPLAYGAIN_ALBUM_GAIN", "-4.5 dB");
    fields.add("REPLAYGAIN_TRACK_PEAK", "0.5");
    const auto tags = fields.tags();
    EXPECT_NEAR(tags.replayGainTrack.value_or(0), -1337 / 256.0 + 5, 1e-9);
    EXPECT_EQ(tags.replayGainAlbum, -4.5);  // the one that names its reference comes first
    EXPECT_EQ(tags.replayGainTrackPeak, 0.5);
    EXPECT_FALSE(tags.replayGainAlbumPeak);
}

TEST(MpegFrames, ReadTheHeader) {
    const std::uint8_t mp3[] = {0xFF, 0xFB, 0x90, 0x64};  // MPEG-1 layer III, 128 kbit/s, 44.1 kHz
    const auto frame = parseMpegFrame(mp3);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->layer, 3);
    EXPECT_EQ(frame->bitrate, 128000);
    EXPECT_EQ(frame->sampleRate, 44100);
    EXPECT_EQ(frame->size, 417);
    const std::uint8_t none[] = {0xFF, 0xF9, 0x90, 0x64};  // ADTS
    EXPECT_FALSE(parseMpegFrame(none));
}

TEST(Atmos, NeedsWholeFrames) {
    const std::uint8_t cut[] = {0x0B, 0x77, 0xFF};
    EXPECT_FALSE(isJocFrame(cut, sizeof cut));
    EXPECT_FALSE(isTrueHdAtmosUnit(cut, sizeof cut));
    std::vector<std::uint8_t> ones(64, 0xFF);
    ones[0] = 0x0B;
    ones[1] = 0x77;
    for (std::size_t size = 0; size <= ones.size(); ++size)
        isJocFrame(ones.data(), size);
}

TEST(Picture, RefusesWhatIsNoPicture) {
    const std::string text = "<svg onload=alert(1)>";
    const auto image = convertImage(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), 100);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code, core::ErrorCode::Corrupt);
}

// 60000 × 60000 pixels in 33 bytes of header.
TEST(Picture, RefusesABombBeforeTakingMemory) {
    const std::uint8_t png[] = {0x89, 'P',  'N',  'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R', 0,
                                0,    0xEA, 0x60, 0,   0,    0xEA, 0x60, 8,    6, 0, 0, 0,  0x12, 0x34, 0x56, 0x78};
    const auto image = convertImage(png, sizeof png, 100);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code, core::ErrorCode::Corrupt);
}
