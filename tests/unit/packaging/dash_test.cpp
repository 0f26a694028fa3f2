#include "server/packaging/dash.h"

#include <gmock/gmock.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "core/media/dynamicrange.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using boost::property_tree::ptree;
using core::MediaInfo;
using testing::HasSubstr;
using testing::Not;

MediaInfo dashFilm() {
    auto english = soundStream("aac", 2, "en"), german = soundStream("ac3", 6, "de");
    english.title = "5 < 6 & \"7\" \x01";
    return fileOf({pictureStream("h264", 1920, 1080), english, german, textStream("subrip", "fr"),
                   textStream("ass", "en", true)});
}

std::string manifest(std::string_view plan, const MediaInfo& file, const MediaIndex& index) {
    const auto parsed = parsePlan(plan, file);
    EXPECT_TRUE(parsed) << plan;
    const auto presentation = present(parsed.value_or(DeliveryPlan{}), file, index);
    EXPECT_TRUE(presentation) << plan;
    return dashManifest(presentation.value_or(Presentation{}), "f1");
}

ptree period(const std::string& text) {
    std::istringstream in(text);
    ptree tree;
    boost::property_tree::read_xml(in, tree);
    return tree.get_child("MPD.Period");
}

std::vector<ptree> sets(const ptree& tree, const std::string& content) {
    std::vector<ptree> found;
    for (const auto& [name, child] : tree) {
        if (name == "AdaptationSet" && child.get<std::string>("<xmlattr>.contentType") == content) {
            found.push_back(child);
        }
    }
    return found;
}

// The (start, duration) of every segment, as a player reads them.
std::vector<Cut> segments(const ptree& representation) {
    std::vector<Cut> list;
    Ticks at = 0;
    for (const auto& [name, s] : representation.get_child("SegmentTemplate.SegmentTimeline")) {
        at = s.get("<xmlattr>.t", at);
        for (int n = s.get("<xmlattr>.r", 0); n >= 0; --n) {
            list.push_back({at - kPresentationShift, at - kPresentationShift + s.get<Ticks>("<xmlattr>.d")});
            at += list.back().length();
        }
    }
    return list;
}

TEST(DashManifest, HasASetForPictureSoundsAndTexts) {
    const MediaInfo file = dashFilm();
    const std::string text = manifest("v0-h264-1080.v0-h264-720.a1-copy.a2-copy.s3.s4", file, indexOf(file));
    EXPECT_THAT(text, HasSubstr("type=\"static\""));
    EXPECT_THAT(text, HasSubstr("mediaPresentationDuration=\"PT100.000S\""));
    const ptree tree = period(text);
    EXPECT_EQ(tree.get<std::string>("BaseURL"), "../../../m/f1/");
    const auto video = sets(tree, "video"), audio = sets(tree, "audio"), subtitles = sets(tree, "text");
    ASSERT_EQ(video.size(), 1u);
    EXPECT_EQ(video[0].count("Representation"), 2u);
    EXPECT_EQ(video[0].get<std::string>("<xmlattr>.segmentAlignment"), "true");
    const ptree first = video[0].get_child("Representation");
    EXPECT_EQ(first.get<std::string>("<xmlattr>.id"), "v0-h264-1080");
    EXPECT_EQ(first.get<std::string>("<xmlattr>.codecs"), "avc1.640028");
    EXPECT_EQ(first.get<int>("<xmlattr>.width"), 1920);
    EXPECT_EQ(first.get<std::string>("<xmlattr>.frameRate"), "24000/1001");
    EXPECT_EQ(first.get<Ticks>("SegmentTemplate.<xmlattr>.presentationTimeOffset"), 900'000);
    EXPECT_EQ(first.get<std::string>("SegmentTemplate.<xmlattr>.media"), "$RepresentationID$/$Number$.m4s");
    EXPECT_EQ(first.get<int>("SegmentTemplate.<xmlattr>.startNumber"), 0);
    ASSERT_EQ(audio.size(), 2u);
    EXPECT_EQ(audio[0].get<std::string>("<xmlattr>.lang"), "en");
    EXPECT_EQ(audio[0].get<std::string>("Label"), "5 < 6 & \"7\"  ");
    EXPECT_EQ(audio[0].get<std::string>("Role.<xmlattr>.value"), "main");
    EXPECT_EQ(audio[1].get<std::string>("Role.<xmlattr>.value"), "alternate");
    EXPECT_EQ(audio[1].get<std::string>("Representation.AudioChannelConfiguration.<xmlattr>.value"), "6");
    ASSERT_EQ(subtitles.size(), 2u);
    EXPECT_EQ(subtitles[0].get<std::string>("Representation.BaseURL"), "s3/subtitles.vtt");
    EXPECT_EQ(subtitles[1].get<std::string>("Role.<xmlattr>.value"), "forced-subtitle");
}

TEST(DashManifest, SetsSayForWhomTheyAre) {
    MediaInfo file = dashFilm();
    file.streams[1].title = "Audio description";
    file.streams[2].hearingImpaired = true;
    for (auto& stream : file.streams) {
        stream.hearingImpaired = stream.hearingImpaired || stream.kind == core::StreamKind::Subtitle;
    }
    const ptree tree = period(manifest("v0-h264-720.a1-copy.a2-copy.s3", file, indexOf(file)));
    const auto audio = sets(tree, "audio"), subtitles = sets(tree, "text");
    ASSERT_EQ(audio.size(), 2u);
    EXPECT_EQ(audio[0].get<std::string>("Accessibility.<xmlattr>.schemeIdUri"),
              "urn:tva:metadata:cs:AudioPurposeCS:2007");
    EXPECT_EQ(audio[0].get<std::string>("Accessibility.<xmlattr>.value"), "1");
    EXPECT_EQ(audio[1].get<std::string>("Accessibility.<xmlattr>.value"), "2");
    ASSERT_EQ(subtitles.size(), 1u);
    EXPECT_EQ(subtitles[0].get<std::string>("Accessibility.<xmlattr>.value"), "caption");
    EXPECT_EQ(subtitles[0].get<std::string>("Role.<xmlattr>.value"), "caption");
}

TEST(DashManifest, TimelinesAreTheGrid) {
    const MediaInfo file = dashFilm();
    const MediaIndex index = indexOf(file);
    for (const char* name : {"v0-copy", "v0-h264-720", "a1-copy", "a2-aac-2"}) {
        const auto tracks = parseRendition(name, file).value();
        const bool video = *name == 'v';
        const ptree tree = period(manifest(name, file, index));
        EXPECT_EQ(segments(sets(tree, video ? "video" : "audio").at(0).get_child("Representation")),
                  segmentGrid(tracks, file, index))
            << name;
    }
}

TEST(DashManifest, CountsOnlyWhatIsAlikeToTheTick) {
    const MediaInfo file = dashFilm();
    auto audio = describeRendition({{1, CopyEncoding{}}}, file, indexOf(file)).value();
    audio.cuts = {{0, 360'360}, {360'360, 720'720}, {720'720, 1'081'079}, {1'081'079, 1'441'439}};
    EXPECT_EQ(
        segments(
            sets(period(dashManifest({{}, {audio}, {}, 1'441'439}, "f")), "audio").at(0).get_child("Representation")),
        audio.cuts);
}

TEST(DashManifest, TellsAtmosOfWhatIsCopied) {
    auto atmos = soundStream("eac3", 6);
    atmos.atmos = true;
    const MediaInfo file = fileOf({pictureStream("h264", 1920, 1080), atmos});
    const MediaIndex index = indexOf(file);
    EXPECT_THAT(manifest("v0-copy.a1-copy", file, index), HasSubstr("EC3_ExtensionType:2018\" value=\"JOC\""));
    EXPECT_THAT(manifest("v0-copy.a1-aac-6", file, index), Not(HasSubstr("JOC")));
}

TEST(DashManifest, TellsHdr) {
    MediaInfo file = dashFilm();
    file.streams[0].codec = "hevc";
    file.streams[0].hdr = core::HdrKind::Hdr10;
    EXPECT_THAT(manifest("v0-copy.a1-copy", file, indexOf(file)), HasSubstr("TransferCharacteristics\" value=\"16\""));
    EXPECT_THAT(manifest("v0-h264-720-sdr.a1-copy", file, indexOf(file)), Not(HasSubstr("TransferCharacteristics")));
}

TEST(DashManifest, TellsDolbyVisionBesideItsBaseLayer) {
    MediaInfo file = dashFilm();
    file.streams[0].codec = "hevc";
    file.streams[0].hdr = core::HdrKind::DolbyVision;
    file.streams[0].dolbyVisionProfile = 8;
    file.streams[0].dolbyVisionCompatibility = core::kDolbyBaseHlg;
    MediaIndex index = indexOf(file);
    EXPECT_THAT(manifest("v0-copy.a1-copy", file, index), Not(HasSubstr("scte214:supplemental")));
    index.tracks[0].supplemental = "dvh1.08.07/db4h";
    const std::string text = manifest("v0-copy.a1-copy", file, index);
    EXPECT_THAT(text, HasSubstr("TransferCharacteristics\" value=\"18\""));
    EXPECT_THAT(text, HasSubstr(" xmlns:scte214=\"urn:scte:dash:scte214-extensions\""));
    EXPECT_THAT(text, HasSubstr(" scte214:supplementalCodecs=\"dvh1.08.07\" scte214:supplementalProfiles=\"db4h\""));
}

TEST(DashManifest, TellsHowSegmentsBegin) {
    const MediaInfo file = fileOf({pictureStream("hevc", 1920, 1080), soundStream("aac", 2)});
    MediaIndex index = indexOf(file);
    const auto begin = [&](const char* plan) {
        return sets(period(manifest(plan, file, index)), "video").at(0).get<int>("<xmlattr>.startWithSAP");
    };
    EXPECT_EQ(begin("v0-copy.a1-copy"), 1);
    index.tracks[0].openGroups = true;
    EXPECT_EQ(begin("v0-copy.a1-copy"), 3) << "the group before is needed";
    EXPECT_EQ(begin("v0-hevc-720.a1-copy"), 1);
}

TEST(DashManifest, OfWebmHasItsSegmentsAndCodecs) {
    const MediaInfo file = fileOf({pictureStream("mpeg2video", 1920, 1080), soundStream("opus", 2, "en")});
    const MediaIndex index = indexOf(file);
    const auto webm = [&](const char* plan) {
        return dashWebmManifest(present(*parsePlan(plan, file), file, index).value(), file, "f1");
    };
    const ptree tree = period(webm("v0-vp9-720.v0-vp9-480.a1-copy"));
    const auto video = sets(tree, "video").at(0), audio = sets(tree, "audio").at(0);
    EXPECT_EQ(video.get<std::string>("<xmlattr>.mimeType"), "video/webm");
    EXPECT_EQ(audio.get<std::string>("<xmlattr>.mimeType"), "audio/webm");
    EXPECT_EQ(audio.get<std::string>("Representation.<xmlattr>.codecs"), "opus");
    EXPECT_THAT(video.get<std::string>("Representation.<xmlattr>.codecs"), testing::StartsWith("vp09.00."));
    const ptree segment = video.get_child("Representation.SegmentTemplate");
    EXPECT_EQ(segment.get<std::string>("<xmlattr>.initialization"), "$RepresentationID$/init.webm");
    EXPECT_EQ(segment.get<std::string>("<xmlattr>.media"), "$RepresentationID$/$Number$.webm");
    EXPECT_EQ(webm("v0-h264-720.a1-copy"), "");
    EXPECT_EQ(webm("v0-vp9-720.a1-aac-2"), "");
}

TEST(DashManifest, TellsTheGridOfPixels) {
    MediaInfo file = dashFilm();
    const auto sizeOf = [&](const char* plan) {
        const ptree tree = sets(period(manifest(plan, file, indexOf(file))), "video").at(0).get_child("Representation");
        return tree.get<std::string>("<xmlattr>.width") + "x" + tree.get<std::string>("<xmlattr>.height") + " " +
               tree.get<std::string>("<xmlattr>.sar");
    };
    EXPECT_EQ(sizeOf("v0-copy"), "1920x1080 1:1");
    file.streams[0].width = 720;
    file.streams[0].height = 576;
    file.streams[0].pixelAspect = 64.0 / 45;
    EXPECT_EQ(sizeOf("v0-copy"), "720x576 64:45");
    EXPECT_EQ(sizeOf("v0-h264-480"), "854x480 1:1");
    file.streams[0].pixelAspect = 1;
    file.streams[0].rotation = 90;
    EXPECT_EQ(sizeOf("v0-copy"), "720x576 1:1");
    EXPECT_EQ(sizeOf("v0-h264-720"), "576x720 1:1");
}

TEST(DashManifest, TellsThumbnails) {
    Presentation p;
    p.duration = 100 * kTicksPerSecond;
    EXPECT_TRUE(sets(period(dashManifest(p, "f")), "image").empty());
    p.thumbnails = {5, 4, 320, 134, 60, kTicksPerSecond, 60 * kTicksPerSecond};
    const auto images = sets(period(dashManifest(p, "f")), "image");
    ASSERT_EQ(images.size(), 1u);
    EXPECT_EQ(images[0].get<std::string>("SegmentTemplate.<xmlattr>.media"), "$RepresentationID$/$Number$.jpg");
    EXPECT_EQ(images[0].get<Ticks>("SegmentTemplate.<xmlattr>.duration"), 20 * kTicksPerSecond);
    EXPECT_EQ(images[0].get<int>("Representation.<xmlattr>.width"), 1600);
    EXPECT_EQ(images[0].get<int>("Representation.<xmlattr>.height"), 536);
    EXPECT_EQ(images[0].get<std::string>("Representation.EssentialProperty.<xmlattr>.value"), "5x4");
}

TEST(DashManifest, OfSoundAloneHasNoPicture) {
    const MediaInfo file = fileOf({soundStream("flac", 2)});
    const ptree tree = period(manifest("a0-aac-2", file, indexOf(file)));
    EXPECT_TRUE(sets(tree, "video").empty());
    EXPECT_EQ(sets(tree, "audio").size(), 1u);
}

}  // namespace
}  // namespace marea::server
