// The store across power cuts: a process that orders, pays and gives back at random is killed again and again, and what
// it leaves are right books each time.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <thread>

#include "tests/unit/store/histories.h"

namespace marea::server::store {
namespace {

constexpr int kStepsEach = 12;

// Histories one after the other until it is killed, or there are so many. Its clock goes on where the last one's was.
[[noreturn]] void runUntilKilled(const std::string& folder, unsigned first, int most, int told) {
    test::StoreParts parts(folder);
    parts.clock->time += static_cast<core::TimeMs>(first) * 3600'000;
    for (int i = 0; i < most; ++i) {
        test::Histories histories(parts, first + static_cast<unsigned>(i));
        for (int step = 0; step < kStepsEach; ++step) {
            histories.step();
        }
        const char one = '1';
        if (::write(told, &one, 1) != 1) {
            ::_exit(2);
        }
    }
    ::_exit(0);  // as it is: nothing is closed
}

class KillTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-store-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        const pid_t child = ::fork();  // so that no thread of this process has the database open
        if (child == 0) {
            {
                test::StoreParts parts(folder);
                test::fillForHistories(parts);
            }
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_EQ(status, 0);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    // How many histories were finished before the end.
    int run(unsigned first, int most, int killAfterMs) {
        int ends[2];
        EXPECT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            runUntilKilled(folder, first, most, ends[1]);
        }
        ::close(ends[1]);
        if (killAfterMs > 0) {
            char one = 0;
            (void)!::read(ends[0], &one, 1);  // it is at work, however slow the machine
            std::this_thread::sleep_for(std::chrono::milliseconds(killAfterMs));
            ::kill(child, SIGKILL);
        }
        int done = killAfterMs > 0 ? 1 : 0;
        for (char buffer[64]; const auto got = ::read(ends[0], buffer, sizeof buffer);) {
            if (got < 0) {
                break;
            }
            done += static_cast<int>(got);
        }
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        return done;
    }
    // In a process of its own, too. 3: the books are right, and empty.
    int check() const {
        const pid_t child = ::fork();
        if (child == 0) {
            int code = 1;
            {
                test::StoreParts parts(folder);
                const std::string problems = parts.problems();
                std::fputs(problems.c_str(), stderr);
                const auto report = parts.database->readValue<LedgerReport>(checkLedger);
                code = !problems.empty() ? 1 : report && report->entitlements > 0 ? 0 : 3;
            }
            ::_exit(code);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }
    std::string folder;
};

TEST_F(KillTest, RandomHistoriesThatAreKilledLeaveRightBooks) {
    const char* const asked = std::getenv("MAREA_LONG");  // empty in a short run
    const bool isLong = asked && std::string_view(asked) == "1";
    const int wanted = isLong ? 10'000 : 300;
    std::mt19937 dice(7);
    int histories = 0, kills = 0;
    for (unsigned first = 1; histories < wanted; first += 1000) {
        histories += run(first, 1000, 1 + static_cast<int>(dice() % (isLong ? 400 : 120)));
        ++kills;
        const int status = check();
        ASSERT_TRUE(WIFEXITED(status)) << "after " << kills << " kills";
        ASSERT_NE(WEXITSTATUS(status), 1) << "after " << kills << " kills";
    }
    EXPECT_EQ(WEXITSTATUS(check()), 0);
    EXPECT_GE(kills, 1);
}

}  // namespace
}  // namespace marea::server::store
