// What an initialisation segment tells of HDR and Atmos.
#include <gtest/gtest.h>
#include <cstdlib>
#include <cstring>

#include "server/pipeline/avinput.h"
#include "server/pipeline/streaminfo.h"
#include "tests/integration/pipeline/cutfile.h"
#include "tests/integration/pipeline/judge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

template <class T>
StreamSideData sideData(AVPacketSideDataType type, const T& value) {
    StreamSideData item{type, std::vector<std::uint8_t>(sizeof value)};
    std::memcpy(item.bytes.data(), &value, sizeof value);
    return item;
}

// An HEVC track as an encoder or a demuxer describes it: with Annex B parameter sets.
TrackFormat hevcTrack() {
    static constexpr std::uint8_t parameterSets[] = {
        0,    0,    0,    1,    0x40, 0x01, 0x0C, 0x01, 0xFF, 0xFF, 0x01, 0x60, 0x00, 0x00, 0x03, 0x00, 0x90,
        0x00, 0x00, 0x03, 0x00, 0x00, 0x03, 0x00, 0x1E, 0x95, 0x98, 0x09, 0,    0,    0,    1,    0x42, 0x01,
        0x01, 0x01, 0x60, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00, 0x00, 0x03, 0x00, 0x1E, 0xA0,
        0x0A, 0x08, 0x0F, 0x16, 0x59, 0x59, 0xA4, 0x93, 0x2B, 0xC0, 0x5A, 0x02, 0x00, 0x00, 0x03, 0x00, 0x02,
        0x00, 0x00, 0x03, 0x00, 0x32, 0x10, 0,    0,    0,    1,    0x44, 0x01, 0xC1, 0x72, 0xB4, 0x62, 0x40};
    TrackFormat format;
    format.parameters.reset(avcodec_parameters_alloc());
    AVCodecParameters* par = format.parameters.get();
    par->codec_type = AVMEDIA_TYPE_VIDEO;
    par->codec_id = AV_CODEC_ID_HEVC;
    par->width = 160;
    par->height = 120;
    par->extradata = static_cast<std::uint8_t*>(av_mallocz(sizeof parameterSets + AV_INPUT_BUFFER_PADDING_SIZE));
    std::memcpy(par->extradata, parameterSets, sizeof parameterSets);
    par->extradata_size = sizeof parameterSets;
    format.timeBase = {1, 25'000};
    return format;
}

std::string hexAfter(const std::string& bytes, const char* type, std::size_t count) {
    const auto at = bytes.find(type);
    std::string hex;
    for (std::size_t i = at + 4; at != std::string::npos && i < bytes.size() && i < at + 4 + count; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        hex += digits[static_cast<std::uint8_t>(bytes[i]) >> 4];
        hex += digits[static_cast<std::uint8_t>(bytes[i]) & 15];
    }
    return hex;
}

TrackFormat dolbyTrack(std::uint8_t profile, std::uint8_t compatibility) {
    TrackFormat format = hevcTrack();
    AVDOVIDecoderConfigurationRecord record{};
    record.dv_version_major = 1;
    record.dv_profile = profile;
    record.dv_level = 6;
    record.rpu_present_flag = record.bl_present_flag = 1;
    record.dv_bl_signal_compatibility_id = compatibility;
    format.sideData.push_back(sideData(AV_PKT_DATA_DOVI_CONF, record));
    return format;
}

std::string brandsOf(const std::string& init) {
    return init.substr(16, (static_cast<std::uint8_t>(init[2]) << 8 | static_cast<std::uint8_t>(init[3])) - 16U);
}

}  // namespace

TEST(DescribedStreams, OfUnifiedSpeechAndAudioAreNoAac) {
    const auto codec = [](std::uint8_t first, std::uint8_t second) {
        const std::unique_ptr<AVFormatContext, void (*)(AVFormatContext*)> context(avformat_alloc_context(),
                                                                                   avformat_free_context);
        AVStream* stream = avformat_new_stream(context.get(), nullptr);
        AVCodecParameters* par = stream->codecpar;
        par->codec_type = AVMEDIA_TYPE_AUDIO;
        par->codec_id = AV_CODEC_ID_AAC;
        par->extradata = static_cast<std::uint8_t*>(av_mallocz(2 + AV_INPUT_BUFFER_PADDING_SIZE));
        par->extradata[0] = first;
        par->extradata[1] = second;
        par->extradata_size = 2;
        return describeStream(context.get(), stream).codec;
    };
    EXPECT_EQ(codec(0xF9, 0x40), "xhe-aac");  // object type 42
    EXPECT_EQ(codec(0x11, 0x90), "aac");
}

TEST(Init, HevcKeepsItsMasteringDisplayAndLightLevels) {
    TrackFormat format = hevcTrack();
    AVMasteringDisplayMetadata display{};
    const AVRational primaries[3][2] = {
        {{34'000, 50'000}, {16'000, 50'000}}, {{13'250, 50'000}, {34'500, 50'000}}, {{7'500, 50'000}, {3'000, 50'000}}};
    std::memcpy(display.display_primaries, primaries, sizeof primaries);
    display.white_point[0] = {15'635, 50'000};
    display.white_point[1] = {16'450, 50'000};
    display.max_luminance = {1000, 1};
    display.min_luminance = {50, 10'000};
    display.has_primaries = display.has_luminance = 1;
    AVContentLightMetadata light{};
    light.MaxCLL = 1100;
    light.MaxFALL = 180;
    format.sideData.push_back(sideData(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, display));
    format.sideData.push_back(sideData(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, light));
    const auto init = writeInit(format);
    ASSERT_TRUE(init) << init.error().detail;
    // Green, blue, red, white, luminance: as in ISO/IEC 23008-2 annex D.
    EXPECT_EQ(hexAfter(*init, "mdcv", 24),
              "33c286c4"
              "1d4c0bb8"
              "84d03e80"
              "3d134042"
              "00989680"
              "00000032");
    EXPECT_EQ(hexAfter(*init, "clli", 4), "044c00b4");
    EXPECT_EQ(init->find("mdcv"), init->rfind("mdcv")) << "once is enough";
    if (!haveJudges())
        GTEST_SKIP() << "no ffprobe command";
    const ScratchFolder folder;
    const std::string told = outputOf({"ffprobe", "-v", "quiet", "-show_streams", folder.write("i.mp4", *init)});
    EXPECT_NE(told.find("max_content=1100"), std::string::npos) << told;
    EXPECT_NE(told.find("red_x=34000/50000"), std::string::npos);
    EXPECT_NE(told.find("codec_tag_string=hvc1"), std::string::npos);
}

TEST(Init, DolbyVisionWithoutACompatibleBaseGoesByItsOwnName) {
    for (const std::uint8_t profile : {5, 8}) {
        const auto init = writeInit(dolbyTrack(profile, profile == 5 ? 0 : 1));
        ASSERT_TRUE(init) << init.error().detail;
        EXPECT_NE(init->find(profile == 5 ? "dvh1" : "hvc1"), std::string::npos);
        EXPECT_NE(init->find(profile == 5 ? "dvcC" : "dvvC"), std::string::npos);
    }
}

TEST(Init, DolbyVisionInTwoLayersIsCalledWhatItsBaseIs) {
    const auto init = writeInit(dolbyTrack(7, 6));
    ASSERT_TRUE(init) << init.error().detail;
    EXPECT_NE(init->find("hvc1"), std::string::npos);
    EXPECT_EQ(init->find("dvcC"), std::string::npos);
    EXPECT_EQ(init->find("dvvC"), std::string::npos);
}

TEST(Init, DolbyVisionOverABaseLayerHasTheBrandOfThat) {
    EXPECT_EQ(brandsOf(writeInit(dolbyTrack(8, 1)).value()), "iso6cmfcmp41db1p");
    EXPECT_EQ(brandsOf(writeInit(dolbyTrack(8, 4)).value()), "iso6cmfcmp41db4h");
    EXPECT_EQ(brandsOf(writeInit(dolbyTrack(8, 0)).value()), "iso6cmfcmp41db1p") << "the file does not say it";
    EXPECT_EQ(brandsOf(writeInit(dolbyTrack(7, 6)).value()), "iso6cmfcmp41") << "two layers are no stream for HLS";
    EXPECT_EQ(brandsOf(writeInit(dolbyTrack(5, 0)).value()), "iso6cmfcmp41");
    EXPECT_EQ(brandsOf(writeInit(hevcTrack()).value()), "iso6cmfcmp41");
}

TEST(Init, AtmosInEac3IsTold) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media)
        GTEST_SKIP() << "MAREA_TEST_MEDIA names no folder of test media";
    for (const char* name : {"/audio/eac3-joc-atmos.mp4", "/audio/eac3-joc-atmos.ec3"}) {
        OpenSession session(std::string(media) + name);
        ASSERT_TRUE(session);
        SegmentSpec spec;
        spec.tracks = {copyOf(0)};
        const auto init = session->segment(spec);
        ASSERT_TRUE(init) << init.error().detail;
        EXPECT_EQ(hexAfter(*init, "dec3", 7), "1400200f000110") << name;  // as its maker wrote it
    }
}

// VP9 has no place for it of its own, so that a copy lost the shape of an anamorphic picture.
TEST(Init, TheShapeOfPixelsThatOnlyTheContainerTellsIsKept) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media || !haveJudges()) {
        GTEST_SKIP() << "without MAREA_TEST_MEDIA, or ffprobe";
    }
    OpenSession session(std::string(media) + "/video/bear-vp9-opus.webm");
    ASSERT_TRUE(session);
    const auto init = session->segment({{copyOf(0)}, SegmentFormat::Mp4, SegmentSpec::kInit, 0, 0});
    ASSERT_TRUE(init) << init.error().detail;
    EXPECT_EQ(hexAfter(*init, "pasp", 8), "000001ab00000140");  // 427:320
}
