#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server::test;

namespace {

// Media made with the ffmpeg command, where there is one.
class Generated : public testing::Test {
protected:
    std::string make(const std::string& name, std::vector<std::string> arguments) {
        std::vector<std::string> command{"ffmpeg", "-v", "error", "-nostdin", "-y"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        const std::string path = folder_.path() + "/" + name;
        command.push_back(path);
        return run(command) == 0 ? path : std::string();
    }
    TemporaryFolder folder_;
    PoolUnderTest test_{1};
};

}  // namespace

#define MAKE_OR_SKIP(path, ...)                 \
    const std::string path = make(__VA_ARGS__); \
    if (path.empty())                           \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(Generated, TaggedSong) {
    for (const char* name : {"a.mp3", "a.flac", "a.ogg", "a.m4a", "a.opus", "a.wv"}) {
        MAKE_OR_SKIP(path, name,
                     {"-f", "lavfi", "-i", "sine=d=2", "-metadata", "title=Canci\xC3\xB3n", "-metadata", "artist=Banda",
                      "-metadata", "album=Disco", "-metadata", "track=3", "-metadata", "date=1999"});
        const auto info = test_.probe(path);
        ASSERT_TRUE(info) << name << " " << info.error().text;
        EXPECT_EQ(info->tags.title, "Canci\xC3\xB3n") << name;
        EXPECT_EQ(info->tags.artist, "Banda") << name;
        EXPECT_EQ(info->tags.album, "Disco") << name;
        EXPECT_EQ(info->tags.track, 3) << name;
        EXPECT_EQ(info->tags.year, 1999) << name;
        EXPECT_NEAR(info->duration, 2, 0.06) << name;
        EXPECT_GT(info->bitrate, 0) << name;
    }
}

TEST_F(Generated, PngStaysPngOnlyWhereItIsTransparent) {
    MAKE_OR_SKIP(clear, "clear.png", {"-f", "lavfi", "-i", "color=red@0.5:s=400x200,format=rgba", "-frames:v", "1"});
    const auto png = test_.image(openFile(clear), "clear.png", 100);
    ASSERT_TRUE(png) << png.error().text;
    EXPECT_EQ(png->mimeType, "image/png");
    EXPECT_EQ(png->width, 100);
    EXPECT_EQ(png->height, 50);
    MAKE_OR_SKIP(solid, "solid.png", {"-f", "lavfi", "-i", "color=red:s=64x64,format=rgba", "-frames:v", "1"});
    const auto jpeg = test_.image(openFile(solid), "solid.png", 100);
    ASSERT_TRUE(jpeg) << jpeg.error().text;
    EXPECT_EQ(jpeg->mimeType, "image/jpeg");
    EXPECT_EQ(jpeg->width, 64);
}

namespace {

// A little-endian TIFF header and one directory entry: Orientation, a SHORT.
std::string exifOf(int orientation) {
    using namespace std::string_literals;
    return "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + static_cast<char>(orientation) + "\0\0\0\0\0\0\0"s;
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// JFIF and Exif both want to be first; cameras and readers take Exif there.
std::string jpegTurned(const std::string& jpeg, int orientation) {
    const std::string exif = std::string("Exif\0\0", 6) + exifOf(orientation);
    return jpeg.substr(0, 2) + std::string("\xFF\xE1\0", 3) + static_cast<char>(exif.size() + 2) + exif +
           jpeg.substr(2);
}

std::string fourBytes(std::size_t n) {
    return {static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16), static_cast<char>(n >> 24)};
}

// The extended form of WebP: a header with the Exif flag, the picture, the Exif chunk.
std::string webpTurned(const std::string& webp, int orientation, int width, int height) {
    const std::string exif = exifOf(orientation);
    const std::string body = "WEBPVP8X" + fourBytes(10) + std::string("\x08\0\0\0", 4) +
                             fourBytes(static_cast<std::size_t>(width - 1)).substr(0, 3) +
                             fourBytes(static_cast<std::size_t>(height - 1)).substr(0, 3) + webp.substr(12) + "EXIF" +
                             fourBytes(exif.size()) + exif;
    return "RIFF" + fourBytes(body.size()) + body;
}

// The colour in the middle of a corner of a picture: "r", "g", "b" or "w".
char cornerOf(const std::string& rgb, int width, int height, bool right, bool low) {
    const int x = right ? width * 3 / 4 : width / 4, y = low ? height * 3 / 4 : height / 4;
    const auto* pixel = reinterpret_cast<const unsigned char*>(rgb.data()) + (y * width + x) * 3;
    const bool red = pixel[0] > 127, green = pixel[1] > 127, blue = pixel[2] > 127;
    return red && green && blue ? 'w' : red ? 'r' : green ? 'g' : blue ? 'b' : '?';
}

// How ffmpeg's filters store a picture so that each orientation brings it back.
constexpr const char* storedAs[] = {"null",        "hflip",       "hflip,vflip", "vflip",
                                    "transpose=0", "transpose=2", "transpose=3", "transpose=1"};
constexpr char quarters[] =
    "color=red:s=40x24[a];color=lime:s=40x24[b];color=blue:s=40x24[c];color=white:s=40x24[d];[a][b]hstack[t];"
    "[c][d]hstack[u];[t][u]vstack,";

}  // namespace

TEST_F(Generated, ACoverStandsUprightHoweverTheCameraWasHeld) {
    const auto corners = [this](const core::Result<core::Image>& image) -> std::string {
        if (!image || image->width != 80 || image->height != 48)
            return image ? "a wrong size" : image.error().text;
        const std::string jpeg =
            folder_.write("made.jpg", {reinterpret_cast<const char*>(image->bytes.data()), image->bytes.size()});
        const std::string rgb =
            bytesOf(make("made.rgb", {"-i", jpeg, "-f", "rawvideo", "-pix_fmt", "rgb24", "-frames:v", "1"}));
        std::string found;
        for (const bool low : {false, true})
            for (const bool right : {false, true})
                found += cornerOf(rgb, 80, 48, right, low);
        return found;
    };
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const std::string filter = std::string(quarters) + storedAs[orientation - 1];
        MAKE_OR_SKIP(path, "stored.jpg", {"-filter_complex", filter, "-frames:v", "1"});
        const auto upright = test_.image(fileWith(jpegTurned(bytesOf(path), orientation)), "cover.jpg", 100);
        EXPECT_EQ(corners(upright), "rgbw") << orientation;
        const std::string webp = make("stored.webp", {"-filter_complex", filter, "-frames:v", "1"});
        if (webp.empty())
            continue;  // an ffmpeg without libwebp
        const bool swapped = orientation >= 5;
        const auto turned = test_.image(
            fileWith(webpTurned(bytesOf(webp), orientation, swapped ? 48 : 80, swapped ? 80 : 48)), "cover.webp", 100);
        EXPECT_EQ(corners(turned), "rgbw") << "WebP " << orientation;
    }
}

// Its index is of what was read so far, so that nothing can be known of its end.
TEST_F(Generated, AFragmentedFilmIsWhole) {
    for (const char* flags : {"frag_keyframe+empty_moov", "frag_keyframe", "dash"}) {
        MAKE_OR_SKIP(path, std::string(flags) + ".mp4",
                     {"-f", "lavfi", "-i", "testsrc2=s=320x240:d=4", "-f", "lavfi", "-i", "sine=d=4", "-c:v", "mpeg4",
                      "-c:a", "aac", "-g", "10", "-movflags", flags});
        const auto info = test_.probe(path);
        ASSERT_TRUE(info) << flags << " " << info.error().text;
        EXPECT_NEAR(info->duration, 4, 0.2) << flags;
        ASSERT_EQ(info->streams.size(), 2U) << flags;
    }
}

TEST_F(Generated, PicturesInFieldsAreKnown) {
    const std::vector<std::string> fields{"-f",           "lavfi",
                                          "-i",           "testsrc2=s=320x240:r=50:d=1",
                                          "-vf",          "tinterlace=interleave_top,fieldorder=tff,format=yuv420p",
                                          "-c:v",         "libx264",
                                          "-flags",       "+ildct+ilme",
                                          "-x264-params", "tff=1"};
    for (const char* name : {"fields.mkv", "fields.mp4", "fields.ts"}) {
        MAKE_OR_SKIP(path, name, fields);
        const auto info = test_.probe(path);
        ASSERT_TRUE(info) << name << " " << info.error().text;
        EXPECT_TRUE(info->streams.at(0).interlaced) << name;
    }
    MAKE_OR_SKIP(whole, "whole.mkv",
                 {"-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p"});
    const auto info = test_.probe(whole);
    ASSERT_TRUE(info) << info.error().text;
    EXPECT_FALSE(info->streams.at(0).interlaced);
}

TEST_F(Generated, HevcInMp4SaysWhereItsParameterSetsAre) {
    for (const bool inside : {true, false}) {
        MAKE_OR_SKIP(path, inside ? "hev1.mp4" : "hvc1.mp4",
                     {"-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=1", "-c:v", "libx265", "-preset", "ultrafast",
                      "-tag:v", inside ? "hev1" : "hvc1"});
        const auto info = test_.probe(path);
        ASSERT_TRUE(info) << info.error().text;
        EXPECT_EQ(info->streams.at(0).inBandSets, inside);
    }
}

TEST_F(Generated, AFilmCutOffSaysThatItEndsTooEarly) {
    MAKE_OR_SKIP(path, "film.mp4",
                 {"-f", "lavfi", "-i", "testsrc2=s=320x240:d=4", "-c:v", "mpeg4", "-movflags", "+faststart"});
    ASSERT_TRUE(test_.probe(path));
    ASSERT_EQ(::truncate(path.c_str(), 60'000), 0);
    const auto cut = test_.probe(path);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().text, "The file ends too early");
}
