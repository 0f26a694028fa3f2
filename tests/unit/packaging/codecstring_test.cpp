#include "server/packaging/codecstring.h"

#include <gtest/gtest.h>

#include <random>
#include <string_view>
#include <vector>

namespace marea::server {
namespace {

std::vector<std::uint8_t> bytes(std::string_view hex) {
    std::vector<std::uint8_t> list;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        list.push_back(static_cast<std::uint8_t>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    }
    return list;
}

std::string of(const char* codec, std::string_view hex, int profile = -1, int level = -1, int depth = 0) {
    const auto data = bytes(hex);
    return codecString({codec, data, profile, level, depth, 1280, 720, 25});
}

TEST(CopiedCodecs, InHdrNameTheirColours) {
    const auto colours = [](const char* codec, std::string_view hex, int profile, int level, CodedColours its) {
        const auto data = bytes(hex);
        CopiedCodec copied{codec, data, profile, level, 10, 1280, 720, 25};
        copied.colours = its;
        return codecString(copied);
    };
    EXPECT_EQ(colours("vp9", "", 2, 10, {9, 16, 9}), "vp09.02.10.10.01.09.16.09.00");
    EXPECT_EQ(colours("vp9", "", 2, 10, {9, 18, 9, true, 0}), "vp09.02.10.10.00.09.18.09.01");
    EXPECT_EQ(colours("vp9", "", 2, 10, {2, 16, 2}), "vp09.02.10.10.01.09.16.09.00") << "BT.2020, as all HDR is";
    EXPECT_EQ(colours("vp9", "", 0, 10, {1, 1, 1}), "vp09.00.10.10") << "BT.709 is what is left out";
    EXPECT_EQ(colours("vp9", "01000000021fa20910090000", 2, -1, {}), "vp09.02.31.10.01.09.16.09.00") << "by vpcC";
    EXPECT_EQ(colours("av1", "81054c000a0b0000002d4cffb3c02f8404", 0, 5, {9, 16, 9}), "av01.0.05M.10.0.110.09.16.09.0");
    EXPECT_EQ(colours("av1", "81054e00", 0, 5, {9, 18, 9}), "av01.0.05M.10.0.112.09.18.09.0");
    EXPECT_EQ(colours("av1", "", 0, 8, {12, 16, 9}), "av01.0.08M.10.0.110.12.16.09.0");
}

TEST(CopiedCodecs, AgreeWithTheRangeThatIsSaid) {
    using core::HdrKind;
    EXPECT_EQ(withRange("vp09.02.31.10", HdrKind::Hdr10), "vp09.02.31.10.01.09.16.09.00");
    EXPECT_EQ(withRange("av01.0.08M.10", HdrKind::Hlg), "av01.0.08M.10.0.110.09.18.09.0");
    EXPECT_EQ(withRange("av01.0.08M.10.0.110.09.16.09.0", HdrKind::Hdr10), "av01.0.08M.10.0.110.09.16.09.0");
    EXPECT_EQ(withRange("av01.0.08M.10", HdrKind::None), "av01.0.08M.10");
    EXPECT_EQ(withRange("hvc1.2.4.L150.90", HdrKind::Hdr10), "hvc1.2.4.L150.90") << "HEVC's has no place for them";
}

TEST(CopiedCodecs, OfUnifiedSpeechAndAudioSaySo) {
    EXPECT_EQ(of("aac", "f940"), "mp4a.40.42");
}

// Extradata as FFmpeg 5.1 reads it from files of x264, x265, SVT-AV1, libvpx and its own AAC encoder.
TEST(CopiedCodecs, AreReadFromTheirConfiguration) {
    EXPECT_EQ(of("h264", "0164001fffe100186764001facb402802dd80880"), "avc1.64001F");
    EXPECT_EQ(of("h264", "0142c01fffe100196742c01fd9005005bb011000"), "avc1.42C01F");
    EXPECT_EQ(of("hevc", "0101600000009000000000005df000fcfdf8f800000f04a0"), "hvc1.1.6.L93.90");
    EXPECT_EQ(of("hevc", "0102200000009000000000005df000fcfdfafa00000f04a0"), "hvc1.2.4.L93.90");
    EXPECT_EQ(of("hevc", "0122600000009d08000000009900fcfdfafa0000000f0400"), "hvc1.2.6.H153.9D.8");
    EXPECT_EQ(of("av1", "81050c000a0b0000002d4cffb3c02f8004"), "av01.0.05M.08");
    EXPECT_EQ(of("av1", "81054c000a0b0000002d4cffb3c02f8404"), "av01.0.05M.10");
    EXPECT_EQ(of("av1", "814de0000a0b"), "av01.2.13H.12");
    EXPECT_EQ(of("vp9", "01000000021fa20202020000"), "vp09.02.31.10");
    EXPECT_EQ(of("vp9",
                 "010102020129"
                 "03010a"),
              "vp09.02.41.10")
        << "WebM's list of features";
    EXPECT_EQ(of("aac", "120856e500"), "mp4a.40.2");
    EXPECT_EQ(of("aac", "1190"), "mp4a.40.2");
    EXPECT_EQ(of("aac", "2b920800"), "mp4a.40.5");
    EXPECT_EQ(of("aac", "139056e5a0"), "mp4a.40.5") << "told behind a plain configuration";
    EXPECT_EQ(of("aac", "139056e5a54880"), "mp4a.40.29");
    EXPECT_EQ(of("aac", "eb8a0800"), "mp4a.40.29");
    EXPECT_EQ(of("aac", "f94000"), "mp4a.40.42");
    EXPECT_EQ(of("aac", "03808080250001000480808017401500000000011288000112880580808005120856e500068080800102"),
              "mp4a.40.2");
}

TEST(CopiedCodecs, AreReadFromParameterSetsInTransportStreams) {
    EXPECT_EQ(of("h264", "0000016764001facb402802dd808800000030080000019078c19500000000168ef0fcb"), "avc1.64001F");
    EXPECT_EQ(of("h264", "0000000109f0000000016742c01ed900"), "avc1.42C01E");
    EXPECT_EQ(of("hevc",
                 "00000140010c01ffff01600000030090000003000003005d9594090000000142010101600000030090000003000003005d"
                 "a00280802d16595952930bc05a020000030002000003003210000000014401c073c18900"),
              "hvc1.1.6.L93.90");
    // 00 00 00 03 in a parameter set is written 00 00 03 00 03: the second 03 is data.
    EXPECT_EQ(of("hevc",
                 "00000142010101"
                 "6000000300"
                 "039000000300003f"
                 "00"),
              "hvc1.1.6.L63.3.90");
}

TEST(CopiedCodecs, GoByWhatLibavKnowsWithoutIt) {
    EXPECT_EQ(of("h264", "", 100, 40), "avc1.640028");
    EXPECT_EQ(of("h264", "", 66 | 1 << 9, 31), "avc1.42401F");
    EXPECT_EQ(of("h264", ""), "");
    EXPECT_EQ(of("hevc", "", 2, 150), "hvc1.2.4.L150.B0");
    EXPECT_EQ(of("hevc", "", 4, 150), "") << "range extensions do not fit into two numbers";
    EXPECT_EQ(of("av1", "", 0, 8, 10), "av01.0.08M.10");
    EXPECT_EQ(of("av1", ""), "");
    EXPECT_EQ(of("vp9", "", 0), "vp09.00.31.08") << "the level of 720p25";
    EXPECT_EQ(of("vp9", "", 2), "vp09.02.31.10");
    EXPECT_EQ(of("aac", ""), "mp4a.40.2");
    EXPECT_EQ(of("aac", "", 4), "mp4a.40.5");
    EXPECT_EQ(of("aac", "1190", 4), "mp4a.40.5") << "only the frames tell";
    EXPECT_EQ(of("ac3", ""), "ac-3");
    EXPECT_EQ(of("eac3", ""), "ec-3");
    EXPECT_EQ(of("flac", ""), "fLaC");
    EXPECT_EQ(of("opus", ""), "Opus");
    EXPECT_EQ(of("mp3", ""), "mp4a.6B");
    EXPECT_EQ(of("mpeg2video", ""), "");
    EXPECT_EQ(of("truehd", ""), "");
}

TEST(CopiedCodecs, StandHostileBytes) {
    const std::vector<std::vector<std::uint8_t>> seeds = {
        bytes("0164001fffe100186764001facb402802dd80880"),
        bytes("0101600000009000000000005df000fcfdf8f800000f04a0"),
        bytes("00000142010101600000030090000003000003005da00280"),
        bytes("81050c000a0b00"),
        bytes("010102020129"),
        bytes("038080802500010004808080174015000000000112880001128805808080051208"),
        bytes("139056e5a54880")};
    std::mt19937 random(3);
    for (int i = 0; i < 40'000; ++i) {
        auto data = seeds[random() % seeds.size()];
        for (unsigned n = random() % 4; n > 0; --n) {
            data[random() % data.size()] = static_cast<std::uint8_t>(random());
        }
        data.resize(random() % (data.size() + 1));
        data.shrink_to_fit();
        for (const char* codec : {"h264", "hevc", "av1", "vp9", "aac"}) {
            const std::string text = codecString({codec, data, static_cast<int>(random()), static_cast<int>(random()),
                                                  static_cast<int>(random()), static_cast<int>(random()),
                                                  static_cast<int>(random()), 1e300});
            EXPECT_LT(text.size(), 60u);
            EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789."),
                      text.npos)
                << text;
        }
    }
}

VideoEncoding video(const char* codec, int width, int height, Rational rate, std::int64_t bitrate) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = width;
    encoding.height = height;
    encoding.frameRate = rate;
    encoding.bitrate = bitrate;
    return encoding;
}

TEST(EncodedLevels, AreTheLowestThatHold) {
    EXPECT_EQ(encodedLevel(video("h264", 1920, 1080, {25, 1}, 8'000'000)), 40);
    EXPECT_EQ(encodedLevel(video("h264", 1920, 1080, {30, 1}, 8'000'000)), 40);
    EXPECT_EQ(encodedLevel(video("h264", 1920, 1080, {60, 1}, 8'000'000)), 42);
    EXPECT_EQ(encodedLevel(video("h264", 1280, 720, {30, 1}, 5'000'000)), 31);
    EXPECT_EQ(encodedLevel(video("h264", 1280, 720, {60'000, 1001}, 5'000'000)), 32);
    EXPECT_EQ(encodedLevel(video("h264", 854, 480, {24'000, 1001}, 2'500'000)), 30);
    EXPECT_EQ(encodedLevel(video("h264", 3840, 2160, {24, 1}, 15'000'000)), 51);
    EXPECT_EQ(encodedLevel(video("h264", 3840, 2160, {60, 1}, 15'000'000)), 52);
    EXPECT_EQ(encodedLevel(video("h264", 1920, 16, {25, 1}, 500'000)), 31) << "too wide for the levels of its size";
    EXPECT_EQ(encodedLevel(video("hevc", 1920, 1080, {25, 1}, 8'000'000)), 120);
    EXPECT_EQ(encodedLevel(video("hevc", 1920, 1080, {60, 1}, 8'000'000)), 123);
    EXPECT_EQ(encodedLevel(video("hevc", 3840, 2160, {60, 1}, 15'000'000)), 153);
    EXPECT_EQ(encodedLevel(video("av1", 1920, 1080, {24, 1}, 8'000'000)), 8);
    EXPECT_EQ(encodedLevel(video("vp9", 1280, 720, {25, 1}, 5'000'000)), 31);
    EXPECT_EQ(encodedLevel(video("h264", 30'000, 30'000, {60, 1}, 1)), 52) << "the highest, where none holds";
}

TEST(EncodedCodecs, SayProfileAndLevel) {
    EXPECT_EQ(codecString(video("h264", 1920, 1080, {25, 1}, 8'000'000)), "avc1.640028");
    EXPECT_EQ(codecString(video("h264", 854, 480, {25, 1}, 2'500'000)), "avc1.64001E");
    EXPECT_EQ(codecString(video("hevc", 1920, 1080, {25, 1}, 8'000'000)), "hvc1.1.6.L120.90");
    EXPECT_EQ(codecString(video("hevc", 3840, 2160, {24, 1}, 15'000'000), core::HdrKind::Hdr10), "hvc1.2.4.L150.90");
    EXPECT_EQ(codecString(video("vp9", 1280, 720, {25, 1}, 5'000'000)), "vp09.00.31.08");
    EXPECT_EQ(codecString(video("av1", 1920, 1080, {24, 1}, 8'000'000)), "av01.0.08M.08");
    EXPECT_EQ(codecString(video("av1", 1920, 1080, {24, 1}, 8'000'000), core::HdrKind::Hdr10),
              "av01.0.08M.10.0.110.09.16.09.0");
    EXPECT_EQ(codecString(video("vp9", 1920, 1080, {24, 1}, 8'000'000), core::HdrKind::Hlg),
              "vp09.02.40.10.00.09.18.09.00");
    EXPECT_EQ(codecString(AudioEncoding{}), "mp4a.40.2");
    EXPECT_EQ(codecString(AudioEncoding{"opus", 2, 48'000, 0, 0}), "Opus");
    EXPECT_EQ(codecString(AudioEncoding{"flac", 2, 48'000, 0, 0}), "fLaC");
}

}  // namespace
}  // namespace marea::server
