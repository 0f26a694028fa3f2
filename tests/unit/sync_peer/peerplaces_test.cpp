// A device that says to be at several places.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/support/nextpeer.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;

constexpr std::chrono::milliseconds kLong{600'000};  // nothing here waits for it

// Lets everybody in, and says where they come from.
class Door {
public:
    explicit Door(const std::string& address = "127.0.0.1")
        : keys(PeerKeys::make().value()), listener_(PeerListener::open(address, 0, keys).value()) {
        thread_ = std::thread([this] {
            while (true) {
                auto channel = marea::test::nextPeer(*listener_, [](const Digest&) { return true; });
                if (channel) {
                    static_cast<void>((*channel)->send((*channel)->address()));
                } else if (channel.error().code == ErrorCode::Cancelled) {
                    return;
                }
            }
        });
    }
    ~Door() {
        listener_->stop();
        thread_.join();
    }
    std::uint16_t port() const { return listener_->port(); }
    PeerChannel::Place place() const { return {"127.0.0.1", port()}; }
    PeerChannel::Known known() const {
        return [hash = keys.hash](const Digest& certificate) { return certificate == hash; };
    }

    const PeerKeys keys;

private:
    std::unique_ptr<PeerListener> listener_;
    std::thread thread_;
};

class PeerPlacesTest : public testing::Test {
protected:
    PeerKeys own = PeerKeys::make().value();
    // Nobody takes up what comes there, and nobody listens there.
    std::unique_ptr<PeerListener> silent = PeerListener::open("127.0.0.1", 0, own).value();
    PeerChannel::Place quiet{"127.0.0.1", silent->port()}, dead{"127.0.0.1", 1};
};

TEST_F(PeerPlacesTest, TheFirstWhereItAnswersIsTaken) {
    const Door lap, other;
    const std::vector<std::vector<PeerChannel::Place>> lists{{lap.place()},
                                                             {dead, lap.place()},
                                                             {quiet, dead, other.place(), lap.place()},
                                                             {lap.place(), quiet},
                                                             {lap.place(), lap.place(), lap.place()}};
    for (const auto& places : lists) {
        auto channel = PeerChannel::connect(places, own, lap.known(), kLong);
        ASSERT_TRUE(channel) << channel.error().text;
        EXPECT_EQ((*channel)->peer(), lap.keys.hash);
        EXPECT_EQ((*channel)->port(), lap.port());
        EXPECT_EQ((*channel)->address(), "127.0.0.1");
        EXPECT_EQ((*channel)->receive().value_or(""), "127.0.0.1");
    }
}

TEST_F(PeerPlacesTest, SomebodyElseIsNotTaken) {
    const Door lap, other;
    const auto elsewhere = PeerChannel::connect({dead, other.place()}, own, lap.known(), kLong);
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().code, ErrorCode::Forbidden);
    EXPECT_EQ(PeerChannel::connect({dead, dead}, own, lap.known(), kLong).error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(PeerChannel::connect(std::vector<PeerChannel::Place>(), own, lap.known(), kLong));
    const auto silence = PeerChannel::connect({quiet}, own, lap.known(), std::chrono::milliseconds(100));
    EXPECT_EQ(silence.error().code, ErrorCode::Timeout);
}

TEST_F(PeerPlacesTest, WhoListensOnAllIsThereByBothFamilies) {
    if (!PeerListener::open("::1", 0, own)) {
        GTEST_SKIP() << "this machine has no IPv6";
    }
    const Door lap("::");
    for (const char* host : {"127.0.0.1", "::1"}) {
        auto channel = PeerChannel::connect({{host, lap.port()}}, own, lap.known(), kLong);
        ASSERT_TRUE(channel) << host << ": " << channel.error().detail;
        EXPECT_EQ((*channel)->receive().value_or(""), host) << "not as ::ffff:127.0.0.1";
    }
}

// As a system's that asks servers of names which do not answer: until the test ends.
class SlowNames {
public:
    ~SlowNames() { end_.set_value(); }
    PeerChannel::Lookup lookup() const {
        return [ended = ended_](const std::string& host) {
            if (host == "slow") {
                ended.wait();
            }
            return host == "lap" ? std::vector<std::string>{"127.0.0.1"} : std::vector<std::string>();
        };
    }

private:
    std::promise<void> end_;
    std::shared_future<void> ended_ = end_.get_future().share();
};

TEST_F(PeerPlacesTest, ANameThatIsLookedUpForLongHoldsNobodyUp) {
    const Door lap;
    const SlowNames names;
    auto channel = PeerChannel::connect({{"slow", 1}, {"lap", lap.port()}}, own, lap.known(), kLong, names.lookup());
    ASSERT_TRUE(channel) << channel.error().text;
    EXPECT_EQ((*channel)->receive().value_or(""), "127.0.0.1");
    const auto alone =
        PeerChannel::connect({{"slow", 1}}, own, lap.known(), std::chrono::milliseconds(50), names.lookup());
    EXPECT_EQ(alone.error().code, ErrorCode::Timeout);
    const auto unknown = PeerChannel::connect({{"nobody", 1}}, own, lap.known(), kLong, names.lookup());
    EXPECT_EQ(unknown.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace marea::sync::test
