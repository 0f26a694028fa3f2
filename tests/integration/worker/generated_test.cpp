#include <gtest/gtest.h>
#include <unistd.h>

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

TEST_F(Generated, AFilmCutOffSaysThatItEndsTooEarly) {
    MAKE_OR_SKIP(path, "film.mp4",
                 {"-f", "lavfi", "-i", "testsrc2=s=320x240:d=4", "-c:v", "mpeg4", "-movflags", "+faststart"});
    ASSERT_TRUE(test_.probe(path));
    ASSERT_EQ(::truncate(path.c_str(), 60'000), 0);
    const auto cut = test_.probe(path);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().text, "The file ends too early");
}
