#include "server/apps/oauth/redirects.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

TEST(Redirects, WhatMayBeRegistered) {
    for (const char* uri : {"https://app.example/callback", "https://app.example", "https://app.example:8443/a?b=c",
                            "http://127.0.0.1/callback", "http://127.0.0.1:80/", "http://[::1]/callback",
                            "http://[::1]:5000", "com.example.app:/callback", "org.marea:callback"}) {
        EXPECT_FALSE(redirectProblem(uri)) << uri << ": " << redirectProblem(uri).value_or("");
    }
}

TEST(Redirects, WhatMayNot) {
    for (const std::string& uri : {std::string(),
                                   std::string("callback"),
                                   std::string("/callback"),
                                   std::string("//app.example/"),
                                   std::string("http://app.example/"),
                                   std::string("http://localhost/callback"),
                                   std::string("http://localhost:5000/"),
                                   std::string("http://127.0.0.1.evil.example/"),
                                   std::string("http://127.0.0.1@evil.example/"),
                                   std::string("http://127.0.0.1:5000@evil.example/"),
                                   std::string("http://127.0.0.1:0/"),
                                   std::string("http://127.0.0.1:65536/"),
                                   std::string("http://127.0.0.1:05/"),
                                   std::string("http://127.0.0.1:/"),
                                   std::string("http://[::1]evil/"),
                                   std::string("http://127.1/"),
                                   std::string("http://2130706433/"),
                                   std::string("https://"),
                                   std::string("https:///path"),
                                   std::string("https://user@app.example/"),
                                   std::string("https://user:word@app.example/"),
                                   std::string("https://app.example/#part"),
                                   std::string("https://app.example/a b"),
                                   std::string("https://app.example\\@evil.example/"),
                                   std::string("https://app.example/\r\nX: y"),
                                   std::string("https://äpp.example/"),
                                   std::string("HTTPS://app.example/"),
                                   std::string("https://App.example/"),
                                   std::string("javascript:alert(1)"),
                                   std::string("data:text/html,x"),
                                   std::string("file:///etc/passwd"),
                                   std::string("vbscript:x"),
                                   std::string("myapp:/callback"),
                                   std::string(".a:/"),
                                   std::string("https://a/") + std::string(512, 'a')}) {
        EXPECT_TRUE(redirectProblem(uri)) << uri;
    }
}

TEST(Redirects, MatchCharacterByCharacter) {
    const char* registered = "https://app.example/callback?a=1";
    EXPECT_TRUE(redirectMatches(registered, registered));
    for (const char* given :
         {"https://app.example/callback", "https://app.example/callback?a=1&b=2", "https://app.example/callback/?a=1",
          "https://app.example:443/callback?a=1", "https://app.example/CALLBACK?a=1",
          "https://app.example/x/../callback?a=1", "https://app.example/%63allback?a=1",
          "http://app.example/callback?a=1", "https://app.example.evil.example/callback?a=1",
          "https://evil.example/callback?a=1", "https://app.example@evil.example/callback?a=1",
          "https://app.example/callback?a=1#x", ""}) {
        EXPECT_FALSE(redirectMatches(registered, given)) << given;
    }
}

TEST(Redirects, OnlyThePortOfThisMachineIsFree) {
    const char* registered = "http://127.0.0.1/callback";
    for (const char* given :
         {"http://127.0.0.1/callback", "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback"}) {
        EXPECT_TRUE(redirectMatches(registered, given)) << given;
        EXPECT_TRUE(redirectMatches("http://127.0.0.1:9/callback", given)) << given;
    }
    for (const char* given :
         {"http://127.0.0.1:5000/", "http://127.0.0.1:5000/callback/", "http://127.0.0.1:5000/callback?x=y",
          "http://127.0.0.1:5000/callback/../x", "http://127.0.0.1:70000/callback", "http://127.0.0.1:5000:1/callback",
          "http://127.0.0.2:5000/callback", "http://[::1]:5000/callback", "http://localhost:5000/callback",
          "https://127.0.0.1:5000/callback", "http://127.0.0.1:5000@evil.example/callback",
          "http://evil@127.0.0.1:5000/callback", "http://127.0.0.1:5000/callback#x",
          "http://127.0.0.1.evil.example/callback"}) {
        EXPECT_FALSE(redirectMatches(registered, given)) << given;
    }
    EXPECT_TRUE(redirectMatches("http://[::1]/callback", "http://[::1]:5000/callback"));
    EXPECT_FALSE(redirectMatches("http://[::1]/callback", "http://127.0.0.1:5000/callback"));
    EXPECT_FALSE(redirectMatches("https://app.example/callback", "https://app.example:5000/callback"));
}

TEST(Redirects, AnswersAreEncoded) {
    EXPECT_EQ(withParameters("http://127.0.0.1:5/cb", {{"code", "a-b_c.~"}, {"state", "x&y=z #\r\n\"é"}}),
              "http://127.0.0.1:5/cb?code=a-b_c.~&state=x%26y%3Dz%20%23%0D%0A%22%C3%A9");
    EXPECT_EQ(withParameters("https://app.example/?a=1", {{"code", "x"}}), "https://app.example/?a=1&code=x");
}

TEST(Redirects, AsSourcesOfAPolicy) {
    EXPECT_EQ(formActionSource("https://app.example:8443/callback?x=;'"), "https://app.example:8443");
    EXPECT_EQ(formActionSource("http://127.0.0.1:5000/callback"), "http://127.0.0.1:5000");
    EXPECT_EQ(formActionSource("http://[::1]:5000/callback"), "http:");
    EXPECT_EQ(formActionSource("com.example.app:/callback"), "com.example.app:");
    EXPECT_EQ(redirectHost("https://app.example/callback"), "app.example");
    EXPECT_EQ(redirectHost("http://127.0.0.1:5000/callback"), "");
}

}  // namespace
}  // namespace marea::server
