// Kept answers on a real database, and the whole client.
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "core/db/sqlite.h"
#include "server/outbound/client.h"
#include "tests/support/fakeoutbound.h"
#include "tests/support/rawserver.h"

namespace marea::server {
namespace {

using core::Result;
using test::answer;
using test::failure;

class HandClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    core::TimeMs time = 1'700'000'000'000;
};

class OutboundCache : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-outbound-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        auto opened = core::db::openSqlite(folder + "/marea.db", {}, core::makeNullLogger());
        ASSERT_TRUE(opened) << opened.error().detail;
        database = std::move(*opened);
        store = std::make_unique<AnswerStore>(*database, 3);
        caching = std::make_unique<CachingOutbound>(CachingOutbound::Parts{
            network, thread, *store, [](auto task) { task(); }, clock, core::makeNullLogger(), [this] { ++hits; }});
    }
    void TearDown() override {
        database.reset();
        std::filesystem::remove_all(folder);
    }
    Result<OutboundAnswer> ask(bool staleWhenDown = false, const std::string& url = "https://a.example/?key=secret") {
        OutboundRequest request{.url = url};
        request.keep = 1000;
        request.staleWhenDown = staleWhenDown;
        Result<OutboundAnswer> outcome = failure(core::ErrorCode::Internal);
        caching->send(request, [&](Result<OutboundAnswer> done) { outcome = std::move(done); });
        thread.advance(0);
        return outcome;
    }

    std::string folder;
    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
    std::unique_ptr<core::db::Database> database;
    test::FakeOutbound network;
    test::TestThread thread;
    std::unique_ptr<AnswerStore> store;
    std::unique_ptr<CachingOutbound> caching;
    int hits = 0;
};

TEST_F(OutboundCache, KeepsAnswersForAWhile) {
    network.then(answer(200, std::string("a\0b", 3), {{"ETag", "\"v1\""}, {"Content-Type", "application/json"}}));
    EXPECT_EQ(ask()->body, std::string("a\0b", 3));
    const auto again = ask();
    EXPECT_EQ(again->body, std::string("a\0b", 3));
    EXPECT_EQ(again->headers.find("content-type"), "application/json");
    EXPECT_EQ(network.requests.size(), 1u);
    EXPECT_EQ(hits, 1);

    clock->time += 1000;
    network.then(answer(304, "", {{"Cache-Control", "max-age=60"}}));
    EXPECT_EQ(ask()->body, std::string("a\0b", 3));
    ASSERT_EQ(network.requests.size(), 2u);
    EXPECT_EQ(network.requests[1].headers.back(), (std::pair<std::string, std::string>("If-None-Match", "\"v1\"")));
    clock->time += 59'999;
    EXPECT_EQ(ask()->status, 200);
    EXPECT_EQ(network.requests.size(), 2u) << "fresh for a minute more";
}

TEST_F(OutboundCache, OldOnesDoWhereTheHostIsDown) {
    network.then(answer(200, "old"));
    ask();
    clock->time += 100'000;
    network.then(failure(core::ErrorCode::Timeout)).then(answer(500)).then(failure(core::ErrorCode::Timeout));
    EXPECT_EQ(ask(true)->body, "old");
    EXPECT_EQ(ask(true)->body, "old");
    EXPECT_FALSE(ask(false)) << "not for those who need it new";
}

TEST_F(OutboundCache, HasABoundAndKeepsNoAddress) {
    network.at("https://", answer(200, "x"));
    for (int i = 0; i < 6; ++i) {
        clock->time += 1;
        ask(false, "https://a.example/?key=secret" + std::to_string(i));
    }
    std::int64_t rows = 0;
    ASSERT_TRUE(database->read([&](core::db::Session& session) {
        return session.each("SELECT count(*) FROM outbound_answers", {}, [&](const core::db::Row& row) {
            rows = row.integer(0);
            return true;
        });
    }));
    EXPECT_EQ(rows, 3);
    ASSERT_TRUE(database->backup(folder + "/copy.db"));
    std::ifstream copy(folder + "/copy.db", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(copy)), {});
    EXPECT_EQ(bytes.find("secret"), std::string::npos);
}

TEST_F(OutboundCache, TheWholeClientGoesAllTheWay) {
    int asked = 0;
    test::RawServer server([&](const std::string& request) -> std::string {
        ++asked;
        if (request.starts_with("GET /start ")) {
            return "HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n";
        }
        return asked == 2 ? "HTTP/1.1 503 Later\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
                          : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";
    });
    auto client = OutboundClient::create(
        {{*addressRange("127.0.0.1")}, "", "Marea/test", {.usually = 1}}, *database, [](auto task) { task(); }, clock,
        core::makeNullLogger());
    ASSERT_TRUE(client) << client.error().detail;
    const auto get = [&] {
        std::promise<Result<OutboundAnswer>> promise;
        OutboundRequest request{.url = server.url("/start")};
        request.keep = 1000;
        request.patience = 120'000;
        (*client)->send(request, [&](Result<OutboundAnswer> done) { promise.set_value(std::move(done)); });
        return promise.get_future().get();
    };
    EXPECT_EQ(get()->body, "done");
    EXPECT_EQ(get()->body, "done");
    (*client)->stop();
    const OutboundStatus status = (*client)->status();
    EXPECT_EQ(status.requests, 3u);
    EXPECT_EQ(status.failures, 1u);
    EXPECT_EQ(status.retries, 1u);
    EXPECT_EQ(status.kept, 1u);
    EXPECT_EQ(status.resting, 0);
}

}  // namespace
}  // namespace marea::server
