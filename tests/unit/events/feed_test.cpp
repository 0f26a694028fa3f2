#include "server/apps/events/feed.h"

#include <gtest/gtest.h>

namespace marea::server::test {
namespace {

TEST(Feed, IsBehindUntilItWasSentTheLogsTop) {
    Feed feed;
    feed.grew(7);
    EXPECT_FALSE(feed.behind()) << "where it begins is not known yet";
    feed.start(3, 5);
    EXPECT_TRUE(feed.behind());
    feed.advance(5);
    EXPECT_TRUE(feed.behind()) << "the log grew before it started";
    feed.advance(7);
    EXPECT_FALSE(feed.behind());
    feed.grew(6);
    EXPECT_FALSE(feed.behind()) << "an old look at the log takes nothing back";
    feed.grew(8);
    EXPECT_TRUE(feed.behind());
    EXPECT_EQ(feed.sent(), 7);
}

TEST(Feed, LaterNewsTakeThePlaceOfEarlierOnes) {
    Feed feed;
    EXPECT_TRUE(feed.news("a", "a1"));
    EXPECT_TRUE(feed.news("b", "b1"));
    EXPECT_TRUE(feed.news("a", "a2"));
    EXPECT_EQ(feed.takeNews(), (std::vector<std::string>{"a2", "b1"}));
    EXPECT_TRUE(feed.takeNews().empty());
}

TEST(Feed, GivesUpOnWhoeverTakesNothing) {
    Feed feed;
    for (std::size_t i = 0; i < Feed::kMostNews; ++i) {
        ASSERT_TRUE(feed.news(std::to_string(i), "x"));
    }
    EXPECT_TRUE(feed.news("0", "y")) << "known keys cost nothing";
    EXPECT_FALSE(feed.news("one more", "x"));
}

TEST(FeedStarting, GoesOnFromWhereTheListenerWas) {
    EXPECT_EQ(feedStart(std::nullopt, 12, 100).sent, 12);
    EXPECT_FALSE(feedStart(std::nullopt, 12, 100).reset);
    EXPECT_EQ(feedStart(4, 12, 100).sent, 4);
    EXPECT_FALSE(feedStart(0, 100, 100).reset);
    for (const std::int64_t since : {std::int64_t{-1}, std::int64_t{13}}) {  // no number; a log older than the listener
        EXPECT_TRUE(feedStart(since, 12, 100).reset) << since;
        EXPECT_EQ(feedStart(since, 12, 100).sent, 12);
    }
    EXPECT_TRUE(feedStart(0, 101, 100).reset) << "too much to be told";
}

}  // namespace
}  // namespace marea::server::test
