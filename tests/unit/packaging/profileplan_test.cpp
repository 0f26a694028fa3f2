#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "server/packaging/deliveryplan.h"
#include "server/packaging/rendition.h"
#include "server/video/capabilities.h"
#include "server/video/streamprofile.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using core::Capabilities;
using core::HdrKind;
using core::MediaInfo;

StreamProfile profile(const std::function<void(StreamProfile&)>& change = {}) {
    StreamProfile made = *builtInProfiles().front();
    if (change) {
        change(made);
    }
    return made;
}

std::string planOf(const MediaInfo& file, Capabilities client, const StreamProfile& made, StreamChoice choice = {}) {
    choice.profile = std::make_shared<const StreamProfile>(made);
    client = limited(std::move(client), made);
    const Decision decision = decide(file, client, choice);
    return planText(planDelivery(file, indexOf(file), client, decision, choice).plan, file);
}

Capabilities preset(const char* name) {
    return *capabilityPreset(name);
}

// 1080p60 that nobody plays as it is.
MediaInfo film(std::int64_t bitrate = 40'000'000) {
    return fileOf({pictureStream("mpeg2video", 1920, 1080, 60), soundStream("dts", 6, "en")}, bitrate);
}

TEST(ProfilePlans, TheDefaultOneIsTheUsualLadder) {
    EXPECT_EQ(planOf(film(), preset("chromium"), profile()), "v0-h264-1080.v0-h264-720.v0-h264-480.a1-aac-6");
    for (const Rung& rung : profile().video.rungs) {
        const auto known = std::find_if(heightClasses().begin(), heightClasses().end(),
                                        [&](const HeightClass& one) { return one.height == rung.height; });
        ASSERT_NE(known, heightClasses().end());
        EXPECT_EQ(known->bitrate, rung.bitrate);
    }
}

TEST(ProfilePlans, HaveTheOwnersRungsInTheirNames) {
    const auto rungs = [](std::vector<Rung> list) {
        return profile([&](StreamProfile& made) { made.video.rungs = std::move(list); });
    };
    EXPECT_EQ(planOf(film(), preset("chromium"), rungs({{1080, 6'000'000}, {720, 3'000'000}, {480, 2'500'000}})),
              "v0-h264-1080-b6000.v0-h264-720-b3000.v0-h264-480.a1-aac-6");
    EXPECT_EQ(planOf(film(), preset("chromium"), rungs({{2160, 20'000'000}, {576, 2'000'000}})),
              "v0-h264-1080.v0-h264-576-b2000.a1-aac-6")
        << "its own size, where a larger one is wanted";
    EXPECT_EQ(planOf(film(), preset("chromium"), rungs({{720, 3'000'000}})), "v0-h264-720-b3000.a1-aac-6");
    EXPECT_EQ(planOf(film(), preset("chromium"), rungs({{1080, 6'000'000}, {720, 5'900'000}, {480, 800'000}})),
              "v0-h264-1080-b6000.v0-h264-480-b800.a1-aac-6")
        << "as many bits for less";
    EXPECT_EQ(planOf(film(2'000'000), preset("chromium"), rungs({{1080, 6'000'000}, {720, 3'000'000}})),
              "v0-h264-1080.v0-h264-720.a1-aac-6")
        << "never above the source";
}

TEST(ProfilePlans, NameModeAndRate) {
    const auto made = profile([](StreamProfile& p) {
        p.video.mode = ProfileBitrate::Average;
        p.video.maxFrameRate = 30;
        p.video.rungs = {{720, 3'000'000}};
    });
    EXPECT_EQ(planOf(film(), preset("chromium"), made), "v0-h264-720-b3000-f30-vbr.a1-aac-6");
}

TEST(ProfilePlans, LimitWhatWouldGoOutAsItIs) {
    const MediaInfo plays = fileOf({pictureStream("h264", 1920, 1080, 50), soundStream("aac", 2, "en")}, 6'000'000);
    EXPECT_EQ(planOf(plays, preset("chromium"), profile()), "v0-copy.a1-copy");
    const auto limit = [&](const std::function<void(StreamProfile::Video&)>& set) {
        return planOf(plays, preset("chromium"), profile([&](StreamProfile& p) { set(p.video); }));
    };
    EXPECT_EQ(limit([](auto& video) { video.maxHeight = 720; }), "v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(limit([](auto& video) { video.maxFrameRate = 30; }),
              "v0-h264-1080-f25.v0-h264-720-f25.v0-h264-480-f25.a1-copy");
    EXPECT_EQ(limit([](auto& video) { video.maxBitrate = 4'200'000; }), "v0-h264-720.v0-h264-480.a1-copy");
    Capabilities small = preset("chromium");
    small.maxHeight = 480;
    EXPECT_EQ(planOf(plays, small, profile([](StreamProfile& p) { p.video.maxHeight = 720; })), "v0-h264-480.a1-copy")
        << "the client's own limit is the lower one";
}

TEST(ProfilePlans, EncodeToWhatIsLikedAndTaken) {
    const auto liking = [](std::vector<std::string> video, std::vector<std::string> audio = {"aac"}) {
        return profile([&](StreamProfile& p) {
            p.video.codecs = std::move(video);
            p.audio.codecs = std::move(audio);
            p.video.rungs = {{480, 2'500'000}};
        });
    };
    EXPECT_EQ(planOf(film(), preset("chromium"), liking({"vp9"}, {"opus"})), "v0-vp9-480.a1-opus-6");
    EXPECT_EQ(planOf(film(), preset("chromium"), liking({"hevc", "av1"})), "v0-av1-480.a1-aac-6");
    EXPECT_EQ(planOf(film(), preset("safari"), liking({"vp9"}, {"opus"})), "v0-h264-480.a1-aac-6")
        << "rather than nothing";
}

TEST(ProfilePlans, KeepHdrOrMapIt) {
    auto video = pictureStream("hevc", 1920, 1080);
    video.hdr = HdrKind::Hdr10;
    video.bitDepth = 10;
    video.level = 200;  // above what Safari takes
    const MediaInfo file = fileOf({video, soundStream("aac", 2, "en")}, 30'000'000);
    const auto made = [](HdrPolicy policy) {
        return profile([&](StreamProfile& p) {
            p.video.codecs = {"hevc", "h264"};
            p.video.hdr = policy;
            p.video.rungs = {{1080, 8'000'000}};
        });
    };
    EXPECT_EQ(planOf(file, preset("safari"), made(HdrPolicy::Keep)), "v0-hevc-1080.a1-copy");
    EXPECT_EQ(planOf(file, preset("safari"), made(HdrPolicy::ToneMap)), "v0-hevc-1080-sdr.a1-copy");
    EXPECT_EQ(planOf(file, preset("firefox"), made(HdrPolicy::Keep)), "v0-h264-1080-sdr.a1-copy");
    EXPECT_EQ(planOf(file, preset("safari"), profile()).substr(0, 12), "v0-hevc-1080") << "though H.264 comes first";
}

TEST(ProfilePlans, BoundTheSound) {
    const auto made = profile([](StreamProfile& p) {
        p.audio.maxChannels = 2;
        p.audio.maxBitrate = 128'000;
    });
    EXPECT_EQ(planOf(fileOf({soundStream("dts", 6)}), preset("safari"), made), "a0-aac-2-128");
    const auto six = profile([](StreamProfile& p) { p.audio.maxChannels = 6; });
    EXPECT_EQ(planOf(fileOf({soundStream("truehd", 8)}), preset("chromium"), six), "a0-aac-6");
    EXPECT_EQ(planOf(fileOf({soundStream("truehd", 8)}), preset("chromium"), profile()), "a0-aac-8");
}

TEST(ProfilePlans, BringTheLanguagesInTheirOrder) {
    const MediaInfo file =
        fileOf({pictureStream("h264", 1920, 1080), soundStream("aac", 2, "de"), soundStream("aac", 2, "en-GB"),
                soundStream("aac", 2, "fr"), textStream("subrip", "fr"), textStream("subrip", "en")});
    const auto languages = [](std::vector<std::string> order, bool only) {
        return profile([&](StreamProfile& p) {
            p.audio.languages = {order, only};
            p.subtitles.languages = {order, only};
        });
    };
    EXPECT_EQ(planOf(file, preset("chromium"), languages({}, false)), "v0-copy.a1-copy.a2-copy.a3-copy.s4.s5");
    EXPECT_EQ(planOf(file, preset("chromium"), languages({"en", "fr"}, false)),
              "v0-copy.a2-copy.a3-copy.a1-copy.s5.s4");
    EXPECT_EQ(planOf(file, preset("chromium"), languages({"en"}, true)), "v0-copy.a2-copy.s5");
    EXPECT_EQ(planOf(file, preset("chromium"), languages({"ja"}, true)), "v0-copy.a1-copy.a2-copy.a3-copy.s4.s5")
        << "rather than none";
    EXPECT_EQ(planOf(file, preset("chromium"), languages({"en"}, true), {3, {}}), "v0-copy.a3-copy.a2-copy.s5")
        << "what was asked for comes";
    EXPECT_EQ(planOf(file, preset("chromium"), languages({"e"}, true)), "v0-copy.a1-copy.a2-copy.a3-copy.s4.s5");
}

TEST(ProfilePlans, DrawSubtitlesAsTheOwnerWants) {
    const MediaInfo file = fileOf({pictureStream("h264", 854, 480), soundStream("aac", 2), textStream("subrip", "en"),
                                   textStream("hdmv_pgs_subtitle", "en")});
    const auto burning = [](BurnPolicy policy) {
        return profile([&](StreamProfile& p) { p.subtitles.burn = policy; });
    };
    EXPECT_EQ(planOf(file, preset("chromium"), burning(BurnPolicy::Needed), {{}, 2}), "v0-copy.a1-copy.s2");
    EXPECT_EQ(planOf(file, preset("chromium"), burning(BurnPolicy::Always), {{}, 2}), "v0-h264-480-burn2.a1-copy.s2");
    EXPECT_EQ(planOf(file, preset("chromium"), burning(BurnPolicy::Needed), {{}, 3}), "v0-h264-480-burn3.a1-copy.s2");
    EXPECT_EQ(planOf(file, preset("chromium"), burning(BurnPolicy::Never), {{}, 3}), "v0-copy.a1-copy.s2");
    const auto none = profile([](StreamProfile& p) { p.subtitles.text = false; });
    EXPECT_EQ(planOf(file, preset("chromium"), none), "v0-copy.a1-copy");
}

TEST(ProfilePlans, UseTheFormatsThatThereAre) {
    const auto only = [](const char* format) { return profile([&](StreamProfile& p) { p.formats = {format}; }); };
    const auto protocol = [&](const char* client, const StreamProfile& made) {
        StreamChoice choice;
        choice.profile = std::make_shared<const StreamProfile>(made);
        Capabilities can = preset(client);
        can.protocols = {"dash", "hls"};
        const MediaInfo file = film();
        return planDelivery(file, indexOf(file), can, decide(file, can, choice), choice).protocol;
    };
    EXPECT_EQ(protocol("chromium", profile()), StreamProtocol::Dash);
    EXPECT_EQ(protocol("chromium", only("mpegts")), StreamProtocol::HlsTs);
    EXPECT_EQ(protocol("basic-hls", only("mpegts")), StreamProtocol::HlsTs);
    EXPECT_EQ(protocol("mpv", only("cmaf")), StreamProtocol::Hls);
}

}  // namespace
}  // namespace marea::server
