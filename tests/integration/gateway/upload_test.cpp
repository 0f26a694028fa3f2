#include <mutex>
#include <thread>

#include "fixture.h"

namespace marea::server::test {
namespace {

// Request bodies that go to a sink as they come.
class Uploads : public GatewayFixture {
protected:
    struct Seen {
        std::mutex mutex;
        std::string bytes;
        std::size_t largest = 0;
        std::atomic<int> opened = 0, finished = 0, gone = 0;
        std::atomic<bool> held = false;  // the disk is slow
        std::atomic<std::size_t> taken = 0;
    };

    class Sink final : public BodySink {
    public:
        explicit Sink(std::shared_ptr<Seen> seen) : seen_(std::move(seen)) { ++seen_->opened; }
        ~Sink() override { ++seen_->gone; }
        std::optional<Response> take(std::string_view bytes) override {
            eventually([this] { return !seen_->held; });
            const std::lock_guard lock(seen_->mutex);
            seen_->bytes.append(bytes);
            seen_->largest = std::max(seen_->largest, bytes.size());
            seen_->taken = seen_->bytes.size();
            return bytes.find('!') == std::string_view::npos
                       ? std::nullopt
                       : std::optional(Response::problem(507, "storage-full", "The disk is full."));
        }
        Response finish() override {
            ++seen_->finished;
            return Response::text(200, "text/plain", "kept");
        }

    private:
        std::shared_ptr<Seen> seen_;
    };

    Uploads() {
        Route route{Method::Patch, "/up/{id}", Access::Owner, {}, std::size_t{1} << 40};
        route.openBody = [seen = seen](const Request& request) -> tl::expected<std::unique_ptr<BodySink>, Response> {
            if (request.param("id") != "1" || !request.principal) {
                return tl::unexpected(Response::problem(404, "not-found", "There is no such upload."));
            }
            return std::make_unique<Sink>(seen);
        };
        router->add(std::move(route));
        addRoute(Method::Get, "/", [](const Request&) { return Response::text(200, "text/plain", "hello"); });
        start();
    }

    static std::string head(const std::string& id, const std::string& fields) {
        return "PATCH /up/" + id + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer owner\r\n" + fields + "\r\n";
    }

    std::shared_ptr<Seen> seen = std::make_shared<Seen>();
};

TEST_P(Uploads, ArriveWholeInPiecesOfBoundedSize) {
    const std::string body = writeFile("body", 5'000'001);
    std::string clean = body;
    std::replace(clean.begin(), clean.end(), '!', '?');
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: " + std::to_string(clean.size()) + "\r\n") + clean));
    EXPECT_EQ(client->receive().body, "kept");
    EXPECT_EQ(seen->bytes, clean);
    EXPECT_LT(seen->largest, 700'000U);
    EXPECT_EQ(client->get("/").body, "hello");  // the connection goes on
    EXPECT_TRUE(eventually([this] { return seen->gone == 1; }));
}

TEST_P(Uploads, OfUnknownLengthComeInChunks) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n"));
    ASSERT_TRUE(client->send("4\r\ndefg\r\n0\r\n\r\n"));
    EXPECT_EQ(client->receive().status, 200);
    EXPECT_EQ(seen->bytes, "abcdefg");
}

TEST_P(Uploads, OfNothingAreFinished) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 0\r\n")));
    EXPECT_EQ(client->receive().body, "kept");
    EXPECT_EQ(seen->finished, 1);
}

TEST_P(Uploads, AreRefusedBeforeTheirBodyComes) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("2", "Content-Length: 1000000000\r\nExpect: 100-continue\r\n")));
    EXPECT_EQ(client->receive().status, 404);
    EXPECT_TRUE(client->ended());
    EXPECT_EQ(seen->opened, 0);
}

TEST_P(Uploads, AreAskedForWhereTheClientWaits) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 3\r\nExpect: 100-continue\r\n")));
    EXPECT_EQ(client->receive().status, 100);
    EXPECT_EQ(seen->opened, 1);
    ASSERT_TRUE(client->send("abc"));
    EXPECT_EQ(client->receive().body, "kept");
}

TEST_P(Uploads, EndWhereTheSinkTakesNoMore) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 900000\r\n") + std::string(600'000, '!')));
    EXPECT_EQ(client->receive().status, 507);
    EXPECT_TRUE(eventually([this] { return seen->gone == 1; }));
    EXPECT_EQ(seen->finished, 0);
}

TEST_P(Uploads, ThatBreakOffKeepWhatCame) {
    auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 2000000\r\n") + std::string(600'000, 'a')));
    ASSERT_TRUE(eventually([this] { return seen->taken > 0; }));
    client->close();
    EXPECT_TRUE(eventually([this] { return seen->gone == 1; }));
    EXPECT_EQ(seen->finished, 0);
}

TEST_P(Uploads, EndWhereTheirSenderIsSignedOut) {
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 2000000\r\n") + std::string(600'000, 'a')));
    ASSERT_TRUE(eventually([this] { return seen->taken > 0; }));
    gateway->cut(Audience::of("u-owner", ""));
    EXPECT_EQ(client->receive().status, 401);
    EXPECT_TRUE(eventually([this] { return seen->gone == 1; }));
    EXPECT_EQ(seen->finished, 0);
}

TEST_P(Uploads, EndAlsoWhileTheDiskHasAPart) {
    seen->held = true;
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 600000\r\n") + std::string(600'000, 'a')));
    ASSERT_TRUE(eventually([this] { return seen->opened > 0; }));
    gateway->cut(Audience::of("u-owner", ""));
    EXPECT_EQ(client->receive().status, 401);
    seen->held = false;
    EXPECT_TRUE(eventually([this] { return seen->gone == 1; }));
    EXPECT_EQ(connect()->get("/").body, "hello");
}

// What a slow disk has not written waits in the client, not in memory.
TEST_P(Uploads, AreNotReadFasterThanTheyAreWritten) {
    seen->held = true;
    const auto client = connect();
    ASSERT_TRUE(client->send(head("1", "Content-Length: 64000000\r\n")));
    std::atomic<std::size_t> sent = 0;
    std::thread sender([&] {
        const std::string piece(64'000, 'a');
        while (sent < 64'000'000 && client->send(piece)) {
            sent += piece.size();
        }
    });
    // The sockets' own buffers fill, then the sender stands still.
    std::size_t before = 1;
    eventually([&] {
        const bool still = before == sent && sent > 0;
        before = sent;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return still;
    });
    EXPECT_LT(sent, 40'000'000U);
    seen->held = false;
    sender.join();
    EXPECT_EQ(client->receive().body, "kept");
    EXPECT_EQ(seen->taken, 64'000'000U);
}

INSTANTIATE_TEST_SUITE_P(Over, Uploads, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
