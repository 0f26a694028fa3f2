#include "server/gateway/requestrules.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

Request requestOf(Method method, const std::string& target, std::string peer = "192.0.2.1") {
    Request request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    request.peer = std::move(peer);
    return request;
}

bool refuses(const std::vector<RequestRule>& rules, const Request& request, std::uint64_t body = 0) {
    return RequestRules(rules).refusing(request, body, 0) != nullptr;
}

TEST(Glob, MeetsRunsOfCharacters) {
    EXPECT_TRUE(matchesGlob("/a/b", "/a/b"));
    EXPECT_TRUE(matchesGlob("/a/b", "/a/*"));
    EXPECT_TRUE(matchesGlob("/a/", "/a/*"));
    EXPECT_TRUE(matchesGlob("/x/wp-login.php", "*.php"));
    EXPECT_TRUE(matchesGlob("/a/b/c/b/d", "/a*b*d"));
    EXPECT_TRUE(matchesGlob("", "**"));
    EXPECT_FALSE(matchesGlob("/a/b", "/a"));
    EXPECT_FALSE(matchesGlob("/a", "/a/*"));
    EXPECT_FALSE(matchesGlob("/a/b/c", "/a*b*d"));
    EXPECT_FALSE(matchesGlob("/a", ""));
}

TEST(Glob, TakesNoLongForWhatNeverFits) {
    EXPECT_FALSE(matchesGlob(std::string(16'000, 'a'), "*a*a*a*a*a*a*a*b"));
}

TEST(Addresses, AreInTheirNetworks) {
    const auto in = [](std::string_view address, std::string_view range) {
        return isIn(address, addressRange(range).value());
    };
    EXPECT_TRUE(in("192.0.2.7", "192.0.2.0/24"));
    EXPECT_FALSE(in("192.0.3.7", "192.0.2.0/24"));
    EXPECT_TRUE(in("192.0.2.127", "192.0.2.0/25"));
    EXPECT_FALSE(in("192.0.2.128", "192.0.2.0/25"));
    EXPECT_TRUE(in("192.0.2.7", "192.0.2.7"));
    EXPECT_FALSE(in("192.0.2.8", "192.0.2.7"));
    EXPECT_TRUE(in("8.8.8.8", "0.0.0.0/0"));
    EXPECT_FALSE(in("2001:db8::1", "0.0.0.0/0"));
    EXPECT_TRUE(in("2001:db8:7::1", "2001:db8::/32"));
    EXPECT_FALSE(in("2001:db9::1", "2001:db8::/32"));
    EXPECT_TRUE(in("::ffff:192.0.2.7", "192.0.2.0/24"));
    EXPECT_FALSE(in("nobody", "::/0"));
    for (const char* wrong : {"", "192.0.2", "192.0.2.0/33", "192.0.2.0/x", "192.0.2.0/", "::/129", "host"}) {
        EXPECT_FALSE(addressRange(wrong)) << wrong;
    }
}

TEST(Rules, HoldWhenAllThatTheyTellHolds) {
    RequestRule rule;
    rule.paths = {"/api/v1/admin/*", "/metrics"};
    rule.methods = {Method::Get, Method::Post};
    rule.from = {*addressRange("192.168.0.0/16")};
    rule.notFrom = true;
    EXPECT_TRUE(refuses({rule}, requestOf(Method::Get, "/metrics")));
    EXPECT_TRUE(refuses({rule}, requestOf(Method::Post, "/api/v1/admin/jobs?limit=1")));
    EXPECT_FALSE(refuses({rule}, requestOf(Method::Get, "/metrics", "192.168.7.7")));
    EXPECT_FALSE(refuses({rule}, requestOf(Method::Delete, "/metrics")));
    EXPECT_FALSE(refuses({rule}, requestOf(Method::Get, "/api/v1/me")));
}

TEST(Rules, LookAtFieldsAndSizes) {
    RequestRule agent, large, field;
    agent.header = "user-agent";
    agent.headerHas = "SQLmap";
    large.bodyOver = 1000;
    field.headerOver = 20;
    Request request = requestOf(Method::Post, "/x");
    request.headers.add("User-Agent", "sqlmap/1.7");
    EXPECT_TRUE(refuses({agent}, request));
    EXPECT_FALSE(refuses({field}, request));
    EXPECT_FALSE(refuses({large}, request, 1000));
    EXPECT_TRUE(refuses({large}, request, 1001));
    request.headers.set("User-Agent", "curl");
    EXPECT_FALSE(refuses({agent}, request));
    request.headers.set("X-Long", std::string(21, 'x'));
    EXPECT_TRUE(refuses({field}, request));
    agent.headerHas.clear();
    EXPECT_TRUE(refuses({agent}, request));  // that it is there
    EXPECT_FALSE(refuses({agent}, requestOf(Method::Post, "/x")));
}

TEST(Rules, LetARateThrough) {
    RequestRule rule;
    rule.name = "slow";
    rule.paths = {"/slow"};
    rule.rate = 1;
    RequestRules rules({rule});
    const auto asked = [&](const char* peer, std::int64_t now) {
        return rules.refusing(requestOf(Method::Get, "/slow", peer), 0, now) == nullptr;
    };
    int let = 0;
    while (let < 1000 && asked("192.0.2.1", 0)) {
        ++let;
    }
    EXPECT_EQ(let, TokenBuckets::kBurstSeconds);
    EXPECT_TRUE(asked("192.0.2.2", 0));
    EXPECT_TRUE(asked("192.0.2.1", 1000));
    EXPECT_FALSE(asked("192.0.2.1", 1000));
    EXPECT_EQ(rules.refused(), 2U);
    EXPECT_FALSE(rules.refusing(requestOf(Method::Get, "/other"), 0, 0));
}

// What every server begins with, against what it is for, and against what must go through.
TEST(DefaultRules, RefuseTricksAndNothingElse) {
    for (const char* target :
         {"/stream/%2e%2e/x", "/a/%2E./b", "/a%2fb", "/a%5Cb", "/a%00", "/a%252e%252e", "/%c0%ae"}) {
        EXPECT_TRUE(refuses(defaultRules(), requestOf(Method::Get, target))) << target;
    }
    EXPECT_TRUE(refuses(defaultRules(), requestOf(Method::Other, "/")));
    Request absurd = requestOf(Method::Get, "/");
    absurd.headers.add("X", std::string(8193, 'x'));
    EXPECT_TRUE(refuses(defaultRules(), absurd));
    for (const char* target : {"/", "/api/v1/media?q=100%25&kind=%2e%2e", "/stream/abc-_.def/x/direct/f.mp4",
                               "/api/v1/playlists/0190/export?format=xspf", "/a%20b", "/%C3%A9"}) {
        EXPECT_FALSE(refuses(defaultRules(), requestOf(Method::Get, target))) << target;
    }
    for (const Method method :
         {Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options}) {
        EXPECT_FALSE(refuses(defaultRules(), requestOf(method, "/")));
    }
}

}  // namespace
}  // namespace marea::server
