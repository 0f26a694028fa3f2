#include "app/peers/peerdoor.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <QTcpSocket>

namespace marea::app {
namespace {

constexpr std::chrono::milliseconds kForever{3'600'000};  // nothing here waits for it

const sync::PeerChannel::Known kAnybody = [](const sync::Digest&) { return true; };

// Connects, and says nothing.
class Silent {
public:
    explicit Silent(std::uint16_t port) {
        socket_.connectToHost(QStringLiteral("127.0.0.1"), port);
        EXPECT_TRUE(socket_.waitForConnected(-1));
    }
    bool isHungUpOn() {
        return socket_.state() == QAbstractSocket::UnconnectedState || socket_.waitForDisconnected(-1);
    }

private:
    QTcpSocket socket_;
};

class PeerDoorTest : public testing::Test {
protected:
    void open(PeerDoor& door) {
        const auto at = door.open("127.0.0.1", 0, keys);
        ASSERT_TRUE(at) << at.error().detail;
        port = *at;
    }
    auto connect() { return sync::PeerChannel::connect("127.0.0.1", port, keys, kAnybody, kForever); }
    // Who comes in and is greeted.
    std::string greeting() {
        const auto channel = connect();
        return channel ? (*channel)->receive().value_or("nothing") : "not let in";
    }
    static void end(PeerDoor& door) {
        door.close();
        EXPECT_TRUE(door.waitUntilEmpty(kForever));
    }
    static PeerDoor::Guests greeted() {
        return {kAnybody,
                [](sync::PeerChannel& channel, const std::atomic<bool>&) {
                    static_cast<void>(channel.send("hello"));
                    static_cast<void>(channel.receive());  // until it goes
                },
                kForever};
    }

    const sync::PeerKeys keys = sync::PeerKeys::make().value();
    std::uint16_t port = 0;
};

TEST(PeerDoorRoom, WhoWaitsForLongestMakesRoomAndWhoTakesMuchOfItBefore) {
    static_assert(PeerDoor::kMostOfOne == 2 && PeerDoor::kMostKnocking == 8);
    EXPECT_EQ(PeerDoor::whoMakesRoom({}, "a"), std::nullopt);
    EXPECT_EQ(PeerDoor::whoMakesRoom({"a", "b"}, "a"), std::nullopt);
    EXPECT_EQ(PeerDoor::whoMakesRoom({"b", "a", "b", "a"}, "a"), 1u) << "of one's own";
    EXPECT_EQ(PeerDoor::whoMakesRoom({"b", "a", "b", "a"}, "c"), std::nullopt);
    EXPECT_EQ(PeerDoor::whoMakesRoom({"a", "b", "c", "d", "e", "f", "g", "h"}, "h"), 0u);
    EXPECT_EQ(PeerDoor::whoMakesRoom({"a", "b", "c", "d", "e", "f", "g", "h"}, "i"), 0u);
    EXPECT_EQ(PeerDoor::whoMakesRoom({"a", "b", "c", "d", "e", "c", "d", "h"}, "i"), 2u);
}

TEST_F(PeerDoorTest, SilentStrangersKeepNobodyOut) {
    PeerDoor door(greeted());
    open(door);
    std::vector<std::unique_ptr<Silent>> strangers;
    for (std::size_t i = 0; i < 3 * PeerDoor::kMostKnocking; ++i)
        strangers.push_back(std::make_unique<Silent>(port));
    for (int visit = 0; visit < 3; ++visit)
        EXPECT_EQ(greeting(), "hello");
    const auto last = std::move(strangers.back());
    strangers.pop_back();
    for (const auto& stranger : strangers)
        EXPECT_TRUE(stranger->isHungUpOn()) << "they had to make room";
    end(door);
    EXPECT_TRUE(last->isHungUpOn());
}

TEST_F(PeerDoorTest, WhoIsInTakesNoRoomFromThoseWhoKnock) {
    std::atomic<int> inside = 0;
    std::promise<void> over;
    const auto ended = over.get_future().share();
    PeerDoor door({kAnybody,
                   [&](sync::PeerChannel& channel, const std::atomic<bool>&) {
                       ++inside;
                       static_cast<void>(channel.send("hello"));
                       ended.wait();
                   },
                   kForever});
    open(door);
    std::vector<std::unique_ptr<sync::PeerChannel>> guests;
    for (int i = 0; i < PeerDoor::kMost; ++i) {
        auto channel = connect();
        ASSERT_TRUE(channel) << channel.error().detail;
        EXPECT_EQ((*channel)->receive().value_or(""), "hello");
        guests.push_back(std::move(*channel));
    }
    EXPECT_EQ(inside, PeerDoor::kMost) << "all at once, and from one address";
    EXPECT_NE(greeting(), "hello") << "one too many is sent away";
    EXPECT_FALSE(door.waitUntilEmpty(std::chrono::milliseconds(0)));
    over.set_value();
    EXPECT_TRUE(door.waitUntilEmpty(kForever));
    EXPECT_EQ(greeting(), "hello") << "there is room again";
    end(door);
}

TEST_F(PeerDoorTest, ClosingEndsHandshakesAtOnce) {
    PeerDoor door(greeted());
    open(door);
    Silent stranger(port);
    EXPECT_EQ(greeting(), "hello") << "so the stranger, who came before, is being waited for";
    end(door);
    EXPECT_TRUE(stranger.isHungUpOn());
    open(door);
    EXPECT_EQ(greeting(), "hello") << "and it opens again";
    end(door);
}

// Its guests may be gone then, and what it is asked uses them.
TEST_F(PeerDoorTest, NobodyIsAskedAboutAfterItIsClosed) {
    std::promise<void> asked, may;
    const auto answer = may.get_future().share();
    std::once_flag first;  // one certificate is asked about more than once
    std::atomic<bool> answered = false, talked = false;
    PeerDoor door({[&](const sync::Digest&) {
                       std::call_once(first, [&] { asked.set_value(); });
                       answer.wait();
                       answered = true;
                       return true;
                   },
                   [&](sync::PeerChannel&, const std::atomic<bool>&) { talked = true; }, kForever});
    open(door);
    Silent stranger(port);
    auto guest = std::async(std::launch::async, [&] { return greeting(); });
    asked.get_future().wait();
    auto closed = std::async(std::launch::async, [&] {
        door.close();
        return answered.load();
    });
    EXPECT_TRUE(stranger.isHungUpOn()) << "so it is being closed";
    may.set_value();
    EXPECT_TRUE(closed.get()) << "what was being asked is over before";
    EXPECT_NE(guest.get(), "hello");
    end(door);
    EXPECT_FALSE(talked);
}

}  // namespace
}  // namespace marea::app
