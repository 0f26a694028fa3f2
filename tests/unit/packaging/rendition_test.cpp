#include "server/packaging/rendition.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "core/media/dynamicrange.h"
#include "server/packaging/timegrid.h"

namespace marea::server {
namespace {

using core::HdrKind;
using core::MediaInfo;
using core::StreamInfo;
using core::StreamKind;
using testing::ElementsAre;

StreamInfo picture(int width, int height, const char* codec = "h264") {
    StreamInfo stream;
    stream.kind = StreamKind::Video;
    stream.codec = codec;
    stream.width = width;
    stream.height = height;
    stream.frameRate = 25;
    return stream;
}

StreamInfo sound(int index, int channels, const char* codec = "ac3", int sampleRate = 48'000) {
    StreamInfo stream;
    stream.index = index;
    stream.kind = StreamKind::Audio;
    stream.codec = codec;
    stream.channels = channels;
    stream.sampleRate = sampleRate;
    return stream;
}

// A film: video 0, 5.1 sound 1, text subtitles 2, picture subtitles 3, a cover 4.
MediaInfo filmOf(StreamInfo video = picture(1920, 1080)) {
    MediaInfo file;
    StreamInfo text, pictures, cover = picture(600, 600, "mjpeg");
    text.index = 2;
    text.kind = pictures.kind = StreamKind::Subtitle;
    text.codec = "subrip";
    pictures.index = 3;
    pictures.codec = "hdmv_pgs_subtitle";
    cover.index = 4;
    cover.attachedPicture = true;
    file.streams = {std::move(video), sound(1, 6), text, pictures, cover};
    return file;
}

VideoEncoding encoded(const StreamInfo& video, int height, const char* codec = "h264", bool toneMap = false) {
    return videoEncoding(filmOf(video), 0, codec, height, toneMap).value_or(VideoEncoding{});
}

TEST(ShownSize, IsRotatedSquareAndEven) {
    StreamInfo dvd = picture(720, 576);
    dvd.pixelAspect = 64.0 / 45;
    EXPECT_EQ(shownSize(dvd), (PictureSize{1024, 576}));
    StreamInfo telephone = picture(1920, 1080);
    telephone.rotation = 90;
    EXPECT_EQ(shownSize(telephone), (PictureSize{1080, 1920}));
    StreamInfo narrow = picture(1440, 1080);
    narrow.pixelAspect = 4.0 / 3;
    narrow.rotation = 270;
    EXPECT_EQ(shownSize(narrow), (PictureSize{1080, 1920}));
    EXPECT_EQ(shownSize(picture(853, 481)), (PictureSize{852, 480}));
    EXPECT_EQ(shownSize(picture(0, 1080)), PictureSize{});
    EXPECT_EQ(shownSize(picture(1, 1)), (PictureSize{16, 16}));
}

TEST(Heights, AreNeverAboveTheSource) {
    EXPECT_THAT(heights(picture(3840, 2160)), ElementsAre(2160, 1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(7680, 4320)), ElementsAre(2160, 1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(1920, 1080)), ElementsAre(1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(1920, 800)), ElementsAre(1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(1920, 1088)), ElementsAre(1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(1080, 1920)), ElementsAre(1080, 720, 480, 360, 240));
    EXPECT_THAT(heights(picture(640, 360)), ElementsAre(360, 240));
    EXPECT_THAT(heights(picture(64, 48)), ElementsAre(240));
    EXPECT_TRUE(heights(picture(0, 0)).empty());
}

TEST(VideoEncodings, FollowTheProfiles) {
    struct Case {
        int width, height, height_class, encodedWidth, encodedHeight;
        std::int64_t bitrate;
    };
    const Case cases[] = {{3840, 2160, 2160, 3840, 2160, 15'000'000}, {3840, 2160, 1080, 1920, 1080, 8'000'000},
                          {1920, 1080, 720, 1280, 720, 5'000'000},    {1920, 1080, 480, 854, 480, 2'500'000},
                          {1920, 800, 1080, 1920, 800, 6'600'000},    {1920, 800, 720, 1280, 534, 3'830'000},
                          {7680, 4320, 2160, 3840, 2160, 15'000'000}, {1080, 1920, 720, 720, 1280, 5'000'000},
                          {320, 240, 240, 320, 240, 370'000}};
    for (const Case& c : cases) {
        const VideoEncoding got = encoded(picture(c.width, c.height), c.height_class);
        EXPECT_EQ((PictureSize{got.width, got.height}), (PictureSize{c.encodedWidth, c.encodedHeight}));
        EXPECT_EQ(got.bitrate, c.bitrate) << c.width << "x" << c.height << " " << c.height_class;
        EXPECT_EQ(got.frameRate, (Rational{25, 1}));
    }
    EXPECT_FALSE(videoEncoding(filmOf(picture(1280, 720)), 0, "h264", 1080, false));
    EXPECT_FALSE(videoEncoding(filmOf(), 0, "h264", 700, false));
    EXPECT_FALSE(videoEncoding(filmOf(), 0, "mpeg2video", 720, false));
    EXPECT_FALSE(videoEncoding(filmOf(), 1, "h264", 720, false));
    EXPECT_FALSE(videoEncoding(filmOf(), 4, "h264", 240, false));
}

TEST(VideoEncodings, SpendNoMoreThanTheSourceIsWorth) {
    StreamInfo small = picture(1920, 1080);
    small.bitrate = 3'000'000;
    EXPECT_EQ(encoded(small, 1080).bitrate, 3'000'000);
    EXPECT_EQ(encoded(small, 720).bitrate, 1'870'000);
    EXPECT_EQ(encoded(small, 480).bitrate, 930'000);
    StreamInfo hevc = picture(1920, 1080, "hevc");
    hevc.bitrate = 3'000'000;
    EXPECT_EQ(encoded(hevc, 1080).bitrate, 4'800'000);
    EXPECT_EQ(encoded(hevc, 1080, "hevc").bitrate, 3'000'000);
    StreamInfo still = picture(1920, 1080);
    still.bitrate = 1;
    EXPECT_EQ(encoded(still, 1080).bitrate, 500'000) << "less is no picture";
}

// Whatever the source, and whatever an owner wants: each class has fewer bits than the one above it, and none more
// than the source.
TEST(VideoEncodings, AreNeverAboveTheSource) {
    std::mt19937 random(3);
    const int sizes[][2] = {{3840, 2160}, {3840, 1600}, {1920, 1080}, {1080, 1920},
                            {1280, 720},  {854, 480},   {320, 240}};
    for (int i = 0; i < 2000; ++i) {
        const auto& size = sizes[random() % 7];
        StreamInfo source = picture(size[0], size[1]);
        source.bitrate = 200'000 + static_cast<std::int64_t>(random() % 20'000'000);
        const int kbit = random() % 2 ? 0 : 100 + static_cast<int>(random() % 9990) * 10;
        std::int64_t above = source.bitrate;
        for (const int height : heights(source)) {
            const auto got = videoEncoding(filmOf(source), 0, "h264", height, false, {}, {kbit, 60, {}}).value();
            const auto usual = std::find_if(heightClasses().begin(), heightClasses().end(),
                                            [&](const HeightClass& one) { return one.height == height; });
            const std::int64_t least = bitrateInShape(usual->bitrate, height, source) / 16;
            EXPECT_LE(got.bitrate, std::max<std::int64_t>({above, least, 100'000})) << source.bitrate << " " << height;
            above = got.bitrate;
        }
    }
}

TEST(VideoEncodings, AreTunedByOwners) {
    const auto tuned = [](const StreamInfo& source, int height, VideoTuning tuning) {
        return videoEncoding(filmOf(source), 0, "h264", height, false, {}, tuning);
    };
    EXPECT_EQ(tuned(picture(1920, 1080), 720, {3000, 60, {}})->bitrate, 3'000'000);
    EXPECT_EQ(tuned(picture(1920, 1080), 720, {9000, 60, {}})->bitrate, 9'000'000);
    EXPECT_EQ(tuned(picture(1920, 1080), 720, {0, 24, {}})->frameRate, (Rational{25, 2}));
    EXPECT_EQ(tuned(picture(3840, 2160), 1440, {})->width, 2560);
    EXPECT_EQ(tuned(picture(1920, 1080), 576, {})->height, 576);
    EXPECT_EQ(tuned(picture(1920, 1080), 720, {0, 60, BitrateMode::Average})->mode, BitrateMode::Average);
    for (const VideoTuning& wrong : {VideoTuning{90, 60, {}}, VideoTuning{-10, 60, {}}, VideoTuning{100'010, 60, {}},
                                     VideoTuning{3005, 60, {}}, VideoTuning{0, 0, {}}, VideoTuning{0, 61, {}}}) {
        EXPECT_FALSE(tuned(picture(1920, 1080), 720, wrong)) << wrong.kbit << " " << wrong.mostRate;
    }
    EXPECT_FALSE(tuned(picture(1920, 1080), 1440, {})) << "above the source";
    EXPECT_FALSE(tuned(picture(720, 576), 576, {})) << "not below its class";
    EXPECT_EQ(bitrateInShape(8'000'000, 1080, picture(1920, 1080)), 8'000'000);
    EXPECT_EQ(bitrateInShape(4'000'000, 1080, picture(1920, 800)), 3'300'000);
}

TEST(VideoEncodings, KeepHdrOnlyWhereTheCodecTakesIt) {
    StreamInfo hdr = picture(3840, 2160, "hevc");
    hdr.hdr = HdrKind::Hdr10;
    EXPECT_FALSE(videoEncoding(filmOf(hdr), 0, "h264", 1080, false));
    EXPECT_TRUE(videoEncoding(filmOf(hdr), 0, "h264", 1080, true));
    EXPECT_TRUE(videoEncoding(filmOf(hdr), 0, "hevc", 1080, true));
    const auto kept = videoEncoding(filmOf(hdr), 0, "hevc", 1080, false);
    ASSERT_TRUE(kept);
    EXPECT_EQ(encodedRange(*kept, hdr), HdrKind::Hdr10);
    EXPECT_FALSE(videoEncoding(filmOf(), 0, "h264", 1080, true)) << "there is nothing to map";
    hdr.hdr = HdrKind::DolbyVision;
    hdr.dolbyVisionProfile = 5;
    EXPECT_TRUE(videoEncoding(filmOf(hdr), 0, "hevc", 1080, false)) << "its metadata make HDR10 of it";
    EXPECT_TRUE(videoEncoding(filmOf(hdr), 0, "h264", 1080, true));
    hdr.dolbyVisionProfile = 8;
    hdr.dolbyVisionCompatibility = core::kDolbyBaseHlg;
    EXPECT_EQ(encodedRange(*kept, hdr), HdrKind::Hlg);
    hdr.dolbyVisionCompatibility = core::kDolbyBaseSdr;
    EXPECT_EQ(encodedRange(*kept, hdr), HdrKind::None);
    EXPECT_TRUE(videoEncoding(filmOf(hdr), 0, "h264", 1080, false)) << "its base layer is SDR";
}

TEST(EncodedRate, IsConstantUsualAndAtMost60) {
    const auto expect = [](double source, Rational rate) { EXPECT_EQ(encodedRate(source), rate) << source; };
    expect(23.976, {24'000, 1001});
    expect(24'000.0 / 1001, {24'000, 1001});
    expect(24, {24, 1});
    expect(25, {25, 1});
    expect(29.97, {30'000, 1001});
    expect(59.94, {60'000, 1001});
    expect(60, {60, 1});
    expect(120, {60, 1});
    expect(119.88, {60'000, 1001});
    expect(90, {45, 1});
    expect(144, {48, 1});
    expect(240, {60, 1});
    expect(12.5, {25, 2});
    expect(27.31, {30, 1});
    expect(18.2, {24, 1});
    expect(52.1, {60, 1});
    expect(0.2, {5, 1});
    expect(0, {30, 1});
    expect(-5, {30, 1});
    expect(90'000, {30, 1});
}

TEST(EncodedRate, IsAPartOfTheSourcesBelowAnOwnersLimit) {
    struct Case {
        double source;
        int most;
        Rational rate;
    };
    for (const Case& c : {Case{60, 30, {30, 1}}, Case{59.94, 30, {30'000, 1001}}, Case{50, 30, {25, 1}},
                          Case{25, 30, {25, 1}}, Case{24, 20, {12, 1}}, Case{60, 25, {20, 1}}, Case{120, 24, {24, 1}},
                          Case{27.31, 14, {10, 1}}, Case{30, 1, {1, 1}}, Case{0, 15, {15, 1}}}) {
        EXPECT_EQ(encodedRate(c.source, c.most), c.rate) << c.source << " " << c.most;
    }
    for (double source = 0.5; source < 240; source += 0.37) {
        for (int most = 1; most <= 60; ++most) {
            const Rational rate = encodedRate(source, most);
            EXPECT_LE(double(rate.num) / rate.den, most * 1.001) << source << " " << most;
        }
    }
}

TEST(AudioEncodings, HaveUsualBitratesAndNoMoreChannels) {
    const MediaInfo file = filmOf();
    EXPECT_EQ(audioEncoding(file, 1, "aac", 2), (AudioEncoding{"aac", 2, 48'000, 192'000, 0}));
    EXPECT_EQ(audioEncoding(file, 1, "aac", 6), (AudioEncoding{"aac", 6, 48'000, 384'000, 0}));
    EXPECT_EQ(audioEncoding(file, 1, "opus", 2, 96), (AudioEncoding{"opus", 2, 48'000, 96'000, 0}));
    EXPECT_EQ(audioEncoding(file, 1, "flac", 6), (AudioEncoding{"flac", 6, 48'000, 0, 0}));
    EXPECT_FALSE(audioEncoding(file, 1, "aac", 8));
    EXPECT_FALSE(audioEncoding(file, 1, "aac", 3));
    EXPECT_FALSE(audioEncoding(file, 1, "mp3", 6));
    EXPECT_FALSE(audioEncoding(file, 1, "aac", 2, 100));
    EXPECT_FALSE(audioEncoding(file, 1, "flac", 2, 128));
    EXPECT_FALSE(audioEncoding(file, 1, "dts", 2));
    EXPECT_FALSE(audioEncoding(file, 0, "aac", 2));
}

TEST(AudioEncodings, GainsAreRoundedDownAndBounded) {
    const MediaInfo file = filmOf();
    const StreamInfo& source = *findStream(file, 1);
    const auto six = audioEncoding(file, 1, "aac", 6).value(), two = audioEncoding(file, 1, "aac", 2).value();
    const SoundChange change{1, 3.19, -2.01, false};
    EXPECT_DOUBLE_EQ(changed(six, change, source).gain, 3.1);
    EXPECT_DOUBLE_EQ(changed(two, change, source).gain, -2.1);  // mixed to fewer channels
    EXPECT_DOUBLE_EQ(changed(audioEncoding(file, 1, "aac", 1).value(), change, source).gain, -5.1);
    EXPECT_DOUBLE_EQ(changed(six, {1, 99, 99, false}, source).gain, kMostGain);
    EXPECT_DOUBLE_EQ(changed(six, {1, -99, -99, true}, source).gain, -kMostGain);
    EXPECT_TRUE(changed(six, {1, -99, -99, true}, source).night);
    EXPECT_EQ(changed(six, {1, 0, 0, false}, source), six);
}

TEST(AudioEncodings, KeepTheFamilyOfSampleRates) {
    MediaInfo file;
    for (const auto& [codec, source, encodedAt] :
         {std::tuple("aac", 44'100, 44'100), std::tuple("aac", 96'000, 48'000), std::tuple("aac", 88'200, 44'100),
          std::tuple("aac", 8000, 48'000), std::tuple("opus", 44'100, 48'000), std::tuple("flac", 96'000, 96'000),
          std::tuple("flac", 50'000, 48'000), std::tuple("aac", 0, 48'000)}) {
        file.streams = {sound(0, 2, "flac", source)};
        EXPECT_EQ(audioEncoding(file, 0, codec, 2)->sampleRate, encodedAt) << codec << source;
    }
}

std::vector<TrackSpec> everyTrack(const MediaInfo& file) {
    std::vector<TrackSpec> all;
    for (const StreamInfo& stream : file.streams) {
        if (canCopy(stream)) {
            all.push_back({stream.index, CopyEncoding{}});
        }
        for (const char* codec : {"h264", "hevc", "vp9", "av1", "aac", "opus", "flac", "mp3"}) {
            for (const HeightClass& one : heightClasses()) {
                for (const bool toneMap : {false, true}) {
                    for (const std::optional<int> burn : {std::optional<int>(), std::optional<int>(3)}) {
                        for (const VideoTuning& tuning :
                             {VideoTuning{}, VideoTuning{1250, 60, {}}, VideoTuning{600, 24, BitrateMode::Average},
                              VideoTuning{0, 13, {}}, VideoTuning{100'000, 60, {}}}) {
                            for (const int height : {one.height, 1440, 576, 144}) {
                                const auto e = videoEncoding(file, stream.index, codec, height, toneMap, burn, tuning);
                                if (e) {
                                    all.push_back({stream.index, *e});
                                }
                            }
                        }
                    }
                }
            }
            for (const int channels : {1, 2, 6, 8}) {
                for (const int kbit : {0, 64, 128, 320}) {
                    if (const auto e = audioEncoding(file, stream.index, codec, channels, kbit)) {
                        all.push_back({stream.index, *e});
                        for (const SoundChange& change :
                             {SoundChange{stream.index, -6.7, -6.7, false}, SoundChange{stream.index, 12.3, 4.1, true},
                              SoundChange{stream.index, 0, 0, true}}) {
                            all.push_back({stream.index, changed(*e, change, stream)});
                        }
                    }
                }
            }
        }
    }
    return all;
}

TEST(RenditionNames, ComeBackAsTheSameTracks) {
    StreamInfo hdr = picture(3840, 1600, "hevc"), upright = picture(1920, 1080), tiny = picture(16, 16),
               long1 = picture(9000, 20);
    hdr.hdr = HdrKind::Hlg;
    upright.rotation = 90;
    upright.bitrate = 900'000;
    for (const StreamInfo& video : {picture(1920, 1080), hdr, upright, tiny, long1}) {
        const MediaInfo file = filmOf(video);
        const auto tracks = everyTrack(file);
        EXPECT_GT(tracks.size(), 20u);
        for (const TrackSpec& track : tracks) {
            const std::string name = renditionName(track, file);
            const auto back = parseRendition(name, file);
            ASSERT_TRUE(back) << name;
            EXPECT_EQ(*back, std::vector{track}) << name;
        }
    }
}

TEST(RenditionNames, AreAsInLinks) {
    StreamInfo hdr = picture(3840, 2160, "hevc");
    hdr.hdr = HdrKind::Hdr10;
    const MediaInfo file = filmOf(hdr);
    for (const char* name : {"v0-copy",
                             "v0-h264-1080-sdr",
                             "v0-h264-480-sdr-burn3",
                             "v0-hevc-2160",
                             "v0-hevc-720-burn3",
                             "a1-copy",
                             "a1-aac-2",
                             "a1-aac-6",
                             "a1-aac-2-96",
                             "a1-opus-6",
                             "a1-flac-2",
                             "a1-aac-2-gm35",
                             "a1-aac-2-96-gp12-night",
                             "a1-flac-6-night",
                             "a1-opus-2-gp300",
                             "v0-h264-720-sdr+a1-aac-2",
                             "v0-copy+a1-copy",
                             "v0-h264-720-b3000-sdr",
                             "v0-hevc-1440-b12000-f13-vbr-sdr-burn3",
                             "v0-hevc-2160-f13",
                             "v0-hevc-1080-vbr"}) {
        EXPECT_TRUE(parseRendition(name, file)) << name;
    }
    EXPECT_EQ(parseRendition("v0-copy+a1-aac-2", file)->size(), 2u);
}

TEST(RenditionParser, RefusesWhatIsNoName) {
    const MediaInfo file = filmOf();
    for (const char* name : {"",
                             "-",
                             "+",
                             ".",
                             "v",
                             "v0",
                             "v0-",
                             "v0-copy-",
                             "v0-copy+",
                             "+v0-copy",
                             "v0-copy+v0-copy",
                             "a1-copy+v0-copy",
                             "v0-copy+a1-copy+a1-copy",
                             "a1-copy+a1-copy",
                             "v00-copy",
                             "v1-copy",
                             "a0-copy",
                             "V0-copy",
                             "v0-Copy",
                             "v0-copy ",
                             " v0-copy",
                             "v-1-copy",
                             "v+0-copy",
                             "v99999999999999999999-copy",
                             "v7-copy",
                             "v2-copy",
                             "s2-copy",
                             "v4-copy",
                             "v4-h264-240",
                             "v0-h264",
                             "v0-h264-",
                             "v0-h264-0",
                             "v0-h264-0720",
                             "v0-h264-720p",
                             "v0-h264-2160",
                             "v0-h264-719",
                             "v0-h264-720-sdr",
                             "v0-h264-720-burn",
                             "v0-h264-720-burn1",
                             "v0-h264-720-burn03",
                             "v0-h264-720-burn9",
                             "v0-h264-720-burn3-sdr",
                             "v0-h264-720-burn3-burn3",
                             "v0-h264-720--burn3",
                             "v0-h264-720-b5000",
                             "v0-h264-720-b3005",
                             "v0-h264-720-b03000",
                             "v0-h264-720-b90",
                             "v0-h264-720-b0",
                             "v0-h264-720-b",
                             "v0-h264-720-b100010",
                             "v0-h264-720-b9999999999",
                             "v0-h264-720-b3000-b3000",
                             "v0-h264-720-f30-b3000",
                             "v0-h264-720-f25",
                             "v0-h264-720-f0",
                             "v0-h264-720-f24",
                             "v0-h264-720-f013",
                             "v0-h264-720-vbr-f13",
                             "v0-h264-720-vbr-vbr",
                             "v0-h264-720-abr",
                             "v0-h264-720-burn3-b3000",
                             "v0-h264-1440",
                             "v0-h264-700",
                             "a1-copy-night",
                             "a1-copy-gm35",
                             "a1-aac-2-night-gm35",
                             "a1-aac-2-gm0",
                             "a1-aac-2-gp0",
                             "a1-aac-2-gm035",
                             "a1-aac-2-g35",
                             "a1-aac-2-gm3.5",
                             "a1-aac-2-gp301",
                             "a1-aac-2-gm35-gm35",
                             "a1-aac-2-gm35-96",
                             "a1-aac-2-nights",
                             "a1-aac-2-night-night",
                             "v0-h264-720-night",
                             "v0-mpeg4-720",
                             "v0-aac-2",
                             "a1-h264-720",
                             "a1-aac",
                             "a1-aac-",
                             "a1-aac-0",
                             "a1-aac-02",
                             "a1-aac-8",
                             "a1-aac-2-",
                             "a1-aac-2-0",
                             "a1-aac-2-192",
                             "a1-aac-2-99",
                             "a1-aac-2-96-96",
                             "a1-mp3-6",
                             "a1-flac-2-128",
                             "v0-copy+a1-flac-2",
                             "v0-vp9-720+a1-aac-2",
                             "v0-copy/../../x",
                             "v0-copy%00"}) {
        const auto got = parseRendition(name, file);
        EXPECT_FALSE(got) << name;
        EXPECT_TRUE(got || got.error().code == core::ErrorCode::NotFound);
    }
    EXPECT_FALSE(parseRendition(std::string("v0-copy\0", 8), file));
    EXPECT_FALSE(parseRendition(std::string(100'000, '+'), file));
    EXPECT_FALSE(parseRendition("v0-copy", filmOf(picture(720, 576, "mpeg2video")))) << "that goes into no MP4";
    EXPECT_FALSE(parseRendition("v0-copy", MediaInfo{}));
}

TEST(RenditionParser, GivesBackWhateverItTakes) {
    const MediaInfo file = filmOf();
    const std::string letters = "va0123copyh264-72sdrburn+aacbfv";
    std::mt19937 random(5);
    for (int i = 0; i < 50'000; ++i) {
        std::string name = i % 2 ? "v0-h264-720-b3000-f13-burn3+a1-aac-2-96" : "";
        for (unsigned n = random() % 6; n > 0; --n) {
            name.insert(random() % (name.size() + 1), 1, letters[random() % letters.size()]);
            if (i % 3 == 0) {
                name.erase(random() % name.size(), 1);
            }
        }
        if (const auto got = parseRendition(name, file)) {
            EXPECT_EQ(renditionName(*got, file), name);
        }
    }
}

}  // namespace
}  // namespace marea::server
