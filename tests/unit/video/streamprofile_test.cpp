#include "server/video/streamprofile.h"

#include <gmock/gmock.h>

#include "core/base/jsonfields.h"

namespace marea::server {
namespace {

using testing::HasSubstr;

core::Result<StreamProfile> parsed(const char* text, std::string name = {}) {
    return parseStreamProfile(core::parseJson(text).value(), std::move(name));
}

TEST(StreamProfiles, TakeWhatIsLeftOutFromTheDefault) {
    auto made = parsed(R"({"name":"den"})");
    ASSERT_TRUE(made) << made.error().text;
    StreamProfile wanted = *builtInProfiles().front();
    wanted.name = "den";
    wanted.description.clear();
    EXPECT_EQ(*made, wanted);
}

TEST(StreamProfiles, AreReadWhole) {
    const auto made = parsed(R"({"name":"tv-2","description":"The old set","formats":["mpegts"],
        "video":{"codecs":["hevc","h264"],"rungs":[{"height":1440,"bitrate":9000000},{"height":540,"bitrate":900000}],
                 "bitrate_mode":"vbr","hdr":"tone_map","max_height":1440,"max_bitrate":12000000,
                 "max_frame_rate":30},
        "audio":{"codecs":["opus"],"max_channels":2,"max_bitrate":96000,"loudness":"normalised",
                 "dynamic_range":"night","languages":["de","pt-BR"],"only_these_languages":true},
        "subtitles":{"formats":[],"burn":"always","languages":["de"],"only_these_languages":true}})");
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(made->formats, std::vector<std::string>{"mpegts"});
    EXPECT_EQ(made->video.rungs, (std::vector<Rung>{{1440, 9'000'000}, {540, 900'000}}));
    EXPECT_EQ(made->video.mode, ProfileBitrate::Average);
    EXPECT_EQ(made->video.hdr, HdrPolicy::ToneMap);
    EXPECT_EQ(made->video.maxFrameRate, 30);
    EXPECT_EQ(made->audio.maxChannels, 2);
    EXPECT_TRUE(made->audio.night);
    EXPECT_EQ(made->audio.languages.order, (std::vector<std::string>{"de", "pt-BR"}));
    EXPECT_FALSE(made->subtitles.text);
    EXPECT_EQ(made->subtitles.burn, BurnPolicy::Always);
    const auto back = parseStreamProfile(core::json::value(toJson(*made)));
    ASSERT_TRUE(back) << back.error().text;
    EXPECT_EQ(*back, *made);
}

TEST(StreamProfiles, ThatAreBuiltInAreWhatTheyTakeThemselves) {
    for (const StreamProfilePtr& profile : builtInProfiles()) {
        const auto back = parseStreamProfile(core::json::value(toJson(*profile)));
        ASSERT_TRUE(back) << profile->name << back.error().text;
        EXPECT_EQ(*back, *profile);
    }
    EXPECT_EQ(builtInProfiles().front()->name, kDefaultProfile);
}

TEST(StreamProfiles, AreRefusedInWords) {
    struct Case {
        const char *text, *words;
    };
    const Case cases[] = {
        {R"([])", "must be an object"},
        {R"({})", "name must be"},
        {R"({"name":""})", "name must be"},
        {R"({"name":"A"})", "name must be"},
        {R"({"name":"-a"})", "name must be"},
        {R"({"name":"a b"})", "name must be"},
        {R"({"name":"a","colour":1})", "colour"},
        {R"({"name":"a","formats":[]})", "formats must be"},
        {R"({"name":"a","formats":["avi"]})", "cmaf webm mpegts"},
        {R"({"name":"a","formats":["cmaf","cmaf"]})", "each once"},
        {R"({"name":"a","video":1})", "video must be an object"},
        {R"({"name":"a","video":{"codecs":["mpeg4"]}})", "video.codecs must be"},
        {R"({"name":"a","video":{"rungs":[]}})", "video.rungs must have one"},
        {R"({"name":"a","video":{"rungs":[{"height":1080}]}})", "video.rungs[0].bitrate is missing"},
        {R"({"name":"a","video":{"rungs":[{"height":1000,"bitrate":1000000}]}})", "video.rungs[0].height must be one"},
        {R"({"name":"a","video":{"rungs":[{"height":1080,"bitrate":1000001}]}})", "steps of 10000"},
        {R"({"name":"a","video":{"rungs":[{"height":1080,"bitrate":10}]}})", "out of bounds"},
        {R"({"name":"a","video":{"rungs":[{"height":480,"bitrate":1000000},{"height":720,"bitrate":500000}]}})",
         "from the best to the worst"},
        {R"({"name":"a","video":{"rungs":[{"height":720,"bitrate":1000000},{"height":480,"bitrate":1000000}]}})",
         "from the best to the worst"},
        {R"({"name":"a","video":{"bitrate_mode":"cbr"}})", "video.bitrate_mode must be constrained_quality or vbr"},
        {R"({"name":"a","video":{"hdr":true}})", "video.hdr must be a string"},
        {R"({"name":"a","video":{"max_frame_rate":61}})", "out of bounds"},
        {R"({"name":"a","audio":{"max_channels":3}})", "audio.max_channels must be 1, 2, 6 or 8"},
        {R"({"name":"a","audio":{"languages":["e"]}})", "audio.languages must be"},
        {R"({"name":"a","audio":{"dynamic_range":"loud"}})", "none or night"},
        {R"({"name":"a","subtitles":{"formats":["srt"]}})", "subtitles.formats must be"},
        {R"({"name":"a","subtitles":{"burn":"maybe"}})", "never, needed or always"},
    };
    for (const Case& c : cases) {
        const auto made = parsed(c.text);
        ASSERT_FALSE(made) << c.text;
        EXPECT_EQ(made.error().code, core::ErrorCode::Invalid);
        EXPECT_THAT(made.error().text, HasSubstr(c.words)) << c.text;
    }
    EXPECT_TRUE(parsed(R"({})", "den"));
    EXPECT_TRUE(parsed(R"({"name":"den"})", "den"));
    EXPECT_FALSE(parsed(R"({"name":"other"})", "den")) << "no renaming";
}

TEST(StreamProfiles, KeepClientsToTheirLimits) {
    StreamProfile profile = *builtInProfiles().front();
    core::Capabilities client;
    client.maxBitrate = 8'000'000;
    client.hdr = {core::HdrKind::Hdr10};
    EXPECT_EQ(limited(client, profile).maxBitrate, 8'000'000);
    EXPECT_EQ(limited(client, profile).maxWidth, 0);
    EXPECT_EQ(limited(client, profile).hdr.size(), 1u);
    profile.video.maxBitrate = 9'000'000;
    profile.video.maxHeight = 1080;
    profile.video.maxFrameRate = 30;
    profile.video.hdr = HdrPolicy::ToneMap;
    const core::Capabilities now = limited(client, profile);
    EXPECT_EQ(now.maxBitrate, 8'000'000);
    EXPECT_EQ(now.maxWidth, 1920);
    EXPECT_EQ(now.maxHeight, 1080);
    EXPECT_EQ(now.maxFrameRate, 30);
    EXPECT_TRUE(now.hdr.empty());
}

}  // namespace
}  // namespace marea::server
