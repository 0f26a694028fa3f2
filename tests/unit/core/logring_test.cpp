#include "core/base/logring.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/json.h"

namespace marea::core {
namespace {

std::vector<std::uint64_t> numbers(const LogRing::Page& page) {
    std::vector<std::uint64_t> list;
    for (const LogRing::Record& record : page.records) {
        list.push_back(record.seq);
    }
    return list;
}
using Numbers = std::vector<std::uint64_t>;

TEST(LogRing, TheLatestComeInTheirOrder) {
    LogRing ring;
    for (int i = 0; i < 5; ++i) {
        ring.add(i == 1 ? LogLevel::Error : LogLevel::Info, "{}");
    }
    EXPECT_EQ(numbers(ring.page({}, LogLevel::Debug, 2)), (Numbers{4, 5}));
    EXPECT_EQ(numbers(ring.page({}, LogLevel::Warning, 2)), (Numbers{2}));
    EXPECT_EQ(ring.page({}, LogLevel::Warning, 2).last, 5U);
}

TEST(LogRing, WhoFollowsGetsEachOnce) {
    LogRing ring;
    EXPECT_EQ(ring.page({}, LogLevel::Debug, 10).last, 0U);
    for (int i = 0; i < 5; ++i) {
        ring.add(i % 2 == 0 ? LogLevel::Info : LogLevel::Debug, "{}");
    }
    auto page = ring.page(0, LogLevel::Info, 2);
    EXPECT_EQ(numbers(page), (Numbers{1, 3}));
    EXPECT_EQ(page.last, 3U);
    page = ring.page(page.last, LogLevel::Info, 2);
    EXPECT_EQ(numbers(page), (Numbers{5}));
    EXPECT_FALSE(page.missed);
    page = ring.page(page.last, LogLevel::Info, 2);
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.last, 5U);
}

TEST(LogRing, IsBoundedByRecordsAndBytesAndSaysWhatWasMissed) {
    LogRing few(3, 1 << 20);
    for (int i = 0; i < 5; ++i) {
        few.add(LogLevel::Info, "{}");
    }
    const auto page = few.page(1, LogLevel::Debug, 10);
    EXPECT_EQ(numbers(page), (Numbers{3, 4, 5}));
    EXPECT_TRUE(page.missed);
    EXPECT_FALSE(few.page(2, LogLevel::Debug, 10).missed);

    LogRing small(100, 10);
    for (int i = 0; i < 5; ++i) {
        small.add(LogLevel::Info, "12345");
    }
    EXPECT_EQ(numbers(small.page({}, LogLevel::Debug, 10)), (Numbers{4, 5}));
}

// Numbers begin anew with each start: a number from before is no reason to wait for ever.
TEST(LogRing, ANumberThatIsNotThereYetStandsForTheEnd) {
    LogRing ring;
    ring.add(LogLevel::Info, "{}");
    auto page = ring.page(1000, LogLevel::Debug, 10);
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.last, 1U);
}

TEST(AdjustableLogger, KeepsWhatItWritesRedactedWhateverItsForm) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    auto ring = std::make_shared<LogRing>();
    auto logger = makeAdjustableLogger(nowhere, LogFormat::Text, LogLevel::Info, ring);
    logger->debug("not.kept");
    logger->info("kept", {{"token", "abc"}, {"path", "/stream/abc/x"}, {"files", 3}});
    logger->setMinimum(LogLevel::Debug);
    logger->debug("kept.too");
    const auto page = ring->page({}, LogLevel::Debug, 10);
    ASSERT_EQ(page.records.size(), 2U);
    const auto first = json::parse(page.records[0].json).as_object();
    EXPECT_EQ(first.at("event"), "kept");
    EXPECT_EQ(first.at("token"), "[redacted]");
    EXPECT_EQ(first.at("path"), "/stream/[redacted]/x");
    EXPECT_EQ(first.at("files"), 3);
    EXPECT_EQ(page.records[1].level, LogLevel::Debug);
    ::close(nowhere);
}

TEST(LogLevels, HaveNames) {
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        EXPECT_EQ(logLevelOf(name(level)), level);
    }
    EXPECT_FALSE(logLevelOf("loud"));
}

}  // namespace
}  // namespace marea::core
