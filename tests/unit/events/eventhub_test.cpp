#include "server/apps/events/eventhub.h"

#include <gtest/gtest.h>

#include <deque>

namespace marea::server::test {
namespace {

namespace json = core::json;

// Keeps what is sent until it is let out.
class FakePeer final : public WebSocketPeer {
public:
    void send(std::string text) override { waiting.push_back(std::move(text)); }
    void close(int code, std::string) override { closed = code; }
    std::deque<std::string> waiting;
    int closed = 0;
};

class FakeLog final : public EventLog {
public:
    core::Result<std::int64_t> top(const core::Id& user) override { return tops[user]; }
    core::Result<std::vector<Entry>> after(const core::Id& user, std::int64_t seq, std::size_t most) override {
        ++reads;
        std::vector<Entry> entries;
        for (std::int64_t i = seq + 1; i <= tops[user] && entries.size() < most; ++i) {
            entries.push_back({i, R"({"type":"library","seq":)" + std::to_string(i) + "}"});
        }
        return entries;
    }
    std::map<core::Id, std::int64_t> tops;
    int reads = 0;
};

class Hub : public ::testing::Test {
protected:
    struct Device {
        Hub* hub = nullptr;
        std::shared_ptr<FakePeer> peer = std::make_shared<FakePeer>();
        WebSocketCallbacks callbacks;
        // All that goes out until nothing waits, as {type or seq}.
        std::vector<std::string> take() {
            std::vector<std::string> told;
            for (hub->settle(); !peer->waiting.empty(); hub->settle()) {
                while (!peer->waiting.empty()) {
                    const json::object message = json::parse(peer->waiting.front()).as_object();
                    const bool numbered = message.at("type").as_string() == "library";
                    told.push_back(numbered ? std::to_string(message.at("seq").as_int64())
                                            : std::string(message.at("type").as_string()));
                    last = message;
                    peer->waiting.pop_front();
                }
                callbacks.drained();
            }
            return told;
        }
        json::object last;
    };

    Device open(const char* user, const char* device, std::optional<std::int64_t> since = {},
                const char* role = "member") {
        Device opened;
        opened.hub = this;
        opened.callbacks = hub->open(Principal{user, device, user, role}, since, opened.peer);
        return opened;
    }
    void settle() {
        while (!tasks.empty()) {
            const auto task = std::move(tasks.front());
            tasks.pop_front();
            task();
        }
    }
    void plays(Device& device, const char* state = "{}") {
        device.callbacks.message(std::string(R"({"type":"player","controllable":true,"state":)") + state + "}");
    }

    std::deque<std::function<void()>> tasks;
    std::shared_ptr<FakeLog> log = std::make_shared<FakeLog>();
    std::shared_ptr<EventHub> hub = std::make_shared<EventHub>(
        log, [this](std::function<void()> task) { tasks.push_back(std::move(task)); },
        core::makeLogger(-1, core::LogFormat::Json, core::LogLevel::Error));
};

using Told = std::vector<std::string>;

TEST_F(Hub, TellsEachUserItsOwnEventsFromNowOn) {
    log->tops = {{"ana", 5}, {"bob", 2}};
    Device ana = open("ana", "a"), bob = open("bob", "b");
    EXPECT_EQ(ana.take(), Told{"hello"});
    EXPECT_EQ(ana.last.at("seq").as_int64(), 5);
    EXPECT_EQ(bob.take(), Told{"hello"});
    log->tops["ana"] = 7;
    hub->logGrew();
    EXPECT_EQ(ana.take(), (Told{"6", "7"}));
    EXPECT_EQ(bob.take(), Told{});
    hub->logGrew();
    EXPECT_EQ(ana.take(), Told{});
}

TEST_F(Hub, ResumesFromANumber) {
    log->tops["ana"] = 250;
    Device device = open("ana", "a", 20);
    const Told told = device.take();
    ASSERT_EQ(told.size(), 231U);
    EXPECT_EQ(told[0], "hello");
    EXPECT_EQ(told[1], "21");
    EXPECT_EQ(told[230], "250");
    Device tooNew = open("ana", "b", 251);
    EXPECT_EQ(tooNew.take(), Told{"hello"});
    EXPECT_TRUE(tooNew.last.at("reset").as_bool());
}

TEST_F(Hub, NothingIsReadForWhoeverIsSlow) {
    log->tops["ana"] = 1000;
    Device device = open("ana", "a", 0);
    settle();
    device.peer->waiting.clear();
    device.callbacks.drained();
    settle();
    const int reads = log->reads;
    EXPECT_EQ(device.peer->waiting.size(), EventHub::kBatch);
    for (int i = 0; i < 50; ++i) {
        ++log->tops["ana"];
        hub->logGrew();
        hub->tell("ana", "session:1", json::object{{"type", "session"}, {"position", i}});
        settle();
    }
    EXPECT_EQ(log->reads, reads);
    EXPECT_EQ(device.peer->waiting.size(), EventHub::kBatch);
    Told told = device.take();
    EXPECT_EQ(std::count(told.begin(), told.end(), "session"), 1) << "fewer, the last one alone";
    EXPECT_EQ(told.size(), 1050U + 1U);
}

TEST_F(Hub, WhoTakesNothingAtAllIsLetGo) {
    Device device = open("ana", "a");
    for (std::size_t i = 0; i <= Feed::kMostNews; ++i) {
        hub->tell("ana", std::to_string(i), json::object{{"type", "job"}});
    }
    EXPECT_EQ(device.peer->closed, 4408);
}

TEST_F(Hub, NewsGoToWhomTheyConcern) {
    Device ana = open("ana", "a"), bob = open("bob", "b"), owner = open("zoe", "z", {}, "owner");
    ana.take(), bob.take(), owner.take();
    hub->tell("ana", "k", json::object{{"type", "download"}});
    hub->tellOwners("k", json::object{{"type", "job"}});
    hub->tellAll("c", json::object{{"type", "catalogue"}});
    EXPECT_EQ(ana.take(), (Told{"download", "catalogue"}));
    EXPECT_EQ(bob.take(), Told{"catalogue"});
    EXPECT_EQ(owner.take(), (Told{"job", "catalogue"}));
}

TEST_F(Hub, PlayersAreToldOfAndCommanded) {
    Device phone = open("ana", "phone"), tv = open("ana", "tv"), stranger = open("bob", "b");
    phone.take(), tv.take(), stranger.take();
    EXPECT_FALSE(hub->command("ana", "tv", "1", {})) << "it did not say that it is a player";
    plays(tv, R"({"position":4})");
    EXPECT_EQ(phone.take(), Told{"player"});
    EXPECT_EQ(phone.last.at("device_id").as_string(), "tv");
    EXPECT_EQ(tv.take(), Told{});
    EXPECT_EQ(stranger.take(), Told{});
    EXPECT_TRUE(hub->command("ana", "tv", "1", {{"type", "remote"}}));
    EXPECT_FALSE(hub->command("bob", "tv", "1", {{"type", "remote"}})) << "somebody else's";
    EXPECT_EQ(tv.take(), Told{"remote"});
    ASSERT_EQ(hub->players("ana").size(), 1U);
    EXPECT_EQ(hub->players("ana")[0].state.at("position").to_number<double>(), 4.0);
    EXPECT_TRUE(hub->players("bob").empty());
    EXPECT_FALSE(hub->players("ana")[0].commands) << "it did not say";
    tv.callbacks.message(R"({"type":"player","controllable":true,"commands":["play","pause","juggle"]})");
    EXPECT_EQ(phone.take(), Told{"player"});
    EXPECT_EQ(phone.last.at("commands").as_array().size(), 2U) << "what nobody knows here is left out";
    EXPECT_EQ(hub->players("ana")[0].commands, (std::vector<std::string>{"play", "pause"}));

    core::Id gone;
    hub->onGone([&](const core::Id& device) { gone = device; });
    tv.callbacks.closed();
    EXPECT_EQ(gone, "tv");
    EXPECT_EQ(phone.take(), Told{"player"});
    EXPECT_FALSE(phone.last.at("controllable").as_bool());
    EXPECT_EQ(hub->listening("ana"), std::vector<core::Id>{"phone"});
}

TEST_F(Hub, ResultsComeWithTheDeviceThatSentThem) {
    core::Id from;
    std::string call;
    hub->onResult([&](const core::Id& device, const PlayerMessage& result) {
        from = device;
        call = result.call;
    });
    Device tv = open("ana", "tv");
    tv.callbacks.message(R"({"type":"result","id":"42"})");
    EXPECT_EQ(from, "tv");
    EXPECT_EQ(call, "42");
}

TEST_F(Hub, WrongAndTooManyMessagesEndIt) {
    Device wrong = open("ana", "a"), many = open("ana", "b");
    wrong.callbacks.message("hello?");
    EXPECT_EQ(wrong.peer->closed, 1008);
    for (int i = 0; i < 201; ++i) {
        plays(many);
    }
    EXPECT_EQ(many.peer->closed, 4429);
}

TEST_F(Hub, SignedOutDevicesHearNothingMore) {
    Device gone = open("ana", "a"), stays = open("ana", "b");
    gone.take(), stays.take();
    hub->signedOut("a");
    EXPECT_EQ(gone.peer->closed, 4401);
    EXPECT_EQ(stays.peer->closed, 0);
    hub->tell("ana", "k", json::object{{"type", "job"}});
    EXPECT_EQ(gone.take(), Told{});
    EXPECT_EQ(stays.take(), Told{"job"});
}

TEST_F(Hub, ListenersOfAUserAreBounded) {
    std::vector<Device> devices;
    for (std::size_t i = 0; i < EventHub::kMostPerUser; ++i) {
        devices.push_back(open("ana", "a"));
    }
    EXPECT_EQ(open("ana", "a").peer->closed, 4429);
    EXPECT_EQ(open("bob", "b").peer->closed, 0);
    devices.front().callbacks.closed();
    EXPECT_EQ(open("ana", "a").peer->closed, 0);
}

}  // namespace
}  // namespace marea::server::test
