// What stands before the network, on a clock of the test's own.
#include "server/outbound/decorators.h"

#include <gtest/gtest.h>

#include "tests/support/fakeoutbound.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;
using test::answer;
using test::failure;

class OutboundDecorators : public ::testing::Test {
protected:
    void ask(Outbound& outbound, const std::string& url = "https://a.example/") {
        outbound.send({.url = url}, [this](Result<OutboundAnswer> outcome) { outcomes.push_back(std::move(outcome)); });
    }
    test::TestThread thread;
    test::FakeOutbound network;
    std::vector<Result<OutboundAnswer>> outcomes;
};

TEST_F(OutboundDecorators, PaceLetsOneAfterAnotherThrough) {
    PacedOutbound paced(network, thread, {.apart = {{"a.example", 1000}}, .longestWait = 1500});
    for (int i = 0; i < 3; ++i) {
        ask(paced);
    }
    ask(paced, "https://b.example/");
    EXPECT_EQ(network.requests.size(), 2u);
    ASSERT_EQ(outcomes.size(), 3u);
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::Busy) << "the third would wait for too long";
    thread.advance(999);
    EXPECT_EQ(network.requests.size(), 2u);
    thread.advance(1);
    EXPECT_EQ(network.requests.size(), 3u);
}

TEST_F(OutboundDecorators, BreakerSparesAHostThatFails) {
    std::vector<bool> told;
    BreakingOutbound breaking(network, thread, {.failures = 2, .rest = 100, .longestRest = 100},
                              [&](const std::string& host, bool open) {
                                  EXPECT_EQ(host, "a.example");
                                  told.push_back(open);
                              });
    network.then(answer(500)).then(failure(ErrorCode::Timeout));
    ask(breaking);
    ask(breaking);
    EXPECT_EQ(breaking.open(), 1u);
    ask(breaking);
    EXPECT_EQ(network.requests.size(), 2u);
    EXPECT_EQ(outcomes.back().error().code, ErrorCode::Busy);
    ask(breaking, "https://b.example/");
    EXPECT_EQ(network.requests.size(), 3u) << "others are asked";
    thread.advance(100);
    network.then(answer(200));
    ask(breaking);
    EXPECT_EQ(outcomes.back()->status, 200);
    EXPECT_EQ(breaking.open(), 0u);
    EXPECT_EQ(told, (std::vector{true, false}));
}

TEST_F(OutboundDecorators, RefusedAddressesSayNothingOfAHost) {
    BreakingOutbound breaking(network, thread, {.failures = 1}, {});
    network.then(failure(ErrorCode::Forbidden)).then(failure(ErrorCode::TooLarge)).then(answer(404));
    for (int i = 0; i < 3; ++i) {
        ask(breaking);
    }
    EXPECT_EQ(network.requests.size(), 3u);
    EXPECT_EQ(breaking.open(), 0u);
}

TEST_F(OutboundDecorators, TriesAgainAfterAWhile) {
    int retried = 0;
    RetryingOutbound retrying(network, thread,
                              {[] { return 0.0; }, [] { return core::TimeMs{0}; }, [&] { ++retried; }, {}});
    network.then(failure(ErrorCode::Unavailable))
        .then(answer(503, "", {{"Retry-After", "2"}}))
        .then(answer(200, "at last"));
    ask(retrying);
    EXPECT_TRUE(outcomes.empty());
    thread.advance(500);
    EXPECT_EQ(network.requests.size(), 2u);
    thread.advance(1999);
    EXPECT_EQ(network.requests.size(), 2u);
    thread.advance(1);
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0]->body, "at last");
    EXPECT_EQ(retried, 2);
}

TEST_F(OutboundDecorators, GivesUpAfterThreeTries) {
    RetryingOutbound retrying(network, thread, {[] { return 0.0; }, [] { return core::TimeMs{0}; }, [] {}, {}});
    network.then(answer(503)).then(answer(503)).then(answer(503)).then(answer(200));
    ask(retrying);
    thread.advance(60'000);
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0]->status, 503);
    EXPECT_EQ(network.requests.size(), 3u);
}

TEST_F(OutboundDecorators, FollowsAFewRedirects) {
    RedirectingOutbound redirecting(network);
    network.then(answer(301, "", {{"Location", "/b"}})).then(answer(200, "there"));
    ask(redirecting);
    EXPECT_EQ(network.requests.back().url, "https://a.example/b");
    EXPECT_EQ(outcomes.back()->body, "there");

    network.at("https://a.example/", answer(302, "", {{"Location", "/again"}}));
    network.requests.clear();
    ask(redirecting);
    EXPECT_EQ(network.requests.size(), 6u);
    EXPECT_EQ(outcomes.back().error().code, ErrorCode::Unavailable);
}

TEST_F(OutboundDecorators, DoesNotFollowElsewhere) {
    RedirectingOutbound redirecting(network);
    network.then(answer(302, "", {{"Location", "http://169.254.169.254/latest/meta-data"}}));
    ask(redirecting);
    EXPECT_EQ(network.requests.size(), 1u);
    EXPECT_EQ(outcomes.back().error().code, ErrorCode::Forbidden);
}

}  // namespace
}  // namespace marea::server
