#include "player/cache/httpanswer.h"

#include <gtest/gtest.h>

namespace marea::player {
namespace {

using Action = AnswerPlan::Action;

TEST(ContentRange, IsReadToItsEnd) {
    const auto range = parseContentRange("bytes 5-9/20");
    ASSERT_TRUE(range);
    EXPECT_EQ(range->begin, 5);
    EXPECT_EQ(range->end, 10);
    EXPECT_EQ(range->total, 20);
    EXPECT_EQ(parseContentRange("bytes */20")->total, 20);
    for (const char* bad : {"", "bytes", "bytes 5-9", "bytes 9-5/20", "bytes -5/20", "bytes 5-9/*", "bytes 5-9/20x",
                            "bytes 5-x/20", "octets 5-9/20", "bytes 99999999999999999999-9/20"}) {
        EXPECT_FALSE(parseContentRange(bad)) << bad;
    }
}

TEST(JudgeAnswer, APartMustBeTheOneAskedForOfTheSameFile) {
    const core::HttpHeaders headers{{"Content-Range", "bytes 100-199/1000"}, {"ETag", "\"a\""}};
    EXPECT_EQ(judgeAnswer(206, headers, {100, -1, {}}).action, Action::Take);
    EXPECT_EQ(judgeAnswer(206, headers, {100, 1000, "\"a\""}).action, Action::Take);
    EXPECT_EQ(judgeAnswer(206, headers, {0, 1000, "\"a\""}).action, Action::Fail);
    EXPECT_EQ(judgeAnswer(206, headers, {100, 1001, "\"a\""}).error.code, core::ErrorCode::Conflict);
    EXPECT_EQ(judgeAnswer(206, headers, {100, 1000, "\"b\""}).error.code, core::ErrorCode::Conflict);
    EXPECT_EQ(judgeAnswer(206, {{"Content-Range", "bytes 100-1999/1000"}}, {100, -1, {}}).action, Action::Fail);
}

TEST(JudgeAnswer, OtherStatusesHaveTheirMeaning) {
    EXPECT_EQ(judgeAnswer(200, {{"Content-Length", "50"}}, {0, -1, {}}).end, 50);
    EXPECT_EQ(judgeAnswer(200, {}, {10, -1, {}}).error.code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(judgeAnswer(401, {}, {}).action, Action::Renew);
    EXPECT_EQ(judgeAnswer(404, {}, {}).error.code, core::ErrorCode::NotFound);
    EXPECT_EQ(judgeAnswer(503, {{"Retry-After", "2"}}, {}).retryAfterMs, 2000);
    EXPECT_EQ(judgeAnswer(416, {{"Content-Range", "bytes */0"}}, {0, -1, {}}).action, Action::Empty);
    EXPECT_EQ(judgeAnswer(418, {}, {}).action, Action::Fail);
}

}  // namespace
}  // namespace marea::player
