// What issuers say, and what of it is believed.
#include "server/apps/oidc/oidcrules.h"

#include <gtest/gtest.h>

#include "server/apps/identity/secrets.h"
#include "tests/support/fakeoutbound.h"

namespace marea::server {
namespace {

namespace json = core::json;
using core::ErrorCode;
using test::answer;

constexpr const char* kIssuer = "https://id.example/realm";
constexpr core::TimeMs kNow = 1'700'000'000'000;

OidcOptions options() {
    OidcOptions made;
    made.issuer = kIssuer;
    made.clientId = "marea";
    made.clientSecret = "s&cret";
    made.redirectUri = "https://media.example/oauth/external/callback";
    made.scopes = {"openid", "email"};
    made.usernameClaim = "preferred_username";
    return made;
}

json::object discovery() {
    return {{"issuer", kIssuer},
            {"authorization_endpoint", "https://id.example/auth?x=1"},
            {"token_endpoint", "https://id.example/token"},
            {"jwks_uri", "https://id.example/keys"}};
}

json::object claims() {
    return {{"iss", kIssuer},       {"aud", "marea"},       {"sub", "ana-1"},
            {"exp", 1'700'000'300}, {"iat", 1'700'000'000}, {"nonce", "n1"}};
}

// Whether claims are taken that differ so.
bool taken(const json::object& change, const std::vector<const char*>& without = {}) {
    json::object changed = claims();
    for (const auto& field : change) {
        changed[field.key()] = field.value();
    }
    for (const char* name : without) {
        changed.erase(name);
    }
    return checkedIdClaims(json::serialize(changed), options(), "n1", kNow).has_value();
}

std::string hostile(int number) {
    const std::string bodies[] = {"",
                                  "null",
                                  "[]",
                                  "{",
                                  "\"text\"",
                                  std::string(100'000, '['),
                                  "<html></html>",
                                  "\xFF\xFE\x00",
                                  std::string(R"({"issuer":["https://id.example/realm"],"authorization_endpoint":7})"),
                                  R"({"keys":{}})",
                                  R"({"keys":[1,null,[],{"kty":7,"n":[]}]})"};
    return bodies[number];
}

TEST(OidcRules, ReadsWhatAnIssuerSaysOfItself) {
    const auto provider = oidcProvider(json::serialize(discovery()), options());
    ASSERT_TRUE(provider) << provider.error().detail;
    EXPECT_EQ(provider->keys, "https://id.example/keys");
    EXPECT_FALSE(provider->secretInBody);
    auto other = discovery();
    other["issuer"] = "https://id.example/realm/";
    EXPECT_FALSE(oidcProvider(json::serialize(other), options())) << "another, to the letter";
    auto post = discovery();
    post["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
    EXPECT_TRUE(oidcProvider(json::serialize(post), options())->secretInBody);
    for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
        auto less = discovery();
        less[name] = "javascript:alert(1)";
        EXPECT_FALSE(oidcProvider(json::serialize(less), options())) << name;
    }
}

TEST(OidcRules, HostileAnswersAreRefusedWithoutHarm) {
    for (int i = 0; i < 11; ++i) {
        const std::string body = hostile(i);
        EXPECT_FALSE(oidcProvider(body, options())) << i;
        EXPECT_FALSE(oidcTokens(answer(200, body))) << i;
        EXPECT_TRUE(keysFor({"RS256", ""}, body).empty()) << i;
        EXPECT_FALSE(checkedIdClaims(body, options(), "n1", kNow)) << i;
        json::object known = claims();
        EXPECT_FALSE(addUserInfo(known, body)) << i;
        EXPECT_FALSE(oidcSigner(body)) << i;
    }
}

TEST(OidcRules, SendsABrowserWithAllThatItNeeds) {
    const auto provider = oidcProvider(json::serialize(discovery()), options());
    EXPECT_EQ(
        authorizationUrl(*provider, options(), "st", "no", "ch"),
        "https://id.example/auth?x=1&response_type=code&client_id=marea&redirect_uri=https%3A%2F%2Fmedia.example%2F"
        "oauth%2Fexternal%2Fcallback&scope=openid%20email&state=st&nonce=no&code_challenge=ch&code_challenge_method="
        "S256");
}

TEST(OidcRules, AsksForTokensWithTheSecretWhereItBelongs) {
    OidcProvider provider{"", "https://id.example/token", "", "", false};
    const auto basic = tokenRequest(provider, options(), "c&de", "v");
    EXPECT_FALSE(basic.repeatable);
    EXPECT_EQ(basic.headers.back().first, "Authorization");
    EXPECT_EQ(basic.headers.back().second, "Basic bWFyZWE6cyUyNmNyZXQ=") << "form-encoded, then base64";
    EXPECT_NE(basic.body.find("code=c%26de"), std::string::npos);
    EXPECT_EQ(basic.body.find("cret"), std::string::npos);
    provider.secretInBody = true;
    EXPECT_NE(tokenRequest(provider, options(), "c", "v").body.find("client_secret=s%26cret"), std::string::npos);
    auto open = options();
    open.clientSecret.clear();
    EXPECT_NE(tokenRequest(provider, open, "c", "v").body.find("client_id=marea"), std::string::npos);
}

TEST(OidcRules, TakesTokensAndSaysNoForWhatIsNone) {
    EXPECT_EQ(oidcTokens(answer(200, R"({"id_token":"a.b.c","access_token":"t"})"))->accessToken, "t");
    EXPECT_EQ(oidcTokens(answer(400, R"({"error":"invalid_grant"})")).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(oidcTokens(answer(503, "")).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(oidcTokens(answer(200, R"({"access_token":"t"})")).error().code, ErrorCode::Unavailable);
}

std::string tokenOf(const std::string& header) {
    return base64Url({reinterpret_cast<const std::uint8_t*>(header.data()), header.size()}) + ".e30.AAAA";
}

TEST(OidcRules, AlgorithmsAreThoseWithPublicKeys) {
    EXPECT_EQ(oidcSigner(tokenOf(R"({"alg":"RS256","kid":"k"})"))->keyId, "k");
    EXPECT_TRUE(oidcSigner(tokenOf(R"({"alg":"ES256"})")));
    for (const char* header :
         {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"HS256"})", R"({"alg":"HS512","kid":"k"})",
          R"({"alg":"dir"})", R"({"alg":["RS256"]})", R"({})", R"([])", R"({"alg":"RS256","crit":["b64"]})"}) {
        EXPECT_FALSE(oidcSigner(tokenOf(header))) << header;
    }
    for (const std::string& token : {std::string("a.b"), std::string("..."), std::string("e30.e30.e30.e30"),
                                     tokenOf(R"({"alg":"RS256"})") + std::string(20'000, 'a')}) {
        EXPECT_FALSE(oidcSigner(token)) << token.substr(0, 40);
    }
}

TEST(OidcRules, KeysFitTheAlgorithmAndAreLargeEnough) {
    const std::string modulus(342, 'A');
    const std::string set = R"({"keys":[
        {"kty":"RSA","kid":"a","n":")" +
                            modulus + R"(","e":"AQAB","use":"sig","d":"secret"},
        {"kty":"RSA","kid":"enc","n":")" +
                            modulus + R"(","e":"AQAB","use":"enc"},
        {"kty":"RSA","kid":"small","n":"AAAA","e":"AQAB"},
        {"kty":"RSA","kid":"b","n":")" +
                            modulus + R"(","e":"AQAB","alg":"PS256"},
        {"kty":"EC","kid":"c","crv":"P-256","x":"x","y":"y"},
        {"kty":"oct","kid":"d","k":"c2VjcmV0"}]})";
    EXPECT_EQ(keysFor({"RS256", ""}, set).size(), 1u);
    EXPECT_EQ(keysFor({"RS256", "a"}, set).size(), 1u);
    EXPECT_EQ(keysFor({"RS256", "a"}, set)[0].find("secret"), std::string::npos);
    EXPECT_EQ(keysFor({"PS256", ""}, set).size(), 2u);
    EXPECT_EQ(keysFor({"ES256", "c"}, set).size(), 1u);
    EXPECT_TRUE(keysFor({"ES384", "c"}, set).empty());
    EXPECT_TRUE(keysFor({"RS256", "small"}, set).empty());
    EXPECT_TRUE(keysFor({"RS256", "enc"}, set).empty());
    EXPECT_TRUE(keysFor({"HS256", "d"}, set).empty());
    EXPECT_TRUE(keysFor({"RS256", "unknown"}, set).empty());
}

TEST(OidcRules, ClaimsAreForUsFromThereAndOfNow) {
    EXPECT_TRUE(taken({}));
    EXPECT_FALSE(taken({{"iss", "https://evil.example"}}));
    EXPECT_FALSE(taken({{"aud", "another"}}));
    EXPECT_FALSE(taken({{"aud", json::array{"another"}}}));
    EXPECT_FALSE(taken({{"aud", json::array{"marea", "another"}}})) << "of several it has to say whose it is";
    EXPECT_TRUE(taken({{"aud", json::array{"marea", "another"}}, {"azp", "marea"}}));
    EXPECT_TRUE(taken({{"aud", json::array{"marea"}}}));
    EXPECT_FALSE(taken({{"azp", "another"}}));
    EXPECT_FALSE(taken({{"azp", 7}}));
    EXPECT_FALSE(taken({{"nonce", "n2"}}));
    EXPECT_FALSE(taken({}, {"nonce"}));
    EXPECT_FALSE(taken({{"exp", 1'699'999'900}}));
    EXPECT_FALSE(taken({{"exp", "1700000300"}}));
    EXPECT_FALSE(taken({{"exp", 1e300}}));
    EXPECT_FALSE(taken({}, {"exp"}));
    EXPECT_FALSE(taken({{"iat", 1'700'000'900}})) << "from the future";
    EXPECT_FALSE(taken({{"iat", 1'699'000'000}})) << "of an older log-in";
    EXPECT_FALSE(taken({}, {"iat"}));
    EXPECT_FALSE(taken({{"nbf", 1'700'000'900}}));
    EXPECT_FALSE(taken({{"sub", ""}}));
    EXPECT_FALSE(taken({{"sub", 7}}));
    EXPECT_FALSE(taken({{"sub", std::string(300, 'a')}}));
    EXPECT_FALSE(checkedIdClaims(json::serialize(claims()), options(), "", kNow)) << "an empty nonce is none";
}

TEST(OidcRules, UserInfoIsAboutTheSameAndChangesNothing) {
    auto known = claims();
    EXPECT_TRUE(wantsUserInfo(known, options()));
    ASSERT_TRUE(
        addUserInfo(known, R"({"sub":"ana-1","email":"a@b","iss":"https://evil.example","preferred_username":"ana"})"));
    EXPECT_EQ(known.at("iss"), kIssuer);
    EXPECT_FALSE(wantsUserInfo(known, options()));
    EXPECT_FALSE(addUserInfo(known, R"({"sub":"bob","email":"b@b"})"));
    EXPECT_FALSE(addUserInfo(known, R"({"email":"b@b"})"));
}

TEST(OidcRules, DomainsCountWhereTheAddressWasVerified) {
    auto wished = options();
    wished.allowedDomains = {"Home.example"};
    const auto allowed = [&](const json::object& more) {
        auto known = claims();
        for (const auto& field : more) {
            known[field.key()] = field.value();
        }
        return externalPerson(known, wished).has_value();
    };
    EXPECT_TRUE(allowed({{"email", "ana@HOME.example"}, {"email_verified", true}}));
    EXPECT_TRUE(allowed({{"email", "ana@home.example"}, {"email_verified", "true"}}));
    EXPECT_FALSE(allowed({{"email", "ana@home.example"}}));
    EXPECT_FALSE(allowed({{"email", "ana@home.example"}, {"email_verified", false}}));
    EXPECT_FALSE(allowed({{"email", "ana@home.example@evil.example"}, {"email_verified", true}}));
    EXPECT_FALSE(allowed({{"email", "ana@nothome.example"}, {"email_verified", true}}));
    EXPECT_FALSE(allowed({{"email", "@home.example"}, {"email_verified", true}}));
    EXPECT_FALSE(allowed({{"email_verified", true}}));
}

TEST(OidcRules, RequiredClaimsAreTextsOrAmongOthers) {
    auto wished = options();
    wished.requiredClaims = {"groups=family", "active=true"};
    const auto allowed = [&](const json::value& groups, const json::value& active) {
        auto known = claims();
        known["groups"] = groups;
        known["active"] = active;
        return externalPerson(known, wished).has_value();
    };
    EXPECT_TRUE(allowed(json::array{"others", "family"}, true));
    EXPECT_TRUE(allowed("family", "true"));
    EXPECT_FALSE(allowed(json::array{"others"}, true));
    EXPECT_FALSE(allowed("family others", true));
    EXPECT_FALSE(allowed(json::array{"family"}, false));
    EXPECT_FALSE(allowed(json::object{{"family", true}}, true));
}

TEST(OidcRules, PeopleHaveNamesThatCanBeShown) {
    auto known = claims();
    known["preferred_username"] = "ana\n";
    known["email"] = "ana@home.example";
    const auto person = externalPerson(known, options());
    EXPECT_EQ(person->username, "ana");
    EXPECT_EQ(person->label, "ana@home.example");
    EXPECT_EQ(externalPerson(claims(), options())->label, "ana-1");
}

}  // namespace
}  // namespace marea::server
