// What is under way when somebody is signed out, or a playback is ended.
#include <atomic>
#include <mutex>
#include <optional>

#include "fixture.h"
#include "server/gateway/clientwatch.h"

namespace marea::server::test {
namespace {

constexpr std::uint64_t kLong = std::uint64_t{256} * 1024 * 1024;  // far more than sockets hold by themselves
constexpr const char* kAsk = "GET /stream/film/7/direct/a.mp4 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";

class Cut : public GatewayFixture {
protected:
    Cut() {
        writeFile("film.mp4", 1);
        std::filesystem::resize_file(folder / "film.mp4", kLong);
        addFileRoute("/stream/{token}/{title}/direct/{rest*}", "film.mp4", Access::Stream);
        addFileRoute("/mine", "film.mp4", Access::User);
    }
    // All that still comes, with what came before.
    std::uint64_t rest(Client& client) {
        std::uint64_t size = 0;
        for (std::string some = client.receiveSome(1 << 20); !some.empty(); some = client.receiveSome(1 << 20)) {
            size += some.size();
        }
        return size;
    }
    std::unique_ptr<Client> asking(const char* request) {
        auto client = connect();
        EXPECT_TRUE(client->send(request));
        EXPECT_FALSE(client->receiveSome(100).empty());
        return client;
    }
};

TEST_P(Cut, AFileUnderWayEndsForThatTitleOfThatLogin) {
    start();
    const auto client = asking(kAsk);
    gateway->cut(Audience::of("", "s", "7"));
    EXPECT_LT(rest(*client), kLong / 2);
    EXPECT_TRUE(eventually([&] { return gateway->stats().openConnections == 0; }));
    // Who may still come asks anew.
    EXPECT_EQ(connect()->get("/stream/film/7/direct/a.mp4", "Range: bytes=0-9\r\n").body.size(), 10U);
}

TEST_P(Cut, EverythingOfALoginOrAPersonEnds) {
    start();
    const auto stream = asking(kAsk);
    const auto file = asking("GET /mine HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer member\r\n\r\n");
    gateway->cut(Audience::of("", "s"));
    EXPECT_LT(rest(*stream), kLong / 2);
    EXPECT_LT(rest(*file), kLong / 2);
    const auto again = asking("GET /mine HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer member\r\n\r\n");
    gateway->cut(Audience::of("u-member", ""));
    EXPECT_LT(rest(*again), kLong / 2);
}

TEST_P(Cut, OthersGoOn) {
    start();
    const auto client = asking(kAsk);
    gateway->cut(Audience::of("", "s", "8"));
    gateway->cut(Audience::of("", "other", "7"));
    gateway->cut(Audience::of("u-member", ""));
    gateway->cut({});
    EXPECT_GE(rest(*client) + 100, kLong);
}

TEST_P(Cut, WhatIsMadeAsItIsSentIsMadeNoLonger) {
    const auto made = std::make_shared<std::atomic<int>>(0);  // the pool may be at a piece when the test is over
    addRoute(
        Method::Get, "/stream/{token}/{title}/made",
        [made](const Request&) {
            Response response;
            StreamBody body;
            body.next = [made]() -> StreamBody::Piece {
                return ++*made <= 2000 ? std::optional(std::string(64 * 1024, 'x')) : std::nullopt;
            };
            response.body = std::move(body);
            return response;
        },
        Access::Stream);
    start();
    const auto client = asking("GET /stream/film/7/made HTTP/1.1\r\nHost: t\r\n\r\n");
    gateway->cut(Audience::of("", "s", "7"));
    rest(*client);
    EXPECT_LT(*made, 2000);
}

// The file and the answer to "sign me out" alike wait for their handlers: one is not sent, the other is.
TEST_P(Cut, WhatIsStillMadeIsNotSentButShortAnswersAre) {
    std::mutex mutex;
    std::vector<Reply> replies;
    const auto held = [&](const char* pattern) {
        router->add(Route{Method::Get, pattern, Access::Stream, [&](Request, Reply reply) {
                              const std::lock_guard lock(mutex);
                              replies.push_back(std::move(reply));
                          }});
    };
    held("/stream/{token}/{title}/held");
    start();
    const auto file = connect(), text = connect();
    for (Client* client : {file.get(), text.get()}) {
        client->send("GET /stream/film/7/held HTTP/1.1\r\nHost: t\r\n\r\n");
        const std::size_t before = client == file.get() ? 0 : 1;
        ASSERT_TRUE(eventually([&] {
            const std::lock_guard lock(mutex);
            return replies.size() == before + 1;
        }));
    }
    gateway->cut(Audience::of("", "s", "7"));
    connect()->get("/stream/film/7/nothing");  // both threads have done what was posted to them before
    connect()->get("/stream/film/7/nothing");
    replies[0](Response::file(*core::openBeneath(*root, "film.mp4"), kLong, "video/mp4", "\"v\"", 0));
    replies[1](Response::text(200, "text/plain", "done"));
    const Answer refused = file->receive();
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(text->receive().body, "done");
}

TEST_P(Cut, HandlersThatFindOutWhoAsksSayIt) {
    addRoute(Method::Get, "/rest", [this](const Request& request) {
        request.client->belongsTo(Audience::of("somebody", "password", "song"));
        return Response::file(*core::openBeneath(*root, "film.mp4"), kLong, "audio/flac", "\"v\"", 0);
    });
    start();
    const auto client = asking("GET /rest HTTP/1.1\r\nHost: t\r\n\r\n");
    gateway->cut(Audience::of("", "password"));
    EXPECT_LT(rest(*client), kLong / 2);
}

// Who asks was looked at before the body came.
TEST_P(Cut, WhoIsSignedOutWhileTheBodyComesIsRefused) {
    const auto called = std::make_shared<std::atomic<int>>(0);
    const auto write = [called](const Request&) {
        ++*called;
        return Response::empty();
    };
    addRoute(Method::Post, "/write", write, Access::User);
    addRoute(Method::Post, "/open", write);
    start();
    const auto client = connect(), other = connect();
    ASSERT_TRUE(
        client->send("POST /write HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer member\r\nContent-Length: 3\r\n"
                     "Expect: 100-continue\r\n\r\n"));
    ASSERT_TRUE(other->send("POST /open HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    ASSERT_EQ(client->receive().status, 100);
    ASSERT_EQ(other->receive().status, 100);
    gateway->cut(Audience::of("", "s"));
    EXPECT_EQ(client->receive().status, 401);
    EXPECT_TRUE(client->ended());
    EXPECT_EQ(*called, 0);
    ASSERT_TRUE(other->send("abc"));
    EXPECT_EQ(other->receive().status, 204) << "nobody's request is nobody's to end";
    EXPECT_EQ(*called, 1);
}

INSTANTIATE_TEST_SUITE_P(Over, Cut, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
