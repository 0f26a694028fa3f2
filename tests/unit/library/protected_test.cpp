#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/protectedplan.h"
#include "server/apps/library/sessionlicences.h"
#include "server/video/capabilities.h"

namespace marea::server {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

const ProtectionSchemes all(std::begin(kProtectionSchemes), std::end(kProtectionSchemes));

// A film that everybody could have as it is, if it were not protected.
class ProtectedTest : public LibraryTest {
protected:
    ProtectedTest() {
        ItemDetail& item = media.known[film];
        core::MediaInfo& info = item.files[0].info;
        info.streams[0].width = 1920;
        info.streams[0].height = 1080;
        info.streams[0].frameRate = 24;
        info.streams[0].bitDepth = 8;
        info.streams[1].sampleRate = 48'000;
        MediaIndex& index = maker.answerIndex;
        index.duration = 1000 * kTicksPerSecond;
        index.tracks.resize(2);
        index.tracks[0].kind = core::StreamKind::Video;
        index.tracks[0].codec = "h264";
        index.tracks[0].codecString = "avc1.640028";
        index.tracks[0].frameRate = {24, 1};
        for (int i = 0; i < 500; ++i) {
            index.tracks[0].keyframes.push_back({i * 2 * kTicksPerSecond, 100'000});
        }
        index.tracks[1].stream = 1;
        index.tracks[1].kind = core::StreamKind::Audio;
        index.tracks[1].codec = "aac";
        index.tracks[1].codecString = "mp4a.40.2";
        index.tracks[0].end = index.tracks[1].end = index.duration;
        maker.answersIndex = true;
        media.protections[film] = std::optional(all);
    }
    Response start(const std::string& capabilities) {
        return playback().start(request("{\"capabilities\":" + capabilities + "}", {{"id", film}}));
    }
    core::Result<ProtectedPlan> plan(const char* preset, const ProtectionSchemes& schemes = all) {
        return planProtected(media.known[film], *capabilityPreset(preset), schemes);
    }
};

TEST_F(ProtectedTest, WhatWouldBeDirectGoesOutEncryptedInSegments) {
    const Response response = start(R"({"preset":"chromium"})");
    ASSERT_EQ(response.status, 201);
    const auto body = json(response);
    EXPECT_EQ(body.at("mode"), "remux");
    EXPECT_EQ(body.at("protocol"), "hls");
    const std::string url(body.at("url").as_string());
    EXPECT_THAT(url, HasSubstr("/" + film + "/e/clearkey-cenc/hls/" + film + "-file/"));
    EXPECT_EQ(body.at("video").at("reasons").at(0), "This title is protected: it goes out encrypted, in segments");
    const auto& protection = body.at("protection");
    EXPECT_EQ(protection.at("kind"), "clearkey-cenc");
    EXPECT_EQ(protection.at("scheme"), "cenc");
    EXPECT_EQ(protection.at("key_system"), "org.w3.clearkey");
    EXPECT_THAT(std::string(protection.at("licence_url").as_string()),
                EndsWith("/" + film + "/e/clearkey-cenc/clearkey"));
}

TEST_F(ProtectedTest, OldPlayersGetTransportStreamsAndFindTheKeyInThem) {
    const auto body = json(start(R"({"preset":"mpv"})"));
    EXPECT_THAT(std::string(body.at("url").as_string()), HasSubstr("/e/aes-128/hls/"));
    EXPECT_THAT(std::string(body.at("url").as_string()), EndsWith("/ts.m3u8"));
    EXPECT_EQ(body.at("protection").at("scheme"), "aes-128");
    EXPECT_TRUE(body.at("protection").at("key_system").is_null());
    EXPECT_TRUE(body.at("protection").at("licence_url").is_null());
}

TEST_F(ProtectedTest, WhoTakesNoneOfItIsToldSo) {
    for (const char* client :
         {R"({"preset":"chromium","protocols":["progressive"]})", R"({"preset":"chromium","protection":[]})",
          R"({"preset":"mpv","protection":["clearkey-cenc"]})",
          R"({"preset":"chromium","protocols":["dash"],"protection":["aes-128","identity-cenc"]})",
          R"({"protocols":["hls"],"containers":["mp4"],"video":[{"codec":"h264"}]})"}) {
        const Response response = start(client);
        EXPECT_EQ(response.status, 422) << client;
        EXPECT_THAT(std::string(json(response).at("detail").as_string()), HasSubstr("protected")) << client;
    }
    EXPECT_EQ(start(R"({"preset":"chromium","protection":["rot13"]})").status, 400);
}

TEST_F(ProtectedTest, SystemsOutsideAreForWhoeverNamesThemWhereThereAreSome) {
    core::Capabilities client = *capabilityPreset("chromium");
    client.protection = {"drm-cbcs", "drm-cenc", "clearkey-cenc"};
    const ItemDetail& item = media.known[film];
    EXPECT_EQ(name(planProtected(item, client, all)->kind), "clearkey-cenc");
    const OutsideSystems apple{{OutsideSystem::FairPlay}, ""}, widevine{{OutsideSystem::Widevine}, ""};
    EXPECT_EQ(name(planProtected(item, client, all, apple)->kind), "drm-cbcs");
    EXPECT_EQ(planProtected(item, client, all, apple)->client.protocols, std::vector<std::string>{"hls"});
    EXPECT_EQ(name(planProtected(item, client, {ProtectionScheme::Cenc}, apple)->kind), "clearkey-cenc");
    EXPECT_EQ(name(planProtected(item, client, {ProtectionScheme::Cenc}, widevine)->kind), "drm-cenc");
    client.protocols = {"dash"};
    EXPECT_EQ(name(planProtected(item, client, all, apple)->kind), "clearkey-cenc");
    client.protection = {"drm-cenc"};
    EXPECT_FALSE(planProtected(item, client, all));
}

TEST_F(ProtectedTest, NothingIsGivenAwayWhileItIsNotKnown) {
    media.protections[film] = core::fail(core::ErrorCode::Unavailable, "Not now.");
    EXPECT_EQ(start(R"({"preset":"mpv"})").status, 503);
    const std::string file = film + "-file.mp4";
    EXPECT_EQ(files().direct(request("", {{"title", film}, {"file", file}})).status, 503);
    Request member = request("", {{"id", film}});
    member.principal->role = "member";
    EXPECT_EQ(files().download(member).status, 503);
    LibraryTitles titles(*service, media);
    EXPECT_FALSE(titles.open({"", "login-1", "", ""}, film, film + "-file"));
}

TEST_F(ProtectedTest, ThePlayersWishesAndTheOwnersChoiceDecideTogether) {
    EXPECT_EQ(name(plan("chromium")->kind), "clearkey-cenc");
    EXPECT_EQ(name(plan("chromium", {ProtectionScheme::Cbcs})->kind), "clearkey-cbcs");
    EXPECT_EQ(name(plan("chromium", {ProtectionScheme::Aes128})->kind), "aes-128");
    EXPECT_EQ(plan("chromium", {ProtectionScheme::Aes128})->client.protocols, std::vector<std::string>{"hls"});
    EXPECT_FALSE(plan("mpv", {ProtectionScheme::Cbcs}));
    EXPECT_FALSE(plan("chromium", {}));
    // A picture that only whole segments protect is not encoded anew where the player takes those.
    media.known[film].files[0].info.streams[0].codec = "vp9";
    EXPECT_EQ(name(plan("chromium")->kind), "aes-128");
    const auto encoded = plan("chromium", {ProtectionScheme::Cenc});
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->client.video.size(), 1U);  // H.264, which it becomes
}

TEST_F(ProtectedTest, FilesStayWhereTheyAreButForAnOwnerWithAnAccessToken) {
    const std::string file = film + "-file.mp4";
    EXPECT_EQ(files().download(request("", {{"id", film}})).status, 200);
    Request member = request("", {{"id", film}});
    member.principal->role = "member";
    const Response refused = files().download(member);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(std::string(json(refused).at("detail").as_string()), HasSubstr("protected"));
    EXPECT_EQ(files().direct(request("", {{"title", film}, {"file", file}})).status, 403);  // an owner's link, too
    media.protections.erase(film);
    EXPECT_EQ(files().download(member).status, 200);
    EXPECT_EQ(files().direct(request("", {{"title", film}, {"file", file}})).status, 200);
}

TEST_F(ProtectedTest, KeysAreForWhoeverIsPlaying) {
    SessionLicences gate(*service, media);
    const Principal ana{"ana", "login-1", "ana", "owner"};
    EXPECT_EQ(gate.check({ana, film, false}).error().code, core::ErrorCode::NotFound);
    const auto session = std::string(json(start(R"({"preset":"mpv"})")).at("session_id").as_string());
    EXPECT_TRUE(gate.check({ana, film, false}));
    EXPECT_FALSE(gate.check({{"ana", "login-2", "ana", "owner"}, film, false}));  // another device
    addFilm("other", 10);
    EXPECT_FALSE(gate.check({ana, "other", false}));
    EXPECT_TRUE(service->end(session, "ana", {}));
    EXPECT_FALSE(gate.check({ana, film, false}));
    EXPECT_TRUE(gate.check({{"", "login-1", "", ""}, film, true}));  // the token of a stream says it by itself
    EXPECT_FALSE(gate.check({{"", "gone", "", ""}, film, true}));
    EXPECT_FALSE(gate.check({{"", "login-1", "", ""}, "nothing", true}));
}

}  // namespace
}  // namespace marea::server
