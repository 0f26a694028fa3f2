#include "server/apps/identity/hmacstreamtokens.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr core::TimeMs kNow = 1'700'000'000'000;

class StreamTokensTest : public testing::Test {
protected:
    const core::Id session = core::newId(kNow), film = core::newId(kNow), other = core::newId(kNow);
    std::shared_ptr<SessionRegister> sessions = std::make_shared<SessionRegister>();
    std::vector<core::Id> persisted;
    HmacStreamTokens tokens{sha256("key"), sessions,
                            [this](const core::Id& id, core::TimeMs) { persisted.push_back(id); }};
    std::string path = "/" + film + "/direct/a.mp4";
};

TEST_F(StreamTokensTest, OpenTheirTitleUntilTheirEnd) {
    const std::string token = tokens.issue(session, film, kNow + 1000);
    EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
              std::string::npos);
    const auto grant = tokens.check(token, path, kNow);
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->session, session);
    EXPECT_EQ(grant->expires, kNow + 1000);
    EXPECT_FALSE(tokens.check(token, path, kNow + 1000));
    EXPECT_EQ(token, tokens.issue(session, film, kNow + 1000)) << "the same token for a day is cached by browsers";
}

TEST_F(StreamTokensTest, OpenNothingElse) {
    const std::string token = tokens.issue(session, film, kNow + 1000);
    for (const std::string& elsewhere :
         {"/" + other + "/direct/a.mp4", "/" + film, "/" + film.substr(0, 35) + "/x", "/" + film + "x/y", film + "/x",
          std::string(), std::string("/"), std::string("//")}) {
        EXPECT_FALSE(tokens.check(token, elsewhere, kNow)) << elsewhere;
    }
}

TEST_F(StreamTokensTest, AreNotForged) {
    const std::string token = tokens.issue(session, film, kNow + 1000);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.check(changed, path, kNow)) << i;
    }
    EXPECT_FALSE(tokens.check(token + "A", path, kNow));
    EXPECT_FALSE(tokens.check("", path, kNow));
    const HmacStreamTokens foreign(sha256("another key"), sessions, {});
    EXPECT_FALSE(foreign.check(token, path, kNow));
}

TEST_F(StreamTokensTest, EndWithTheirSession) {
    const std::string token = tokens.issue(session, film, kNow + 1000);
    tokens.revoke(session, kNow + 1000);
    EXPECT_FALSE(tokens.check(token, path, kNow));
    EXPECT_EQ(persisted, std::vector<core::Id>{session});
    EXPECT_TRUE(tokens.check(tokens.issue(other, film, kNow + 1000), path, kNow));
}

TEST_F(StreamTokensTest, NeedAnIdToBeIssuedTo) {
    EXPECT_EQ(tokens.issue("../..", film, kNow), "");
}

TEST(SessionRegister, ForgetsRevocationsThatRanOut) {
    SessionRegister sessions;
    sessions.add({"user", "session", "Ana", "owner"});
    EXPECT_EQ(sessions.find("session")->userId, "user");
    sessions.revoke("session", kNow + 10);
    sessions.revoke("session", kNow + 5);
    EXPECT_FALSE(sessions.find("session"));
    sessions.prune(kNow + 9);
    EXPECT_TRUE(sessions.isRevoked("session"));
    sessions.prune(kNow + 10);
    EXPECT_FALSE(sessions.isRevoked("session"));
}

}  // namespace
}  // namespace marea::server
