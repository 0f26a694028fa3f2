#include "server/apps/events/messages.h"

#include <gtest/gtest.h>

namespace marea::server::test {
namespace {

const std::string kId = "01900000-0000-7000-8000-000000000000";

TEST(PlayerMessages, TellThePlayersState) {
    const auto message =
        parsePlayerMessage(R"({"type":"player","controllable":true,"state":{"media_id":")" + kId +
                           R"(","position":12.5,"paused":false,"volume":0.5,"queue":[")" + kId + R"("],"index":0}})");
    ASSERT_TRUE(message) << message.error().text;
    EXPECT_EQ(message->kind, PlayerMessage::Kind::Player);
    EXPECT_TRUE(message->controllable);
    ASSERT_TRUE(message->state);
    EXPECT_EQ(message->state->at("position").to_number<double>(), 12.5);
    EXPECT_EQ(message->state->at("queue").as_array().size(), 1U);
}

TEST(PlayerMessages, TellWhatBecameOfACommand) {
    const auto message = parsePlayerMessage(R"({"type":"result","id":"7","error":"no such title"})");
    ASSERT_TRUE(message);
    EXPECT_EQ(message->kind, PlayerMessage::Kind::Result);
    EXPECT_EQ(message->call, "7");
    EXPECT_EQ(message->error, "no such title");
    EXPECT_FALSE(message->state);
}

TEST(PlayerMessages, AreRefusedWhenAnythingElseIsInThem) {
    const std::string many(601 * 40, 'x');
    for (const std::string& text :
         {std::string("{}"), std::string("[]"), std::string("no json"), std::string(R"({"type":"library"})"),
          std::string(R"({"type":"player","state":{"position":-1}})"),
          std::string(R"({"type":"player","commands":"play"})"), std::string(R"({"type":"player","commands":[1]})"),
          std::string(R"({"type":"player","state":{"secret":1}})"),
          std::string(R"({"type":"player","state":{"media_id":"../etc"}})"),
          std::string(R"({"type":"player","state":{"queue":["x"]}})"), std::string(R"({"type":"player","more":1})"),
          std::string(R"({"type":"result"})"), R"({"type":"result","id":"1","error":")" + many + R"("})"}) {
        EXPECT_FALSE(parsePlayerMessage(text)) << text.substr(0, 60);
    }
}

TEST(RemoteCommands, AreCheckedAndPassedOn) {
    const auto seek = parseRemoteCommand(R"({"command":"seek","position":61})");
    ASSERT_TRUE(seek) << seek.error().text;
    EXPECT_EQ(core::json::serialize(seek->message), R"({"position":6.1E1,"command":"seek"})");
    const auto play = parseRemoteCommand(R"({"command":"play","media_id":")" + kId + R"(","position":3})");
    ASSERT_TRUE(play);
    EXPECT_EQ(play->message.at("media_id").as_string(), kId);
    const auto over = parseRemoteCommand(R"({"command":"hand_over","to":")" + kId + R"("})");
    ASSERT_TRUE(over);
    EXPECT_EQ(over->to, kId);
    for (const char* name : {"pause", "resume", "stop", "next", "previous", "state"}) {
        EXPECT_TRUE(parseRemoteCommand(std::string(R"({"command":")") + name + R"("})")) << name;
    }
    EXPECT_TRUE(parseRemoteCommand(R"({"command":"subtitle","track":-1})"));
}

TEST(RemoteCommands, AreRefusedWhenTheyLackOrHaveTooMuch) {
    for (const char* text :
         {"{}", R"({"command":"reboot"})", R"({"command":"seek"})", R"({"command":"play"})",
          R"({"command":"volume","volume":1.5})", R"({"command":"audio"})", R"({"command":"pause","position":1})",
          R"({"command":"message"})", R"({"command":"hand_over"})", R"({"command":"seek","position":"1"})"}) {
        EXPECT_FALSE(parseRemoteCommand(text)) << text;
    }
}

}  // namespace
}  // namespace marea::server::test
