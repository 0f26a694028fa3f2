#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "tests/integration/pipeline/burnfixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

// The worst picture of ours beside ffmpeg's own drawing of it, which is not encoded. Without the subtitles it is
// below `without`: the bound tells a picture with them from one without.
constexpr double alike = 34, without = 31;  // dB
// Pictures of standard definition become what high definition is.
constexpr const char* kAsOurs = "scale=in_color_matrix=smpte170m:out_color_matrix=bt709";

}  // namespace

class Burn : public testing::Test {
protected:
    // A film of 640×360 with subtitles from a file, and what else ffmpeg is told about the output, or about that input.
    std::string film(const std::string& name, const std::string& subtitles, const std::vector<std::string>& options,
                     const std::vector<std::string>& inputOptions = {}) {
        std::vector<std::string> arguments{"-copyts", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=8.2"};
        arguments.insert(arguments.end(), inputOptions.begin(), inputOptions.end());
        const std::vector<std::string> rest{"-i",      subtitles, "-map", "0:v", "-map", "1:s",      "-c:v",
                                            "libx264", "-crf",    "8",    "-g",  "75",   "-pix_fmt", "yuv420p"};
        arguments.insert(arguments.end(), rest.begin(), rest.end());
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }

    std::string written(const std::string& name, const std::string& bytes) {
        writeFile(folder_ / name, bytes);
        return folder_ / name;
    }

    // ffmpeg's drawing, without loss. `graph` is of -filter_complex.
    std::string reference(const std::string& path, const std::string& graph) {
        return makeMedia(folder_ / "reference.mkv",
                         {"-i", path, "-filter_complex", graph, "-an", "-sn", "-c:v", "ffv1", "-pix_fmt", "yuv420p"})
                   ? folder_ / "reference.mkv"
                   : std::string();
    }

    std::string ours(const std::string& path, const VideoEncoding& encoding) {
        Film opened(path);
        const std::string out = folder_ / "ours.mp4";
        writeFile(out, wholeVideo(opened, encoding, unitGrid(encoding.frameRate, opened.duration())));
        return out;
    }

    void expectAlike(const std::string& path, const VideoEncoding& encoding, const std::string& graph) {
        const std::string drawn = reference(path, graph);
        ASSERT_FALSE(drawn.empty());
        EXPECT_GT(worstPsnr(ours(path, encoding), drawn, kAsOurs), alike);
        VideoEncoding plain = encoding;
        plain.burnStream.reset();
        EXPECT_LT(worstPsnr(ours(path, plain), drawn, kAsOurs), without);
    }

    // Each segment by a transcoder of its own, from the last to the first, is what one makes in order.
    void expectTheSameAlone(const std::string& path, const VideoEncoding& encoding) {
        Film opened(path);
        const auto cuts = unitGrid(encoding.frameRate, opened.duration());
        ASSERT_GE(cuts.size(), 4U);
        const auto warm = opened.video();
        std::vector<std::string> inOrder;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            inOrder.push_back(videoSegment(*warm, encoding, cuts[i], static_cast<int>(i)));
        for (std::size_t i = cuts.size(); i-- > 0;) {
            Film again(path);
            EXPECT_TRUE(videoSegment(*again.video(), encoding, cuts[i], static_cast<int>(i)) == inOrder[i])
                << "alone, segment " << i;
        }
        for (std::size_t i = cuts.size(); i-- > 0;)
            EXPECT_TRUE(videoSegment(*warm, encoding, cuts[i], static_cast<int>(i)) == inOrder[i])
                << "in reverse, segment " << i;
    }

    Folder folder_;
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(Burn, StyledTextInTheFilmsOwnFont) {
    if (!std::filesystem::exists(kSerif))
        GTEST_SKIP() << "no font: fonts-dejavu-core";
    const auto text = written(
        "a.ass", assFile("DejaVu Serif", {"0:00:00.50,0:00:06.70,Default,,0,0,0,,A line that is long on the screen",
                                          "0:00:02.20,0:00:05.10,Default,,0,0,0,,Above it for a while",
                                          "0:00:01.00,0:00:07.50,Default,,0,0,0,,{\\an7\\frz12\\c&H00FFFF&"
                                          "\\move(40,80,300,160)}Sign {\\alpha&H60&}half seen"}));
    const auto path = film("a.mkv", text, {"-c:s", "ass", "-attach", kSerif, "-metadata:s:t", "mimetype=font/ttf"});
    SKIP_WITHOUT(path);
    expectAlike(path, burning(1), "[0:v]subtitles=" + path);
    expectTheSameAlone(path, burning(1));
}

TEST_F(Burn, PlainTextFallsBackOnTheFontOfTheServer) {
    const auto text = written("a.srt", "1\n00:00:00,400 --> 00:00:07,900\nΕλληνικά, Кириллица\nand <b>this</b>\n");
    const auto path = film("a.mkv", text, {"-c:s", "srt"});
    SKIP_WITHOUT(path);
    expectAlike(path, burning(1), "[0:v]subtitles=" + path + ":force_style='FontName=DejaVu Sans'");
    expectTheSameAlone(path, burning(1));
}

TEST_F(Burn, TextOfMp4) {
    const auto text = written("a.srt", "1\n00:00:00,400 --> 00:00:07,900\nText in MP4\n");
    const auto path = film("a.mp4", text, {"-c:s", "mov_text"});
    SKIP_WITHOUT(path);
    expectAlike(path, burning(1), "[0:v]subtitles=" + path + ":force_style='FontName=DejaVu Sans'");
}

namespace {

// Two boxes, from 0.4 to 2.6 and from 2.8 to 7.6 s.
const std::vector<PgsBox> boxes{{0.4, 2.6, 100, 250, 440, 60, 235}, {2.8, 7.6, 60, 40, 300, 80, 40}};

std::uint8_t at(const std::vector<std::uint8_t>& grey, int x, int y) {
    return grey.at(static_cast<std::size_t>(y) * 640 + static_cast<std::size_t>(x));
}

}  // namespace

// Images: beside ffmpeg's overlay in the middle of an event, which it is some pictures late with, and to the picture
// at its ends.
class BurnImages : public Burn {
protected:
    std::string filmOf(const std::string& name, const std::vector<std::string>& options) {
        return film(name, written("a.sup", pgsFile(640, 360, boxes)), options, {"-fix_sub_duration"});
    }

    void check(const std::string& path, double least) {
        const std::string out = ours(path, burning(1));
        const std::string graph = "[0:v][0:s]overlay";
        ASSERT_FALSE(reference(path, graph).empty());
        for (const char* when : {"between(t,1.2,2.2)", "between(t,4,7)"}) {
            const std::string select = "select='" + std::string(when) + "'";
            const std::string mine = folder_ / "part.mkv";
            ASSERT_TRUE(makeMedia(mine, {"-i", out, "-vf", "setpts=PTS-STARTPTS," + select, "-c:v", "ffv1"}));
            EXPECT_GT(worstPsnr(mine, folder_ / "reference.mkv", select + "," + kAsOurs), least) << when;
        }
        expectTimes(out);
    }

    void expectTimes(const std::string& path) {
        const std::vector<std::pair<int, bool>> first{{9, false}, {10, true}, {64, true}, {65, false}};
        for (const auto& [number, isOn] : first)
            EXPECT_EQ(at(greyPicture(path, number), 300, 300) > 245, isOn) << number;
        const std::vector<std::pair<int, bool>> second{{69, false}, {70, true}, {189, true}, {190, false}};
        for (const auto& [number, isOn] : second)
            EXPECT_EQ(at(greyPicture(path, number), 120, 100) < 50, isOn) << number;
    }
};

TEST_F(BurnImages, BluRay) {
    const auto path = filmOf("a.mkv", {"-c:s", "copy"});
    SKIP_WITHOUT(path);
    check(path, alike);
    expectTheSameAlone(path, burning(1));
}

TEST_F(BurnImages, Dvd) {
    const auto path = filmOf("a.mkv", {"-c:s", "dvdsub"});
    SKIP_WITHOUT(path);
    check(path, alike);
    expectTheSameAlone(path, burning(1));
}

TEST_F(BurnImages, Dvb) {
    const auto path = filmOf("a.ts", {"-c:s", "dvbsub"});
    SKIP_WITHOUT(path);
    check(path, alike);
    expectTheSameAlone(path, burning(1));
}
