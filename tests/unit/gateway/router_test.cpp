#include "server/gateway/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace marea::server {
namespace {

Route route(Method method, std::string pattern, Access access = Access::User) {
    return {method, std::move(pattern), access, inlined([](const Request&) { return Response::empty(); })};
}

class Routing : public ::testing::Test {
protected:
    Routing() {
        for (const char* pattern : {"/", "/api/v1/media", "/api/v1/media/{id}", "/api/v1/media/{id}/file",
                                    "/api/v1/media/latest", "/web/{rest*}", "/web/index.html"}) {
            router.add(route(Method::Get, pattern));
        }
        router.add(route(Method::Delete, "/api/v1/media/{other}"));
        router.add(route(Method::Post, "/api/v1/login", Access::Public));
        router.add(route(Method::Get, "/stream/{token}/{id}/direct/{rest*}", Access::Stream));
    }
    std::string pattern(Method method, std::string_view path) {
        const auto match = router.match(method, path);
        return match.route != nullptr ? match.route->pattern : match.pathKnown ? "known: " + match.allow : "none";
    }
    Router router;
};

TEST_F(Routing, PrefersWhatIsMoreExact) {
    EXPECT_EQ(pattern(Method::Get, "/"), "/");
    EXPECT_EQ(pattern(Method::Get, "/api/v1/media"), "/api/v1/media");
    EXPECT_EQ(pattern(Method::Get, "/api/v1/media/latest"), "/api/v1/media/latest");
    EXPECT_EQ(pattern(Method::Get, "/api/v1/media/7"), "/api/v1/media/{id}");
    EXPECT_EQ(pattern(Method::Get, "/api/v1/media/latest/file"), "/api/v1/media/{id}/file");
    EXPECT_EQ(pattern(Method::Get, "/web/index.html"), "/web/index.html");
    EXPECT_EQ(pattern(Method::Get, "/web/a/b/c"), "/web/{rest*}");
    EXPECT_EQ(pattern(Method::Get, "/web"), "none");
    EXPECT_EQ(pattern(Method::Get, "/api"), "none");
    EXPECT_EQ(pattern(Method::Get, "/api/v1/media/7/file/x"), "none");
    EXPECT_EQ(pattern(Method::Get, ""), "none");
}

TEST_F(Routing, GetAnswersHeadAndOthersAreNamed) {
    EXPECT_EQ(pattern(Method::Head, "/api/v1/media"), "/api/v1/media");
    EXPECT_EQ(pattern(Method::Delete, "/api/v1/media/7"), "/api/v1/media/{other}");
    EXPECT_EQ(pattern(Method::Post, "/api/v1/media/7"), "known: GET, HEAD, DELETE");
    EXPECT_EQ(pattern(Method::Other, "/api/v1/login"), "known: POST");
    EXPECT_EQ(pattern(Method::Head, "/api/v1/login"), "known: POST");
}

TEST_F(Routing, NamesParameters) {
    using Params = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(router.match(Method::Get, "/api/v1/media/7").params, (Params{{"id", "7"}}));
    EXPECT_EQ(router.match(Method::Delete, "/api/v1/media/7").params, (Params{{"other", "7"}}));
    EXPECT_EQ(router.match(Method::Get, "/stream/t/7/direct/a/b.mkv").params,
              (Params{{"token", "t"}, {"id", "7"}, {"rest", "a/b.mkv"}}));
}

TEST_F(Routing, RefusesMistakes) {
    for (const char* bad : {"", "x", "/a//b", "/{rest*}/b", "/api/v1/media"}) {
        EXPECT_THROW(router.add(route(Method::Get, bad)), std::invalid_argument) << bad;
    }
    EXPECT_THROW(router.add(route(Method::Get, "/a", Access::Stream)), std::invalid_argument);
    EXPECT_THROW(router.add(route(Method::Get, "/stream/{token}/x", Access::Public)), std::invalid_argument);
    EXPECT_THROW(router.add(route(Method::Get, "/a", Access::Ticket)), std::invalid_argument);
    EXPECT_THROW(router.add(Route{Method::Get, "/a", Access::User, nullptr}), std::invalid_argument);
}

TEST_F(Routing, FindsWebSocketsBesideRoutes) {
    router.add(WebSocketRoute{"/api/v1/events", Access::User, {}});
    const auto match = router.match(Method::Get, "/api/v1/events");
    EXPECT_EQ(match.route, nullptr);
    ASSERT_NE(match.webSocket, nullptr);
    EXPECT_TRUE(match.pathKnown);
    EXPECT_TRUE(match.allow.empty());
}

}  // namespace
}  // namespace marea::server
