#include <gmock/gmock.h>

#include "doubles.h"

// Changes that a device made while it was away, and tells of later.
namespace marea::server {
namespace {

constexpr const char* kFilm = "0190a000-0000-7000-8000-000000000001";

class AwayTest : public LibraryTest {
protected:
    void SetUp() override {
        LibraryTest::SetUp();
        addFilm(kFilm, 1000, "movie");
    }
    core::json::value change(const std::string& body, core::TimeMs after = 1000) {
        clock->time += after;
        const auto answer = library().change(request(body, {{"media_id", kFilm}}, "ana"));
        EXPECT_EQ(answer.status, 200);
        return json(answer);
    }
    static double position(const core::json::value& state) { return state.at("position").to_number<double>(); }
};

TEST_F(AwayTest, APositionThatIsNewerThanTheServersCounts) {
    change(R"({"position":100})");
    EXPECT_EQ(position(change(R"({"position":400,"seconds_ago":5})", 60'000)), 400);
}

TEST_F(AwayTest, APositionThatIsOlderThanTheServersIsDropped) {
    change(R"({"position":100})", 60'000);
    EXPECT_EQ(position(change(R"({"position":400,"seconds_ago":3600})")), 100);
}

TEST_F(AwayTest, OfTwoDevicesThatWereAwayTheLaterPlaceStays) {
    EXPECT_EQ(position(change(R"({"position":400,"seconds_ago":100})")), 400);
    EXPECT_EQ(position(change(R"({"position":300,"seconds_ago":500})")), 400) << "told later, but made before";
    EXPECT_EQ(position(change(R"({"position":500,"seconds_ago":50})")), 500);
}

TEST_F(AwayTest, EachFieldGoesByItsOwnTime) {
    change(R"({"rating":7})", 60'000);
    const auto state = change(R"({"rating":3,"favourite":true,"seconds_ago":600})");
    EXPECT_EQ(state.at("rating").as_int64(), 7);
    EXPECT_TRUE(state.at("favourite").as_bool());
}

TEST_F(AwayTest, OfTwoDevicesThatWereAwayTheLaterRatingStays) {
    change(R"({"rating":3,"seconds_ago":3000})", 3'600'000);
    EXPECT_EQ(change(R"({"rating":9,"seconds_ago":1000})").at("rating").as_int64(), 9) << "told later, and made later";
    EXPECT_EQ(change(R"({"rating":5,"seconds_ago":2000})").at("rating").as_int64(), 9);
}

TEST_F(AwayTest, WhatWasSeenSinceThenIsNotInProgressAgain) {
    change(R"({"watched":true})", 60'000);
    const auto state = change(R"({"position":400,"seconds_ago":600})");
    EXPECT_EQ(position(state), 0);
    EXPECT_TRUE(state.at("watched").as_bool());
}

TEST_F(AwayTest, WhoGoesOnElsewhereIsNotTakenBackByAFilmSeenBefore) {
    change(R"({"position":100})", 60'000);
    const auto state = change(R"({"watched":true,"seconds_ago":600})");
    EXPECT_EQ(position(state), 100);
    EXPECT_FALSE(state.at("watched").as_bool());
}

}  // namespace
}  // namespace marea::server
