#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>

#include "server/pipeline/segmentsession.h"
#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

VideoEncoding rung(const std::string& codec, int width, int height, Rational rate = {25, 1}) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = width;
    encoding.height = height;
    encoding.frameRate = rate;
    encoding.bitrate = 1'000'000;
    return encoding;
}

VideoEncoding with(VideoEncoding encoding, bool toneMap, std::optional<int> burnStream) {
    encoding.toneMap = toneMap;
    encoding.burnStream = burnStream;
    return encoding;
}

const std::vector<Cut> cuts{
    {0, kTicksPerSecond}, {kTicksPerSecond, 2 * kTicksPerSecond}, {2 * kTicksPerSecond, 4 * kTicksPerSecond}};

}  // namespace

// A ladder has the bytes that each of its rungs has alone.
class Ladder : public testing::Test {
protected:
    std::unique_ptr<SegmentSession> open(const std::string& path) {
        films_.push_back(std::make_unique<Film>(path));
        stream_ = films_.back()->stream(AVMEDIA_TYPE_VIDEO);
        auto session = SegmentSession::open(std::move(films_.back()->source()));
        EXPECT_TRUE(session) << session.error().text;
        return session ? std::move(*session) : nullptr;
    }

    SegmentSpec specOf(const std::vector<VideoEncoding>& encodings, int number) const {
        SegmentSpec spec;
        for (const VideoEncoding& encoding : encodings)
            spec.tracks.push_back({stream_, encoding});
        spec.number = number;
        spec.from = cuts[static_cast<std::size_t>(number)].from;
        spec.to = cuts[static_cast<std::size_t>(number)].to;
        return spec;
    }

    // From the last segment to the first and in order, by one session; each rung alone by a session of its own.
    void expectTheSameAlone(const std::string& path, const std::vector<VideoEncoding>& encodings) {
        const auto together = open(path);
        ASSERT_TRUE(together);
        for (const int number : {2, 0, 1}) {
            const auto made = together->ladder(specOf(encodings, number));
            ASSERT_TRUE(made) << made.error().text << " (" << made.error().detail << ")";
            ASSERT_EQ(made->size(), encodings.size());
            for (std::size_t i = 0; i < encodings.size(); ++i) {
                const auto single = open(path);
                const auto alone = single->segment(specOf({encodings[i]}, number));
                ASSERT_TRUE(alone) << alone.error().text;
                EXPECT_TRUE(*alone == (*made)[i]) << "rung " << i << " of segment " << number;
                EXPECT_GT(alone->size(), 500U);
            }
        }
    }

    std::string media(const std::string& name, std::vector<std::string> arguments) {
        return makeMedia(folder_ / name, std::move(arguments)) ? folder_ / name : std::string();
    }

    Folder folder_;
    std::vector<std::unique_ptr<Film>> films_;
    int stream_ = 0;  // the last one's picture
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(Ladder, OfSizesAndCodecs) {
    const auto path =
        media("a.mkv", {"-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=4", "-c:v", "libx264", "-bf", "3", "-g", "40"});
    SKIP_WITHOUT(path);
    expectTheSameAlone(path, {rung("h264", 640, 360), rung("h264", 426, 240), rung("h264", 320, 180),
                              rung("hevc", 320, 180), rung("vp9", 320, 180)});
}

TEST_F(Ladder, OfInterlacedPictures) {
    const auto path =
        media("a.ts", {"-f", "lavfi", "-i", "testsrc2=s=720x576:r=50:d=4,tinterlace=interleave_top", "-c:v",
                       "mpeg2video", "-flags", "+ildct+ilme", "-b:v", "6M", "-pix_fmt", "yuv420p"});
    SKIP_WITHOUT(path);
    expectTheSameAlone(path, {rung("h264", 720, 576), rung("h264", 360, 288), rung("hevc", 360, 288)});
}

TEST_F(Ladder, WithSubtitlesDrawnIn) {
    const std::string text = folder_ / "a.srt";
    writeFile(text,
              "1\n00:00:00,400 --> 00:00:03,900\nDrawn into <b>every</b> rung\n\n"
              "2\n00:00:01,200 --> 00:00:02,500\nand above it\n");
    const auto path = media("a.mkv", {"-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=4", "-i", text, "-map", "0:v",
                                      "-map", "1:s", "-c:v", "libx264", "-g", "40", "-c:s", "srt"});
    SKIP_WITHOUT(path);
    std::vector<VideoEncoding> rungs;
    for (const auto& [width, height] : std::vector<std::pair<int, int>>{{640, 360}, {426, 240}, {320, 180}})
        rungs.push_back(with(rung("h264", width, height), false, 1));
    rungs.push_back(rung("h264", 426, 240));                  // the same picture without
    rungs.push_back(with(rung("hevc", 426, 240), false, 1));  // the same with, for another encoder
    rungs.push_back(with(rung("h264", 160, 90), false, 1));
    expectTheSameAlone(path, rungs);
}

TEST_F(Ladder, OfHdrKeptAndToneMapped) {
    const auto path =
        media("hdr.mkv", {"-f", "lavfi", "-i",
                          "gradients=s=320x180:r=24:d=4:seed=4,format=yuv420p10le,setparams=color_primaries=bt2020:"
                          "color_trc=smpte2084:colorspace=bt2020nc:range=tv",
                          "-c:v", "libx265", "-x265-params",
                          "log-level=none:crf=10:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
                          "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"});
    SKIP_WITHOUT(path);
    expectTheSameAlone(
        path, {with(rung("h264", 320, 180, {24, 1}), true, {}), rung("hevc", 320, 180, {24, 1}),
               with(rung("h264", 160, 90, {24, 1}), true, {}), with(rung("hevc", 160, 90, {24, 1}), true, {})});
}

TEST_F(Ladder, OfATurnedFilm) {
    const char* folder = std::getenv("MAREA_TEST_MEDIA");
    const std::string path = folder ? std::string(folder) + "/video/phone-hevc-rotated.mp4" : std::string();
    if (path.empty() || !std::filesystem::exists(path))
        GTEST_SKIP() << "MAREA_TEST_MEDIA is not set";
    expectTheSameAlone(path, {rung("h264", 270, 480, {30, 1}), rung("h264", 180, 320, {30, 1})});
}

TEST_F(Ladder, IsRefusedInWords) {
    const auto path =
        media("a.mkv", {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", "-c:v", "libx264", "-g", "40"});
    SKIP_WITHOUT(path);
    const auto session = open(path);
    ASSERT_TRUE(session);
    const auto refused = [&](const SegmentSpec& spec) {
        const auto made = session->ladder(spec);
        return !made && !made.error().text.empty();
    };
    EXPECT_TRUE(refused(specOf({}, 0)));
    EXPECT_TRUE(refused(specOf({rung("h264", 320, 180), rung("h264", 160, 90, {24, 1})}, 0))) << "two grids";
    EXPECT_TRUE(refused(specOf({rung("h264", 320, 180), rung("theora", 160, 90)}, 0)));
    SegmentSpec copies = specOf({rung("h264", 320, 180)}, 0);
    copies.tracks.push_back({stream_, CopyEncoding{}});
    EXPECT_TRUE(refused(copies));
    const auto good = session->ladder(specOf({rung("h264", 320, 180)}, 1));
    ASSERT_TRUE(good) << "the session is fit: " << good.error().text;
}
