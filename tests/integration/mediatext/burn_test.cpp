// Subtitles drawn into the picture by a locked-down worker, which has to have opened its fonts before.
#include <gtest/gtest.h>
#include <algorithm>
#include <fstream>

#include "tests/integration/mediatext/mediatext.h"

namespace marea::server::test {
namespace {

class WorkerBurn : public MediaText {
protected:
    // A dark film with subtitles.
    std::string film(const std::string& name, const std::string& subtitles, std::vector<std::string> options) {
        std::vector<std::string> arguments{
            "-copyts", "-f",      "lavfi",   "-i",  "color=c=0x202020:s=320x180:r=25:d=6",
            "-i",      subtitles, "-map",    "0:v", "-map",
            "1:s",     "-c:v",    "libx264", "-g",  "50"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return make(name, arguments);
    }

    static SegmentSpec spec(std::optional<int> burn, int number, double from, double to) {
        const VideoEncoding encoding{"h264", 320, 180, {25, 1}, 2'000'000, false, burn};
        return {{{0, encoding}},
                SegmentFormat::Mp4,
                number,
                static_cast<Ticks>(from * kTicksPerSecond),
                static_cast<Ticks>(to * kTicksPerSecond)};
    }

    core::Result<std::string> byWorker(const std::string& path, const SegmentSpec& spec) {
        Waiter<std::string> waiter;
        pool_.pool.segment({openFile(path), fileName(path), path}, spec, SegmentMaker::Urgency::Requested,
                           waiter.done());
        return waiter.wait();
    }

    // Pixels brighter than the film, over all pictures of a segment.
    long bright(const core::Result<std::string>& init, const core::Result<std::string>& segment) {
        EXPECT_TRUE(init && segment) << (init ? segment.error().text : init.error().text);
        if (!init || !segment)
            return -1;
        const std::string made = write("segment.mp4", *init + *segment), grey = inFolder("grey");
        EXPECT_EQ(
            run({"ffmpeg", "-v", "error", "-nostdin", "-y", "-i", made, "-f", "rawvideo", "-pix_fmt", "gray", grey}),
            0);
        std::ifstream file(grey, std::ios::binary);
        const std::string pixels{std::istreambuf_iterator<char>(file), {}};
        return std::count_if(pixels.begin(), pixels.end(), [](char c) { return static_cast<unsigned char>(c) > 150; });
    }
    long bright(const std::string& path, std::optional<int> burn, double from, double to) {
        return bright(byWorker(path, spec(burn, SegmentSpec::kInit, 0, 0)), byWorker(path, spec(burn, 3, from, to)));
    }
    // The same in this process, which may open what it likes.
    long brightHere(const std::string& path, std::optional<int> burn, double from, double to) {
        OpenMedia file(path);
        auto session = file.session();
        EXPECT_TRUE(session);
        return session ? bright((*session)->segment(spec(burn, SegmentSpec::kInit, 0, 0)),
                                (*session)->segment(spec(burn, 3, from, to)))
                       : -2;
    }

    PoolUnderTest pool_{1};
};

TEST_F(WorkerBurn, DrawsTextInFontsThatItOpenedBefore) {
    const auto text = write("a.srt", "1\n00:00:01,000 --> 00:00:05,000\n<font size=30>Что это?</font>\n");
    const auto made = film("a.mkv", text, {"-c:s", "srt"});
    if (made.empty())
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    EXPECT_EQ(bright(made, {}, 2, 3), 0);
    EXPECT_GT(bright(made, 1, 2, 3), 25 * 100);
    EXPECT_EQ(bright(made, 1, 2, 3), brightHere(made, 1, 2, 3));
    EXPECT_EQ(bright(made, 1, 5, 6), 0);
}

}  // namespace
}  // namespace marea::server::test
