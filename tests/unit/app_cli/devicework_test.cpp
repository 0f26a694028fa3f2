// Devices that do not answer, and interrupts, as `marea sync` has them.
#include "app/cli/devicework.h"

#include <gtest/gtest.h>

#include <unistd.h>
#include <csignal>
#include <QCoreApplication>

using namespace marea;
using namespace marea::app;
using core::ErrorCode;

namespace {

constexpr std::chrono::milliseconds kShort{50};
constexpr std::chrono::hours kForever{24};

// A call that hangs until somebody lets it go, as one of a phone does.
class HungCall {
public:
    void wait(Pulse& pulse) {
        std::unique_lock lock(mutex_);
        pulse.asked();
        hangs_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return isOver_; });
        pulse.answered();
        hangs_ = false;
        changed_.notify_all();
    }
    void untilItHangs() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return hangs_; });
    }
    void letGo() {
        std::unique_lock lock(mutex_);
        isOver_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !hangs_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool hangs_ = false, isOver_ = false;
};

struct DeviceWorkTest : ::testing::Test {
    int count = 1;
    char name[5] = "test";
    char* names[2] = {name, nullptr};
    QCoreApplication application{count, names};
    std::shared_ptr<HungCall> call = std::make_shared<HungCall>();

    std::function<int(const DeviceWork::Hand&)> hanging() const {
        return [call = call](const DeviceWork::Hand& hand) {
            call->wait(*hand.pulse);
            return 1;
        };
    }
};

TEST_F(DeviceWorkTest, WhatTheWorkGivesComesBackAfterWhatItSaid) {
    DeviceWork work({kForever, kForever});
    std::vector<int> said;
    const auto given = work.run<int>([&said](const DeviceWork::Hand& hand) {
        hand.home([&said] { said.push_back(1); });
        hand.home([&said] { said.push_back(2); });
        return 7;
    });
    ASSERT_TRUE(given);
    EXPECT_EQ(*given, 7);
    EXPECT_EQ(said, (std::vector<int>{1, 2}));
    EXPECT_FALSE(work.isAbandoned());
    EXPECT_EQ(*work.run<int>([](const DeviceWork::Hand&) { return 8; }), 8) << "one after the other";
}

TEST_F(DeviceWorkTest, ADeviceThatHangsInsideACallIsLeft) {
    DeviceWork work({kShort, kForever});
    const auto given = work.run<int>(hanging());
    ASSERT_FALSE(given);
    EXPECT_EQ(given.error().code, ErrorCode::Timeout);
    EXPECT_NE(given.error().text.find("does not answer"), std::string::npos);
    EXPECT_TRUE(work.isAbandoned());
    call->letGo();
}

TEST_F(DeviceWorkTest, AnInterruptOfAHangingCallEndsItAtOnce) {
    DeviceWork work({kForever, kShort});
    std::thread person([call = call] {
        call->untilItHangs();
        ::kill(::getpid(), SIGINT);
    });
    const auto given = work.run<int>(hanging());
    person.join();
    ASSERT_FALSE(given);
    EXPECT_EQ(given.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(work.isAbandoned());
    call->letGo();
}

TEST_F(DeviceWorkTest, AnInterruptCallsOffWhatIsNotWaitingForTheDevice) {
    DeviceWork work({kForever, kShort});
    const auto given = work.run<int>([](const DeviceWork::Hand& hand) {
        ::kill(::getpid(), SIGINT);
        while (!hand.control->isCancelled()) {
            std::this_thread::yield();
        }
        return 3;
    });
    EXPECT_EQ(given.value_or(0), 3) << "it ends in order";
    EXPECT_FALSE(work.isAbandoned());
}

}  // namespace
