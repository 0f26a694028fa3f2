#include "server/apps/subsonic/credentials.h"

#include <gtest/gtest.h>

namespace marea::server::subsonic {
namespace {

using Pairs = Parameters::Pairs;

int codeOf(Pairs pairs) {
    const auto found = credentialsIn(Parameters(std::move(pairs)));
    return found ? -1 : found.error().code;
}

TEST(SubsonicCredentialsTest, ComeInThreeWays) {
    EXPECT_EQ(*credentialsIn(Parameters({{"u", "ana"}, {"p", "sesame"}})), Credentials(PasswordLogin{"ana", "sesame"}));
    EXPECT_EQ(*credentialsIn(Parameters({{"u", "ana"}, {"p", "enc:736573616d65"}})),
              Credentials(PasswordLogin{"ana", "sesame"}));
    EXPECT_EQ(*credentialsIn(Parameters({{"u", "ana"}, {"t", "26719a"}, {"s", "c19b2d"}})),
              Credentials(TokenLogin{"ana", "26719a", "c19b2d"}));
    EXPECT_EQ(*credentialsIn(Parameters(Pairs{{"apiKey", "k"}})), Credentials(KeyLogin{"k"}));
}

TEST(SubsonicCredentialsTest, AreWholeAndOfOneWay) {
    EXPECT_EQ(codeOf({}), code::kMissing);
    EXPECT_EQ(codeOf({{"u", "ana"}}), code::kMissing);
    EXPECT_EQ(codeOf({{"p", "x"}}), code::kMissing);
    EXPECT_EQ(codeOf({{"u", "ana"}, {"p", ""}}), code::kMissing);
    EXPECT_EQ(codeOf({{"u", "ana"}, {"t", "x"}}), code::kMissing);
    EXPECT_EQ(codeOf({{"u", "ana"}, {"s", "x"}}), code::kMissing);
    EXPECT_EQ(codeOf({{"apiKey", ""}}), code::kMissing);
    EXPECT_EQ(codeOf({{"apiKey", "k"}, {"u", "ana"}}), code::kConflictingLogins);
    EXPECT_EQ(codeOf({{"apiKey", "k"}, {"t", "x"}, {"s", "y"}}), code::kConflictingLogins);
    EXPECT_EQ(codeOf({{"u", "ana"}, {"p", "x"}, {"t", "x"}, {"s", "y"}}), code::kConflictingLogins);
    for (const char* wrong : {"enc:7", "enc:7x", "enc: 7", "enc:-1"}) {
        EXPECT_EQ(codeOf({{"u", "ana"}, {"p", wrong}}), code::kWrongLogin) << wrong;
    }
}

TEST(SubsonicCredentialsTest, TheProtocolsVersionIsOne) {
    const auto codeFor = [](const char* version) {
        const auto checked = checkVersion(Parameters(Pairs{{"v", version}}));
        return checked ? -1 : checked.error().code;
    };
    EXPECT_TRUE(checkVersion(Parameters()));
    EXPECT_EQ(codeFor("1.16.1"), -1);
    EXPECT_EQ(codeFor("1.1.0"), -1);
    EXPECT_EQ(codeFor("1.99"), -1);
    EXPECT_EQ(codeFor("0.9"), code::kClientTooOld);
    EXPECT_EQ(codeFor("2.0.0"), code::kServerTooOld);
    EXPECT_EQ(codeFor("one"), code::kMissing);
}

TEST(SubsonicCredentialsTest, ErrorsHaveTheProtocolsNumbers) {
    EXPECT_EQ(failureOf({core::ErrorCode::NotFound, "", "gone"}).code, code::kNotFound);
    EXPECT_EQ(failureOf({core::ErrorCode::Forbidden, "", "no"}).code, code::kForbidden);
    EXPECT_EQ(failureOf({core::ErrorCode::Invalid, "", "what"}).text, "what");
    EXPECT_EQ(failureOf({core::ErrorCode::Io, "disk /dev/x", ""}).code, code::kGeneric);
    EXPECT_FALSE(failureOf({core::ErrorCode::Io, "disk /dev/x", ""}).text.empty());
}

}  // namespace
}  // namespace marea::server::subsonic
