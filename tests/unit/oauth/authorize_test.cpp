#include "oauthfixture.h"

namespace marea::server {
namespace {

constexpr const char* kPath = "/oauth/authorize";

TEST_F(OAuthTest, FromThePageToTokens) {
    const Response signIn = call(Method::Get, kPath, asked());
    EXPECT_EQ(signIn.status, 200);
    EXPECT_NE(bodyOf(signIn).find("Marea wants to use this server as you."), std::string::npos);
    const Response page = consent(asked());
    EXPECT_NE(bodyOf(page).find("Signed in as Ana"), std::string::npos);
    const Response answer = send(page, kPath, "allow");
    ASSERT_EQ(answer.status, 303);
    EXPECT_TRUE(location(answer).starts_with("http://127.0.0.1:5000/callback?code="));
    EXPECT_EQ(parameter(answer, "state"), "my state&");
    EXPECT_EQ(parameter(answer, "iss"), kBase);
    const Response tokens = exchange(parameter(answer, "code"));
    ASSERT_EQ(tokens.status, 200) << bodyOf(tokens);
    EXPECT_EQ(tokens.headers.find("cache-control"), "no-store");
    const auto who = identity->bearer(text(jsonOf(tokens), "access_token"));
    ASSERT_TRUE(who);
    EXPECT_EQ(who->username, "Ana");
    EXPECT_EQ(deviceOf(*who), "Marea");
}

TEST_F(OAuthTest, APageIsSafeToShow) {
    const Response page = consent(asked());
    const std::string policy(*page.headers.find("content-security-policy"));
    for (const char* part : {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                             "form-action 'self' http://127.0.0.1:5000;", "style-src 'sha256-"}) {
        EXPECT_NE(policy.find(part), std::string::npos) << policy;
    }
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(page.headers.find("x-frame-options"), "DENY");
    EXPECT_EQ(page.headers.find("cache-control"), "no-store");
    cookie.clear();
    const std::string set(*call(Method::Get, kPath, asked()).headers.find("set-cookie"));
    EXPECT_NE(set.find("; HttpOnly; SameSite=Lax"), std::string::npos);
    EXPECT_FALSE(call(Method::Get, kPath, asked()).headers.find("set-cookie")) << "the browser has one";
}

TEST_F(OAuthTest, NothingGoesToAnAddressThatIsNotTheClients) {
    for (const char* uri :
         {"https://evil.example/callback", "http://127.0.0.1:5000/other", "http://127.0.0.1:5000@evil.example/callback",
          "http://127.0.0.1:5000/callback#x", "https://127.0.0.1:5000/callback", "http://localhost:5000/callback",
          "javascript:alert(1)", "//evil.example", ""}) {
        Parameters request = asked(uri);
        request.emplace_back("scope", "wrong");  // an error that would be told there
        const Response page = call(Method::Get, kPath, request);
        EXPECT_EQ(page.status, 400) << uri;
        EXPECT_EQ(location(page), "") << uri;
        const Response sent = call(Method::Post, kPath, {{"request", encodedQuery(request)}, {"action", "deny"}});
        EXPECT_EQ(sent.status, 400) << uri;
        EXPECT_EQ(location(sent), "") << uri;
    }
    Parameters twice = asked();
    twice.emplace_back("redirect_uri", "https://evil.example/");
    EXPECT_EQ(call(Method::Get, kPath, twice).status, 400);
    EXPECT_EQ(call(Method::Get, kPath, asked(kRedirect, "nobody")).status, 400);
    EXPECT_EQ(call(Method::Post, kPath, {{"action", "allow"}}).status, 400);
}

TEST_F(OAuthTest, OtherMistakesAreToldToTheProgram) {
    Parameters request = asked();
    request.emplace_back("scope", "openid");
    const Response answer = call(Method::Get, kPath, request);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(parameter(answer, "error"), "invalid_scope");
    EXPECT_EQ(parameter(answer, "state"), "my state&");
    EXPECT_EQ(parameter(answer, "iss"), kBase);
    EXPECT_EQ(parameter(send(consent(asked()), kPath, "deny"), "error"), "access_denied");
}

TEST_F(OAuthTest, AWrongPasswordIsSaidInWordsAndLimited) {
    const Response page = call(Method::Get, kPath, asked());
    for (int i = 0; i < 5; ++i) {
        const Response refused = send(page, kPath, "sign-in", credentials("wrong"));
        EXPECT_EQ(refused.status, 401);
        EXPECT_NE(bodyOf(refused).find("The name or the password is wrong."), std::string::npos);
        EXPECT_EQ(bodyOf(refused).find("wrong\""), std::string::npos) << "no password in the page";
    }
    const Response limited = send(page, kPath, "sign-in", credentials());
    EXPECT_EQ(limited.status, 429);
    EXPECT_TRUE(limited.headers.find("retry-after"));
    EXPECT_NE(bodyOf(limited).find("Too many tries. Try again in"), std::string::npos);
    language = "es-ES,es;q=0.9";
    EXPECT_NE(bodyOf(send(page, kPath, "sign-in", credentials())).find("Demasiados intentos."), std::string::npos);
}

TEST_F(OAuthTest, AFormOfAnotherSiteDoesNothing) {
    const Response page = consent(asked());
    for (const std::string& token : {std::string(), std::string("forged"), oauth->browsers().formToken("other")}) {
        const Response answer = call(
            Method::Post, kPath, {{"form_token", token}, {"request", hidden(page, "request")}, {"action", "allow"}});
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(location(answer), "");
        EXPECT_NE(bodyOf(answer).find("Nothing was done"), std::string::npos);
    }
    const std::string mine = cookie;
    cookie.clear();
    EXPECT_EQ(send(page, kPath, "allow").status, 403) << "without the cookie";
    cookie = mine;
    EXPECT_EQ(send(page, kPath, "allow").status, 303);
}

TEST_F(OAuthTest, SigningInChangesTheCookieAndSwitchingEndsIt) {
    const Response page = call(Method::Get, kPath, asked());
    const std::string before = cookie;
    const Response signedIn = send(page, kPath, "sign-in", credentials());
    EXPECT_TRUE(location(signedIn).starts_with("/oauth/authorize?response_type=code&"));
    EXPECT_NE(cookie, before);
    const std::string after = cookie;
    cookie = before;
    EXPECT_NE(bodyOf(call(Method::Get, kPath, asked())).find("type=\"password\""), std::string::npos);
    cookie = after;
    const Response allowed = call(Method::Get, kPath, asked());
    EXPECT_EQ(send(allowed, kPath, "switch").status, 303);
    EXPECT_NE(bodyOf(call(Method::Get, kPath, asked())).find("type=\"password\""), std::string::npos);
    EXPECT_EQ(location(send(allowed, kPath, "allow")), "") << "nobody is signed in";
}

TEST_F(OAuthTest, ABrowsersSignInEndsWithTimeAndPassword) {
    consent(asked());
    clock->time += BrowserSessions::kLife;
    EXPECT_NE(bodyOf(call(Method::Get, kPath, asked())).find("type=\"password\""), std::string::npos);
    consent(asked());
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    EXPECT_NE(bodyOf(call(Method::Get, kPath, asked())).find("type=\"password\""), std::string::npos);
}

TEST_F(OAuthTest, ACodeIsForOneClientOneAddressAndOneVerifier) {
    const auto other = oauth->clients().add("Other", {"http://127.0.0.1/callback"});
    ASSERT_TRUE(other);
    EXPECT_EQ(errorOfAnswer(exchange(code(), std::string(43, 'a'))), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(exchange(code(), kVerifier, "http://127.0.0.1:5001/callback")), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(exchange(code(), kVerifier, kRedirect, other->id)), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(exchange(code(), kVerifier, kRedirect, "nobody")), "invalid_client");
    EXPECT_EQ(errorOfAnswer(exchange("wrong")), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(exchange("")), "invalid_request");
    EXPECT_EQ(errorOfAnswer(exchange(code(), "")), "invalid_request");
    const std::string tried = code();
    EXPECT_EQ(errorOfAnswer(exchange(tried, std::string(43, 'a'))), "invalid_grant");
    EXPECT_EQ(errorOfAnswer(exchange(tried)), "invalid_grant") << "one try";
    EXPECT_EQ(exchange(code()).status, 200);
}

TEST_F(OAuthTest, ACodeIsShortLived) {
    const std::string late = code();
    clock->time += AuthorizationCodes::kLife;
    EXPECT_EQ(errorOfAnswer(exchange(late)), "invalid_grant");
    const std::string soon = code();
    clock->time += AuthorizationCodes::kLife - 1;
    EXPECT_EQ(exchange(soon).status, 200);
}

TEST_F(OAuthTest, ANewPasswordEndsCodesOnTheirWay) {
    const std::string before = code();
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    EXPECT_EQ(errorOfAnswer(exchange(before)), "invalid_grant");
}

// Between the look at who has signed in and the writing of the code.
TEST_F(OAuthTest, APasswordThatChangesMeanwhileGivesNoCode) {
    const auto request = checkedRequest(asked());
    const auto before = identity->userById(identity->bearer(owner.accessToken)->userId);
    ASSERT_TRUE(request && before && *before);
    EXPECT_TRUE(oauth->codes().issue(*request, **before));
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    const auto late = oauth->codes().issue(*request, **before);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, core::ErrorCode::Unauthorized);
}

TEST_F(OAuthTest, AReplayedCodeEndsWhatItGave) {
    const std::string once = code();
    const auto tokens = jsonOf(exchange(once));
    EXPECT_TRUE(identity->bearer(text(tokens, "access_token")));
    EXPECT_EQ(errorOfAnswer(exchange(once)), "invalid_grant");
    EXPECT_FALSE(identity->bearer(text(tokens, "access_token")));
    EXPECT_FALSE(identity->refresh(text(tokens, "refresh_token"), "marea"));
    EXPECT_TRUE(identity->bearer(owner.accessToken)) << "and nothing else";
}

TEST_F(OAuthTest, OfManyAtOnceACodeGivesOneLogIn) {
    const std::string once = code();
    std::atomic<int> given = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            given += oauth->codes().exchange({once, "marea", kRedirect, kVerifier, "x"}).has_value();
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(given, 1);
    const auto devices = identity->devices(identity->bearer(owner.accessToken)->userId);
    EXPECT_EQ(devices->size(), 1U) << "and the others ended it";
}

TEST_F(OAuthTest, CodesThatRanOutAreForgotten) {
    code();
    clock->time += 2 * 24 * 3'600'000;
    ASSERT_TRUE(oauth->maintain());
    const auto left = database->readValue<std::int64_t>([](core::db::Session& session) -> core::Result<std::int64_t> {
        auto count = session.first("SELECT count(*) FROM authorization_codes", {},
                                   [](const core::db::Row& row) { return row.integer(0); });
        return **count;
    });
    EXPECT_EQ(*left, 0);
}

}  // namespace
}  // namespace marea::server
