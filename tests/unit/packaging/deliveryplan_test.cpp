#include "server/packaging/deliveryplan.h"

#include <gmock/gmock.h>

#include <random>

#include "core/media/dynamicrange.h"
#include "server/packaging/rendition.h"
#include "server/video/capabilities.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using core::Capabilities;
using core::HdrKind;
using core::MediaInfo;

Capabilities preset(const char* name) {
    return *capabilityPreset(name);
}

Capabilities limited(Capabilities client, std::int64_t bitrate, int width = 0, int height = 0) {
    client.maxBitrate = bitrate;
    client.maxWidth = width;
    client.maxHeight = height;
    return client;
}

Delivery planned(const MediaInfo& file, const Capabilities& client, const StreamChoice& choice = {},
                 const std::vector<std::string>& sidecars = {}, double keyframeEvery = 2) {
    return planDelivery(file, indexOf(file, keyframeEvery), client, decide(file, client, choice), choice, sidecars);
}

std::string planOf(const MediaInfo& file, const Capabilities& client, const StreamChoice& choice = {},
                   const std::vector<std::string>& sidecars = {}, double keyframeEvery = 2) {
    const Delivery delivery = planned(file, client, choice, sidecars, keyframeEvery);
    return std::string(name(delivery.protocol)) + (delivery.protocol == StreamProtocol::HlsTs ? "-ts " : " ") +
           planText(delivery.plan, file);
}

MediaInfo offeredFilm(const char* video = "h264", const char* audio = "aac", int channels = 2) {
    return fileOf({pictureStream(video, 1920, 1080), soundStream(audio, channels, "en")});
}

MediaInfo hdrFilm(HdrKind kind = HdrKind::Hdr10) {
    auto video = pictureStream("hevc", 3840, 2160);
    video.hdr = kind;
    video.bitDepth = 10;
    return fileOf({video, soundStream("eac3", 6, "en")}, 30'000'000);
}

TEST(Plans, CopyWhatTheClientTakes) {
    EXPECT_EQ(planOf(offeredFilm(), preset("chromium")), "hls v0-copy.a1-copy");
    EXPECT_EQ(planOf(offeredFilm("av1", "opus"), preset("chromium")), "hls v0-copy.a1-copy");
    EXPECT_EQ(planOf(offeredFilm("h264", "ac3", 6), preset("safari")), "hls v0-copy.a1-copy");
    EXPECT_EQ(planOf(hdrFilm(), preset("safari")), "hls v0-copy.a1-copy");
}

// A gain or a compression costs an encoding of the sounds that have one, and nothing of the picture.
TEST(Plans, ChangeTheLoudnessOfEachSoundForItself) {
    const MediaInfo file = fileOf({pictureStream("h264", 1920, 1080), soundStream("aac", 2, "en"),
                                   soundStream("ac3", 6, "de"), soundStream("aac", 2, "fr")});
    StreamChoice choice;
    choice.sound = {{1, -3.5, -3.5, false}, {2, 4, -1.2, true}};
    EXPECT_EQ(planOf(file, preset("chromium"), choice), "hls v0-copy.a1-aac-2-gm35.a2-aac-6-gp40-night.a3-copy");
    auto stereo = preset("chromium");
    for (auto& can : stereo.audio) {
        can.maxChannels = 2;
    }
    EXPECT_EQ(planOf(file, stereo, choice), "hls v0-copy.a1-aac-2-gm35.a2-aac-2-gm12-night.a3-copy");
    const Decision decision = decide(offeredFilm(), preset("mpv"), {{}, {}, {{1, -3.5, -3.5, true}}});
    EXPECT_EQ(decision.audio->mode, DeliveryMode::Transcode);
    EXPECT_EQ(decision.audio->reasons.size(), 2u);
    EXPECT_EQ(decision.video->mode, DeliveryMode::Direct);
    EXPECT_EQ(decide(offeredFilm(), preset("mpv"), {{}, {}, {{1, 0, 0, false}}}).mode, DeliveryMode::Direct);
}

TEST(Plans, EncodeOnlyWhatItDoesNot) {
    EXPECT_EQ(planOf(offeredFilm("h264", "dts", 6), preset("chromium")), "hls v0-copy.a1-aac-6");
    EXPECT_EQ(planOf(offeredFilm("h264", "truehd", 8), preset("chromium")), "hls v0-copy.a1-aac-8");
    EXPECT_EQ(planOf(offeredFilm("h264", "dts", 1), preset("chromium")), "hls v0-copy.a1-aac-1");
    EXPECT_EQ(planOf(offeredFilm("mpeg2video", "aac"), preset("chromium")),
              "hls v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(planOf(hdrFilm(), preset("firefox")),
              "hls v0-h264-2160-sdr.v0-h264-1080-sdr.v0-h264-720-sdr.v0-h264-480-sdr.a1-aac-6");
}

// A client that takes HEVC of 10 bits, beside H.264.
Capabilities hdrClient(std::vector<HdrKind> kinds, int depth = 10) {
    Capabilities client = preset("basic-hls");
    client.containers = {"mp4"};
    client.video = {{"h264", {}, 0, 8}, {"hevc", {}, 0, depth}};
    client.hdr = std::move(kinds);
    return client;
}

MediaInfo av1Film(HdrKind kind) {
    MediaInfo file = hdrFilm(kind);
    file.streams[0].codec = "av1";
    return file;
}

TEST(Plans, KeepHdrInAllRungsForThoseWhoShowIt) {
    const char* kept = "hls v0-hevc-2160.v0-hevc-1080.v0-hevc-720.v0-hevc-480.a1-aac-2";
    const char* mapped = "hls v0-h264-2160-sdr.v0-h264-1080-sdr.v0-h264-720-sdr.v0-h264-480-sdr.a1-aac-2";
    EXPECT_EQ(planOf(av1Film(HdrKind::Hdr10), hdrClient({HdrKind::Hdr10})), kept);
    EXPECT_EQ(planOf(av1Film(HdrKind::Hdr10Plus), hdrClient({HdrKind::Hdr10})), kept);
    EXPECT_EQ(planOf(av1Film(HdrKind::Hlg), hdrClient({HdrKind::Hdr10, HdrKind::Hlg})), kept);
    EXPECT_EQ(planOf(av1Film(HdrKind::Hlg), hdrClient({HdrKind::Hdr10})), mapped);
    EXPECT_EQ(planOf(av1Film(HdrKind::Hdr10), hdrClient({})), mapped);
    EXPECT_EQ(planOf(av1Film(HdrKind::Hdr10), hdrClient({HdrKind::Hdr10}, 8)), mapped) << "8 bits are no HDR";
    auto mainAlone = hdrClient({HdrKind::Hdr10});
    mainAlone.video[1].profiles = {"main"};
    EXPECT_EQ(planOf(av1Film(HdrKind::Hdr10), mainAlone), mapped);
    EXPECT_EQ(planOf(offeredFilm("vp8"), hdrClient({HdrKind::Hdr10})),
              "hls v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(planOf(hdrFilm(), preset("chromium")), "hls v0-vp9-2160.v0-vp9-1080.v0-vp9-720.v0-vp9-480.a1-aac-6");
    EXPECT_EQ(planOf(hdrFilm(), limited(preset("mpv"), 10'000'000)),
              "hls-ts v0-hevc-1080.v0-hevc-720.v0-hevc-480.a1-copy");
}

TEST(Plans, EncodeDolbyVisionInTheRangeOfItsBaseLayer) {
    const auto planFor = [](int profile, int compatibility, HdrKind client) {
        MediaInfo file = av1Film(HdrKind::DolbyVision);
        file.streams[0].dolbyVisionProfile = profile;
        file.streams[0].dolbyVisionCompatibility = compatibility;
        const std::string plan = planOf(file, hdrClient({client}));
        return plan.substr(0, plan.find('.'));
    };
    EXPECT_EQ(planFor(10, core::kDolbyBaseHdr10, HdrKind::Hdr10), "hls v0-hevc-2160");
    EXPECT_EQ(planFor(10, core::kDolbyBaseHlg, HdrKind::Hdr10), "hls v0-h264-2160-sdr");
    EXPECT_EQ(planFor(10, core::kDolbyBaseHlg, HdrKind::Hlg), "hls v0-hevc-2160");
    EXPECT_EQ(planFor(8, core::kDolbyBaseSdr, HdrKind::Hdr10), "hls v0-h264-2160") << "there is nothing to map";
    EXPECT_EQ(planFor(8, 0, HdrKind::Hdr10), "hls v0-hevc-2160") << "as it was described before";
    EXPECT_EQ(planFor(5, 0, HdrKind::Hdr10), "hls v0-hevc-2160") << "its metadata make HDR10 of it";
    EXPECT_EQ(planFor(5, 0, HdrKind::Hlg), "hls v0-h264-2160-sdr");
}

TEST(Plans, CopyMp3OnlyForThoseWhoTakeItInMp4) {
    EXPECT_EQ(planOf(offeredFilm("h264", "mp3"), preset("chromium")), "hls v0-copy.a1-aac-2");
    Capabilities client = preset("mpv");
    client.protocols = {"hls"};
    EXPECT_EQ(planOf(offeredFilm("h264", "mp3"), client), "hls-ts v0-copy.a1-copy");
    EXPECT_EQ(planOf(offeredFilm("av1", "mp3"), client), "hls v0-copy.a1-copy");
}

TEST(Plans, EncodeSoundThatBeginsLateForBrowsers) {
    const MediaInfo file = offeredFilm();
    MediaIndex index = indexOf(file, 2);
    index.tracks[1].start = 4 * kTicksPerSecond;
    const auto text = [&](const Capabilities& client) {
        return planText(planDelivery(file, index, client, decide(file, client, {}), {}, {}).plan, file);
    };
    Capabilities mpv = preset("mpv");
    mpv.protocols = {"hls"};
    EXPECT_EQ(text(preset("chromium")), "v0-copy.a1-aac-2");
    EXPECT_EQ(text(mpv), "v0-copy.a1-copy");
}

TEST(Plans, FollowTheClientsOrderOfProtocols) {
    Capabilities client = preset("chromium");
    client.protocols = {"dash", "hls"};
    EXPECT_EQ(planOf(offeredFilm(), client), "dash v0-copy.a1-copy");
    client.protocols = {"progressive"};
    EXPECT_EQ(planned(offeredFilm("mpeg2video"), client).protocol, StreamProtocol::None);
}

TEST(Plans, AreWebmForThoseWhoTakeNothingElseOrLikeItBetter) {
    Capabilities client = preset("chromium");
    client.protocols = {"dash"};
    const auto protocolOf = [](const MediaInfo& file, const Capabilities& can, const StreamChoice& choice = {}) {
        return planned(file, can, choice).protocol;
    };
    EXPECT_EQ(protocolOf(offeredFilm(), client), StreamProtocol::Dash);
    auto liked = std::make_shared<StreamProfile>(*builtInProfiles().front());
    liked->formats = {"webm", "cmaf"};
    StreamChoice choice;
    choice.profile = liked;
    EXPECT_EQ(protocolOf(offeredFilm(), client, choice), StreamProtocol::DashWebm);
    client.containers = {"webm"};
    EXPECT_EQ(protocolOf(offeredFilm(), client), StreamProtocol::DashWebm);
    EXPECT_EQ(planOf(offeredFilm(), client), "dash v0-vp9-1080.v0-vp9-720.v0-vp9-480.a1-opus-2") << "not as it is";
    const auto copied = [&](MediaInfo file) {
        file.streams[0].profile = "profile 0";
        MediaIndex index = indexOf(file);
        index.tracks[0].codecString = "vp09.00.40.08";
        return planText(planDelivery(file, index, client, decide(file, client)).plan, file);
    };
    EXPECT_EQ(copied(offeredFilm("vp9", "opus")), "v0-copy.a1-copy");
    EXPECT_EQ(copied(offeredFilm("vp9", "aac", 6)), "v0-copy.a1-opus-6");
    EXPECT_EQ(planOf(fileOf({soundStream("flac", 2)}), client), "dash a0-opus-2");
    liked->formats = {"cmaf", "mpegts"};
    EXPECT_EQ(protocolOf(offeredFilm(), client, choice), StreamProtocol::None) << "the profile wants none";
    client.video = {{"h264", {}, 0, 8}};
    EXPECT_EQ(protocolOf(offeredFilm(), client), StreamProtocol::Dash) << "it has no VP9";
}

TEST(Plans, AreTransportStreamsForOldPlayersAndLibav) {
    EXPECT_EQ(planOf(offeredFilm(), preset("basic-hls")), "hls-ts v0-copy.a1-copy");
    EXPECT_EQ(planOf(offeredFilm("h264", "opus", 6), preset("basic-hls")), "hls-ts v0-copy.a1-aac-2");
    EXPECT_EQ(planOf(offeredFilm("av1", "flac", 6), limited(preset("mpv"), 4'000'000)), "hls-ts v0-h264-480.a1-aac-6");
    EXPECT_EQ(planOf(fileOf({soundStream("flac", 2)}), limited(preset("mpv"), 200'000)), "hls a0-aac-2")
        << "sound alone comes in MP4";
    Capabilities segments = preset("mpv");
    segments.protocols = {"hls"};
    EXPECT_EQ(planOf(offeredFilm(), segments), "hls-ts v0-copy.a1-copy");
    EXPECT_EQ(planOf(offeredFilm("av1", "opus"), segments), "hls v0-copy.a1-copy") << "better than to encode it";
    EXPECT_EQ(planOf(offeredFilm("mpeg2video", "opus"), segments),
              "hls-ts v0-h264-1080.v0-h264-720.v0-h264-480.a1-aac-2");
    auto silent = fileOf({pictureStream("vp8", 640, 480)});
    EXPECT_EQ(planOf(silent, preset("basic-hls")), "hls v0-h264-480");
}

TEST(Plans, KeepWithinTheClientsLimits) {
    const MediaInfo big = fileOf({pictureStream("h264", 3840, 2160), soundStream("aac", 2)}, 40'000'000);
    EXPECT_EQ(planOf(big, limited(preset("chromium"), 10'000'000)), "hls v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(planOf(big, limited(preset("chromium"), 4'000'000)), "hls v0-h264-480.a1-copy");
    EXPECT_EQ(planOf(big, limited(preset("chromium"), 1'400'000)), "hls v0-h264-360.a1-copy");
    EXPECT_EQ(planOf(big, limited(preset("chromium"), 10'000)), "hls v0-h264-240.a1-copy");
    EXPECT_EQ(planOf(big, limited(preset("chromium"), 0, 1280, 800)), "hls v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(planOf(fileOf({pictureStream("vp8", 1920, 1080, 60), soundStream("aac", 2)}), preset("basic-hls")),
              "hls-ts v0-h264-720.v0-h264-480.a1-copy")
        << "1080p60 is above level 4.1";
    EXPECT_EQ(planOf(fileOf({pictureStream("vp8", 320, 240), soundStream("aac", 2)}), preset("safari")),
              "hls v0-h264-240.a1-copy");
}

TEST(Plans, GiveSoundAPartOfTheLimit) {
    EXPECT_EQ(planOf(offeredFilm("h264", "dts", 6), limited(preset("chromium"), 1'000'000)),
              "hls v0-h264-360.a1-aac-2-96");
    const MediaInfo music = fileOf({soundStream("flac", 2)}, 900'000);
    EXPECT_EQ(planOf(music, limited(preset("chromium"), 130'000)), "hls a0-aac-2-128");
    EXPECT_EQ(planOf(music, limited(preset("chromium"), 1000)), "hls a0-aac-2-96");
    Capabilities segmentsOnly = preset("chromium");
    segmentsOnly.protocols = {"hls"};
    EXPECT_EQ(planOf(music, segmentsOnly), "hls a0-copy");
}

TEST(Plans, HaveAllSoundsTheChosenFirst) {
    const MediaInfo file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2, "en"),
                                   soundStream("dts", 6, "de"), soundStream("ac4", 6, "fr")});
    EXPECT_EQ(planOf(file, preset("chromium")), "hls v0-copy.a1-copy.a2-aac-6");
    EXPECT_EQ(planOf(file, preset("chromium"), {2, {}}), "hls v0-copy.a2-aac-6.a1-copy");
    EXPECT_EQ(planOf(file, preset("basic-hls"), {2, {}}), "hls-ts v0-copy.a2-aac-2");
}

TEST(Plans, HaveTextAndDrawPictures) {
    const MediaInfo file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2), textStream("subrip", "en"),
                                   textStream("hdmv_pgs_subtitle", "de"), textStream("ass", "fr")});
    EXPECT_EQ(planOf(file, preset("chromium"), {}, {"id-1"}), "hls v0-copy.a1-copy.s2.s4.xid-1");
    EXPECT_EQ(planOf(file, preset("chromium"), {{}, 2}), "hls v0-copy.a1-copy.s2.s4");
    EXPECT_EQ(planOf(file, preset("chromium"), {{}, 3}), "hls v0-h264-720-burn3.v0-h264-480-burn3.a1-copy.s2.s4");
}

TEST(Plans, EncodeWhatCannotBeCutOrIsNotKnown) {
    const auto encoded = "hls v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy";
    EXPECT_EQ(planOf(offeredFilm(), preset("chromium"), {}, {}, 1000), encoded) << "one keyframe";
    MediaIndex index = indexOf(offeredFilm());
    index.tracks[0].codecString.clear();
    const auto client = preset("chromium");
    EXPECT_TRUE(std::holds_alternative<VideoEncoding>(
        planDelivery(offeredFilm(), index, client, decide(offeredFilm(), client)).plan.video.at(0).encoding));
    EXPECT_TRUE(std::holds_alternative<AudioEncoding>(
        planDelivery(offeredFilm(), {}, client, decide(offeredFilm(), client)).plan.audio.at(0).encoding));
}

TEST(Plans, AreNoneForWhatPlaysNowhere) {
    MediaInfo locked = offeredFilm();
    locked.encrypted = true;
    EXPECT_EQ(planned(locked, preset("chromium")).protocol, StreamProtocol::None);
    EXPECT_EQ(planned(fileOf({}), preset("chromium")).protocol, StreamProtocol::None);
    MediaInfo unknown = offeredFilm("vp8");
    unknown.streams[0].width = 0;
    Capabilities noVp8 = preset("safari");
    EXPECT_EQ(planned(unknown, noVp8).protocol, StreamProtocol::None);
}

TEST(PlanTexts, ComeBackAsTheSamePlans) {
    std::mt19937 random(9);
    const char* videos[] = {"h264", "hevc", "mpeg2video", "av1"};
    const char* audios[] = {"aac", "dts", "flac", "eac3"};
    for (int i = 0; i < 300; ++i) {
        auto video = pictureStream(videos[random() % 4], 16 + static_cast<int>(random() % 4000),
                                   16 + static_cast<int>(random() % 3000));
        video.hdr = random() % 3 ? HdrKind::None : HdrKind::Hdr10;
        video.rotation = random() % 2 ? 0 : 90;
        const MediaInfo file = fileOf({video, soundStream(audios[random() % 4], 1 + static_cast<int>(random() % 8)),
                                       textStream("subrip"), textStream("dvd_subtitle")});
        const char* clients[] = {"chromium", "safari", "firefox", "basic-hls", "mpv"};
        const auto client = limited(preset(clients[random() % 5]), random() % 20'000'000);
        const StreamChoice choice{{}, random() % 2 ? std::optional<int>(3) : std::nullopt};
        const Delivery delivery = planned(file, client, choice, {"0192-ab"});
        if (delivery.protocol != StreamProtocol::None) {
            const auto back = parsePlan(planText(delivery.plan, file), file);
            ASSERT_TRUE(back) << planText(delivery.plan, file);
            EXPECT_EQ(*back, delivery.plan);
        }
    }
}

TEST(PlanParser, RefusesWhatIsNoPlan) {
    const MediaInfo file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2), textStream("subrip"),
                                   textStream("dvd_subtitle"), pictureStream("h264", 640, 480)});
    for (const char* text :
         {"v0-copy", "a1-copy", "v0-copy.a1-copy.s2.x0192-ab", "v0-copy.v0-h264-480.a1-aac-2.a1-copy"}) {
        EXPECT_TRUE(parsePlan(text, file)) << text;
    }
    for (const char* text : {"",
                             ".",
                             "v0-copy.",
                             ".v0-copy",
                             "v0-copy..a1-copy",
                             "a1-copy.v0-copy",
                             "v0-copy.v0-copy",
                             "s2",
                             "xid",
                             "v0-copy.s02",
                             "v0-copy.s3",
                             "v0-copy.s1",
                             "v0-copy.s",
                             "v0-copy.x",
                             "v0-copy.xA",
                             "v0-copy.x/../..",
                             "v0-copy.x1.s2",
                             "v0-copy.s2.s2",
                             "v0-copy.v4-copy",
                             "v0-copy+a1-copy",
                             "v0-copy.a1-copy.nonsense"}) {
        EXPECT_FALSE(parsePlan(text, file)) << text;
    }
    std::string endless = "v0-copy";
    for (int i = 0; i < 3000; ++i) {
        endless += ".x" + std::to_string(i);
    }
    EXPECT_FALSE(parsePlan(endless, file));
}

}  // namespace
}  // namespace marea::server
