#include "server/apps/events/progressnews.h"

#include <gtest/gtest.h>

namespace marea::server::test {
namespace {

Job job(const char* id, JobState state, double progress, core::TimeMs updatedAt = 100) {
    Job job;
    job.id = id;
    job.kind = "download";
    job.state = state;
    job.progress = progress;
    job.updatedAt = updatedAt;
    return job;
}

std::vector<std::string> idsOf(const std::vector<Job>& jobs) {
    std::vector<std::string> ids;
    for (const Job& job : jobs) {
        ids.push_back(job.id);
    }
    return ids;
}

TEST(ProgressNewsOf, JobsAreWhatChanged) {
    ProgressNews news;
    news.beginAt(50);
    EXPECT_EQ(idsOf(news.changed({job("a", JobState::Leased, 0), job("b", JobState::Leased, 0.5)})),
              (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(idsOf(news.changed({job("a", JobState::Leased, 0.005), job("b", JobState::Leased, 0.52)})),
              std::vector<std::string>{"b"})
        << "less than a hundredth is none";
    EXPECT_EQ(idsOf(news.changed({job("a", JobState::Leased, 0.011), job("b", JobState::Done, 1, 120)})),
              (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(news.since(), 120);
    EXPECT_TRUE(news.changed({job("a", JobState::Leased, 0.011), job("b", JobState::Done, 1, 120)}).empty());
    EXPECT_EQ(idsOf(news.changed({job("b", JobState::Done, 1, 120), job("c", JobState::Failed, 0, 120)})),
              std::vector<std::string>{"c"})
        << "what ended in the same millisecond is told once";
}

TEST(ProgressNewsOf, JobsSayDownloadsAsTheirListDoes) {
    EXPECT_EQ(downloadNews("d", "m", job("a", JobState::Leased, 0.25)).at("state").as_string(), "making");
    EXPECT_EQ(downloadNews("d", "m", job("a", JobState::Done, 0)).at("progress").as_double(), 1.0);
    EXPECT_EQ(downloadNews("d", "m", job("a", JobState::Cancelled, 0)).at("state").as_string(), "cancelled");
    EXPECT_EQ(jobNews(job("a", JobState::Failed, 0)).at("state").as_string(), "failed");
}

}  // namespace
}  // namespace marea::server::test
