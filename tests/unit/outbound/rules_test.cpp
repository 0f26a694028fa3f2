// Which addresses are called, what is kept, when it is tried again, where it may lead.
#include <gtest/gtest.h>

#include "server/gateway/conditional.h"
#include "server/outbound/addresses.h"
#include "server/outbound/breaker.h"
#include "server/outbound/freshness.h"
#include "server/outbound/pace.h"
#include "server/outbound/place.h"
#include "server/outbound/redirects.h"
#include "server/outbound/retry.h"
#include "tests/support/fakeoutbound.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using test::answer;
using test::failure;

TEST(OutboundPlace, ReadsWebAddresses) {
    const auto place = placeOf("https://Music.Example:8443/a%20b/c?q=x%26y#gone");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->host, "music.example");
    EXPECT_EQ(place->port, 8443);
    EXPECT_EQ(place->target, "/a%20b/c?q=x%26y");
    EXPECT_EQ(place->authority(), "music.example:8443");
    EXPECT_EQ(placeOf("https://music.example")->target, "/");
    EXPECT_EQ(placeOf("https://music.example")->authority(), "music.example");
    EXPECT_EQ(placeOf("http://[2001:db8::1]/x")->authority(), "[2001:db8::1]");
    EXPECT_FALSE(placeOf("http://[2001:db8::1]/x")->secure);
}

TEST(OutboundPlace, RefusesWhatIsNone) {
    for (const char* url :
         {"", "music.example", "ftp://music.example/", "file:///etc/passwd", "https://",
          "https://ana:secret@music.example/", "https://ana@music.example/", "https://music.example/a b",
          "https://music.example/\r\nHost: other", "https://music.example:0/", "https://music.example:70000/",
          "javascript:alert(1)", "//music.example/"}) {
        EXPECT_FALSE(placeOf(url)) << url;
    }
    EXPECT_FALSE(placeOf("https://music.example/" + std::string(10'000, 'a')));
}

TEST(OutboundPlace, JoinsPartsEncoded) {
    EXPECT_EQ(joinedUrl("https://a.example/api/", {"b c", "d/e", "ñ"}), "https://a.example/api/b%20c/d%2Fe/%C3%B1");
}

TEST(OutboundAddresses, ThePublicOnesAlone) {
    for (const char* address : {"1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8",
                                "64:ff9b::808:808", "100.128.0.1"}) {
        EXPECT_TRUE(isPublicAddress(address)) << address;
    }
    for (const char* address : {"127.0.0.1",
                                "127.8.8.8",
                                "0.0.0.0",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "192.0.0.1",
                                "198.18.0.1",
                                "203.0.113.9",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "fc00::1",
                                "fd12::1",
                                "ff02::1",
                                "2001:db8::1",
                                "2002:7f00:1::",
                                "2001::1",
                                "::ffff:127.0.0.1",
                                "::ffff:192.168.0.1",
                                "64:ff9b::7f00:1",
                                "64:ff9b::a00:1",
                                "fe80::1%eth0",
                                "1.1.1",
                                "example",
                                ""}) {
        EXPECT_FALSE(isPublicAddress(address)) << address;
    }
}

TEST(OutboundAddresses, AllowedNetworksAreCalledWithoutTlsToo) {
    const AddressRules none, home({*addressRange("192.168.1.0/24"), *addressRange("::1")});
    EXPECT_TRUE(none.mayCall("1.1.1.1", true));
    EXPECT_FALSE(none.mayCall("1.1.1.1", false)) << "in the clear over the internet";
    EXPECT_FALSE(none.mayCall("192.168.1.7", true));
    EXPECT_TRUE(home.mayCall("192.168.1.7", true));
    EXPECT_TRUE(home.mayCall("192.168.1.7", false));
    EXPECT_TRUE(home.mayCall("::1", false));
    EXPECT_FALSE(home.mayCall("192.168.2.7", true));
    EXPECT_FALSE(home.mayCall("169.254.169.254", true));
}

TEST(OutboundPace, EveryHostAtItsOwn) {
    Pace pace({.apart = {{"slow.example", 1000}}, .usually = 100, .longestWait = 2000});
    EXPECT_EQ(pace.take("slow.example", 5000), 0);
    EXPECT_EQ(pace.take("slow.example", 5000), 1000);
    EXPECT_EQ(pace.take("slow.example", 5500), 1500);
    EXPECT_EQ(pace.take("other.example", 5500), 0);
    EXPECT_EQ(pace.take("other.example", 5500), 100);
    EXPECT_EQ(pace.take("slow.example", 6000), 2000);
    EXPECT_EQ(pace.take("slow.example", 6000), std::nullopt) << "too many wait";
    EXPECT_EQ(pace.take("slow.example", 9000), 0) << "what was refused took no place";
}

TEST(OutboundBreaker, OpensRestsAndSendsOneAhead) {
    Breaker breaker({.failures = 2, .rest = 100, .longestRest = 300});
    EXPECT_TRUE(breaker.admit(0));
    breaker.failed(0);
    breaker.succeeded();
    breaker.failed(1);
    EXPECT_EQ(breaker.state(1), Breaker::State::Closed) << "not in a row";
    breaker.failed(2);
    EXPECT_EQ(breaker.state(2), Breaker::State::Open);
    EXPECT_FALSE(breaker.admit(101));
    EXPECT_EQ(breaker.state(102), Breaker::State::HalfOpen);
    EXPECT_TRUE(breaker.admit(102));
    EXPECT_FALSE(breaker.admit(102)) << "one alone";
    breaker.failed(103);
    EXPECT_FALSE(breaker.admit(302)) << "twice as long";
    EXPECT_TRUE(breaker.admit(303));
    breaker.unknown();
    EXPECT_TRUE(breaker.admit(304)) << "whoever went ahead did not come back";
    breaker.failed(304);
    EXPECT_FALSE(breaker.admit(603));
    EXPECT_TRUE(breaker.admit(604)) << "no longer than the longest";
    breaker.succeeded();
    EXPECT_TRUE(breaker.admit(605));
    EXPECT_TRUE(breaker.admit(605));
}

TEST(OutboundRetry, KeepsToRetryAfter) {
    const OutboundRequest request{.url = "https://a.example/"};
    EXPECT_EQ(waitBeforeRetry(request, answer(503, "", {{"Retry-After", "7"}}), 1, 0, 0), 7000);
    EXPECT_EQ(waitBeforeRetry(request, answer(429), 1, 0, 0), 500);
    EXPECT_EQ(waitBeforeRetry(request, answer(429), 2, 0, 0), 1000);
    EXPECT_EQ(waitBeforeRetry(request, answer(429), 2, 1, 0), 500) << "the dice take up to a half";
    EXPECT_EQ(waitBeforeRetry(request, answer(429), 3, 0, 0), std::nullopt) << "three tries";
    EXPECT_EQ(waitBeforeRetry(request, answer(503, "", {{"Retry-After", "3600"}}), 1, 0, 0), std::nullopt)
        << "too long";
    EXPECT_EQ(waitBeforeRetry(request, failure(ErrorCode::Timeout), 1, 0, 0), 500);
    EXPECT_EQ(waitBeforeRetry(request, answer(503, "", {{"Retry-After", httpDate(60'000)}}), 1, 0, 50'000), 10'000);
    for (const char* text : {"-1", "soon", "1.5", "", "99999999999999999999"}) {
        EXPECT_EQ(waitBeforeRetry(request, answer(503, "", {{"Retry-After", text}}), 1, 0, 0), 500) << text;
    }
}

TEST(OutboundRetry, NotWhatIsDecidedOrDoesHarm) {
    const OutboundRequest request{.url = "https://a.example/"};
    for (const int status : {200, 304, 400, 401, 404, 500}) {
        EXPECT_EQ(waitBeforeRetry(request, answer(status), 1, 0, 0), std::nullopt) << status;
    }
    for (const ErrorCode code : {ErrorCode::Forbidden, ErrorCode::TooLarge, ErrorCode::Busy, ErrorCode::Cancelled}) {
        EXPECT_EQ(waitBeforeRetry(request, failure(code), 1, 0, 0), std::nullopt);
    }
    const OutboundRequest once{.method = Method::Post, .url = "https://a.example/", .repeatable = false};
    EXPECT_EQ(waitBeforeRetry(once, failure(ErrorCode::Timeout), 1, 0, 0), std::nullopt);
}

TEST(OutboundRetry, BacksOffWithoutEnd) {
    EXPECT_EQ(backOff(1, 0, 1000, 60'000), 1000);
    EXPECT_EQ(backOff(4, 0, 1000, 60'000), 8000);
    EXPECT_EQ(backOff(1'000'000, 0, 1000, 60'000), 60'000);
    EXPECT_EQ(backOff(1'000'000, 1, 1000, 60'000), 30'000);
    EXPECT_EQ(backOff(0, 7, 1000, 60'000), 500);
}

OutboundRequest asking(const std::string& url) {
    OutboundRequest request;
    request.url = url;
    request.headers = {{"Authorization", "Bearer secret"}, {"Accept", "application/json"}};
    request.alsoHosts = {".archive.example", "mirror.example"};
    return request;
}

OutboundAnswer leading(const std::string& to, int status = 302) {
    return answer(status, "", {{"Location", to}});
}

TEST(OutboundRedirects, ToAllowedHostsWithoutSecrets) {
    const auto same = redirected(asking("https://a.example/x/y?z"), leading("../w#f"));
    ASSERT_TRUE(same && *same);
    EXPECT_EQ((*same)->url, "https://a.example/w");
    EXPECT_EQ((*same)->headers.size(), 2u);

    const auto other = redirected(asking("https://a.example/"), leading("https://ia1.archive.example/p", 307));
    ASSERT_TRUE(other && *other);
    ASSERT_EQ((*other)->headers.size(), 1u);
    EXPECT_EQ((*other)->headers[0].first, "Accept");
    EXPECT_TRUE(redirected(**other, leading("https://a.example/back"))) << "and back";
}

TEST(OutboundRedirects, NowhereElse) {
    for (const char* to : {"http://a.example/", "https://b.example/", "https://archive.example/",
                           "https://evilarchive.example/", "https://127.0.0.1/", "file:///etc/passwd", "javascript:x",
                           "https://ana:pw@a.example/", "https://mirror.example.evil.example/"}) {
        const auto next = redirected(asking("https://a.example/"), leading(to));
        ASSERT_FALSE(next) << to;
        EXPECT_EQ(next.error().code, ErrorCode::Forbidden);
        EXPECT_EQ(next.error().detail.find("secret"), std::string::npos);
    }
}

TEST(OutboundRedirects, OthersAreAnswers) {
    auto post = asking("https://a.example/");
    post.method = Method::Post;
    EXPECT_FALSE(redirected(post, leading("https://b.example/")).value());
    EXPECT_FALSE(redirected(asking("https://a.example/"), answer(302)).value());
    EXPECT_FALSE(redirected(asking("https://a.example/"), leading("https://b.example/", 200)).value());
}

std::optional<core::TimeMs> fresh(int status, const std::string& control, core::TimeMs keep = 5000) {
    OutboundRequest request{.url = "https://a.example/"};
    request.keep = keep;
    return freshFor(request, answer(status, "x", {{"Cache-Control", control}}));
}

TEST(OutboundFreshness, AsTheAnswerSaysElseAsWished) {
    EXPECT_EQ(fresh(200, ""), 5000);
    EXPECT_EQ(fresh(200, "public, max-age=60"), 60'000);
    EXPECT_EQ(fresh(200, "Max-Age=60"), 60'000);
    EXPECT_EQ(fresh(200, "no-cache"), 0) << "kept, and asked about each time";
    EXPECT_EQ(fresh(200, "max-age=60, no-store"), std::nullopt);
    EXPECT_EQ(fresh(200, "max-age=-5"), 5000);
    EXPECT_EQ(fresh(200, "max-age=99999999999"), core::TimeMs{30} * 24 * 3600 * 1000);
    EXPECT_EQ(fresh(404, "max-age=9999999"), core::TimeMs{24} * 3600 * 1000);
    EXPECT_EQ(fresh(500, ""), std::nullopt);
    EXPECT_EQ(fresh(200, "", 0), std::nullopt);
    OutboundRequest request{.url = "https://a.example/"};
    request.keep = 5000;
    EXPECT_EQ(freshFor(request, answer(200, std::string(200'000, 'x'))), std::nullopt) << "too long";
}

}  // namespace
}  // namespace marea::server
