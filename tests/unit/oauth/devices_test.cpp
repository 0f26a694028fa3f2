#include "oauthfixture.h"

namespace marea::server {
namespace {

constexpr const char* kGrant = "urn:ietf:params:oauth:grant-type:device_code";

class DeviceTest : public OAuthTest {
protected:
    core::json::object begin(const std::string& name = "Living room") {
        const Response started = call(Method::Post, "/oauth/device", {{"client_id", "marea"}, {"device_name", name}});
        EXPECT_EQ(started.status, 200) << bodyOf(started);
        return jsonOf(started);
    }
    Response poll(const core::json::object& device, const std::string& client = "marea") {
        return call(Method::Post, "/oauth/token",
                    {{"grant_type", kGrant}, {"device_code", text(device, "device_code")}, {"client_id", client}});
    }
    void signIn() {
        const Response page = call(Method::Get, "/oauth/device");
        EXPECT_EQ(send(page, "/oauth/device/answer", "sign-in", credentials()).status, 303);
    }
    Response page(const std::string& code) { return call(Method::Get, "/oauth/device", {{"user_code", code}}); }
    void pause() { clock->time += DeviceGrants::kPause; }
};

TEST_F(DeviceTest, FromTheCodeToTokens) {
    const auto device = begin();
    const std::string code = text(device, "user_code");
    EXPECT_EQ(text(device, "verification_uri"), std::string(kBase) + "/oauth/device");
    EXPECT_EQ(text(device, "verification_uri_complete"), std::string(kBase) + "/oauth/device?user_code=" + code);
    EXPECT_EQ(device.at("interval"), 5);
    EXPECT_EQ(device.at("expires_in"), 600);
    EXPECT_EQ(errorOfAnswer(poll(device)), "authorization_pending");

    const Response signInPage = page(code);
    const Response signedIn = send(signInPage, "/oauth/device/answer", "sign-in", credentials());
    EXPECT_EQ(location(signedIn), "/oauth/device?user_code=" + code) << "the code is kept";
    const Response consent = page(code);
    EXPECT_NE(bodyOf(consent).find("Allow Marea (Living room)?"), std::string::npos) << bodyOf(consent);
    EXPECT_NE(bodyOf(consent).find(code), std::string::npos);
    const Response done = send(consent, "/oauth/device/answer", "allow");
    EXPECT_EQ(done.status, 200);
    EXPECT_NE(bodyOf(done).find("The device is connected"), std::string::npos);
    pause();
    const Response tokens = poll(device);
    ASSERT_EQ(tokens.status, 200) << bodyOf(tokens);
    const auto who = identity->bearer(text(jsonOf(tokens), "access_token"));
    EXPECT_EQ(who->username, "Ana");
    EXPECT_EQ(deviceOf(*who), "Living room");
    pause();
    EXPECT_EQ(errorOfAnswer(poll(device)), "invalid_grant") << "once";
    EXPECT_EQ(page(code).status, 404);
}

TEST_F(DeviceTest, ACodeIsTypedByHand) {
    signIn();
    const auto device = begin();
    const Response asking = call(Method::Get, "/oauth/device");
    EXPECT_NE(bodyOf(asking).find("Type the code that the device shows."), std::string::npos);
    std::string typed = text(device, "user_code");
    typed.erase(4, 1);
    EXPECT_NE(bodyOf(page(" " + typed + " ")).find(text(device, "user_code")), std::string::npos);
    const Response wrong = page("BBBB-BBBB");
    EXPECT_EQ(wrong.status, 404);
    EXPECT_NE(bodyOf(wrong).find("There is no such code"), std::string::npos);
}

TEST_F(DeviceTest, ADeviceThatIsRefusedHearsIt) {
    signIn();
    const auto device = begin();
    EXPECT_NE(bodyOf(send(page(text(device, "user_code")), "/oauth/device/answer", "deny")).find("was refused"),
              std::string::npos);
    EXPECT_EQ(errorOfAnswer(poll(device)), "access_denied");
}

TEST_F(DeviceTest, WhoAsksTooOftenIsSlowedDown) {
    const auto device = begin();
    EXPECT_EQ(errorOfAnswer(poll(device)), "authorization_pending");
    clock->time += 4000;
    EXPECT_EQ(errorOfAnswer(poll(device)), "slow_down");
    pause();
    EXPECT_EQ(errorOfAnswer(poll(device)), "slow_down") << "the pause is ten seconds now";
    clock->time += 15'000;
    EXPECT_EQ(errorOfAnswer(poll(device)), "authorization_pending");
}

TEST_F(DeviceTest, ACodeRunsOut) {
    signIn();
    const auto device = begin();
    clock->time += DeviceGrants::kLife;
    signIn();
    EXPECT_EQ(page(text(device, "user_code")).status, 404);
    EXPECT_EQ(errorOfAnswer(poll(device)), "expired_token");
    clock->time += 2 * 3'600'000;
    ASSERT_TRUE(oauth->maintain());
    EXPECT_EQ(errorOfAnswer(poll(device)), "invalid_grant");
}

TEST_F(DeviceTest, AllowedTooLateIsTooLate) {
    signIn();
    const auto device = begin();
    send(page(text(device, "user_code")), "/oauth/device/answer", "allow");
    clock->time += DeviceGrants::kLife;
    EXPECT_EQ(errorOfAnswer(poll(device)), "expired_token");
}

TEST_F(DeviceTest, ANewPasswordKeepsOutWhatTheOldOneLetIn) {
    signIn();
    const auto device = begin();
    EXPECT_EQ(send(page(text(device, "user_code")), "/oauth/device/answer", "allow").status, 200);
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    EXPECT_EQ(errorOfAnswer(poll(device)), "invalid_grant");
}

// Between the look at who has signed in and the writing of the decision.
TEST_F(DeviceTest, APasswordThatChangesMeanwhileLetsNothingIn) {
    const auto device = begin();
    const core::Id ana = identity->bearer(owner.accessToken)->userId;
    const auto before = identity->userById(ana);
    ASSERT_TRUE(before && *before);
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    const auto late = oauth->devices().decide(text(device, "user_code"), **before, kPeer, true);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, core::ErrorCode::Unauthorized);
    EXPECT_EQ(errorOfAnswer(poll(device)), "authorization_pending");
    const auto after = identity->userById(ana);
    EXPECT_TRUE(oauth->devices().decide(text(device, "user_code"), **after, kPeer, true));
}

TEST_F(DeviceTest, ACodeBelongsToOneClient) {
    const auto device = begin();
    const auto other = oauth->clients().add("Other", {});
    EXPECT_EQ(errorOfAnswer(poll(device, other->id)), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(poll(device, "nobody")), "invalid_client");
    EXPECT_EQ(errorOfAnswer(call(Method::Post, "/oauth/device", {{"client_id", "nobody"}})), "invalid_client");
    EXPECT_EQ(errorOfAnswer(call(Method::Post, "/oauth/device", {{"client_id", "marea"}, {"scope", "x"}})),
              "invalid_scope");
    EXPECT_EQ(errorOfAnswer(call(Method::Post, "/oauth/device")), "invalid_request");
}

TEST_F(DeviceTest, GuessingCodesIsSlow) {
    EXPECT_NE(bodyOf(page("BBBB-BBBB")).find("type=\"password\""), std::string::npos) << "strangers learn nothing";
    signIn();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(page("BBBB-BBBB").status, 404);
    }
    const auto device = begin();
    const Response limited = page(text(device, "user_code"));
    EXPECT_EQ(limited.status, 429);
    EXPECT_TRUE(limited.headers.find("retry-after"));
}

TEST_F(DeviceTest, ManyStartsFromOneAddressAreTooMany) {
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(call(Method::Post, "/oauth/device", {{"client_id", "marea"}}).status, 200);
    }
    EXPECT_EQ(call(Method::Post, "/oauth/device", {{"client_id", "marea"}}).status, 429);
}

TEST_F(DeviceTest, AFormOfAnotherSiteLetsNoDeviceIn) {
    signIn();
    const auto device = begin();
    const Response answer = call(Method::Post, "/oauth/device/answer",
                                 {{"form_token", "x"}, {"user_code", text(device, "user_code")}, {"action", "allow"}});
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(errorOfAnswer(poll(device)), "authorization_pending");
}

TEST_F(DeviceTest, TheCodeComesAsAPictureToo) {
    const auto device = begin();
    const Response picture = call(Method::Get, "/oauth/device/qr.svg", {{"user_code", text(device, "user_code")}});
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(picture.headers.find("content-type"), "image/svg+xml");
    EXPECT_EQ(call(Method::Get, "/oauth/device/qr.svg", {{"user_code", "<svg>"}}).status, 400);
}

}  // namespace
}  // namespace marea::server
