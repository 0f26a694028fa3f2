#include "server/apps/library/streamlimits.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr core::TimeMs kNow = 1'000'000, kIdle = 60'000;

PlaybackSession session(const char* user, const char* device, const char* title, const char* kind = "movie",
                        core::TimeMs heardAgo = 0) {
    static int made = 0;
    PlaybackSession one;
    one.id = std::to_string(++made);
    one.userId = user;
    one.loginId = device;
    one.mediaId = title;
    one.kind = kind;
    one.updatedAt = kNow - heardAgo;
    return one;
}
core::Result<void> ask(const PlaybackSession& wanted, const std::vector<PlaybackSession>& going,
                       const StreamLimits& limits) {
    return mayStream(wanted, going, limits, kNow, kIdle);
}

TEST(StreamLimits, WithoutOneAnythingGoes) {
    const std::vector<PlaybackSession> going(50, session("ana", "tv", "heat"));
    EXPECT_TRUE(ask(session("ana", "phone", "cube"), going, {}));
}

TEST(StreamLimits, EverybodyHasTheirOwn) {
    const std::vector<PlaybackSession> going = {session("ana", "tv", "heat"), session("ben", "phone", "cube")};
    EXPECT_FALSE(ask(session("ana", "laptop", "cube"), going, {1, std::nullopt}));
    EXPECT_TRUE(ask(session("ana", "laptop", "cube"), going, {2, std::nullopt}));
    EXPECT_TRUE(ask(session("eve", "laptop", "cube"), going, {1, std::nullopt}));
}

TEST(StreamLimits, AllTogetherHaveOne) {
    const std::vector<PlaybackSession> going = {session("ana", "tv", "heat"), session("ben", "phone", "cube")};
    const auto refused = ask(session("eve", "laptop", "cube"), going, {5, 2});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::ErrorCode::Busy);
    EXPECT_NE(refused.error().text.find("household is playing 2 things"), std::string::npos) << refused.error().text;
    EXPECT_TRUE(ask(session("eve", "laptop", "cube"), going, {5, 3}));
}

TEST(StreamLimits, WhatADeviceBeginsAnewIsTheSameStream) {
    const std::vector<PlaybackSession> going = {session("ana", "tv", "heat"), session("ana", "tv", "heat")};
    EXPECT_TRUE(ask(session("ana", "tv", "heat"), going, {1, 1}));
    EXPECT_FALSE(ask(session("ana", "phone", "heat"), going, {1, 1}));
    EXPECT_FALSE(ask(session("ana", "tv", "cube"), going, {1, 1}));
    EXPECT_TRUE(ask(session("ana", "phone", "heat"), going, {2, 2}));  // the two of the television are one
}

TEST(StreamLimits, TheMusicOfADeviceIsOneStream) {
    const std::vector<PlaybackSession> going = {session("ana", "tv", "song 1", "track"),
                                                session("ana", "tv", "song 2", "track")};
    EXPECT_TRUE(ask(session("ana", "tv", "song 3", "track"), going, {1, 1}));
    EXPECT_FALSE(ask(session("ana", "phone", "song 3", "track"), going, {1, 1}));
    EXPECT_FALSE(ask(session("ana", "tv", "heat"), going, {1, 1}));
}

TEST(StreamLimits, TheWaitIsWhatADeadPlayerMayTake) {
    const std::vector<PlaybackSession> going = {session("ana", "tv", "heat", "movie", 45'500),
                                                session("ana", "phone", "cube", "movie", 1'000)};
    EXPECT_EQ(ask(session("ana", "laptop", "duel"), going, {2, {}}).error().detail, "15");
    const std::vector<PlaybackSession> late = {session("ana", "tv", "heat", "movie", 70'000)};
    EXPECT_EQ(ask(session("ana", "laptop", "duel"), late, {1, {}}).error().detail, "1");
}

}  // namespace
}  // namespace marea::server
