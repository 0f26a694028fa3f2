#include <gtest/gtest.h>

#include <sstream>

#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

VideoEncoding encodingOf(int width, int height, bool toneMap) {
    VideoEncoding encoding;
    encoding.width = width;
    encoding.height = height;
    encoding.frameRate = {24, 1};
    encoding.bitrate = 5'000'000;
    encoding.toneMap = toneMap;
    return encoding;
}

class ColourTranscode : public testing::Test {
protected:
    std::string transcode(const std::string& path, const VideoEncoding& encoding) {
        Film film(path);
        const std::string out = folder_ / "out.mp4";
        writeFile(out, wholeVideo(film, encoding, unitGrid(encoding.frameRate, film.duration())));
        return out;
    }
    void expectBt709(const std::string& path) {
        EXPECT_EQ(streamEntry(path, "v", "color_transfer"), "bt709");
        EXPECT_EQ(streamEntry(path, "v", "color_primaries"), "bt709");
        EXPECT_EQ(streamEntry(path, "v", "color_space"), "bt709");
        EXPECT_EQ(streamEntry(path, "v", "color_range"), "tv");
    }
    Folder folder_;
};

// As ffprobe tells it of the file's first picture: mastering display and light levels.
std::string hdrMetadata(const std::string& path) {
    const std::string entries =
        "frame_side_data=red_x,red_y,green_x,green_y,blue_x,blue_y,white_point_x,white_point_y,min_luminance,"
        "max_luminance,max_content,max_average";
    const std::string said = run({"ffprobe", "-v", "error", "-select_streams", "v:0", "-read_intervals", "%+#1",
                                  "-show_frames", "-show_entries", entries, "-of", "flat", path})
                                 .out;
    std::istringstream lines(said);
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
        // The two kinds may come in either order, and the frame's own fields come too.
        if (const auto at = line.find("side_data"); at != std::string::npos)
            kept += line.substr(line.find_last_of('.') + 1) + "\n";
    }
    return kept;
}

}  // namespace

TEST_F(ColourTranscode, Hdr10IsToneMappedAsZscaleWouldDoIt) {
    const std::string path = folder_ / "hdr.mkv";
    if (!makeMedia(path, {"-f", "lavfi", "-i",
                          "gradients=s=320x180:r=24:d=2:seed=4,format=yuv420p10le,setparams=color_primaries=bt2020:"
                          "color_trc=smpte2084:colorspace=bt2020nc:range=tv",
                          "-c:v", "libx265", "-x265-params",
                          "log-level=none:crf=10:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
                          "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const std::string out = transcode(path, encodingOf(320, 180, true));
    expectBt709(out);
    EXPECT_EQ(packetsOf(out, "v").size(), 48U);
    EXPECT_GT(worstPsnr(out, path,
                        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0:peak=10,"
                        "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"),
              32);
    EXPECT_LT(worstPsnr(out, path, "format=yuv420p"), 25);
}

TEST_F(ColourTranscode, Hdr10KeepsItsMetadataInHevc) {
    const std::string path = folder_ / "hdr.mp4";
    if (!makeMedia(
            path,
            {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2,format=yuv420p10le", "-c:v", "libx265", "-x265-params",
             "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr10=1:repeat-headers=1:"
             "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):"
             "max-cll=1000,400",
             "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const std::string before = hdrMetadata(path);
    ASSERT_NE(before.find("34000/50000"), std::string::npos) << before;
    ASSERT_NE(before.find("1000"), std::string::npos);
    VideoEncoding encoding = encodingOf(320, 180, false);
    encoding.codec = "hevc";
    const std::string out = transcode(path, encoding);
    EXPECT_EQ(hdrMetadata(out), before);
    const std::string stream = run({"ffprobe", "-v", "error", "-show_streams", out}).out;
    EXPECT_NE(stream.find("max_luminance=10000000/10000"), std::string::npos) << stream;
    EXPECT_NE(stream.find("max_content=1000"), std::string::npos);
}

TEST_F(ColourTranscode, StandardDefinitionComesOutInBt709) {
    const std::string path = folder_ / "sd.mpg";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "testsrc2=s=720x576:r=25:d=1", "-c:v", "mpeg2video", "-b:v", "12M"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    VideoEncoding encoding = encodingOf(720, 576, false);
    encoding.frameRate = {25, 1};
    const std::string out = transcode(path, encoding);
    expectBt709(out);
    EXPECT_GT(worstPsnr(out, path, "scale=in_color_matrix=smpte170m:out_color_matrix=bt709,format=yuv420p"), 30);
    EXPECT_LT(worstPsnr(out, path, "format=yuv420p"), 30);
}

TEST_F(ColourTranscode, FullRangeBecomesLimited) {
    const std::string path = folder_ / "full.mp4";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "color=white:s=320x180:r=24:d=1,format=yuvj420p", "-c:v", "libx264"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const std::string out = transcode(path, encodingOf(320, 180, false));
    expectBt709(out);
    EXPECT_GT(worstPsnr(out, path, "scale=in_range=full:out_range=limited,format=yuv420p"), 40);
}

TEST_F(ColourTranscode, ACodecThatIsNotMadeHereIsRefusedInWords) {
    const std::string path = folder_ / "a.mp4";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=1", "-c:v", "libx264"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    Film film(path);
    VideoEncoding encoding = encodingOf(320, 180, false);
    encoding.codec = "theora";
    const auto made = film.video()->segment(encoding, 0, kTicksPerSecond);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, marea::core::ErrorCode::Unprocessable);
    EXPECT_FALSE(made.error().text.empty());
}
