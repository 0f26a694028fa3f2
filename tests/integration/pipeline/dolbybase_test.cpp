// Dolby Vision over a base layer: what files and manifests are told of it.
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/media/dynamicrange.h"
#include "tests/integration/pipeline/cutfile.h"
#include "tests/integration/pipeline/dolbyfilm.h"
#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

struct Base {
    const char* transfer;  // as x265 calls it
    int said = 0;          // by the file
    core::HdrKind range = core::HdrKind::None;
    const char* supplemental = "";
};

bool makeFilm(const std::string& path, const Base& base) {
    const std::string parameters = std::string("log-level=none:colorprim=bt2020:colormatrix=bt2020nc:transfer=");
    return makeMedia(path + ".mkv", {"-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2,format=yuv420p10le", "-c:v",
                                     "libx265", "-x265-params", parameters + base.transfer, "-color_trc", base.transfer,
                                     "-color_primaries", "bt2020", "-colorspace", "bt2020nc"}) &&
           nameDolbyVision(path + ".mkv", path, 8, base.said);
}

}  // namespace

TEST(DolbyBase, IsWhatItsTransferSays) {
    const Folder folder;
    for (const Base& base : {Base{"smpte2084", 1, core::HdrKind::Hdr10, "dvh1.08.01/db1p"},
                             Base{"arib-std-b67", 4, core::HdrKind::Hlg, "dvh1.08.01/db4h"},
                             Base{"arib-std-b67", 0, core::HdrKind::Hlg, "dvh1.08.01/db4h"},
                             Base{"smpte2084", 2, core::HdrKind::Hdr10, "dvh1.08.01/db1p"},
                             Base{"bt709", 2, core::HdrKind::None, "dvh1.08.01/db2g"}}) {
        const std::string path = folder / "film.mp4";
        if (!makeFilm(path, base))
            GTEST_SKIP() << "no ffmpeg command, or not this encoder";
        const auto info = infoOf(path);
        ASSERT_TRUE(info);
        EXPECT_EQ(info->streams[0].hdr, core::HdrKind::DolbyVision);
        EXPECT_EQ(core::decodedRange(info->streams[0]), base.range) << base.transfer << base.said;
        OpenSession session(path);
        ASSERT_TRUE(session);
        const auto index = session->index();
        ASSERT_TRUE(index);
        EXPECT_EQ(index->tracks[0].supplemental, base.supplemental);
        const auto init = session->segment({{copyOf(0)}, SegmentFormat::Mp4, SegmentSpec::kInit, 0, 0});
        ASSERT_TRUE(init);
        EXPECT_NE(init->find("iso6cmfcmp41" + std::string(base.supplemental).substr(11)), std::string::npos);
    }
}

// This one says that its base layer is SDR.
TEST(DolbyBase, OfARealFilmOfProfile8IsHdr10) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media)
        GTEST_SKIP() << "no MAREA_TEST_MEDIA";
    const std::string path = std::string(media) + "/video/sparks-hevc-dovi8-hdr10.mp4";
    const auto info = infoOf(path);
    ASSERT_TRUE(info);
    EXPECT_EQ(core::decodedRange(info->streams[0]), core::HdrKind::Hdr10);
    OpenSession session(path);
    ASSERT_TRUE(session);
    const auto index = session->index();
    ASSERT_TRUE(index);
    EXPECT_EQ(index->tracks[0].supplemental, "dvh1.08.01/db1p");
}
