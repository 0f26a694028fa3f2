// Listens from the events of a real database to a service that answers as it likes.
#include "server/apps/scrobbling/scrobbling.h"

#include <future>

#include "server/apps/library/libraryevents.h"
#include "tests/support/fakeoutbound.h"
#include "tests/unit/identity/identityfixture.h"

namespace marea::server {
namespace {

namespace json = core::json;
using core::ErrorCode;
using core::Result;
using test::answer;
using test::failure;

constexpr const char* kService = "https://listens.example";

class ScrobblingTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        ana = identity->bearer(setUp().accessToken)->userId;
        open();
    }
    void TearDown() override {
        pool.reset();
        scrobbling.reset();
        IdentityTest::TearDown();
    }
    // As after a start of the server.
    void open() {
        pool = std::make_unique<WorkPool>(1, 64);
        Scrobbling::Parts parts{*database,
                                network,
                                *pool,
                                [](const core::Id& media) -> Result<std::optional<ScrobbledTrack>> {
                                    if (media == "gone") {
                                        return core::fail(ErrorCode::NotFound, "Gone.");
                                    }
                                    return media == "film" ? std::optional<ScrobbledTrack>()
                                                           : ScrobbledTrack{"Artist", media, "", 100, 0, "", "", {}};
                                },
                                clock,
                                core::makeNullLogger(),
                                [] { return 0.0; }};
        auto made = Scrobbling::create(std::move(parts), {{kService}, "1", folder + "/scrobbling.key"});
        ASSERT_TRUE(made) << made.error().detail;
        scrobbling = std::move(*made);
        router = Router();
        scrobbling->addRoutes(router);
    }
    void played(const std::string& media, bool counted = true) {
        ASSERT_TRUE(database->write([&](core::db::Session& session) -> Result<void> {
            LibraryEvent event;
            event.userId = ana;
            event.kind = EventKind::Played;
            event.mediaId = media;
            event.at = clock->time;
            event.data = {{"position", 100},
                          {"duration", 100},
                          {"completed", true},
                          {"counted", counted},
                          {"started_at", clock->time.load() - 100'000}};
            const auto done = record(session, event);
            return done ? Result<void>() : core::unexpected<core::Error>(done.error());
        }));
        clock->time += 200'000;
    }
    void undo(std::int64_t seq) {
        ASSERT_TRUE(database->write([&](core::db::Session& session) -> Result<void> {
            LibraryEvent event;
            event.userId = ana;
            event.kind = EventKind::HistoryUndone;
            event.mediaId = "a";
            event.at = clock->time;
            event.undoes = seq;
            const auto done = record(session, event);
            return done ? Result<void>() : core::unexpected<core::Error>(done.error());
        }));
    }
    // What the pool has is done.
    void settle() {
        for (int i = 0; i < 3; ++i) {
            std::promise<void> done;
            ASSERT_TRUE(pool->post([&] { done.set_value(); }));
            done.get_future().get();
        }
    }
    void round() {
        scrobbling->maintain();
        settle();
    }
    // The titles of each request for listens.
    std::vector<std::vector<std::string>> sent() const {
        std::vector<std::vector<std::string>> all;
        for (const OutboundRequest& request : network.requests) {
            const auto body = json::parse(request.body).as_object();
            if (body.at("listen_type") == "playing_now") {
                continue;
            }
            all.emplace_back();
            for (const auto& one : body.at("payload").as_array()) {
                all.back().emplace_back(one.at("track_metadata").at("track_name").as_string());
            }
        }
        return all;
    }
    Scrobbling::State state() { return *scrobbling->state(ana); }
    void connect() { ASSERT_TRUE(scrobbling->connect(ana, kService, "very-secret-token")); }

    Response call(Method method, const std::string& body = {}) {
        auto match = router.match(method, "/api/v1/me/scrobbling");
        Request request;
        request.method = method;
        request.path = "/api/v1/me/scrobbling";
        request.body = body;
        request.headers.set("Content-Type", "application/json");
        request.principal = Principal{ana, "s", "ana", "owner"};
        std::promise<Response> promise;
        match.route->handler(request, Reply([&](Response response) { promise.set_value(std::move(response)); }));
        return promise.get_future().get();
    }
    static std::string bodyOf(const Response& response) {
        const auto* text = std::get_if<std::string>(&response.body);
        return text ? *text : "";
    }

    core::Id ana;
    test::FakeOutbound network;
    std::unique_ptr<WorkPool> pool;
    std::unique_ptr<Scrobbling> scrobbling;
    Router router;
};

using Titles = std::vector<std::vector<std::string>>;

TEST_F(ScrobblingTest, TellsWhatCountsFromThenOn) {
    played("before");
    connect();
    network.at(kService, answer(200, R"({"status":"ok"})"));
    round();
    EXPECT_TRUE(sent().empty());
    played("a");
    played("skipped", false);
    played("film");
    played("gone");
    played("b");
    EXPECT_EQ(state().scrobbler->told, 0);
    round();
    EXPECT_EQ(sent(), (Titles{{"a", "b"}}));
    round();
    EXPECT_EQ(sent().size(), 1u) << "once";
    EXPECT_EQ(state().scrobbler->told, 2);
    EXPECT_EQ(network.requests[0].url, std::string(kService) + "/1/submit-listens");
    EXPECT_EQ(network.requests[0].headers[0].second, "Token very-secret-token");
    EXPECT_FALSE(network.requests[0].repeatable);
}

TEST_F(ScrobblingTest, NothingIsLostWhileTheServiceIsDown) {
    connect();
    network.then(failure(ErrorCode::Unavailable)).then(answer(503, "", {{"Retry-After", "600"}}));
    played("a");
    round();
    EXPECT_EQ(state().scrobbler->failures, 1);
    EXPECT_FALSE(state().scrobbler->lastError.empty());
    round();
    EXPECT_EQ(network.requests.size(), 1u) << "not before its time";
    clock->time += 30'000;
    played("b");
    round();
    EXPECT_EQ(network.requests.size(), 2u);
    clock->time += 599'000;
    round();
    EXPECT_EQ(network.requests.size(), 2u) << "as the service wishes";
    clock->time += 1'000;
    network.at(kService, answer(200));
    open();  // and the server was started anew
    round();
    EXPECT_EQ(sent().back(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(state().scrobbler->told, 2);
    EXPECT_EQ(state().scrobbler->failures, 0);
    EXPECT_TRUE(state().scrobbler->lastError.empty());
}

TEST_F(ScrobblingTest, WhatWasNotConfirmedIsSaidAgainToTheLetter) {
    connect();
    played("a");
    network.hold(true);  // the answer never comes, and the server is killed
    round();
    ASSERT_EQ(network.requests.size(), 1u);
    network.hold(false);
    network.held.clear();
    open();
    network.at(kService, answer(200));
    round();
    ASSERT_EQ(network.requests.size(), 2u);
    EXPECT_EQ(network.requests[0].body, network.requests[1].body);
}

TEST_F(ScrobblingTest, OneRequestAtATime) {
    connect();
    played("a");
    network.hold(true);
    round();
    round();
    EXPECT_EQ(network.requests.size(), 1u);
    network.hold(false);
    network.held.front()(answer(200));
    settle();
    EXPECT_EQ(state().scrobbler->told, 1);
}

TEST_F(ScrobblingTest, ATokenThatIsRefusedPausesIt) {
    connect();
    played("a");
    network.then(answer(401));
    round();
    EXPECT_EQ(state().scrobbler->paused, "unauthorized");
    const auto shown = json::parse(bodyOf(call(Method::Get))).as_object();
    EXPECT_EQ(shown.at("state"), "paused");
    EXPECT_TRUE(shown.at("problem").is_string());
    clock->time += 3600'000;
    round();
    EXPECT_EQ(network.requests.size(), 1u);
    connect();
    network.at(kService, answer(200));
    round();
    EXPECT_EQ(sent().back(), (std::vector<std::string>{"a"})) << "what waited";
    EXPECT_EQ(json::parse(bodyOf(call(Method::Get))).at("state"), "on");
}

TEST_F(ScrobblingTest, OneThatIsRefusedHoldsUpNoOther) {
    connect();
    played("a");
    played("bad");
    played("c");
    network.then(answer(400)).then(answer(200)).then(answer(400)).then(answer(200));
    for (int i = 0; i < 4; ++i) {
        round();
    }
    EXPECT_EQ(sent(), (Titles{{"a", "bad", "c"}, {"a"}, {"bad"}, {"c"}}));
    EXPECT_EQ(state().scrobbler->told, 2);
}

TEST_F(ScrobblingTest, WhatWasUndoneIsNotTold) {
    connect();
    played("a");
    played("b");
    undo(1);
    network.at(kService, answer(200));
    round();
    EXPECT_EQ(sent(), (Titles{{"b"}}));
}

TEST_F(ScrobblingTest, ManyGoInBatches) {
    connect();
    for (int i = 0; i < 120; ++i) {
        played("t" + std::to_string(i));
    }
    network.at(kService, answer(200));
    for (int i = 0; i < 4; ++i) {
        round();
    }
    ASSERT_EQ(sent().size(), 3u);
    EXPECT_EQ(sent()[0].size(), 50u);
    EXPECT_EQ(sent()[2].size(), 20u);
    EXPECT_EQ(state().scrobbler->told, 120);
}

TEST_F(ScrobblingTest, TheServersOwnEndIsNoFailure) {
    connect();
    played("a");
    network.then(failure(ErrorCode::Cancelled));
    round();
    EXPECT_EQ(state().scrobbler->failures, 0);
    network.at(kService, answer(200));
    round();
    EXPECT_EQ(state().scrobbler->told, 1);
}

TEST_F(ScrobblingTest, WhatPlaysNowIsToldOncePerPlayback) {
    connect();
    network.at(kService, answer(200));
    for (int i = 0; i < 3; ++i) {
        scrobbling->plays(ana, "a", "session 1");
    }
    scrobbling->plays(ana, "film", "session 2");
    scrobbling->plays(ana, "a", "session 1");  // two devices at once, which say in turn how far they are
    scrobbling->plays("somebody else", "a", "session 3");
    settle();
    ASSERT_EQ(network.requests.size(), 1u);
    EXPECT_EQ(json::parse(network.requests[0].body).at("listen_type"), "playing_now");
}

TEST_F(ScrobblingTest, TheTokenIsAskedAboutAndNeverShown) {
    network.then(answer(200, R"({"valid":true,"user_name":"ana"})"));
    const Response begun = call(Method::Put, R"({"token":"very-secret-token"})");
    EXPECT_EQ(begun.status, 200) << bodyOf(begun);
    EXPECT_EQ(network.requests[0].url, std::string(kService) + "/1/validate-token");
    EXPECT_EQ(bodyOf(begun).find("secret"), std::string::npos);
    EXPECT_EQ(bodyOf(call(Method::Get)).find("secret"), std::string::npos);
    ASSERT_TRUE(database->backup(folder + "/copy.db"));
    std::ifstream copy(folder + "/copy.db", std::ios::binary);
    EXPECT_EQ(std::string((std::istreambuf_iterator<char>(copy)), {}).find("very-secret"), std::string::npos);

    EXPECT_EQ(call(Method::Delete).status, 204);
    EXPECT_EQ(json::parse(bodyOf(call(Method::Get))).at("state"), "off");
    EXPECT_EQ(call(Method::Delete).status, 204) << "a second time, too";
}

TEST_F(ScrobblingTest, WhatCannotBeginSaysWhy) {
    network.then(answer(200, R"({"valid":false})")).then(failure(ErrorCode::Timeout)).then(answer(200, "<html>"));
    EXPECT_EQ(call(Method::Put, R"({"token":"t"})").status, 422);
    EXPECT_EQ(call(Method::Put, R"({"token":"t"})").status, 503);
    EXPECT_EQ(call(Method::Put, R"({"token":"t"})").status, 503);
    EXPECT_EQ(call(Method::Put, R"({"token":"t","address":"https://elsewhere.example"})").status, 403);
    EXPECT_EQ(call(Method::Put, R"({"token":"t","address":"http://169.254.169.254"})").status, 403);
    EXPECT_EQ(call(Method::Put, R"({"token":"t\r\nX: y"})").status, 400);
    EXPECT_EQ(call(Method::Put, R"({})").status, 400);
    EXPECT_EQ(network.requests.size(), 3u);
    EXPECT_FALSE(state().scrobbler);
}

}  // namespace
}  // namespace marea::server
