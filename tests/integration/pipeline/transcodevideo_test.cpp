#include <gtest/gtest.h>
#include <algorithm>

#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"
#include "tests/support/places.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr double kShift = 10;  // seconds: kPresentationShift

VideoEncoding encodingOf(Rational rate, int width = 160, int height = 64) {
    VideoEncoding encoding;
    encoding.width = width;
    encoding.height = height;
    encoding.frameRate = rate;
    encoding.bitrate = 2'500'000;
    return encoding;
}

// What a picture of the grid must show: the last one of the source that is not later, to the nearest picture.
std::vector<int> expectedNumbers(const std::vector<double>& sourceTimes, const std::vector<int>& sourceNumbers,
                                 double rate, std::size_t count) {
    std::vector<int> out;
    for (std::size_t n = 0; n < count; ++n) {
        int shown = sourceNumbers.front();
        for (std::size_t i = 0; i < sourceTimes.size(); ++i) {
            if (std::floor(sourceTimes[i] * rate + 0.5 + 1e-3) <= static_cast<double>(n))
                shown = sourceNumbers[i];
        }
        out.push_back(shown);
    }
    return out;
}

}  // namespace

class VideoTranscode : public testing::Test {
protected:
    // A film made by ffmpeg from numbered pictures.
    std::string numbered(const std::string& name, const std::string& rate, double seconds,
                         const std::vector<std::string>& options, const std::string& filter = {}) {
        std::vector<std::string> arguments{"-f", "lavfi", "-i", numberedSource(rate, seconds) + filter};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }

    // Every picture is there once, at its time, one IDR for a segment, and shows what the source shows then.
    void check(const std::string& path, const VideoEncoding& encoding, const std::vector<int>& expected) {
        Film film(path);
        const Rational rate = encoding.frameRate;
        const auto cuts = unitGrid(rate, film.duration());
        const std::string out = folder_ / "out.mp4";
        writeFile(out, wholeVideo(film, encoding, cuts));
        const auto packets = packetsOf(out, "v");
        ASSERT_EQ(packets.size(), static_cast<std::size_t>(firstUnit(cuts.back().to, rate)));
        for (std::size_t i = 0; i < packets.size(); ++i) {
            const auto number = static_cast<std::int64_t>(i);
            const double at = static_cast<double>(number) * rate.den / rate.num;
            EXPECT_NEAR(packets[i].pts - kShift, at, 0.0006) << i;
            EXPECT_EQ(packets[i].pts, packets[i].dts) << i;
            const bool isCut =
                std::any_of(cuts.begin(), cuts.end(), [&](const Cut& c) { return firstUnit(c.from, rate) == number; });
            // ffprobe takes intra pictures at scene cuts for more than they are.
            EXPECT_TRUE(packets[i].isKey || !isCut) << i;
        }
        const auto numbers = pictureNumbers(out, encoding.width, encoding.height);
        ASSERT_EQ(numbers.size(), packets.size());
        for (std::size_t i = 0; i < numbers.size(); ++i)
            EXPECT_EQ(numbers[i], expected[std::min(i, expected.size() - 1)]) << "picture " << i;
    }

    void checkAgainstTimes(const std::string& path, const VideoEncoding& encoding) {
        std::vector<double> times;
        for (const Packet& packet : packetsOf(path, "v"))
            times.push_back(packet.pts);
        std::sort(times.begin(), times.end());
        ASSERT_FALSE(times.empty());
        const Film film(path);
        for (double& time : times)
            time -= toSeconds(film.origin());
        const auto numbers = pictureNumbers(path, 160, 64);
        ASSERT_EQ(numbers.size(), times.size());
        check(path, encoding,
              expectedNumbers(times, numbers, static_cast<double>(encoding.frameRate.num) / encoding.frameRate.den,
                              2000));
    }

    Folder folder_;
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(VideoTranscode, PicturesOfAReorderedSourceAreOnTheGridAndRight) {
    const auto path = numbered("a.mp4", "25", 9.4, {"-c:v", "libx264", "-bf", "3", "-g", "60", "-pix_fmt", "yuv420p"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({25, 1}));
}

TEST_F(VideoTranscode, AnOpenGroupOfPictures) {
    const auto path = numbered("a.mkv", "25", 9.4,
                               {"-c:v", "libx264", "-bf", "3", "-g", "30", "-x264-params", "open-gop=1:scenecut=0"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({25, 1}));
}

TEST_F(VideoTranscode, BroadcastRateInMatroskaWhichRoundsTimes) {
    const auto path = numbered("a.mkv", "30000/1001", 8, {"-c:v", "libx264", "-g", "90"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({30000, 1001}));
}

TEST_F(VideoTranscode, HalfTheRate) {
    const auto path = numbered("a.mp4", "60", 6, {"-c:v", "libx264", "-g", "120"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({30, 1}));
}

TEST_F(VideoTranscode, VariableRate) {
    const auto path = numbered("a.mkv", "50", 8, {"-c:v", "libx264", "-g", "40", "-fps_mode", "vfr"},
                               ",select='not(mod(n*n,7))+lt(mod(n,90),20)'");
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({30, 1}));
}

TEST_F(VideoTranscode, AStillThatLastsLongerThanSegments) {
    const auto path =
        numbered("a.mp4", "25", 14, {"-c:v", "libx264", "-fps_mode", "vfr"}, ",select='lt(n,30)+gt(n,330)'");
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({25, 1}));
}

TEST_F(VideoTranscode, TransportStreamWithoutAnIndex) {
    const auto path = numbered("a.ts", "25", 9, {"-c:v", "libx264", "-bf", "2", "-g", "50"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({25, 1}));
}

TEST_F(VideoTranscode, InterlacedMpeg2IsDeinterlacedAtItsRate) {
    const auto path =
        numbered("a.ts", "25", 7, {"-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-b:v", "3M", "-g", "12", "-bf", "2"},
                 ",setfield=tff");
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({25, 1}));
}

TEST_F(VideoTranscode, TenBits) {
    const auto path = numbered("a.mkv", "24", 6, {"-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-g", "48"});
    SKIP_WITHOUT(path);
    checkAgainstTimes(path, encodingOf({24, 1}));
    EXPECT_EQ(streamEntry(folder_ / "out.mp4", "v", "pix_fmt"), "yuv420p");
    EXPECT_EQ(streamEntry(folder_ / "out.mp4", "v", "profile"), "High");
}

TEST_F(VideoTranscode, PicturesMissingInTheMiddleAreReplacedByTheLastOne) {
    const auto path = numbered("a.ts", "25", 8, {"-c:v", "libx264", "-bf", "0", "-g", "25"});
    SKIP_WITHOUT(path);
    std::string bytes;
    {
        std::FILE* file = std::fopen(path.c_str(), "rb");
        char buffer[4096];
        for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
            bytes.append(buffer, got);
        std::fclose(file);
    }
    const std::size_t from = bytes.size() / 2 / 188 * 188;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), 188 * 60, '\0');
    writeFile(folder_ / "damaged.ts", bytes);
    Film film(folder_ / "damaged.ts");
    const auto encoding = encodingOf({25, 1});
    const auto cuts = unitGrid(encoding.frameRate, 8 * kTicksPerSecond);
    writeFile(folder_ / "out.mp4", wholeVideo(film, encoding, cuts));
    EXPECT_EQ(packetsOf(folder_ / "out.mp4", "v").size(), 200U);
    const auto numbers = pictureNumbers(folder_ / "out.mp4", 160, 64);
    ASSERT_EQ(numbers.size(), 200U);
    EXPECT_EQ(numbers[20], 20);
    EXPECT_EQ(numbers[190], 190);
}

TEST_F(VideoTranscode, BeyondTheLastPictureItIsShownOn) {
    const auto path = numbered("a.mp4", "25", 3, {"-c:v", "libx264"});
    SKIP_WITHOUT(path);
    Film film(path);
    const auto encoding = encodingOf({25, 1});
    const auto video = film.video();
    const std::string init = videoInit(*video, encoding);
    writeFile(folder_ / "out.mp4",
              init + videoSegment(*video, encoding, {8 * kTicksPerSecond, 9 * kTicksPerSecond}, 5));
    EXPECT_EQ(pictureNumbers(folder_ / "out.mp4", 160, 64), std::vector<int>(25, 74));
}

TEST_F(VideoTranscode, TheSameBytesInWhateverOrder) {
    const auto path = numbered("a.mp4", "25", 14, {"-c:v", "libx264", "-bf", "3", "-g", "130"});
    SKIP_WITHOUT(path);
    const auto encoding = encodingOf({25, 1});
    Film film(path);
    const auto cuts = unitGrid(encoding.frameRate, film.duration());
    const auto inOrder = film.video();
    std::vector<std::string> segments;
    for (std::size_t i = 0; i < cuts.size(); ++i)
        segments.push_back(videoSegment(*inOrder, encoding, cuts[i], static_cast<int>(i)));
    const auto reverse = film.video();
    for (std::size_t i = cuts.size(); i-- > 0;)
        EXPECT_TRUE(videoSegment(*reverse, encoding, cuts[i], static_cast<int>(i)) == segments[i]) << "reverse " << i;
    for (std::size_t i = 0; i < cuts.size(); ++i)
        EXPECT_TRUE(videoSegment(*film.video(), encoding, cuts[i], static_cast<int>(i)) == segments[i])
            << "alone " << i;
    // In another process.
    VideoEncoding same = encoding;
    same.toneMap = true;
    const std::string here = wholeVideo(film, same, cuts);
    const Ran ran =
        run({marea::tests::builtProgram("/marea-transcode-bench"), path, "160", "64", "h264", folder_ / ""});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(run({"cmp", folder_ / "video.mp4", folder_ / "video.mp4"}).code, 0);
    writeFile(folder_ / "here.mp4", here);
    EXPECT_EQ(run({"cmp", folder_ / "video.mp4", folder_ / "here.mp4"}).code, 0);
}

TEST_F(VideoTranscode, OneIdrPictureForASegmentWhateverCutsTheFilmHas) {
    const std::string path = folder_ / "a.mp4";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "nullsrc=s=160x64:r=25:d=4,geq=random(0)*255:128:128", "-c:v", "libx264",
                          "-crf", "30"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    Film film(path);
    const auto made = film.video()->segment(encodingOf({25, 1}), 0, 4 * kTicksPerSecond);
    ASSERT_TRUE(made);
    ASSERT_EQ(made->packets.size(), 100U);
    std::int64_t bytes = 0;
    for (const auto& packet : made->packets) {
        EXPECT_EQ((packet->flags & AV_PKT_FLAG_KEY) != 0, packet == made->packets.front());
        bytes += packet->size;
    }
    EXPECT_LE(bytes * 8 / 4, encodingOf({25, 1}).bitrate);
}

TEST_F(VideoTranscode, OtherCodecsHaveTheSamePicturesAndBytes) {
    const auto path = numbered("a.mp4", "25", 4, {"-c:v", "libx264", "-bf", "3", "-g", "60"});
    SKIP_WITHOUT(path);
    Film film(path);
    for (const char* codec : {"hevc", "vp9", "av1"}) {
        VideoEncoding encoding = encodingOf({25, 1}, 320, 128);
        encoding.codec = codec;
        const auto cuts = unitGrid({25, 1}, film.duration());
        const auto warm = film.video();
        if (!warm->format(encoding))
            continue;  // not in this build of FFmpeg
        std::string whole = videoInit(*warm, encoding);
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const std::string segment = videoSegment(*warm, encoding, cuts[i], 0);
            EXPECT_TRUE(videoSegment(*film.video(), encoding, cuts[i], 0) == segment) << codec << " " << i;
            whole += segment;
        }
        writeFile(folder_ / "out.mp4", whole);
        const auto numbers = pictureNumbers(folder_ / "out.mp4", 320, 128);
        ASSERT_EQ(numbers.size(), 100U) << codec;
        for (int i = 0; i < 100; ++i)
            EXPECT_EQ(numbers[static_cast<std::size_t>(i)], i) << codec;
    }
}

TEST_F(VideoTranscode, ARotatedSourceStandsUpright) {
    const auto flat = numbered("flat.mp4", "25", 2, {"-c:v", "libx264"}, ",transpose=cclock");
    SKIP_WITHOUT(flat);
    // Turned to the left in its pixels, and a note to turn it back.
    ASSERT_TRUE(makeMedia(folder_ / "a.mp4", {"-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270"}));
    Film film(folder_ / "a.mp4");
    const auto encoding = encodingOf({25, 1});
    writeFile(folder_ / "out.mp4", wholeVideo(film, encoding, unitGrid({25, 1}, film.duration())));
    const auto numbers = pictureNumbers(folder_ / "out.mp4", 160, 64);
    ASSERT_EQ(numbers.size(), 50U);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(numbers[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(streamEntry(folder_ / "out.mp4", "v", "width"), "160");
}

TEST_F(VideoTranscode, PixelsBecomeSquareAndSizesAreThoseAskedFor) {
    const auto path = numbered("a.mp4", "25", 1, {"-c:v", "libx264"}, ",setsar=2");
    SKIP_WITHOUT(path);
    Film film(path);
    writeFile(folder_ / "out.mp4", wholeVideo(film, encodingOf({25, 1}, 320, 64), unitGrid({25, 1}, film.duration())));
    EXPECT_EQ(streamEntry(folder_ / "out.mp4", "v", "width"), "320");
    EXPECT_EQ(streamEntry(folder_ / "out.mp4", "v", "sample_aspect_ratio"), "1:1");
}
