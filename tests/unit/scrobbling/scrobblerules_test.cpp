// What is said to services for listens, and what their answers mean.
#include "server/apps/scrobbling/scrobblerules.h"

#include <gtest/gtest.h>

#include "tests/support/fakeoutbound.h"

namespace marea::server {
namespace {

namespace json = core::json;
using test::answer;
using test::failure;
using Outcome = Telling::Outcome;

constexpr const char* kRecording = "f40b0ea1-6e2e-4a4b-8b5b-8a6f2cf7a5a0";
constexpr const char* kArtist = "11111111-6e2e-4a4b-8b5b-8a6f2cf7a5a0";

ScrobbledTrack song() {
    return {"Árbol", "One \x01two", "Raíz", 201.4996, 3, kRecording, "", {kArtist}};
}

TEST(ScrobbleRules, SaysAListenAsListenBrainzWantsIt) {
    const auto said = json::parse(listensBody({{7, 1'700'000'000'999, song()}}, "1.2")).as_object();
    EXPECT_EQ(said.at("listen_type"), "single");
    const auto& one = said.at("payload").at(0).as_object();
    EXPECT_EQ(one.at("listened_at"), 1'700'000'000);
    const auto& meta = one.at("track_metadata").as_object();
    EXPECT_EQ(meta.at("artist_name"), "Árbol");
    EXPECT_EQ(meta.at("track_name"), "One  two");
    EXPECT_EQ(meta.at("release_name"), "Raíz");
    const auto& more = meta.at("additional_info").as_object();
    EXPECT_EQ(more.at("duration_ms"), 201'500);
    EXPECT_EQ(more.at("tracknumber"), 3);
    EXPECT_EQ(more.at("recording_mbid"), kRecording);
    EXPECT_EQ(more.at("artist_mbids").as_array().size(), 1u);
    EXPECT_FALSE(more.contains("release_mbid"));
    EXPECT_EQ(more.at("submission_client_version"), "1.2");
}

TEST(ScrobbleRules, ManyAreAnImportAndNowIsNoListen) {
    ScrobbledTrack bare{"A", "B", "", 0, 0, "", "", {}};
    const auto many = json::parse(listensBody({{1, 1'700'000'000'000, bare}, {2, 1'700'000'100'000, bare}}, "1"));
    EXPECT_EQ(many.at("listen_type"), "import");
    EXPECT_EQ(many.at("payload").as_array().size(), 2u);
    const auto now = json::parse(playingNowBody(bare, "1"));
    EXPECT_EQ(now.at("listen_type"), "playing_now");
    EXPECT_FALSE(now.at("payload").at(0).as_object().contains("listened_at"));
    EXPECT_FALSE(now.at("payload").at(0).at("track_metadata").as_object().contains("release_name"));
}

TEST(ScrobbleRules, AHugeTagStaysWithinWhatAListenMayHave) {
    ScrobbledTrack huge{std::string(50'000, 'a'), std::string(50'000, 'b'), std::string(50'000, 'c'), 1, 1, "", "", {}};
    EXPECT_LT(listensBody({{1, 1'700'000'000'000, huge}}, "1").size(), 10'000u);
}

TEST(ScrobbleRules, IdsOfTagsThatHoldSeveral) {
    const std::string upper = "F40B0EA1-6E2E-4A4B-8B5B-8A6F2CF7A5A0";
    EXPECT_EQ(musicBrainzIds(upper + "/" + kArtist), (std::vector<std::string>{kRecording, kArtist}));
    EXPECT_EQ(musicBrainzIds(std::string(kArtist) + "; " + kArtist), (std::vector<std::string>{kArtist}));
    EXPECT_TRUE(musicBrainzIds("not an id, nor this").empty());
    EXPECT_TRUE(musicBrainzIds("").empty());
    std::string many;
    for (int i = 10; i < 90; ++i) {
        many += std::to_string(i) + "111111-6e2e-4a4b-8b5b-8a6f2cf7a5a0/";
    }
    EXPECT_EQ(musicBrainzIds(many).size(), 20u);
}

TEST(ScrobbleRules, WhatHasNoNameIsNotTold) {
    EXPECT_TRUE(isTellable(song()));
    EXPECT_FALSE(isTellable({"", "B", "", 0, 0, "", "", {}}));
    EXPECT_FALSE(isTellable({"A", " \t", "", 0, 0, "", "", {}}));
}

TEST(ScrobbleRules, WhatAnswersMean) {
    EXPECT_EQ(tellingOf(answer(200), 0).outcome, Outcome::Told);
    EXPECT_EQ(tellingOf(answer(401), 0).outcome, Outcome::Unauthorized);
    EXPECT_EQ(tellingOf(answer(403), 0).outcome, Outcome::Unauthorized);
    EXPECT_EQ(tellingOf(answer(400), 0).outcome, Outcome::Refused);
    for (const int status : {301, 404, 429, 500, 503}) {
        EXPECT_EQ(tellingOf(answer(status), 0).outcome, Outcome::Later) << status;
    }
    EXPECT_EQ(tellingOf(failure(core::ErrorCode::Timeout), 0).outcome, Outcome::Later);
    EXPECT_EQ(tellingOf(answer(429, "", {{"Retry-After", "90"}}), 0).wait, 90'000);
}

TEST(ScrobbleRules, WaitsLongerEachTime) {
    EXPECT_EQ(waitAfterFailures(1, {}, 0), 30'000);
    EXPECT_EQ(waitAfterFailures(3, {}, 0), 120'000);
    EXPECT_EQ(waitAfterFailures(100, {}, 0), 3600'000);
    EXPECT_EQ(waitAfterFailures(1, 600'000, 0), 600'000);
}

TEST(ScrobbleRules, WhoseATokenIs) {
    const auto of = [](const std::string& body, int status = 200) { return validatedUser(answer(status, body)); };
    EXPECT_EQ(of(R"({"code":200,"message":"Token valid.","valid":true,"user_name":"ana"})")->value(), "ana");
    EXPECT_EQ(of(R"({"valid":false})")->has_value(), false);
    EXPECT_EQ(of("", 401)->has_value(), false);
    EXPECT_EQ(of(R"({"valid":true,"user_name":7})")->value(), "");
    for (const std::string& body : {std::string("{}"), std::string("[]"), std::string("null"), std::string("<html>"),
                                    std::string(), std::string(R"({"valid":"true"})"), std::string(200'000, '['),
                                    std::string(R"({"valid":)"), std::string("\xFF\xFE")}) {
        EXPECT_FALSE(of(body)) << body.substr(0, 40);
    }
    EXPECT_FALSE(of(R"({"valid":true})", 500));
    EXPECT_FALSE(validatedUser(failure(core::ErrorCode::Unavailable)));
}

}  // namespace
}  // namespace marea::server
