#include <gtest/gtest.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server::test;
using core::HdrKind;
using core::StreamKind;

namespace {

// What is known of a file from its makers and from ffprobe. Zero or empty: not compared.
struct Fact {
    const char* file;
    const char* container;
    double duration;
    const char* video;
    int width, height;
    const char* audio;
    int channels;
    HdrKind hdr = HdrKind::None;
    int rotation = 0;
};

constexpr Fact facts[] = {
    {"audio/ac3.m4a", "mp4", 0.995, "", 0, 0, "ac3", 2},
    {"audio/ac4.mp4", "mp4", 0.76, "", 0, 0, "ac4", 2},
    {"audio/alac.m4a", "mp4", 3.685, "", 0, 0, "alac", 2},
    {"audio/alarm-clock-elapsed.oga", "ogg", 6.128, "", 0, 0, "vorbis", 2},
    {"audio/bear-flac.mp4", "mp4", 2.74, "", 0, 0, "flac", 2},
    {"audio/bear-id3v2-cover.mp3", "mp3", 2.8, "", 0, 0, "mp3", 2},
    {"audio/bear-picture.flac", "flac", 2.741, "", 0, 0, "flac", 2},
    {"audio/bear-vbr-no-seek-table.mp3", "mp3", 2.8, "", 0, 0, "mp3", 2},
    {"audio/bear-vbr-xing.mp3", "mp3", 2.808, "", 0, 0, "mp3", 2},
    {"audio/bear.flac", "flac", 2.741, "", 0, 0, "flac", 2},
    {"audio/bear.ogg", "ogg", 2.741, "", 0, 0, "vorbis", 2},
    {"audio/bear.opus", "ogg", 2.745, "", 0, 0, "opus", 2},
    {"audio/chapters.m4b", "mp4", 2.021, "", 0, 0, "aac", 2},
    {"audio/dts-hd-ma.mkv", "matroska", 1.003, "", 0, 0, "dts", 8},
    {"audio/eac3-51.mp4", "mp4", 1.728, "", 0, 0, "eac3", 6},
    {"audio/eac3-joc-atmos.ec3", "eac3", 2.048, "", 0, 0, "eac3", 6},
    {"audio/eac3-joc-atmos.mp4", "mp4", 2.048, "", 0, 0, "eac3", 6},
    {"audio/he-aac.mp4", "mp4", 2.878, "", 0, 0, "aac", 2},
    {"audio/lossless.wma", "asf", 3.549, "", 0, 0, "wmalossless", 2},
    {"audio/m4a-covr-junk.m4a", "mp4", 3.707, "", 0, 0, "aac", 2},
    {"audio/mac-399-id3v2.ape", "ape", 3.55, "", 0, 0, "ape", 2},
    {"audio/machine_wars.mp3", "mp3", 290.57, "", 0, 0, "mp3", 2},
    {"audio/mp3-100kB-garbage-prefix.mp3", "mp3", 1.045, "", 0, 0, "mp3", 1},
    {"audio/mp3-ape-and-id3v2.mp3", "mp3", 2.05, "", 0, 0, "mp3", 2},
    {"audio/mp3-duplicate-id3v2.mp3", "mp3", 0.1305, "", 0, 0, "mp3", 2},
    {"audio/opus-51.mka", "matroska", 2.761, "", 0, 0, "opus", 6},
    {"audio/rf64.wav", "wav", 0.3486, "", 0, 0, "pcm_s16le", 2},
    {"audio/tagged.wv", "wv", 3.55, "", 0, 0, "wavpack", 2},
    {"audio/truehd.mp4", "mp4", 0.4183, "", 0, 0, "truehd", 8},
    {"video/audio-shorter-than-video.mp4", "mp4", 1.2, "h264", 320, 240, "aac", 1},
    {"video/av1-1080p-hdr10-mdcv-clli.mp4", "mp4", 1.022, "av1", 1920, 1080, "aac", 2, HdrKind::Hdr10},
    {"video/av1-hdr10-portrait.mp4", "mp4", 4.238, "av1", 720, 1280, "aac", 2, HdrKind::Hdr10},
    {"video/av1-sdr-aac.mp4", "mp4", 1.089, "av1", 1080, 720, "aac", 1},
    {"video/bbb-1080p24-h264-aac51-30s.mp4", "mp4", 30.022, "h264", 1920, 1080, "aac", 6},
    {"video/bbb-rotated-minus90.mp4", "mp4", 2.005, "h264", 1920, 1080, "aac", 6, HdrKind::None, 90},
    {"video/bear-360p-fragmented.mp4", "mp4", 2.87, "h264", 640, 360, "aac", 0},
    {"video/bear-360p-h264-aac-editlist.mp4", "mp4", 2.764, "h264", 640, 360, "aac", 2},
    {"video/bear-360p-h264-aac.ts", "mpegts", 2.763, "h264", 640, 360, "aac", 2},
    {"video/bear-360p-hevc-aac.mp4", "mp4", 2.836, "hevc", 640, 360, "aac", 2},
    {"video/bear-360p-hevc-pq10.mp4", "mp4", 2.837, "hevc", 640, 360, "aac", 2, HdrKind::Hdr10},
    {"video/bear-360p-no-editlist.mp4", "mp4", 2.764, "h264", 640, 360, "aac", 2},
    {"video/bear-720p-hevc-aac.mp4", "mp4", 2.74, "hevc", 1280, 720, "aac", 2},
    {"video/bear-av1.webm", "webm", 2.736, "av1", 320, 240, "", 0},
    {"video/bear-mpeg4-ac3.avi", "avi", 1.045, "mpeg4", 320, 192, "ac3", 2},
    {"video/bear-multitrack.webm", "", 2.744, "vp8", 320, 240, "vorbis", 2},
    {"video/bear-nonsquare-pasp.mp4", "mp4", 1.001, "h264", 720, 360, "", 0},
    {"video/bear-theora-vorbis.ogv", "ogg", 1.012, "theora", 320, 180, "vorbis", 2},
    {"video/bear-vp8-no-duration-no-cues.webm", "webm", 2.767, "vp8", 320, 240, "vorbis", 2},
    {"video/bear-vp9-opus.webm", "webm", 2.774, "vp9", 320, 240, "opus", 2},
    {"video/bear.flv", "flv", 1.068, "flv1", 320, 192, "adpcm_swf", 2},
    {"video/editlist-positive-shift.mp4", "mp4", 10.006, "h264", 1920, 1080, "aac", 2},
    {"video/editlist-preroll.mp4", "mp4", 0.534, "h264", 640, 360, "aac", 2},
    {"video/hlg10-1080p-hevc.mp4", "mp4", 0.3, "hevc", 1920, 1080, "aac", 2, HdrKind::Hlg},
    {"video/long-1080p-lowbitrate.mp4", "mp4", 362.77, "h264", 1920, 1080, "aac", 2},
    {"video/mkv-ass.mkv", "matroska", 1.139, "h264", 1080, 720, "ac3", 1},
    {"video/mkv-chapters.mkv", "matroska", 5.023, "h264", 320, 240, "aac", 1},
    {"video/mkv-pgs.mkv", "matroska", 1.24, "h264", 1080, 720, "ac3", 1},
    {"video/mkv-srt.mkv", "matroska", 1.234, "h264", 1080, 720, "ac3", 1},
    {"video/mkv-vobsub-and-pgs.mkv", "matroska", 5.004, "mpeg4", 176, 144, "", 0},
    {"video/mkv-vobsub.mkv", "matroska", 1.24, "h264", 1080, 720, "ac3", 1},
    {"video/nonzero-start-time.webm", "webm", 2.744, "vp8", 320, 240, "vorbis", 2},
    {"video/phone-hevc-rotated.mp4", "mp4", 0.1, "hevc", 1920, 1080, "aac", 2, HdrKind::None, 90},
    {"video/screen-capture-vfr.mp4", "mp4", 8.726, "h264", 3026, 1386, "", 0},
    {"video/sparks-hevc-dovi8-hdr10.mp4", "mp4", 6.023, "hevc", 640, 360, "", 0, HdrKind::DolbyVision},
    {"video/ts-cea608-captions.ts", "mpegts", 2.5, "h264", 640, 360, "aac", 2},
    {"video/ts-mpeg2-dvbsub.ts", "mpegts", 6.0, "mpeg2video", 128, 96, "", 0},
    {"video/ts-mpeg2-mp2.ts", "mpegts", 0.111, "mpeg2video", 640, 426, "mp2", 1},
    {"video/ts-scte35.ts", "mpegts", 0.833, "mpeg2video", 640, 426, "mp2", 1},
    {"video/two-aac51-tracks.mp4", "mp4", 5.013, "", 0, 0, "aac", 6},
    {"video/video-only.mp4", "mp4", 1.001, "h264", 1080, 720, "", 0},
    {"video/vvc-unsupported.mp4", "mp4", 5.0, "vvc", 320, 180, "", 0},
};

const char* corpus() {
    return std::getenv("MAREA_TEST_MEDIA");
}

class Corpus : public testing::Test {
protected:
    void SetUp() override {
        if (!corpus())
            GTEST_SKIP() << "the media corpus is not here (MAREA_TEST_MEDIA)";
    }
    static PoolUnderTest& pool() {
        static PoolUnderTest shared(2);
        return shared;
    }
    static core::Result<core::MediaInfo> probe(const std::string& file) {
        return pool().probe(std::string(corpus()) + "/" + file);
    }
    static core::Result<core::Image> image(const std::string& file, int edge) {
        return pool().image(openFile(std::string(corpus()) + "/" + file), fileName(file), edge);
    }
};

const core::StreamInfo* first(const core::MediaInfo& info, StreamKind kind) {
    const auto found = std::find_if(info.streams.begin(), info.streams.end(),
                                    [&](const core::StreamInfo& s) { return s.kind == kind && !s.attachedPicture; });
    return found == info.streams.end() ? nullptr : &*found;
}

void compareVideo(const Fact& fact, const core::MediaInfo& info) {
    const core::StreamInfo* video = first(info, StreamKind::Video);
    ASSERT_EQ(video != nullptr, *fact.video != '\0');
    if (!video)
        return;
    EXPECT_EQ(video->codec, fact.video);
    EXPECT_EQ(video->width, fact.width);
    EXPECT_EQ(video->height, fact.height);
    EXPECT_EQ(video->hdr, fact.hdr);
    EXPECT_EQ(video->rotation, fact.rotation);
}

void compareAudio(const Fact& fact, const core::MediaInfo& info) {
    const core::StreamInfo* audio = first(info, StreamKind::Audio);
    ASSERT_EQ(audio != nullptr, *fact.audio != '\0');
    if (!audio)
        return;
    EXPECT_EQ(audio->codec, fact.audio);
    if (fact.channels) {
        EXPECT_EQ(audio->channels, fact.channels);
    }
    EXPECT_GT(audio->sampleRate, 0);
}

}  // namespace

TEST_F(Corpus, EveryFileIsDescribedAsKnown) {
    for (const Fact& fact : facts) {
        SCOPED_TRACE(fact.file);
        const auto info = probe(fact.file);
        ASSERT_TRUE(info) << info.error().text << " " << info.error().detail;
        if (*fact.container) {
            EXPECT_EQ(info->container, fact.container);
        }
        EXPECT_NEAR(info->duration, fact.duration, std::max(0.03, fact.duration * 0.001));
        compareVideo(fact, *info);
        compareAudio(fact, *info);
        EXPECT_FALSE(info->encrypted);
    }
}

TEST_F(Corpus, NoFileIsLeftOut) {
    for (const char* folder : {"audio", "video"}) {
        for (const auto& entry : std::filesystem::directory_iterator(std::string(corpus()) + "/" + folder)) {
            const std::string name = std::string(folder) + "/" + entry.path().filename().string();
            EXPECT_TRUE(std::any_of(std::begin(facts), std::end(facts), [&](const Fact& f) { return f.file == name; }))
                << name << " has no facts";
        }
    }
}

TEST_F(Corpus, BrokenFilesHaveReasonsAndHurtNobody) {
    const std::uint64_t deaths = pool().pool.status().deaths;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(corpus()) + "/broken")) {
        const auto info = pool().probe(entry.path().string());
        if (!info) {
            EXPECT_EQ(info.error().code, core::ErrorCode::Corrupt) << entry.path();
            EXPECT_FALSE(info.error().text.empty()) << entry.path();
        }
    }
    EXPECT_EQ(probe("broken/invalid-userdata.mp4").error().text, "The file ends too early");
    EXPECT_EQ(probe("broken/webm-no-streams.webm").error().text, "No audio or video streams inside");
    EXPECT_EQ(probe("broken/malformed-free-box.mp4").error().text, "The file is damaged");
    EXPECT_EQ(pool().pool.status().deaths, deaths);
}

TEST_F(Corpus, SubtitleFilesAreNoMedia) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(corpus()) + "/subtitles")) {
        const auto info = pool().probe(entry.path().string());
        ASSERT_FALSE(info) << entry.path();
        EXPECT_EQ(info.error().code, core::ErrorCode::Corrupt) << entry.path();
    }
}

TEST_F(Corpus, EncryptedFilesSaySo) {
    const auto info = probe("drm/bear-cenc-senc.mp4");
    ASSERT_TRUE(info);
    EXPECT_TRUE(info->encrypted);
}

TEST_F(Corpus, DetailsOfParticularFiles) {
    EXPECT_TRUE(probe("audio/eac3-joc-atmos.mp4")->streams[0].atmos);
    EXPECT_TRUE(probe("audio/eac3-joc-atmos.ec3")->streams[0].atmos);
    EXPECT_FALSE(probe("audio/eac3-51.mp4")->streams[0].atmos);
    EXPECT_EQ(probe("audio/dts-hd-ma.mkv")->streams[0].profile, "dts-hd ma");
    EXPECT_EQ(probe("audio/he-aac.mp4")->streams[0].profile, "he-aac");
    EXPECT_EQ(probe("video/sparks-hevc-dovi8-hdr10.mp4")->streams[0].dolbyVisionProfile, 8);
    EXPECT_EQ(probe("video/bear-360p-hevc-pq10.mp4")->streams[0].bitDepth, 10);
    EXPECT_NEAR(probe("video/bear-nonsquare-pasp.mp4")->streams[0].pixelAspect, 8.0 / 9, 0.001);
    EXPECT_EQ(probe("video/mkv-chapters.mkv")->chapters.size(), 2u);
    EXPECT_EQ(probe("audio/bear-id3v2-cover.mp3")->chapters.size(), 2u);
    EXPECT_EQ(probe("audio/chapters.m4b")->chapters.size(), 1u);
    const auto subtitles = probe("video/mkv-srt.mkv");
    EXPECT_EQ(subtitles->streams[2].codec, "subrip");
    EXPECT_EQ(subtitles->streams[2].language, "en");
    EXPECT_EQ(subtitles->streams[2].title, "Subs Label");
    const auto tagged = probe("audio/tagged.wv");
    EXPECT_EQ(tagged->tags.title, "TestTitle");
    EXPECT_EQ(tagged->tags.artist, "TestArtist");
}

TEST_F(Corpus, CoversAreScaledAndNeverUp) {
    EXPECT_TRUE(probe("audio/bear-id3v2-cover.mp3")->hasCover);
    const auto jpeg = image("audio/bear-id3v2-cover.mp3", 300);
    ASSERT_TRUE(jpeg) << jpeg.error().text;
    EXPECT_EQ(jpeg->mimeType, "image/jpeg");
    EXPECT_EQ(std::max(jpeg->width, jpeg->height), 300);
    EXPECT_EQ(jpeg->bytes[0], 0xFF);
    const auto flac = image("audio/bear-picture.flac", 1920);
    ASSERT_TRUE(flac) << flac.error().text;
    EXPECT_EQ(flac->width, 371);
    EXPECT_EQ(flac->height, 320);
    const auto mp4 = image("audio/m4a-covr-junk.m4a", 160);
    ASSERT_TRUE(mp4) << mp4.error().text;
    const auto none = image("video/video-only.mp4", 160);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, core::ErrorCode::NotFound);
}
