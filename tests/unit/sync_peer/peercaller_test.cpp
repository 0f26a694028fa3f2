// Who connects, and what becomes of one who says nothing.
#include <gtest/gtest.h>

#include <future>
#include <mutex>

#include "sync/peer/peerlistener.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;

constexpr std::chrono::milliseconds kForever{3'600'000};  // nothing here waits for it

class PeerCallerTest : public testing::Test {
protected:
    // Connects, and waits until somebody shakes hands with it.
    std::future<core::Result<std::unique_ptr<PeerChannel>>> call() {
        return std::async(std::launch::async, [this] {
            return PeerChannel::connect("127.0.0.1", listener->port(), keys, anybody, kForever);
        });
    }

    const PeerChannel::Known anybody = [](const Digest&) { return true; };
    const PeerKeys keys = PeerKeys::make().value();
    const std::unique_ptr<PeerListener> listener = PeerListener::open("127.0.0.1", 0, keys).value();
};

TEST_F(PeerCallerTest, OneIsTakenUpWhileAnotherHasNotShakenHands) {
    auto first = call();
    const auto silent = listener->accept();
    ASSERT_TRUE(silent);
    EXPECT_EQ((*silent)->address(), "127.0.0.1");
    auto second = call();
    const auto other = listener->accept();
    ASSERT_TRUE(other);
    const auto inside = (*other)->shake(anybody, kForever);
    ASSERT_TRUE(inside) << inside.error().detail;
    EXPECT_EQ((*inside)->peer(), keys.hash);
    EXPECT_TRUE(second.get());
    const auto late = (*silent)->shake(anybody, kForever);
    ASSERT_TRUE(late) << "it is not too late for the first";
    EXPECT_TRUE(first.get());
}

TEST_F(PeerCallerTest, WhoIsHungUpOnIsWaitedForNoLonger) {
    auto known = call();
    auto caller = listener->accept();
    ASSERT_TRUE(caller);
    std::promise<void> asked, may;
    std::once_flag first;  // one certificate is asked about more than once
    auto shaken = std::async(std::launch::async, [&, answer = may.get_future().share()] {
        return (*caller)->shake(
            [&](const Digest&) {  // within the handshake
                std::call_once(first, [&] { asked.set_value(); });
                answer.wait();
                return true;
            },
            kForever);
    });
    asked.get_future().wait();
    (*caller)->hangUp();
    may.set_value();
    const auto result = shaken.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    caller->reset();
    static_cast<void>(known.get());  // in TLS 1.3 it may hear of it only later
}

TEST_F(PeerCallerTest, AlsoBeforeItIsShaken) {
    auto known = call();
    auto caller = listener->accept();
    ASSERT_TRUE(caller);
    (*caller)->hangUp();
    EXPECT_EQ((*caller)->shake(anybody, kForever).error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(known.get());
}

TEST_F(PeerCallerTest, WhoIsInStaysIn) {
    auto known = call();
    auto caller = listener->accept();
    ASSERT_TRUE(caller);
    const auto inside = (*caller)->shake(anybody, kForever);
    ASSERT_TRUE(inside) << inside.error().detail;
    const auto other = known.get();
    ASSERT_TRUE(other);
    (*caller)->hangUp();
    ASSERT_TRUE((*other)->send("still here"));
    EXPECT_EQ((*inside)->receive().value_or(""), "still here");
}

TEST_F(PeerCallerTest, WhoIsNotTakenUpIsHungUpOn) {
    auto known = call();
    auto caller = listener->accept();
    ASSERT_TRUE(caller);
    caller->reset();
    EXPECT_FALSE(known.get());
}

}  // namespace
}  // namespace marea::sync::test
