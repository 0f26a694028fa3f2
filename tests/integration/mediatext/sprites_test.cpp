#include "server/packaging/tilesize.h"

#include <gmock/gmock.h>
#include <cmath>

#include "server/pipeline/libav.h"
#include "tests/integration/mediatext/mediatext.h"

namespace marea::server::test {
namespace {

struct Colour {
    int r = 0, g = 0, b = 0;
};

void PrintTo(const Colour& colour, std::ostream* out) {
    *out << colour.r << ',' << colour.g << ',' << colour.b;
}

MATCHER_P3(IsAbout, r, g, b, "") {
    return std::abs(arg.r - r) < 24 && std::abs(arg.g - g) < 24 && std::abs(arg.b - b) < 24;
}

class SpriteSheets : public MediaText {
protected:
    static core::Result<core::Image> sheet(const std::string& path, std::vector<double> seconds, int width = 160) {
        OpenMedia media(path);
        auto session = media.session();
        if (!session)
            return core::unexpected(session.error());
        SpriteWish wish;
        wish.tileWidth = width;
        for (const double at : seconds)
            wish.at.push_back(std::llround(at * kTicksPerSecond));
        return (*session)->sprites(wish);
    }

    // A pixel of a JPEG.
    static Colour pixel(const core::Image& image, int x, int y) {
        const AvPtr<AVCodecContext> context(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_MJPEG)));
        const AvPtr<AVPacket> packet(av_packet_alloc());
        const AvPtr<AVFrame> frame(av_frame_alloc());
        av_new_packet(packet.get(), static_cast<int>(image.bytes.size()));
        std::copy(image.bytes.begin(), image.bytes.end(), packet->data);
        if (avcodec_open2(context.get(), nullptr, nullptr) < 0 ||
            avcodec_send_packet(context.get(), packet.get()) < 0 ||
            avcodec_receive_frame(context.get(), frame.get()) < 0)
            return {-1, -1, -1};
        const auto plane = [&](int i, int shift) {
            return frame->data[i][(y >> shift) * frame->linesize[i] + (x >> shift)];
        };
        const double l = plane(0, 0), b = plane(1, 1) - 128, r = plane(2, 1) - 128;
        return {static_cast<int>(l + 1.402 * r), static_cast<int>(l - 0.344 * b - 0.714 * r),
                static_cast<int>(l + 1.772 * b)};
    }
};

// Red for two seconds, then green, then blue; a keyframe each second.
const std::vector<std::string> kColours = {
    "-f",
    "lavfi",
    "-i",
    "color=red:s=320x180:d=2",
    "-f",
    "lavfi",
    "-i",
    "color=lime:s=320x180:d=2",
    "-f",
    "lavfi",
    "-i",
    "color=blue:s=320x180:d=2",
    "-filter_complex",
    "[0][1][2]concat=n=3,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
    "-colorspace",
    "bt709"};

TEST_F(SpriteSheets, ShowWhatIsSeenAtTheirTimes) {
    for (const char* name : {"a.mkv", "a.mp4", "a.ts"}) {
        auto command = kColours;
        command.insert(command.end(), {"-c:v", "libx264", "-g", "25", "-bf", "2", "-output_ts_offset", "50"});
        MAKE_OR_SKIP(path, name, command);
        const auto image = sheet(path, {0, 1.5, 2.9, 3.5, 4.9, 5.5});
        ASSERT_TRUE(image) << name << " " << image.error().text;
        EXPECT_EQ(image->mimeType, "image/jpeg");
        EXPECT_EQ(image->width, 800);
        EXPECT_EQ(image->height, 180);
        EXPECT_THAT(pixel(*image, 80, 45), IsAbout(255, 0, 0)) << name;
        EXPECT_THAT(pixel(*image, 240, 45), IsAbout(255, 0, 0)) << name;
        EXPECT_THAT(pixel(*image, 400, 45), IsAbout(0, 255, 0)) << name;
        EXPECT_THAT(pixel(*image, 560, 45), IsAbout(0, 255, 0)) << name;
        EXPECT_THAT(pixel(*image, 720, 45), IsAbout(0, 0, 255)) << name;
        EXPECT_THAT(pixel(*image, 80, 135), IsAbout(0, 0, 255)) << name;
        EXPECT_THAT(pixel(*image, 240, 135), IsAbout(16, 16, 16)) << name;
    }
}

TEST_F(SpriteSheets, EveryCodec) {
    for (const char* codec : {"libx264", "libx265", "libvpx-vp9", "mpeg2video", "mpeg4"}) {
        auto command = kColours;
        command.insert(command.end(), {"-c:v", codec, "-g", "25"});
        MAKE_OR_SKIP(path, std::string(codec) + ".mkv", command);
        const auto image = sheet(path, {1.5, 5.5});
        ASSERT_TRUE(image) << codec << " " << image.error().text;
        EXPECT_THAT(pixel(*image, 80, 45), IsAbout(255, 0, 0)) << codec;
        EXPECT_THAT(pixel(*image, 240, 45), IsAbout(0, 0, 255)) << codec;
    }
}

TEST_F(SpriteSheets, AreAsThePictureIsShown) {
    CORPUS_OR_SKIP(rotated, "video/bbb-rotated-minus90.mp4");
    const auto upright = sheet(rotated, {0, 1});
    ASSERT_TRUE(upright) << upright.error().text;
    EXPECT_EQ(upright->width, 320);
    EXPECT_EQ(upright->height, 284);
    CORPUS_OR_SKIP(wide, "video/bear-nonsquare-pasp.mp4");
    const auto square = sheet(wide, {0});
    ASSERT_TRUE(square) << square.error().text;
    EXPECT_EQ(square->height, 90);
}

// Left half red, right half blue: turned clockwise, red is above.
TEST_F(SpriteSheets, TurnTheRightWay) {
    MAKE_OR_SKIP(flat, "flat.mp4",
                 {"-f", "lavfi", "-i", "color=red:s=160x180:d=1", "-f", "lavfi", "-i", "color=blue:s=160x180:d=1",
                  "-filter_complex", "[0][1]hstack,format=yuv420p", "-c:v", "libx264"});
    MAKE_OR_SKIP(turned, "turned.mp4", {"-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270"});
    const auto image = sheet(turned, {0}, 180);
    ASSERT_TRUE(image) << image.error().text;
    if (image->height != 320)
        GTEST_SKIP() << "this ffmpeg command writes no rotation";
    EXPECT_THAT(pixel(*image, 90, 40), IsAbout(255, 0, 0));
    EXPECT_THAT(pixel(*image, 90, 280), IsAbout(0, 0, 255));
}

TEST_F(SpriteSheets, OfEveryRealFile) {
    for (const char* name :
         {"av1-hdr10-portrait.mp4", "bbb-1080p24-h264-aac51-30s.mp4", "bear-360p-hevc-pq10.mp4", "bear-mpeg4-ac3.avi",
          "bear-multitrack.webm", "bear-theora-vorbis.ogv", "bear.flv", "bear-vp8-no-duration-no-cues.webm",
          "hlg10-1080p-hevc.mp4", "mkv-srt.mkv", "nonzero-start-time.webm", "screen-capture-vfr.mp4",
          "sparks-hevc-dovi8-hdr10.mp4", "ts-mpeg2-mp2.ts", "bear-360p-h264-aac.ts", "editlist-preroll.mp4",
          "bear-360p-fragmented.mp4"}) {
        CORPUS_OR_SKIP(path, std::string("video/") + name);
        const auto image = sheet(path, {0, 0.5, 1, 600});
        EXPECT_TRUE(image) << name << " " << (image ? "" : image.error().text);
    }
}

TEST_F(SpriteSheets, RefusedInWords) {
    CORPUS_OR_SKIP(sound, "audio/bear.flac");
    EXPECT_EQ(sheet(sound, {0}).error().text, "The file has no video");
    CORPUS_OR_SKIP(unknown, "video/vvc-unsupported.mp4");
    const auto none = sheet(unknown, {0});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, core::ErrorCode::Unprocessable);
    CORPUS_OR_SKIP(video, "video/mkv-srt.mkv");
    EXPECT_FALSE(sheet(video, std::vector<double>(5000, 0.0)));
    EXPECT_FALSE(sheet(video, {}));
}

}  // namespace
}  // namespace marea::server::test
