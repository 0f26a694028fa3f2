// Signing in with an account elsewhere, on real pages and a real database; the issuer is the test.
#include "server/apps/oidc/oidc.h"

#include "server/apps/identity/signingkey.h"
#include "tests/support/fakeoutbound.h"
#include "tests/unit/oauth/oauthfixture.h"

namespace marea::server {
namespace {

namespace json = core::json;
using test::answer;

constexpr const char* kIssuer = "https://id.example";

class Auditing final : public Auditor {
public:
    void record(AuditedRequest request) override {
        const std::lock_guard lock(mutex);
        all.push_back(request.action + " " + request.username + " " + std::to_string(request.status));
    }
    std::mutex mutex;
    std::vector<std::string> all;
};

class OidcTest : public OAuthTest {
protected:
    void SetUp() override {
        OAuthTest::SetUp();
        key = std::make_unique<SigningKey>(*SigningKey::make(folder));
        network.at(std::string(kIssuer) + "/.well-known/openid-configuration",
                   answer(200, json::serialize(json::object{{"issuer", kIssuer},
                                                            {"authorization_endpoint", "https://id.example/auth"},
                                                            {"token_endpoint", "https://id.example/token"},
                                                            {"jwks_uri", "https://id.example/keys"},
                                                            {"userinfo_endpoint", "https://id.example/me"}})));
        network.at("https://id.example/keys", answer(200, json::serialize(json::object{{"keys", {key->jwk()}}})));
    }
    void open(bool create = false) {
        OidcOptions options;
        options.issuer = kIssuer;
        options.clientId = "marea";
        options.clientSecret = "secret";
        options.name = "Family & Co";
        options.redirectUri = "https://media.example/oauth/external/callback";
        options.createUsers = create;
        options.scopes = {"openid"};
        options.usernameClaim = "preferred_username";
        options.requiredClaims = {"groups=family"};
        oidc = std::make_unique<Oidc>(
            Oidc::Parts{*database, *identity, *oauth, network, pool, audit, clock, core::makeNullLogger()}, options);
        oidc->addRoutes(router);
    }
    // The browser goes to the issuer; what it is sent with.
    Response begin(const Parameters& request = asked()) {
        Response away = call(Method::Get, "/oauth/external", {{"request", encodedQuery(request)}});
        EXPECT_EQ(away.status, 303);
        EXPECT_TRUE(location(away).starts_with("https://id.example/auth?")) << location(away);
        return away;
    }
    json::object claims(const Response& away, const std::string& name = "bea") {
        const core::TimeMs now = clock->now() / 1000;
        return {{"iss", kIssuer},
                {"aud", "marea"},
                {"sub", name + "-1"},
                {"iat", now},
                {"exp", now + 300},
                {"nonce", parameter(away, "nonce")},
                {"preferred_username", name},
                {"email", name + "@home.example"},
                {"groups", {"family"}}};
    }
    void give(const std::string& idToken) {
        network.at("https://id.example/token",
                   answer(200, json::serialize(json::object{{"id_token", idToken}, {"access_token", "t"}})));
    }
    std::string signedToken(const json::object& claims) { return *key->sign("JWT", json::serialize(claims)); }
    Response back(const Response& away, Parameters more = {}) {
        Parameters fields{{"state", parameter(away, "state")}, {"code", "c0de"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return call(Method::Get, "/oauth/external/callback", fields);
    }
    Response signIn(const std::string& name = "bea") {
        const Response away = begin();
        give(signedToken(claims(away, name)));
        return back(away);
    }
    // Whether a browser sees the page to allow the program.
    bool isIn() {
        return bodyOf(call(Method::Get, "/oauth/authorize", asked())).find("value=\"allow\"") != std::string::npos;
    }
    std::vector<std::string> audited() {
        const std::lock_guard lock(audit.mutex);
        return audit.all;
    }

    test::FakeOutbound network;
    Auditing audit;
    std::unique_ptr<SigningKey> key;
    std::unique_ptr<Oidc> oidc;
};

TEST_F(OidcTest, ThePageOffersIt) {
    const std::string before = bodyOf(call(Method::Get, "/oauth/authorize", asked()));
    EXPECT_EQ(before.find("/oauth/external"), std::string::npos) << "not without an issuer";
    open();
    const std::string page = bodyOf(call(Method::Get, "/oauth/authorize", asked()));
    EXPECT_NE(page.find("href=\"/oauth/external?request="), std::string::npos);
    EXPECT_NE(page.find("Sign in with Family &amp; Co"), std::string::npos);
    EXPECT_EQ(page.find("form_token="), std::string::npos) << "the token of the form is for the form";
    language = "es";
    EXPECT_NE(bodyOf(call(Method::Get, "/oauth/authorize", asked())).find("Iniciar sesión con Family"),
              std::string::npos);
}

TEST_F(OidcTest, SomebodyNewSignsInByPasswordOnceAndIsLinked) {
    open();
    const Response first = signIn();
    ASSERT_EQ(first.status, 303) << bodyOf(first);
    EXPECT_EQ(location(first), withParameters("/oauth/authorize", asked()));
    EXPECT_FALSE(isIn()) << "nobody here yet";
    const Response page = call(Method::Get, "/oauth/authorize", asked());
    EXPECT_NE(bodyOf(page).find("Nobody here is linked"), std::string::npos);
    EXPECT_EQ(send(page, "/oauth/authorize", "sign-in", credentials()).status, 303);
    EXPECT_TRUE(isIn());

    cookie.clear();  // another browser
    EXPECT_EQ(signIn().status, 303);
    EXPECT_TRUE(isIn()) << "without a password";
    const auto token =
        exchange(parameter(send(call(Method::Get, "/oauth/authorize", asked()), "/oauth/authorize", "allow"), "code"));
    EXPECT_EQ(token.status, 200);
    EXPECT_EQ(identity->bearer(text(jsonOf(token), "access_token"))->username, "Ana");
    EXPECT_EQ(audited(),
              (std::vector<std::string>{"external-account.link Ana 200", "external-account.sign-in Ana 200"}));

    const auto items = jsonOf(call(Method::Get, "/api/v1/me/external-accounts")).at("items").as_array();
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].at("label"), "bea@home.example");
    const std::string path = "/api/v1/me/external-accounts/" + text(items[0].as_object(), "id");
    EXPECT_EQ(call(Method::Delete, path).status, 204);
    EXPECT_EQ(call(Method::Delete, path).status, 404);
    cookie.clear();
    EXPECT_EQ(signIn().status, 303);
    EXPECT_FALSE(isIn()) << "no longer linked";
}

TEST_F(OidcTest, OnlyWhatThePageToldOfIsLinked) {
    open();
    EXPECT_EQ(call(Method::Get, "/oauth/authorize", asked()).status, 200);  // the browser has its cookie
    const Response before = call(Method::Get, "/oauth/authorize", asked());
    EXPECT_EQ(signIn().status, 303);  // in another tab, while the password is typed
    EXPECT_EQ(send(before, "/oauth/authorize", "sign-in", credentials()).status, 303);
    EXPECT_TRUE(isIn());
    EXPECT_TRUE(jsonOf(call(Method::Get, "/api/v1/me/external-accounts")).at("items").as_array().empty());
}

TEST_F(OidcTest, WhoMayBeMadeIsMadeAMember) {
    open(true);
    EXPECT_EQ(signIn().status, 303);
    EXPECT_TRUE(isIn());
    const auto users = *identity->users();
    ASSERT_EQ(users.size(), 2u);
    const auto& bea = users[0].username == "bea" ? users[0] : users[1];
    EXPECT_EQ(bea.role, "member");
    cookie.clear();
    EXPECT_EQ(signIn().status, 303);
    EXPECT_TRUE(isIn());
    EXPECT_EQ(identity->users()->size(), 2u) << "once";
}

TEST_F(OidcTest, ANameThatSomebodyHasIsNotTakenOver) {
    open(true);
    EXPECT_EQ(signIn("ANA").status, 303);
    EXPECT_FALSE(isIn());
    EXPECT_EQ(identity->users()->size(), 1u);
    EXPECT_NE(bodyOf(call(Method::Get, "/oauth/authorize", asked())).find("Nobody here is linked"), std::string::npos);
}

TEST_F(OidcTest, ALinkIsSomebodysAlone) {
    open(true);
    ASSERT_EQ(signIn().status, 303);  // bea is made
    ExternalAccounts accounts(*database, *identity, clock);
    const auto ana = identity->authenticate("ana", "correct horse", kPeer);
    ASSERT_TRUE(ana);
    const auto linked = accounts.link(*ana, {kIssuer, "bea-1", "bea", "bea"});
    ASSERT_FALSE(linked);
    EXPECT_EQ(linked.error().code, core::ErrorCode::Conflict);
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    const auto late = accounts.link(*ana, {kIssuer, "ana-1", "ana", "ana"});
    ASSERT_FALSE(late) << "the password was changed while it was checked";
    EXPECT_EQ(late.error().code, core::ErrorCode::Unauthorized);
}

TEST_F(OidcTest, ANewPasswordEndsLinks) {
    open(true);
    ASSERT_EQ(signIn().status, 303);
    ASSERT_TRUE(identity->changePassword("bea", "another long password"));
    cookie.clear();
    EXPECT_EQ(signIn().status, 303);
    EXPECT_FALSE(isIn()) << "whoever knew the old password may have made the link";
}

TEST_F(OidcTest, StatesCountOnceAndForOneBrowser) {
    open(true);
    const Response away = begin();
    give(signedToken(claims(away)));
    const std::string anas = cookie;
    cookie = "";
    EXPECT_EQ(back(away).status, 400) << "another browser";
    cookie = anas;
    EXPECT_EQ(back(away).status, 303);
    cookie = anas;
    EXPECT_EQ(back(away).status, 400) << "again";
    EXPECT_EQ(call(Method::Get, "/oauth/external/callback", {{"code", "c"}, {"state", "invented"}}).status, 400);
    EXPECT_EQ(call(Method::Get, "/oauth/external/callback").status, 400);
}

TEST_F(OidcTest, TokensThatAreNotRightLetNobodyIn) {
    open(true);
    SigningKey another = *SigningKey::make(folder);
    const auto coded = [](const std::string& text) {
        return base64Url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    };
    using Make = std::function<std::string(json::object)>;
    const std::vector<std::pair<const char*, Make>> wrong{
        {"another key", [&](json::object c) { return *another.sign("JWT", json::serialize(c)); }},
        {"no algorithm",
         [&](json::object c) { return coded(R"({"alg":"none"})") + "." + coded(json::serialize(c)) + "."; }},
        {"a secret for a key",
         [&](json::object c) {
             return coded(R"({"alg":"HS256","kid":")" + key->id() + "\"}") + "." + coded(json::serialize(c)) + ".AAAA";
         }},
        {"changed after it was signed",
         [&](json::object c) {
             std::string token = signedToken(c);
             const auto dot = token.find('.');
             c["sub"] = "ana";
             return token.substr(0, dot + 1) + coded(json::serialize(c)) + token.substr(token.rfind('.'));
         }},
        {"another nonce",
         [&](json::object c) {
             c["nonce"] = "x";
             return signedToken(c);
         }},
        {"another audience",
         [&](json::object c) {
             c["aud"] = "x";
             return signedToken(c);
         }},
        {"another issuer",
         [&](json::object c) {
             c["iss"] = "https://evil.example";
             return signedToken(c);
         }},
        {"run out",
         [&](json::object c) {
             c["exp"] = clock->now() / 1000 - 100;
             return signedToken(c);
         }},
        {"not of the family",
         [&](json::object c) {
             c["groups"] = json::array{"others"};
             return signedToken(c);
         }},
        {"no token at all", [](const json::object&) { return "x"; }}};
    for (const auto& [what, make] : wrong) {
        cookie.clear();
        const Response away = begin();
        give(make(claims(away)));
        const Response answer = back(away);
        EXPECT_EQ(answer.status, 403) << what;
        EXPECT_NE(bodyOf(answer).find("did not confirm who you are"), std::string::npos) << what;
        EXPECT_FALSE(isIn()) << what;
    }
    EXPECT_EQ(identity->users()->size(), 1u);
}

TEST_F(OidcTest, WhatTheIssuerRefusesIsRefused) {
    open(true);
    const Response said = begin();
    EXPECT_EQ(
        call(Method::Get, "/oauth/external/callback", {{"state", parameter(said, "state")}, {"error", "access_denied"}})
            .status,
        403);
    const Response mixed = begin();
    give(signedToken(claims(mixed)));
    EXPECT_EQ(back(mixed, {{"iss", "https://evil.example"}}).status, 403) << "RFC 9207";
    const Response replayed = begin();
    network.at("https://id.example/token", answer(400, R"({"error":"invalid_grant"})"));
    EXPECT_EQ(back(replayed).status, 403) << "a code that was used";
    const Response down = begin();
    network.at("https://id.example/token", answer(503));
    const Response answer_ = back(down);
    EXPECT_EQ(answer_.status, 503);
    EXPECT_NE(bodyOf(answer_).find("cannot be asked just now"), std::string::npos);
    EXPECT_FALSE(isIn());
    network.at(std::string(kIssuer) + "/.well-known/openid-configuration", answer(200, "<html>"));
    EXPECT_EQ(call(Method::Get, "/oauth/external", {{"request", "a=b"}}).status, 503);
}

TEST_F(OidcTest, WhatTheTokenLacksIsAskedFor) {
    open(true);
    const Response away = begin();
    json::object bare = claims(away);
    for (const char* name : {"preferred_username", "email", "groups"}) {
        bare.erase(name);
    }
    give(signedToken(bare));
    network.at("https://id.example/me",
               answer(200, R"({"sub":"bea-1","preferred_username":"bea","groups":["family"]})"));
    EXPECT_EQ(back(away).status, 303);
    EXPECT_TRUE(isIn());

    cookie.clear();
    const Response other = begin();
    json::object theirs = bare;
    theirs["nonce"] = parameter(other, "nonce");
    give(signedToken(theirs));
    network.at("https://id.example/me", answer(200, R"({"sub":"ana-1","groups":["family"]})"));
    EXPECT_EQ(back(other).status, 403) << "about somebody else";
}

TEST_F(OidcTest, NewKeysOfTheIssuerAreFetched) {
    open(true);
    const auto asked = [&] {
        return std::count_if(network.requests.begin(), network.requests.end(),
                             [](const auto& request) { return request.url == "https://id.example/keys"; });
    };
    EXPECT_EQ(signIn().status, 303);
    EXPECT_EQ(asked(), 1);
    const Response away = begin();
    SigningKey renewed = *SigningKey::make(folder);
    give(*renewed.sign("JWT", json::serialize(claims(away))));
    EXPECT_EQ(back(away).status, 403);
    EXPECT_EQ(asked(), 3) << "once more, past what is kept";
    EXPECT_EQ(network.requests.back().keep, 0);
}

TEST_F(OidcTest, LeadsBackToOurOwnPagesAlone) {
    open(true);
    EXPECT_EQ(call(Method::Get, "/oauth/external").status, 400);
    const Response away = call(Method::Get, "/oauth/external", {{"user_code", "//evil.example"}});
    give(signedToken(claims(away)));
    EXPECT_EQ(location(back(away)), "/oauth/device?user_code=%2F%2Fevil.example");
    const Response odd = call(Method::Get, "/oauth/external", {{"request", "https://evil.example/?a"}});
    give(signedToken(claims(odd)));
    EXPECT_TRUE(location(back(odd)).starts_with("/oauth/authorize?"));
}

}  // namespace
}  // namespace marea::server
