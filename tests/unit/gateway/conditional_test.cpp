#include "server/gateway/conditional.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr const char* kOld = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr const char* kNew = "Mon, 07 Nov 1994 08:49:37 GMT";

TEST(HttpDate, WritesTheFormOfTheStandard) {
    EXPECT_EQ(httpDate(784111777000), kOld);
    EXPECT_EQ(httpDate(784111777999), kOld);
    EXPECT_EQ(httpDate(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(httpDate(951782400000), "Tue, 29 Feb 2000 00:00:00 GMT");
    EXPECT_EQ(httpDate(-1), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(HttpDate, ReadsBackWhatItWrites) {
    for (core::TimeMs time = 0; time < 4'000'000'000'000; time += 86'399'000LL * 37) {
        EXPECT_EQ(parseHttpDate(httpDate(time)), time);
    }
}

TEST(HttpDate, RefusesOtherText) {
    for (const char* text :
         {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
          "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 XXX", "Sun, -6 Nov 1994 08:49:37 GMT"}) {
        EXPECT_FALSE(parseHttpDate(text)) << text;
    }
}

Conditions with(std::string Conditions::*field, std::string value) {
    Conditions conditions;
    conditions.*field = std::move(value);
    return conditions;
}

TEST(Conditional, IfNoneMatchComparesWeakly) {
    const Validators validators{"\"abc\"", kOld};
    for (const char* match : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"a,b\",W/\"abc\"", "*", " * "}) {
        EXPECT_EQ(evaluate(with(&Conditions::ifNoneMatch, match), validators), Precondition::NotModified) << match;
    }
    for (const char* other : {"\"abcd\"", "abc", "\"abc", "\"x\" , nonsense \"abc\""}) {
        EXPECT_EQ(evaluate(with(&Conditions::ifNoneMatch, other), validators), Precondition::Proceed) << other;
    }
    EXPECT_EQ(evaluate(with(&Conditions::ifNoneMatch, "\"abc\""), {"", ""}), Precondition::Proceed);
}

TEST(Conditional, IfModifiedSinceCountsOnlyWithoutIfNoneMatch) {
    const Validators validators{"\"abc\"", kOld};
    EXPECT_EQ(evaluate(with(&Conditions::ifModifiedSince, kOld), validators), Precondition::NotModified);
    EXPECT_EQ(evaluate(with(&Conditions::ifModifiedSince, kNew), validators), Precondition::NotModified);
    EXPECT_EQ(evaluate(with(&Conditions::ifModifiedSince, kOld), {"\"abc\"", kNew}), Precondition::Proceed);
    EXPECT_EQ(evaluate(with(&Conditions::ifModifiedSince, "yesterday"), validators), Precondition::Proceed);
    Conditions both = with(&Conditions::ifModifiedSince, kNew);
    both.ifNoneMatch = "\"other\"";
    EXPECT_EQ(evaluate(both, validators), Precondition::Proceed);
}

TEST(Conditional, IfMatchComparesStronglyAndGoesFirst) {
    const Validators validators{"\"abc\"", kOld};
    EXPECT_EQ(evaluate(with(&Conditions::ifMatch, "\"abc\""), validators), Precondition::Proceed);
    EXPECT_EQ(evaluate(with(&Conditions::ifMatch, "*"), validators), Precondition::Proceed);
    EXPECT_EQ(evaluate(with(&Conditions::ifMatch, "W/\"abc\""), validators), Precondition::Failed);
    EXPECT_EQ(evaluate(with(&Conditions::ifMatch, "W/\"abc\""), {"W/\"abc\"", ""}), Precondition::Failed);
    EXPECT_EQ(evaluate(with(&Conditions::ifUnmodifiedSince, kOld), {"", kNew}), Precondition::Failed);
    EXPECT_EQ(evaluate(with(&Conditions::ifUnmodifiedSince, kNew), {"", kOld}), Precondition::Proceed);
}

TEST(Conditional, IfRangeNeedsTheVeryVersion) {
    const Validators validators{"\"abc\"", kOld};
    EXPECT_TRUE(rangeStillValid({}, validators));
    EXPECT_TRUE(rangeStillValid(with(&Conditions::ifRange, "\"abc\""), validators));
    EXPECT_TRUE(rangeStillValid(with(&Conditions::ifRange, kOld), validators));
    EXPECT_FALSE(rangeStillValid(with(&Conditions::ifRange, "\"other\""), validators));
    EXPECT_FALSE(rangeStillValid(with(&Conditions::ifRange, "W/\"abc\""), {"W/\"abc\"", kOld}));
    EXPECT_FALSE(rangeStillValid(with(&Conditions::ifRange, kNew), validators));
    EXPECT_FALSE(rangeStillValid(with(&Conditions::ifRange, kOld), {"\"abc\"", ""}));
}

}  // namespace
}  // namespace marea::server
