#include "server/gateway/target.h"

#include <gtest/gtest.h>

#include "server/gateway/forwarded.h"
#include "server/gateway/text.h"

namespace marea::server {
namespace {

using namespace std::string_view_literals;

TEST(Target, SplitsOriginAndAbsoluteForm) {
    EXPECT_EQ(splitTarget("/a/b?c=d?e")->path, "/a/b");
    EXPECT_EQ(splitTarget("/a/b?c=d?e")->query, "c=d?e");
    EXPECT_EQ(splitTarget("http://host:80/a?b")->path, "/a");
    EXPECT_EQ(splitTarget("HTTPS://host")->path, "/");
    EXPECT_EQ(splitTarget("/a?u=http://x/")->path, "/a");
    for (std::string_view bad : {""sv, "*"sv, "a/b"sv, "ftp://host/a"sv, "/a#b"sv, "?a"sv, "http://host?x"sv}) {
        EXPECT_FALSE(splitTarget(bad)) << bad;
    }
}

TEST(Path, DecodesOnce) {
    EXPECT_EQ(decodePath("/"), "/");
    EXPECT_EQ(decodePath("/a%20b/%C3%B1"), "/a b/ñ");
    EXPECT_EQ(decodePath("/a%2541"), "/a%41");
    EXPECT_EQ(decodePath("/a+b"), "/a+b");
    EXPECT_EQ(decodePath("/api/v1/media/"), "/api/v1/media");
    EXPECT_EQ(decodePath("/..."), "/...");
    EXPECT_EQ(decodePath("/.hidden"), "/.hidden");
}

TEST(Path, RefusesWhatCouldMeanSomethingElse) {
    for (std::string_view bad :
         {""sv,        "a"sv,       "//"sv,         "/a//b"sv,         "//a"sv,    "/a//"sv,   "/."sv,     "/.."sv,
          "/a/../b"sv, "/a/./b"sv,  "/a/.."sv,      "/%2e%2e/b"sv,     "/a/%2E"sv, "/a%2fb"sv, "/a%2Fb"sv, "/a%5cb"sv,
          "/a\\b"sv,   "/a%00"sv,   "/a\0b"sv,      "/a%0d%0ab"sv,     "/a\x7f"sv, "/%"sv,     "/%4"sv,    "/%zz"sv,
          "/%C3"sv,    "/%C0%AF"sv, "/%ED%A0%80"sv, "/%F5%80%80%80"sv, "/\xff"sv}) {
        EXPECT_FALSE(decodePath(bad)) << bad;
    }
}

TEST(Query, DecodesInOrder) {
    const auto pairs = decodeQuery("q=caf%C3%A9+x&&b&c==1&q=2");
    ASSERT_TRUE(pairs);
    const QueryPairs expected = {{"q", "café x"}, {"b", ""}, {"c", "=1"}, {"q", "2"}};
    EXPECT_EQ(*pairs, expected);
    EXPECT_EQ(decodeQuery("")->size(), 0U);
}

TEST(Query, RefusesNonsense) {
    EXPECT_FALSE(decodeQuery("a=%"));
    EXPECT_FALSE(decodeQuery("a=%0"));
    EXPECT_FALSE(decodeQuery("a=%00"));
    EXPECT_FALSE(decodeQuery("%FF=1"));
    std::string many;
    for (int i = 0; i < 1001; ++i) {
        many += "a&";
    }
    EXPECT_FALSE(decodeQuery(many));
    EXPECT_TRUE(decodeQuery(many.substr(2)));
}

TEST(Utf8, KnowsTheEdges) {
    for (std::string_view good :
         {""sv, "a"sv, "\xC2\x80"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) {
        EXPECT_TRUE(isUtf8(good));
    }
    for (std::string_view bad : {"\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
                                 "\xF4\x90\x80\x80"sv, "\xC2"sv, "\xE2\x82"sv, "\xC2\x41"sv}) {
        EXPECT_FALSE(isUtf8(bad));
    }
}

TEST(Forwarded, BelievesOnlyTrustedProxies) {
    const std::vector<std::string> proxies = {"127.0.0.1", "10.0.0.1"};
    EXPECT_EQ(clientAddress("1.2.3.4", "9.9.9.9", proxies), "1.2.3.4");
    EXPECT_EQ(clientAddress("127.0.0.1", "9.9.9.9", {}), "127.0.0.1");
    EXPECT_EQ(clientAddress("127.0.0.1", "9.9.9.9", proxies), "9.9.9.9");
    EXPECT_EQ(clientAddress("127.0.0.1", "6.6.6.6, 9.9.9.9", proxies), "9.9.9.9");
    EXPECT_EQ(clientAddress("127.0.0.1", "6.6.6.6, 9.9.9.9 , 10.0.0.1", proxies), "9.9.9.9");
    EXPECT_EQ(clientAddress("127.0.0.1", "2001:db8::1", proxies), "2001:db8::1");
    EXPECT_EQ(clientAddress("127.0.0.1", "", proxies), "127.0.0.1");
    EXPECT_EQ(clientAddress("127.0.0.1", "evil\"name", proxies), "127.0.0.1");
    EXPECT_EQ(clientAddress("127.0.0.1", "10.0.0.1", proxies), "10.0.0.1");
}

TEST(Text, ListsAndCase) {
    EXPECT_TRUE(sameText("Content-Type", "content-TYPE"));
    EXPECT_FALSE(sameText("a", "ab"));
    EXPECT_EQ(trimmed(" \ta b\t "), "a b");
    EXPECT_TRUE(hasElement("keep-alive, Upgrade", "upgrade"));
    EXPECT_FALSE(hasElement("keep-alive, Upgraded", "upgrade"));
    EXPECT_FALSE(hasElement("", "upgrade"));
}

}  // namespace
}  // namespace marea::server
