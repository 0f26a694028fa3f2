#include "server/apps/library/resume.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

struct Row {
    const char* kind;
    double duration, position, credits;
    double resumeAt;
    bool finished;
};

TEST(Resume, FollowsTheTable) {
    const Row rows[] = {
        {"movie", 7200, 0, 0, 0, false},
        {"movie", 7200, 29, 0, 0, false},   // under 30 s
        {"movie", 7200, 143, 0, 0, false},  // under 2 %
        {"movie", 7200, 145, 0, 145, false},
        {"movie", 600, 29.9, 0, 0, false},
        {"movie", 600, 30, 0, 30, false},
        {"movie", 7200, 6624, 0, 6624, false},  // 92 % exactly
        {"movie", 7200, 6625, 0, 0, true},
        {"movie", 7200, 7200, 0, 0, true},
        {"movie", 7200, 6000, 5990, 0, true},  // in the end credits
        {"movie", 7200, 5989, 5990, 5989, false},
        {"movie", 0, 500, 0, 500, false},  // duration unknown
        {"movie", 2.7, 1, 0, 0, false},    // a short clip
        {"movie", 2.7, 2.6, 0, 0, true},
        {"episode", 1500, 700, 0, 700, false},
        {"audiobook", 36000, 20000, 0, 20000, false},
        {"track", 240, 120, 0, 0, false},  // music starts anew
        {"track", 240, 235, 0, 0, true},
        {"track", 1199, 600, 0, 0, false},
        {"track", 1200, 600, 0, 600, false},  // but a long mix goes on
        {"track", 0, 600, 0, 0, false},
    };
    for (const Row& row : rows) {
        const Resume resume = resumeAfter(row.kind, row.duration, row.position, row.credits);
        EXPECT_DOUBLE_EQ(resume.position, row.resumeAt) << row.kind << " " << row.duration << " " << row.position;
        EXPECT_EQ(resume.finished, row.finished) << row.kind << " " << row.duration << " " << row.position;
    }
}

TEST(Resume, CreditsAreALastChapterOfThatNameInTheSecondHalf) {
    EXPECT_EQ(creditsStart({}, 100), 0);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "End Credits"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "CRÉDITOS"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "Créditos finales"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 10, "Opening Credits"}}, 100), 0);
    EXPECT_EQ(creditsStart({{0, 90, "Credits"}, {90, 100, "Epilogue"}}, 100), 0);
}

}  // namespace
}  // namespace marea::server
