#include <gmock/gmock.h>

#include <future>

#include "doubles.h"
#include "server/apps/library/playback.h"

namespace marea::server {
namespace {

// Playback as a whole: its routes, and the thread that writes what was collected.
class RoutesTest : public LibraryTest {
protected:
    void open(PlaybackOptions options) {
        auto source = std::make_unique<FakeMedia>(media);
        parts = std::make_unique<Playback>(*database, std::move(source), keys, tokens, streams, clock,
                                           core::makeNullLogger(), pool, options);
        parts->addRoutes(router);
    }
    Response call(Method method, const std::string& path, std::string body = {}) {
        const Router::Match match = router.match(method, path);
        Request asked = request(std::move(body), match.params);
        std::promise<Response> answer;
        match.route->handler(std::move(asked),
                             Reply([&](Response response) { answer.set_value(std::move(response)); }));
        return answer.get_future().get();
    }

    FakeKeys keys;
    WorkPool pool{2, 100};
    Router router;
    std::unique_ptr<Playback> parts;
};

TEST_F(RoutesTest, OnlyStreamsAreOpenedByTheirTokens) {
    open({});
    for (const Route& route : router.routes()) {
        const Access expected = route.pattern.starts_with("/stream/")         ? Access::Stream
                                : route.pattern.starts_with("/api/v1/admin/") ? Access::Owner
                                                                              : Access::User;
        EXPECT_EQ(route.access, expected) << route.pattern;
    }
    EXPECT_EQ(router.routes().size(), 34u);
}

TEST_F(RoutesTest, APlanStartsNothing) {
    open({});
    const std::string path = "/api/v1/media/" + film + "/playback/plan";
    const auto plan = json(call(Method::Post, path, R"({"capabilities":{"preset":"mpv"}})"));
    EXPECT_EQ(plan.at("mode").as_string(), "direct");
    EXPECT_EQ(number("SELECT count(*) FROM playback_sessions"), 0);
    EXPECT_EQ(call(Method::Post, path, R"({"capabilities":{}, "x":1})").status, 400);
}

TEST_F(RoutesTest, StoppingWritesEveryPosition) {
    open({.flushInterval = 3'600'000});
    const auto started =
        json(call(Method::Post, "/api/v1/media/" + film + "/playback", R"({"capabilities":{"preset":"mpv"}})"));
    const std::string session(started.at("session_id").as_string());
    EXPECT_EQ(call(Method::Put, "/api/v1/sessions/" + session, R"({"position":123,"state":"paused"})").status, 204);
    EXPECT_EQ(number("SELECT count(*) FROM resume_positions"), 0);
    parts->stop();
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 123);
    EXPECT_EQ(number("SELECT count(*) FROM playback_sessions WHERE ended_at IS NULL"), 1);
}

TEST_F(RoutesTest, PositionsAreWrittenByThemselves) {
    open({.flushInterval = 1});
    const auto started =
        json(call(Method::Post, "/api/v1/media/" + film + "/playback", R"({"capabilities":{"preset":"mpv"}})"));
    const std::string session(started.at("session_id").as_string());
    call(Method::Put, "/api/v1/sessions/" + session, R"({"position":123,"state":"playing"})");
    while (number("SELECT count(*) FROM resume_positions") == 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 123);
}

}  // namespace
}  // namespace marea::server
