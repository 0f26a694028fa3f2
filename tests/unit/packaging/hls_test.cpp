#include "server/packaging/hls.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <sstream>

#include "core/media/dynamicrange.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using core::HdrKind;
using core::MediaInfo;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A film with two sounds and two subtitles.
MediaInfo hlsFilm() {
    auto video = pictureStream("h264", 1920, 800);
    auto german = soundStream("ac3", 6, "de"), comment = soundStream("aac", 2, "en");
    german.bitrate = 448'000;
    comment.title = "The \"director\"\nspeaks";
    comment.commentary = true;
    auto full = textStream("subrip", "pt-BR"), forced = textStream("ass", "en", true);
    full.hearingImpaired = true;
    return fileOf({video, german, comment, full, forced});
}

Presentation presented(std::string_view plan, const MediaInfo& file, std::vector<TextTrack> sidecars = {}) {
    const auto parsed = parsePlan(plan, file);
    EXPECT_TRUE(parsed) << plan;
    auto presentation = present(parsed.value_or(DeliveryPlan{}), file, indexOf(file), std::move(sidecars));
    EXPECT_TRUE(presentation) << plan;
    return presentation.value_or(Presentation{});
}

Rendition rendition(std::string_view name, const MediaInfo& file) {
    const auto tracks = parseRendition(name, file);
    EXPECT_TRUE(tracks) << name;
    return describeRendition(tracks.value(), file, indexOf(file)).value();
}

std::vector<std::string> lines(const std::string& text, std::string_view start) {
    std::vector<std::string> found;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(start)) {
            found.push_back(line);
        }
    }
    return found;
}

TEST(HlsMaster, HasGroupsAndVariants) {
    const MediaInfo file = hlsFilm();
    const std::string text = hlsMaster(presented("v0-h264-1080.v0-h264-720.a1-copy.a2-aac-2-96.s3.s4.x01-ab", file,
                                                 {{"x01-ab", "fr", "", false, false}}),
                                       "f1");
    EXPECT_THAT(text, StartsWith("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"));
    const auto media = lines(text, "#EXT-X-MEDIA:");
    ASSERT_EQ(media.size(), 5u);
    EXPECT_EQ(media[0],
              "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",LANGUAGE=\"de\",NAME=\"German\",DEFAULT=YES,"
              "AUTOSELECT=YES,CHANNELS=\"6\",URI=\"../../../m/f1/a1-copy/media.m3u8\"");
    EXPECT_EQ(media[1],
              "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",LANGUAGE=\"en\",NAME=\"The 'director' speaks\","
              "DEFAULT=NO,AUTOSELECT=NO,CHANNELS=\"2\",URI=\"../../../m/f1/a2-aac-2-96/media.m3u8\"");
    EXPECT_THAT(media[2], HasSubstr("LANGUAGE=\"pt-BR\",NAME=\"Portuguese (BR)\",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,"
                                    "CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,"));
    EXPECT_THAT(media[3], HasSubstr("FORCED=YES,URI=\"../../../m/f1/s4/media.m3u8\""));
    EXPECT_THAT(media[4], HasSubstr("NAME=\"French\",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI=\"../../../m/f1/x01-ab/"));
    const auto variants = lines(text, "#EXT-X-STREAM-INF:");
    ASSERT_EQ(variants.size(), 2u);
    EXPECT_THAT(variants[0], HasSubstr("CODECS=\"avc1.640028,ac-3,mp4a.40.2\",RESOLUTION=1920x800,FRAME-RATE=23.976,"
                                       "VIDEO-RANGE=SDR,AUDIO=\"audio\",SUBTITLES=\"subs\""));
    EXPECT_THAT(variants[1], HasSubstr("CODECS=\"avc1.64001F,ac-3,mp4a.40.2\",RESOLUTION=1280x534,"));
    EXPECT_THAT(text, HasSubstr("\n../../../m/f1/v0-h264-1080/media.m3u8\n"));
}

TEST(HlsMaster, SoundsSayForWhomTheyAre) {
    MediaInfo file = hlsFilm();
    file.streams[1].hearingImpaired = true;
    file.streams[2].commentary = false;
    file.streams[2].title = "English (AD)";
    const auto media = lines(hlsMaster(presented("v0-h264-720.a1-copy.a2-copy", file), "f1"), "#EXT-X-MEDIA:");
    ASSERT_EQ(media.size(), 2u);
    EXPECT_THAT(media[0], HasSubstr(",CHARACTERISTICS=\"public.accessibility.enhances-speech-intelligibility\","));
    EXPECT_THAT(media[1], HasSubstr("AUTOSELECT=YES,CHANNELS=\"2\","
                                    "CHARACTERISTICS=\"public.accessibility.describes-video\","));
}

TEST(HlsMaster, BandwidthIsTheVideosPeakAndThatOfTheDearestSound) {
    const MediaInfo file = hlsFilm();
    const Presentation p = presented("v0-copy.a2-copy.a1-copy", file);
    const auto variant = lines(hlsMaster(p, "f"), "#EXT-X-STREAM-INF:").at(0);
    const auto& [video, sounds] = std::pair(p.video[0], p.audio);
    EXPECT_THAT(variant, HasSubstr(":BANDWIDTH=" +
                                   std::to_string(video.bandwidth.peak +
                                                  std::max(sounds[0].bandwidth.peak, sounds[1].bandwidth.peak)) +
                                   ","));
    EXPECT_GE(video.bandwidth.peak, 4'000'000);  // 1 MB each 2 s
    EXPECT_LE(video.bandwidth.peak, 4'200'000);
    EXPECT_GE(sounds[1].bandwidth.peak, 448'000);
}

TEST(HlsMaster, HasPicturesAndThumbnails) {
    const MediaInfo file = hlsFilm();
    Presentation p = presented("v0-h264-1080.v0-h264-480.a1-copy", file);
    p.thumbnails = {5, 5, 320, 134, 100, kTicksPerSecond, 100 * kTicksPerSecond};
    const std::string text = hlsMaster(p, "f");
    const auto pictures = lines(text, "#EXT-X-I-FRAME-STREAM-INF:");
    ASSERT_EQ(pictures.size(), 1u) << "the least rendition is enough";
    EXPECT_THAT(pictures[0], HasSubstr("CODECS=\"avc1.64001E\",RESOLUTION=854x356,VIDEO-RANGE=SDR,"
                                       "URI=\"../../../m/f/v0-h264-480/pictures.m3u8\""));
    const auto images = lines(text, "#EXT-X-IMAGE-STREAM-INF:");
    ASSERT_EQ(images.size(), 1u);
    EXPECT_THAT(images[0], HasSubstr(",RESOLUTION=320x134,CODECS=\"jpeg\",URI=\"../../../m/f/sprites/images.m3u8\""));
    EXPECT_TRUE(lines(hlsMaster(presented("a1-copy", file), "f"), "#EXT-X-I-FRAME").empty());
    EXPECT_TRUE(lines(hlsMaster(presented("a1-copy", file), "f"), "#EXT-X-IMAGE").empty());
}

TEST(HlsPictures, AreOnePictureASegment) {
    const MediaInfo file = hlsFilm();
    const Rendition copy = rendition("v0-copy", file);
    const std::string text = hlsPictures(copy);
    EXPECT_THAT(text, HasSubstr("#EXT-X-TARGETDURATION:2\n"));
    EXPECT_THAT(text, HasSubstr("#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI=\"init.mp4\"\n"
                                "#EXTINF:2.000000,\np0.m4s\n#EXTINF:2.000000,\np1.m4s\n"));
    EXPECT_THAT(text, testing::EndsWith("\np49.m4s\n#EXT-X-ENDLIST\n"));
    EXPECT_GE(copy.picturesPeak, 4'000'000) << "a picture takes no more than its group";
    const Rendition encoded = rendition("v0-h264-480", file);
    EXPECT_EQ(encoded.pictures, encoded.cuts);
    EXPECT_LT(encoded.picturesPeak, encoded.bandwidth.peak);
    EXPECT_TRUE(rendition("a1-copy", file).pictures.empty());
}

TEST(HlsImages, LastUntilTheTitleEnds) {
    const std::string text = hlsImages({5, 5, 320, 134, 60, kTicksPerSecond, 59 * kTicksPerSecond + 45'000});
    EXPECT_THAT(text, HasSubstr("#EXT-X-TARGETDURATION:25\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
                                "#EXT-X-IMAGES-ONLY\n#EXTINF:25.000000,\n"
                                "#EXT-X-TILES:RESOLUTION=320x134,LAYOUT=5x5,DURATION=1.000000\n0.jpg\n"));
    EXPECT_THAT(text,
                HasSubstr("#EXTINF:9.500000,\n#EXT-X-TILES:RESOLUTION=320x134,LAYOUT=5x5,DURATION=1.000000\n2.jpg\n"
                          "#EXT-X-ENDLIST\n"));
}

TEST(HlsMaster, TellsTheRangeOfCopiesAndOfMappedTones) {
    auto video = pictureStream("hevc", 3840, 2160);
    const auto rangeOf = [&](HdrKind kind, const char* plan) {
        video.hdr = kind;
        return hlsMaster(presented(plan, fileOf({video, soundStream("aac", 2)})), "f");
    };
    EXPECT_THAT(rangeOf(HdrKind::Hdr10, "v0-copy.a1-copy"), HasSubstr("VIDEO-RANGE=PQ"));
    EXPECT_THAT(rangeOf(HdrKind::DolbyVision, "v0-copy.a1-copy"), HasSubstr("VIDEO-RANGE=PQ"));
    EXPECT_THAT(rangeOf(HdrKind::Hlg, "v0-copy.a1-copy"), HasSubstr("VIDEO-RANGE=HLG"));
    EXPECT_THAT(rangeOf(HdrKind::Hlg, "v0-hevc-1080.a1-copy"), HasSubstr("VIDEO-RANGE=HLG"));
    EXPECT_THAT(rangeOf(HdrKind::Hdr10, "v0-h264-1080-sdr.a1-copy"), HasSubstr("VIDEO-RANGE=SDR"));
    EXPECT_THAT(rangeOf(HdrKind::None, "v0-copy.a1-copy"), HasSubstr("VIDEO-RANGE=SDR"));
}

TEST(HlsMaster, DoesNotCallSegmentsIndependentThatAreCutInOpenGroups) {
    const MediaInfo file = fileOf({pictureStream("h264", 1920, 1080), soundStream("aac", 2)});
    MediaIndex index = indexOf(file);
    index.tracks[0].openGroups = true;
    const auto independent = [&](const char* plan) {
        const auto made = present(*parsePlan(plan, file), file, index).value();
        const std::string text = hlsMaster(made, "f"), muxed = hlsMuxedMaster(made, file, index, "f");
        const auto says = [](const std::string& master) {
            return master.find("#EXT-X-INDEPENDENT-SEGMENTS\n") != std::string::npos;
        };
        EXPECT_FALSE(muxed.empty());
        EXPECT_EQ(says(text), says(muxed));
        return says(text);
    };
    EXPECT_FALSE(independent("v0-copy.a1-copy"));
    EXPECT_TRUE(independent("v0-h264-720.a1-copy")) << "encoded groups are closed";
    index.tracks[0].openGroups = false;
    EXPECT_TRUE(independent("v0-copy.a1-copy"));
}

TEST(HlsMaster, TellsDolbyVisionBesideItsBaseLayer) {
    auto video = pictureStream("hevc", 3840, 2160);
    video.hdr = HdrKind::DolbyVision;
    video.dolbyVisionProfile = 8;
    const auto masterOf = [&](const char* plan, int compatibility, const char* supplemental) {
        video.dolbyVisionCompatibility = compatibility;
        const MediaInfo file = fileOf({video, soundStream("aac", 2)});
        MediaIndex index = indexOf(file);
        index.tracks[0].supplemental = supplemental;
        return hlsMaster(present(*parsePlan(plan, file), file, index).value(), "f");
    };
    const std::string hdr10 = masterOf("v0-copy.a1-copy", core::kDolbyBaseHdr10, "dvh1.08.06/db1p"),
                      hlg = masterOf("v0-copy.a1-copy", core::kDolbyBaseHlg, "dvh1.08.07/db4h");
    EXPECT_THAT(lines(hdr10, "#EXT-X-STREAM-INF").at(0),
                HasSubstr("VIDEO-RANGE=PQ,SUPPLEMENTAL-CODECS=\"dvh1.08.06/db1p\""));
    EXPECT_THAT(lines(hlg, "#EXT-X-STREAM-INF").at(0),
                HasSubstr("VIDEO-RANGE=HLG,SUPPLEMENTAL-CODECS=\"dvh1.08.07/db4h\""));
    EXPECT_THAT(lines(hlg, "#EXT-X-I-FRAME-STREAM-INF").at(0), HasSubstr("SUPPLEMENTAL-CODECS"));
    EXPECT_THAT(lines(hlg, "#EXT-X-STREAM-INF").at(0), HasSubstr("CODECS=\"hvc1.2.4.L150.90,mp4a.40.2\""));
    const std::string encoded = masterOf("v0-hevc-1080.a1-copy", core::kDolbyBaseHlg, "dvh1.08.07/db4h");
    EXPECT_THAT(encoded, HasSubstr("VIDEO-RANGE=HLG"));
    EXPECT_THAT(encoded, Not(HasSubstr("SUPPLEMENTAL-CODECS"))) << "the metadata are gone";
}

TEST(HlsMaster, OfSoundAloneHasItsVariant) {
    auto atmos = soundStream("eac3", 6);
    atmos.atmos = true;
    const MediaInfo file = fileOf({soundStream("flac", 2), atmos}, 900'000);
    const std::string one = hlsMaster(presented("a0-aac-2", file), "f");
    EXPECT_TRUE(lines(one, "#EXT-X-MEDIA").empty());
    EXPECT_THAT(lines(one, "#EXT-X-STREAM-INF").at(0), HasSubstr("CODECS=\"mp4a.40.2\""));
    EXPECT_THAT(one, Not(HasSubstr("RESOLUTION")));
    EXPECT_THAT(one, Not(HasSubstr("VIDEO-RANGE")));
    const std::string two = hlsMaster(presented("a0-copy.a1-copy", file), "f");
    EXPECT_EQ(lines(two, "#EXT-X-MEDIA").size(), 2u);
    EXPECT_EQ(lines(two, "#EXT-X-STREAM-INF").size(), 1u);
    const Presentation both = presented("a0-copy.a1-copy", file);
    EXPECT_THAT(two,
                HasSubstr(":BANDWIDTH=" + std::to_string(both.audio[0].bandwidth.peak + both.audio[1].bandwidth.peak)));
    EXPECT_THAT(two, HasSubstr("CODECS=\"fLaC,ec-3\",AUDIO=\"audio\"\n../../../m/f/a0-copy/media.m3u8\n"));
    EXPECT_THAT(two, HasSubstr("CHANNELS=\"16/JOC\""));
}

TEST(HlsMaster, NamesAreUnique) {
    const MediaInfo file = fileOf({pictureStream("h264", 640, 360), soundStream("aac", 2, "en"),
                                   soundStream("aac", 6, "en"), soundStream("aac", 2)});
    const std::string text = hlsMaster(presented("v0-copy.a1-copy.a2-copy.a3-copy", file), "f");
    EXPECT_THAT(text, HasSubstr("NAME=\"English\""));
    EXPECT_THAT(text, HasSubstr("NAME=\"English (2)\""));
    EXPECT_THAT(text, HasSubstr("NAME=\"Sound\""));
}

TEST(HlsMuxedMaster, IsForOldPlayers) {
    const MediaInfo file = hlsFilm();
    const MediaIndex index = indexOf(file);
    const std::string text = hlsMuxedMaster(presented("v0-h264-720.v0-h264-480.a2-copy", file), file, index, "f");
    EXPECT_THAT(text, StartsWith("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:"));
    EXPECT_THAT(text, HasSubstr("CODECS=\"avc1.64001F,mp4a.40.2\",RESOLUTION=1280x534,FRAME-RATE=23.976\n"
                                "../../../m/f/v0-h264-720+a2-copy/media.m3u8\n"));
    EXPECT_THAT(text, Not(HasSubstr("EXT-X-MEDIA:")));
    EXPECT_THAT(hlsMuxedMaster(presented("v0-h264-480.a2-copy.s3", file), file, index, "f"),
                testing::AllOf(StartsWith("#EXTM3U\n#EXT-X-VERSION:4\n"), HasSubstr("SUBTITLES=\"subs\"\n")));
    EXPECT_EQ(hlsMuxedMaster(presented("v0-vp9-480.a2-copy", file), file, index, "f"), "");
    EXPECT_EQ(hlsMuxedMaster(presented("a2-copy", file), file, index, "f"), "");
}

TEST(HlsMedia, ListsEverySegmentOfMp4) {
    const std::string text = hlsMedia(rendition("v0-h264-720", hlsFilm()));
    EXPECT_THAT(text, StartsWith("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:5\n#EXT-X-MEDIA-SEQUENCE:0\n"
                                 "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"init.mp4\"\n"
                                 "#EXTINF:1.001000,\n0.m4s\n#EXTINF:1.001000,\n1.m4s\n#EXTINF:2.002000,\n2.m4s\n"));
    EXPECT_THAT(text, testing::EndsWith("#EXT-X-ENDLIST\n"));
}

TEST(HlsMedia, ListsMuxedSegmentsOfTransportStreams) {
    const std::string text = hlsMedia(rendition("v0-copy+a2-copy", hlsFilm()));
    EXPECT_THAT(text, StartsWith("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n"));
    EXPECT_THAT(text, HasSubstr("#EXTINF:2.000000,\n0.ts\n"));
    EXPECT_THAT(text, Not(HasSubstr("EXT-X-MAP")));
}

TEST(HlsMedia, DurationsAreWithinTheTargetAndMakeUpTheWhole) {
    std::mt19937 random(31);
    for (int i = 0; i < 100; ++i) {
        Rendition one;
        one.tracks = {{0, CopyEncoding{}}};
        Ticks at = 0;
        for (unsigned n = 1 + random() % 50; n > 0; --n) {
            const Ticks to = at + 1 + static_cast<Ticks>(random() % 900'000);
            one.cuts.push_back({at, to});
            at = to;
        }
        const std::string text = hlsMedia(one);
        const double target = std::stod(lines(text, "#EXT-X-TARGETDURATION:").at(0).substr(22));
        double total = 0;
        for (const std::string& line : lines(text, "#EXTINF:")) {
            EXPECT_LE(std::stod(line.substr(8)), target);
            total += std::stod(line.substr(8));
        }
        EXPECT_NEAR(total, toSeconds(at), 0.0001);
    }
}

// Renditions share one clock: what begins late has its first segment from the title's start on.
TEST(HlsMedia, ATrackThatBeginsLateIsCountedFromTheTitlesStart) {
    const MediaInfo file = hlsFilm();
    MediaIndex index = indexOf(file);
    index.tracks[0].start = kTicksPerSecond / 2;
    EXPECT_THAT(hlsMedia(describeRendition({{0, CopyEncoding{}}}, file, index).value()),
                HasSubstr("#EXTINF:2.000000,\n0.m4s"));
}

TEST(HlsSubtitles, AreOneSegment) {
    EXPECT_EQ(hlsSubtitles(toTicks(61.5)),
              "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:62\n#EXT-X-MEDIA-SEQUENCE:0\n"
              "#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:61.500000,\nhls.vtt\n#EXT-X-ENDLIST\n");
}

TEST(Presentations, LeaveOutWhatCannotBeCut) {
    const MediaInfo file = hlsFilm();
    MediaIndex index = indexOf(file);
    index.tracks[1].codecString.clear();
    const auto plan = parsePlan("v0-copy.a1-copy.a2-copy", file).value();
    EXPECT_EQ(present(plan, file, index).value().audio.size(), 1u);
    index.tracks[0].keyframes.clear();
    const auto none = present(plan, file, index);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, core::ErrorCode::Unprocessable);
}

}  // namespace
}  // namespace marea::server
