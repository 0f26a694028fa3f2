#include "oauthfixture.h"

namespace marea::server {
namespace {

TEST_F(OAuthTest, RefreshAndRevoke) {
    const Response refreshed =
        call(Method::Post, "/oauth/token", {{"grant_type", "refresh_token"}, {"refresh_token", owner.refreshToken}});
    ASSERT_EQ(refreshed.status, 200);
    const auto next = jsonOf(refreshed);
    EXPECT_NE(text(next, "refresh_token"), owner.refreshToken);
    EXPECT_EQ(next.at("expires_in"), 900);
    EXPECT_EQ(call(Method::Post, "/oauth/revoke", {{"token", text(next, "refresh_token")}}).status, 200);
    EXPECT_FALSE(identity->bearer(text(next, "access_token")));
    EXPECT_EQ(call(Method::Post, "/oauth/revoke", {{"token", "unknown"}}).status, 200) << "RFC 7009 section 2.2";
    EXPECT_EQ(errorOfAnswer(call(Method::Post, "/oauth/revoke")), "invalid_request");
}

TEST_F(OAuthTest, TokenErrorsAreThoseOfOAuth) {
    const auto error = [&](const Parameters& form) {
        const Response response = call(Method::Post, "/oauth/token", form);
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(response.headers.find("content-type"), "application/json");
        return errorOfAnswer(response);
    };
    EXPECT_EQ(error({{"grant_type", "password"}}), "unsupported_grant_type");
    EXPECT_EQ(error({{"grant_type", "client_credentials"}}), "unsupported_grant_type");
    EXPECT_EQ(error({{"refresh_token", "x"}}), "invalid_request");
    EXPECT_EQ(error({{"grant_type", "refresh_token"}, {"grant_type", "refresh_token"}}), "invalid_request");
    EXPECT_EQ(error({{"grant_type", "refresh_token"}, {"refresh_token", "x"}}), "invalid_grant");
    EXPECT_EQ(error({{"grant_type", "refresh_token"}, {"refresh_token", "x"}, {"scope", "y"}}), "invalid_scope");
}

TEST_F(OAuthTest, TheMetadataNamesOnlyWhatIsThere) {
    const auto metadata = jsonOf(call(Method::Get, "/.well-known/oauth-authorization-server"));
    EXPECT_EQ(metadata.at("issuer"), kBase);
    for (const char* key : {"authorization_endpoint", "token_endpoint", "revocation_endpoint",
                            "device_authorization_endpoint", "jwks_uri"}) {
        const std::string path = text(metadata, key).substr(std::string(kBase).size());
        EXPECT_TRUE(router.match(Method::Post, path).pathKnown) << path;
    }
    EXPECT_EQ(metadata.at("code_challenge_methods_supported").as_array().size(), 1U);
}

TEST_F(OAuthTest, EveryKeyIsPublishedBeforeItSigns) {
    const auto keys = [&] { return jsonOf(call(Method::Get, "/oauth/jwks.json")).at("keys").as_array(); };
    ASSERT_EQ(keys().size(), 1U);
    EXPECT_EQ(text(keys()[0].as_object(), "kid"), identity->accessTokens().keys().signer(clock->now())->id());
    EXPECT_FALSE(keys()[0].as_object().contains("d")) << "the private half";
    ASSERT_TRUE(identity->keyStore().rotate(clock->now(), false));
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(keys().size(), 2U);
}

}  // namespace
}  // namespace marea::server
