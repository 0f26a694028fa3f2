// WebM as DASH wants it: ffmpeg and ffprobe read the head and the clusters one behind the other as a file.
#include <gtest/gtest.h>

#include <cstdlib>

#include "server/packaging/rendition.h"
#include "tests/integration/pipeline/cutfile.h"
#include "tests/integration/pipeline/judge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr double shift = 10;  // s, of presentation

// The whole rendition in one file; the times of its segments are those of the grid.
std::string wholeWebm(const std::string& path, const std::vector<TrackSpec>& tracks, const ScratchFolder& folder) {
    OpenSession session(path);
    const auto info = infoOf(path);
    EXPECT_TRUE(session && info);
    const auto index = session->index();
    EXPECT_TRUE(index);
    std::string all;
    SegmentSpec head;
    head.tracks = tracks;
    head.format = SegmentFormat::WebM;
    const auto init = session->segment(head);
    EXPECT_TRUE(init) << init.error().detail;
    all += init.value_or("");
    for (const SegmentSpec& spec : specsOf(tracks, *info, *index, SegmentFormat::WebM)) {
        const auto made = session->segment(spec);
        EXPECT_TRUE(made) << made.error().detail;
        EXPECT_TRUE(made.value_or("").starts_with("\x1F\x43\xB6\x75")) << "a cluster";
        all += made.value_or("");
    }
    return folder.write("out.webm", all);
}

class WebmSegments : public testing::Test {
protected:
    void SetUp() override {
        if (!haveJudges() ||
            !make(film, {"-f",        "lavfi",      "-i",        "testsrc2=s=320x180:r=24:d=12",
                         "-f",        "lavfi",      "-i",        "sine=frequency=440:d=12:sample_rate=48000",
                         "-c:v",      "libvpx-vp9", "-deadline", "realtime",
                         "-cpu-used", "8",          "-g",        "24",
                         "-b:v",      "300k",       "-c:a",      "libopus",
                         "-b:a",      "64k"}))
            GTEST_SKIP() << "no ffmpeg and ffprobe commands, or not these encoders";
    }
    void expectSamePackets(const std::string& made, int stream) const {
        const auto source = packetsOf(film, std::to_string(stream)), copied = packetsOf(made, "0");
        ASSERT_EQ(copied.size(), source.size());
        for (std::size_t i = 0; i < copied.size(); ++i) {
            ASSERT_EQ(copied[i].hash, source[i].hash) << i;
            ASSERT_NEAR(copied[i].pts - shift, source[i].pts, 0.0016) << i;
            ASSERT_EQ(copied[i].key, source[i].key) << i;
        }
    }

    const ScratchFolder folder;
    const std::string film = folder.at("film.webm");
};

}  // namespace

TEST_F(WebmSegments, CopiesHaveTheSourcesPackets) {
    expectSamePackets(wholeWebm(film, {copyOf(0)}, folder), 0);
    expectSamePackets(wholeWebm(film, {copyOf(1)}, folder), 1);
}

// A block counts its milliseconds from its cluster in 16 bits.
TEST(WebmCopies, HaveGroupsOfMoreThanHalfAMinute) {
    const ScratchFolder folder;
    const std::string path = folder.at("sparse.webm");
    if (!haveJudges() || !make(path, {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=40", "-c:v", "libvpx-vp9",
                                      "-deadline", "realtime", "-cpu-used", "8", "-g", "9999", "-b:v", "100k"}))
        GTEST_SKIP() << "no ffmpeg and ffprobe commands, or no libvpx";
    const auto source = packetsOf(path, "0"), copied = packetsOf(wholeWebm(path, {copyOf(0)}, folder), "0");
    ASSERT_EQ(copied.size(), source.size());
    for (std::size_t i = 0; i < copied.size(); ++i) {
        ASSERT_EQ(copied[i].hash, source[i].hash) << i;
        ASSERT_NEAR(copied[i].pts - shift, source[i].pts - source[0].pts, 0.0016) << i;
    }
}

TEST_F(WebmSegments, EncodingsDecodeToEveryPictureAndSample) {
    const auto info = infoOf(film);
    ASSERT_TRUE(info);
    const auto video = videoEncoding(*info, 0, "vp9", 240, false);
    const auto audio = audioEncoding(*info, 1, "opus", 1);
    ASSERT_TRUE(video && audio);
    const std::string picture = wholeWebm(film, {{0, *video}}, folder);
    // On a grid of its own from the title's start, which the sound's priming puts a few milliseconds earlier.
    EXPECT_NEAR(static_cast<double>(framesOf(picture, "0").size()), 12 * 24, 1);
    const auto packets = packetsOf(picture, "0");
    for (std::size_t i = 0; i < packets.size(); ++i)
        ASSERT_NEAR(packets[i].pts - shift, static_cast<double>(i) / 24, 0.001);
    const std::string sound = wholeWebm(film, {{1, *audio}}, folder);
    const auto heard = packetsOf(sound, "0");
    ASSERT_GE(heard.size(), 600U);
    EXPECT_NEAR(heard.front().pts, shift, 0.021);
    for (std::size_t i = 1; i < heard.size(); ++i)
        ASSERT_NEAR(heard[i].pts - heard[i - 1].pts, 0.02, 0.0011) << "no gap between two segments";
    const std::string told = outputOf({"ffprobe", "-v", "error", "-show_streams", "-show_format", sound});
    EXPECT_NE(told.find("codec_name=opus"), std::string::npos);
    EXPECT_NE(told.find("channels=1"), std::string::npos);
    EXPECT_NE(told.find("format_name=matroska,webm"), std::string::npos);
}

TEST_F(WebmSegments, HdrIsToldInTheHead) {
    const std::string path = folder.at("hdr.mp4");
    if (!make(path,
              {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2,format=yuv420p10le", "-c:v", "libx265", "-x265-params",
               "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1:repeat-headers=1:"
               "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):"
               "max-cll=1000,400",
               "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"}))
        GTEST_SKIP() << "not these encoders";
    const auto info = infoOf(path);
    ASSERT_TRUE(info);
    const auto video = videoEncoding(*info, 0, "vp9", 240, false);
    ASSERT_TRUE(video);
    const std::string told =
        outputOf({"ffprobe", "-v", "error", "-show_streams", wholeWebm(path, {{0, *video}}, folder)});
    EXPECT_NE(told.find("color_transfer=smpte2084"), std::string::npos) << told;
    EXPECT_NE(told.find("profile=Profile 2"), std::string::npos);
    EXPECT_NE(told.find("max_content=1000"), std::string::npos);
    EXPECT_NE(told.find("max_luminance"), std::string::npos);
}

TEST_F(WebmSegments, OtherCodecsAreRefused) {
    const std::string path = folder.at("h264.mp4");
    if (!make(path, {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2", "-c:v", "libx264"}))
        GTEST_SKIP() << "not this encoder";
    OpenSession session(path);
    ASSERT_TRUE(session);
    SegmentSpec head;
    head.tracks = {copyOf(0)};
    head.format = SegmentFormat::WebM;
    const auto init = session->segment(head);
    ASSERT_FALSE(init);
    EXPECT_EQ(init.error().code, core::ErrorCode::Unprocessable);
}

TEST(WebmOfRealFilms, IsWhatTheyAre) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media || !haveJudges())
        GTEST_SKIP() << "without MAREA_TEST_MEDIA, or ffprobe";
    const ScratchFolder folder;
    const std::string path = std::string(media) + "/video/bear-vp9-opus.webm";
    const std::string made = wholeWebm(path, {copyOf(0)}, folder);
    EXPECT_EQ(framesOf(made, "0"), framesOf(path, "v:0"));
    const std::string told = outputOf({"ffprobe", "-v", "error", "-show_streams", made});
    EXPECT_NE(told.find("sample_aspect_ratio=427:320"), std::string::npos) << told;
}
