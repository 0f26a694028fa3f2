#include "server/apps/events/remotecontrol.h"

#include <gtest/gtest.h>

namespace marea::server::test {
namespace {

using core::ErrorCode;
using core::json::object;

class HandClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    core::TimeMs time = 1'000'000;
};

class FakeLink final : public PlayerLink {
public:
    struct Sent {
        core::Id device;
        std::string call;
        object message;
    };
    bool send(const core::Id& user, const core::Id& device, const std::string& call, const object& message) override {
        if (user != "ana" || device == "off") {
            return false;
        }
        sent.push_back({device, call, message});
        return true;
    }
    std::string last() const { return std::string(sent.back().message.at("command").as_string()); }
    std::vector<Sent> sent;
};

class Remote : public ::testing::Test {
protected:
    void command(const core::Id& device, const std::string& body) {
        const auto parsed = parseRemoteCommand(body);
        ASSERT_TRUE(parsed) << parsed.error().text;
        control->command("ana", "phone", device, *parsed, [this](auto state) { answers.push_back(std::move(state)); });
    }
    void handOver() {
        RemoteCommand command;
        command.name = "hand_over";
        command.to = "tv";
        control->command("ana", "phone", "desk", command, [this](auto state) { answers.push_back(std::move(state)); });
    }
    void answer(object state) { reply(std::move(state), std::nullopt); }
    void refuse(const char* why) { reply({}, why); }
    void reply(object state, std::optional<std::string> error) {
        const FakeLink::Sent to = link->sent.back();
        PlayerMessage message;
        message.kind = PlayerMessage::Kind::Result;
        message.call = to.call;
        message.error = std::move(error);
        message.state = std::move(state);
        control->result(to.device, message);
    }

    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
    std::shared_ptr<FakeLink> link = std::make_shared<FakeLink>();
    std::shared_ptr<RemoteControl> control = std::make_shared<RemoteControl>(link, clock);
    std::vector<core::Result<object>> answers;
};

TEST_F(Remote, ACommandIsAnsweredByTheDevice) {
    command("tv", R"({"command":"seek","position":9})");
    ASSERT_EQ(link->sent.size(), 1U);
    EXPECT_EQ(link->sent[0].message.at("from").as_string(), "phone");
    EXPECT_EQ(link->sent[0].message.at("id").as_string(), link->sent[0].call);
    EXPECT_TRUE(answers.empty());
    answer({{"position", 9.0}});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0]->at("position").as_double(), 9.0);
    answer({});
    EXPECT_EQ(answers.size(), 1U) << "once";
}

TEST_F(Remote, NobodyAnswersForAnotherDevice) {
    command("tv", R"({"command":"pause"})");
    PlayerMessage forged;
    forged.call = link->sent[0].call;
    control->result("desk", forged);
    EXPECT_TRUE(answers.empty());
}

TEST_F(Remote, WhatIsNotThereOrSilentOrGoneIsTold) {
    command("off", R"({"command":"pause"})");
    EXPECT_EQ(answers.back().error().code, ErrorCode::Conflict);
    command("tv", R"({"command":"pause"})");
    clock->time += RemoteControl::kPatience - 1;
    control->expire();
    EXPECT_EQ(answers.size(), 1U);
    clock->time += 1;
    control->expire();
    EXPECT_EQ(answers.back().error().code, ErrorCode::Unavailable);
    command("tv", R"({"command":"pause"})");
    control->gone("tv");
    EXPECT_EQ(answers.back().error().code, ErrorCode::Conflict);
    command("tv", R"({"command":"pause"})");
    refuse("broken");
    EXPECT_EQ(answers.back().error().text, "The device said: broken");
}

TEST_F(Remote, ADeviceIsNotFloodedWithCommands) {
    for (std::size_t i = 0; i < RemoteControl::kMostPerDevice; ++i) {
        command("tv", R"({"command":"next"})");
    }
    EXPECT_TRUE(answers.empty());
    command("tv", R"({"command":"next"})");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].error().code, ErrorCode::Busy);
    command("desk", R"({"command":"next"})");
    EXPECT_EQ(answers.size(), 1U) << "another one has its own";
}

TEST_F(Remote, HandingOverGoesOnAtTheSamePlace) {
    handOver();
    EXPECT_EQ(link->last(), "pause");
    EXPECT_EQ(link->sent.back().device, "desk");
    answer({{"media_id", "film"}, {"position", 61.5}, {"volume", 0.3}});
    EXPECT_EQ(link->last(), "play");
    EXPECT_EQ(link->sent.back().device, "tv");
    EXPECT_EQ(link->sent.back().message.at("position").as_double(), 61.5);
    EXPECT_FALSE(link->sent.back().message.contains("volume")) << "each device has its own";
    EXPECT_TRUE(answers.empty());
    answer({{"media_id", "film"}, {"position", 61.5}});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(link->last(), "stop");
    EXPECT_EQ(link->sent.back().device, "desk");
}

TEST_F(Remote, WhatIsNotTakenOverGoesOnWhereItWas) {
    handOver();
    answer({{"media_id", "film"}, {"position", 61.5}});
    refuse("cannot play this");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_FALSE(answers[0]);
    EXPECT_EQ(link->last(), "resume");
    EXPECT_EQ(link->sent.back().device, "desk");
}

TEST_F(Remote, NothingPlayingCannotBeHandedOver) {
    handOver();
    answer({});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].error().code, ErrorCode::Conflict);
    EXPECT_EQ(link->sent.size(), 1U);
}

}  // namespace
}  // namespace marea::server::test
