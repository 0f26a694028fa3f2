#include <gtest/gtest.h>
#include <malloc.h>
#include <algorithm>
#include <thread>

#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea::server;
using namespace marea::server::test;

// What nobody wrote must not count: while these tests run, fresh and freed memory has a pattern, and another one in
// each round. Encoders, decoders and filters that read past what they were given come out with other bytes.

namespace {

class Poison {
public:
    explicit Poison(int pattern) { set(pattern); }
    ~Poison() { set(0); }
    Poison(const Poison&) = delete;
    Poison& operator=(const Poison&) = delete;

private:
    static void set([[maybe_unused]] int pattern) {
#ifdef M_PERTURB
        ::mallopt(M_PERTURB, pattern);
#endif
    }
};

struct Source {
    const char* name;
    const char* container;
    std::vector<const char*> options;  // of ffmpeg
    const char* filter = "null";
    int width = 162, height = 92;  // no whole blocks
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all = {
        {"reordered", "mp4", {"-c:v", "libx264", "-bf", "3", "-g", "130"}},
        {"open groups", "mkv", {"-c:v", "libx264", "-bf", "3", "-g", "33", "-x264-params", "open-gop=1:scenecut=0"}},
        {"deep", "mkv", {"-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-g", "48"}},
        {"odd", "mkv", {"-c:v", "ffv1", "-g", "25"}, "crop=161:91,format=yuv444p", 160, 90},
        {"interlaced",
         "ts",
         {"-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-b:v", "1M", "-g", "12", "-bf", "2"},
         "setfield=tff"},
        {"hevc", "mkv", {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=60"}},
        {"irregular",
         "mkv",
         {"-c:v", "libx264", "-g", "40", "-fps_mode", "vfr"},
         "select='not(mod(n*n,7))+lt(mod(n,90),20)'"},
        {"smaller", "mp4", {"-c:v", "libx264", "-g", "70"}, "null", 98, 54},
    };
    return all;
}

// Many details that move, so that rates are at their limits and motion reaches over the edges.
bool make(const Source& source, const std::string& path) {
    std::vector<std::string> arguments{
        "-f", "lavfi", "-i",
        "testsrc2=s=162x92:r=25:d=9,noise=alls=12:allf=t:all_seed=1,scroll=h=0.011:v=0.007," +
            std::string(source.filter)};
    arguments.insert(arguments.end(), source.options.begin(), source.options.end());
    return makeMedia(path, arguments);
}

VideoEncoding encodingOf(const Source& source, const char* codec) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = source.width;
    encoding.height = source.height;
    encoding.frameRate = {25, 1};
    encoding.bitrate = 250'000;
    return encoding;
}

using Segments = std::vector<std::string>;

class SameBytes : public testing::TestWithParam<const char*> {
protected:
    static Segments alone(Film& film, const VideoEncoding& encoding, const std::vector<Cut>& cuts) {
        Segments made;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            made.push_back(videoSegment(*film.video(), encoding, cuts[i], static_cast<int>(i)));
        return made;
    }

    static Segments inTurn(VideoTranscoder& video, const VideoEncoding& encoding, const std::vector<Cut>& cuts,
                           bool reverse) {
        Segments made(cuts.size());
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const std::size_t at = reverse ? cuts.size() - 1 - i : i;
            made[at] = videoSegment(video, encoding, cuts[at], static_cast<int>(at));
        }
        return made;
    }

    static Segments atOnce(const std::string& path, const VideoEncoding& encoding, const std::vector<Cut>& cuts) {
        Segments made(cuts.size());
        std::vector<std::thread> makers;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            makers.emplace_back([&, i] {
                Film film(path);
                made[i] = videoSegment(*film.video(), encoding, cuts[i], static_cast<int>(i));
            });
        }
        for (std::thread& maker : makers)
            maker.join();
        return made;
    }

    static void expectSame(const Segments& made, const Segments& expected, const std::string& how) {
        ASSERT_EQ(made.size(), expected.size());
        for (std::size_t i = 0; i < made.size(); ++i)
            EXPECT_TRUE(made[i] == expected[i]) << how << ", segment " << i;
    }

    Folder folder_;
};

}  // namespace

TEST_P(SameBytes, OfPicturesWhateverWasBefore) {
    const std::string codec = GetParam();
    for (const Source& source : sources()) {
        const std::string path = folder_ / (std::string("a.") + source.container);
        if (!make(source, path))
            GTEST_SKIP() << "no ffmpeg command, or not this encoder: " << source.name;
        const VideoEncoding encoding = encodingOf(source, codec.c_str());
        VideoEncoding other = encoding;
        other.width = 176;
        other.height = 144;
        other.bitrate *= 2;
        Film film(path);
        if (!film.video()->format(encoding))
            GTEST_SKIP() << "not in this build of FFmpeg: " << codec;
        const auto cuts = unitGrid(encoding.frameRate, film.duration());
        const auto name = [&](const char* how) { return std::string(source.name) + " " + how; };
        const Segments expected = alone(film, encoding, cuts);
        const auto warm = film.video();
        for (const int pattern : {0x55, 0xFE}) {
            const Poison poison(pattern);
            expectSame(alone(film, encoding, cuts), expected, name("alone"));
            expectSame(inTurn(*warm, encoding, cuts, false), expected, name("in turn"));
            videoSegment(*warm, other, cuts.back(), 0);
            expectSame(inTurn(*warm, encoding, cuts, true), expected, name("in reverse"));
            expectSame(atOnce(path, encoding, cuts), expected, name("at once"));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Codecs, SameBytes, testing::Values("h264"),
                         [](const auto& test) { return std::string(test.param); });
