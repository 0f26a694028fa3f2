#include <condition_variable>
#include <future>
#include <mutex>

#include "fixture.h"
#include "server/gateway/clientwatch.h"

namespace marea::server::test {
namespace {

// Answers that take their time: streams, draining, WebSockets.
class Progress : public GatewayFixture {
protected:
    Progress() {
        addRoute(Method::Get, "/stream", [this](const Request&) {
            Response response = Response::empty(200);
            response.body =
                StreamBody{[this, left = 2000]() mutable -> core::Result<std::optional<std::string>> {
                               ++pulls;
                               return left-- > 0 ? std::optional(std::string(64 * 1024, 's')) : std::nullopt;
                           },
                           std::nullopt};
            return response;
        });
        addRoute(Method::Get, "/counted", [](const Request& request) {
            Response response = Response::empty(200);
            const std::size_t pieces = request.queryValue("short") ? 2 : 3;
            response.body =
                StreamBody{[pieces, given = std::size_t{0}]() mutable -> core::Result<std::optional<std::string>> {
                               return given++ < pieces ? std::optional(std::string("abc")) : std::nullopt;
                           },
                           9};
            return response;
        });
        addRoute(Method::Get, "/breaks", [](const Request&) {
            Response response = Response::empty(200);
            response.body = StreamBody{[given = 0]() mutable -> core::Result<std::optional<std::string>> {
                                           if (given++ < 2) {
                                               return std::optional(std::string("part"));
                                           }
                                           return core::fail(core::ErrorCode::Io, "broke");
                                       },
                                       std::nullopt};
            return response;
        });
        // Pieces of 1,000 bytes that come from another thread, beginning anywhere.
        addRoute(Method::Get, "/seekable", [this](const Request&) {
            const auto at = std::make_shared<std::size_t>(0);
            StreamBody body;
            body.length = made.size();
            body.seek = [at](std::uint64_t offset) { *at = offset; };
            body.ask = [this, at](std::function<void(StreamBody::Piece)> done) {
                makers.post([this, at, done] {
                    const std::size_t from = std::exchange(*at, *at + 1000 - *at % 1000);
                    done(from < made.size() ? std::optional(made.substr(from, *at - from)) : std::nullopt);
                });
            };
            Response response = Response::empty(200);
            response.headers.set("ETag", "\"made\"");
            response.body = std::move(body);
            return response;
        });
        router->add(Route{Method::Get, "/held", Access::Public, [this](Request, Reply reply) {
                              const std::lock_guard lock(mutex);
                              held.push_back(std::make_shared<Reply>(std::move(reply)));
                          }});
        router->add(Route{Method::Get, "/watched", Access::Public, [this](Request request, Reply reply) {
                              request.client->onGone([this] { ++gone; });
                              const std::lock_guard lock(mutex);
                              held.push_back(std::make_shared<Reply>(std::move(reply)));
                          }});
        router->add(
            WebSocketRoute{"/echo", Access::User, [this](const Request& request, std::shared_ptr<WebSocketPeer> peer) {
                               peer->send("hello " + request.principal->username);
                               const std::lock_guard lock(mutex);
                               lastPeer = peer;
                               return WebSocketCallbacks{[peer = std::weak_ptr(peer)](std::string text) {
                                                             if (const auto to = peer.lock()) {
                                                                 to->send("echo " + text);
                                                             }
                                                         },
                                                         [this] { ++closedSockets; }};
                           }});
        start();
    }
    ~Progress() override { gateway.reset(); }

    std::shared_ptr<Reply> takeHeld() {
        const std::lock_guard lock(mutex);
        if (held.empty()) {
            return nullptr;
        }
        auto reply = held.back();
        held.pop_back();
        return reply;
    }

    static std::string madeText() {
        std::string text;
        for (int i = 0; text.size() < 123'456; ++i) {
            text += std::to_string(i) + " ";
        }
        return text;
    }

    const std::string made = madeText();
    WorkPool makers{1, 100};
    std::atomic<int> pulls{0}, closedSockets{0}, gone{0};
    std::mutex mutex;
    std::vector<std::shared_ptr<Reply>> held;
    std::shared_ptr<WebSocketPeer> lastPeer;
};

// A masked client frame of RFC 6455 section 5.2, with a mask of zeros.
std::string frame(int opcode, const std::string& text) {
    std::string bytes(1, static_cast<char>(0x80 | opcode));
    if (text.size() < 126) {
        bytes += static_cast<char>(0x80 | text.size());
    } else {
        bytes += static_cast<char>(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes += static_cast<char>((static_cast<std::uint64_t>(text.size()) >> shift) & 0xFF);
        }
    }
    return bytes + std::string(4, '\0') + text;
}

constexpr const char* kUpgrade =
    "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

// The payload of a short server frame; "" when the connection ended, "#<opcode>" for others than text.
std::string receiveFrame(Client& client) {
    std::string bytes;
    while (bytes.size() < 2 || bytes.size() < 2U + static_cast<unsigned char>(bytes[1])) {
        const std::string more = client.receiveSome(
            bytes.size() < 2 ? 2 - bytes.size() : 2U + static_cast<unsigned char>(bytes[1]) - bytes.size());
        if (more.empty()) {
            return {};
        }
        bytes += more;
    }
    const int opcode = bytes[0] & 0x0F;
    return opcode == 1 ? bytes.substr(2) : "#" + std::to_string(opcode);
}

TEST_P(Progress, StreamsAreChunkedWhole) {
    const auto client = connect();
    const Answer answer = client->get("/stream");
    EXPECT_EQ(answer.field("transfer-encoding"), "chunked");
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(answer.body.size(), 2000U * 64 * 1024);
    EXPECT_EQ(client->get("/counted").body, "abcabcabc");
    EXPECT_EQ(client->get("/counted").field("content-length"), "9");
}

TEST_P(Progress, StreamsThatCanSeekAreServedInParts) {
    const auto client = connect();
    EXPECT_TRUE(client->get("/seekable").body == made);
    EXPECT_EQ(client->get("/seekable").field("accept-ranges"), "bytes");
    for (const auto& [from, to] :
         {std::pair(0, 0), {0, 999}, {1, 1000}, {999, 4321}, {50'000, 51'999}, {123'000, 999'999}}) {
        const Answer part =
            client->get("/seekable", "Range: bytes=" + std::to_string(from) + "-" + std::to_string(to) + "\r\n");
        const auto first = static_cast<std::size_t>(from), last = std::min<std::size_t>(to, made.size() - 1);
        EXPECT_EQ(part.status, 206);
        EXPECT_EQ(part.field("content-range"),
                  "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" + std::to_string(made.size()));
        EXPECT_TRUE(part.body == made.substr(first, last - first + 1)) << from;
    }
    EXPECT_TRUE(client->get("/seekable", "Range: bytes=-77\r\n").body == made.substr(made.size() - 77));
    EXPECT_EQ(client->get("/seekable", "Range: bytes=999999-\r\n").status, 416);
    EXPECT_TRUE(client->get("/seekable", "Range: bytes=5-9\r\nIf-Range: \"other\"\r\n").body == made);
    EXPECT_EQ(client->get("/seekable", "If-None-Match: \"made\"\r\n").status, 304);
}

TEST_P(Progress, StreamsWaitForTheirClient) {
    const auto client = connect(16 * 1024);
    client->send("GET /stream HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_TRUE(eventually([&] { return pulls > 0; }));
    // It goes on only while buffers of the system fill; then the count stands still, far from the end.
    int before = -1;
    EXPECT_TRUE(eventually([&] {
        const int now = pulls;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return now == std::exchange(before, pulls.load());
    }));
    EXPECT_LT(pulls, 500);
    EXPECT_TRUE(client->receive().whole);
}

TEST_P(Progress, BrokenStreamsAreSeenAsBroken) {
    EXPECT_FALSE(connect()->get("/breaks").whole);
    EXPECT_FALSE(connect()->get("/counted?short=1").whole);
}

TEST_P(Progress, Http10StreamsEndWithTheConnection) {
    const auto client = connect();
    client->send("GET /stream HTTP/1.0\r\n\r\n");
    const Answer answer = client->receive();
    EXPECT_EQ(answer.field("transfer-encoding"), "");
    EXPECT_EQ(answer.body.size(), 2000U * 64 * 1024);
}

TEST_P(Progress, AHandlerThatNeverAnswersTimesOut) {
    options.handlerTimeoutSeconds = 1;
    restart();
    const auto client = connect();
    EXPECT_EQ(client->get("/held").status, 504);
    ASSERT_TRUE(eventually([&] { return !held.empty(); }));
    (*takeHeld())(Response::empty());  // too late, and harmless
    EXPECT_EQ(client->get("/counted").status, 200);
}

// A client that goes away while its answer is made: the handler hears of it, and answers in vain.
TEST_P(Progress, AHandlerHearsThatItsClientHasGone) {
    auto client = connect();
    client->send("GET /watched HTTP/1.1\r\nHost: h\r\n\r\n");
    std::shared_ptr<Reply> reply;
    ASSERT_TRUE(eventually([&] { return (reply = takeHeld()) != nullptr; }));
    EXPECT_EQ(gone, 0);
    client->close();
    EXPECT_TRUE(eventually([&] { return gone == 1; }));
    (*reply)(Response::text(200, "text/plain", "late"));

    client = connect();
    client->send("GET /watched HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return (reply = takeHeld()) != nullptr; }));
    (*reply)(Response::text(200, "text/plain", "in time"));
    EXPECT_EQ(client->receive().body, "in time");
    client->close();
    EXPECT_TRUE(eventually([&] { return gateway->stats().openConnections == 0; }));
    EXPECT_EQ(gone, 1);
}

TEST_P(Progress, DrainLetsAnAnswerUnderWayFinish) {
    const auto busy = connect(), idle = connect();
    EXPECT_EQ(idle->get("/counted").status, 200);
    busy->send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
    std::shared_ptr<Reply> reply;
    ASSERT_TRUE(eventually([&] { return (reply = takeHeld()) != nullptr; }));
    const std::uint16_t port = gateway->port();
    auto drained = std::async(std::launch::async, [&] { gateway->drain(20); });
    EXPECT_TRUE(idle->ended());
    EXPECT_TRUE(eventually([&] { return !Client(port, false).connected(); }));
    (*reply)(Response::text(200, "text/plain", "done"));
    const Answer answer = busy->receive();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(busy->ended());
    busy->close();
    drained.get();
}

TEST_P(Progress, AReplyOutlivesTheGateway) {
    const auto client = connect();
    client->send("GET /held HTTP/1.1\r\nHost: t\r\n\r\n");
    std::shared_ptr<Reply> reply;
    ASSERT_TRUE(eventually([&] { return (reply = takeHeld()) != nullptr; }));
    gateway.reset();
    (*reply)(Response::empty());
    EXPECT_TRUE(client->ended());
}

TEST_P(Progress, WebSocketEchoes) {
    const auto client = connect();
    EXPECT_EQ(client->get("/echo", kUpgrade).status, 401);
    EXPECT_EQ(client->get("/echo", "Authorization: Bearer member\r\n").status, 426);
    const Answer upgraded = client->get("/echo", std::string(kUpgrade) + "Authorization: Bearer member\r\n");
    ASSERT_EQ(upgraded.status, 101);
    EXPECT_EQ(upgraded.field("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(upgraded.field("x-request-id").size(), 16U);
    EXPECT_EQ(receiveFrame(*client), "hello member");
    for (int i = 0; i < 50; ++i) {
        client->send(frame(1, std::to_string(i)));
        ASSERT_EQ(receiveFrame(*client), "echo " + std::to_string(i));
    }
    client->send(frame(9, "ping"));
    EXPECT_EQ(receiveFrame(*client), "#10");
    client->send(frame(8, ""));
    EXPECT_EQ(receiveFrame(*client), "#8");
    EXPECT_TRUE(eventually([&] { return closedSockets == 1; }));
}

TEST_P(Progress, WebSocketsAreBounded) {
    const auto tooLarge = connect();
    ASSERT_EQ(tooLarge->get("/echo", std::string(kUpgrade) + "Authorization: Bearer member\r\n").status, 101);
    EXPECT_EQ(receiveFrame(*tooLarge), "hello member");
    tooLarge->send(frame(1, std::string(300 * 1024, 'x')));
    EXPECT_EQ(receiveFrame(*tooLarge).substr(0, 2).substr(0, 1), "#");
    EXPECT_TRUE(eventually([&] { return closedSockets == 1; }));

    {
        const std::lock_guard lock(mutex);
        lastPeer.reset();
    }
    const auto slow = connect(4096);
    ASSERT_EQ(slow->get("/echo", std::string(kUpgrade) + "Authorization: Bearer member\r\n").status, 101);
    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock(mutex);
        return lastPeer != nullptr;
    }));
    for (int i = 0; i < 200; ++i) {
        lastPeer->send(std::string(200 * 1024, 'y'));
    }
    EXPECT_TRUE(eventually([&] { return closedSockets == 2; }));
}

TEST_P(Progress, DrainSaysGoodbyeToWebSockets) {
    const auto client = connect();
    ASSERT_EQ(client->get("/echo", std::string(kUpgrade) + "Authorization: Bearer member\r\n").status, 101);
    EXPECT_EQ(receiveFrame(*client), "hello member");
    auto drained = std::async(std::launch::async, [&] { gateway->drain(20); });
    EXPECT_EQ(receiveFrame(*client), "#8");
    client->send(frame(8, ""));
    drained.get();
    EXPECT_EQ(closedSockets, 1);
    lastPeer->send("too late");
}

TEST(WorkPoolQueue, IsBoundedAndRunsAllItTook) {
    std::mutex gate;
    std::atomic<int> ran{0};
    int taken = 0;
    {
        WorkPool pool(1, 3);
        gate.lock();
        std::promise<void> running;
        ASSERT_TRUE(pool.post([&] {
            running.set_value();
            const std::lock_guard wait(gate);
            ++ran;
        }));
        running.get_future().wait();
        for (int i = 0; i < 10; ++i) {
            taken += pool.post([&] { ++ran; }) ? 1 : 0;
        }
        EXPECT_EQ(taken, 3);
        pool.executor()([&] { ++ran; });
        int status = 0;
        pooled(pool, [](const Request&) { return Response::empty(); })(
            Request{}, Reply([&](Response response) { status = response.status; }));
        EXPECT_EQ(status, 503);
        gate.unlock();
    }
    EXPECT_EQ(ran, 5);
}

INSTANTIATE_TEST_SUITE_P(Over, Progress, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
