// Log-ins under way: each for one browser, once, and not for long.
#include "server/apps/oidc/pendinglogins.h"

#include <gtest/gtest.h>

#include "server/apps/identity/secrets.h"

namespace marea::server {
namespace {

TEST(PendingLogins, CountOnceForTheBrowserThatBegan) {
    PendingLogins logins;
    const auto started = logins.start("ana's", "/oauth/authorize?x", 1000);
    EXPECT_FALSE(logins.take("somebody else's", started.state, 1001));
    EXPECT_FALSE(logins.take("", started.state, 1001));
    EXPECT_FALSE(logins.take("ana's", "another", 1001));
    const auto pending = logins.take("ana's", started.state, 1001);
    ASSERT_TRUE(pending);
    EXPECT_EQ(pending->nonce, started.nonce);
    EXPECT_EQ(pending->returnTo, "/oauth/authorize?x");
    EXPECT_EQ(base64Url(sha256(pending->verifier)), started.challenge);
    EXPECT_FALSE(logins.take("ana's", started.state, 1001)) << "a second time";
}

TEST(PendingLogins, RunOut) {
    PendingLogins logins;
    const auto late = logins.start("ana's", "/", 1000);
    EXPECT_FALSE(logins.take("ana's", late.state, 1000 + PendingLogins::kLife));
    const auto back = logins.start("ana's", "/", 10'000'000);
    EXPECT_FALSE(logins.take("ana's", back.state, 1)) << "a clock that was set back";
}

TEST(PendingLogins, HaveABound) {
    PendingLogins logins;
    const auto first = logins.start("ana's", "/", 1000);
    for (std::size_t i = 0; i < PendingLogins::kMost; ++i) {
        logins.start("ana's", "/", 1000);
    }
    EXPECT_FALSE(logins.take("ana's", first.state, 1001));
}

TEST(PendingLogins, AccountsWaitForTheirBrowser) {
    PendingLogins logins;
    logins.wait("ana's", {"https://id.example", "s", "ana", "ana@home.example"}, 1000);
    const std::string name = logins.waits("ana's", 1001);
    EXPECT_NE(name, "");
    EXPECT_EQ(logins.waits("another", 1001), "");
    EXPECT_EQ(logins.waits("ana's", 1000 + PendingLogins::kLife), "");
    logins.wait("ana's", {"https://id.example", "t", "ana", "ana@home.example"}, 1001);
    EXPECT_FALSE(logins.takeWaiting("ana's", name, 1002)) << "another one waits by now";
    const std::string later = logins.waits("ana's", 1002);
    EXPECT_EQ(logins.takeWaiting("ana's", later, 1002)->subject, "t");
    EXPECT_FALSE(logins.takeWaiting("ana's", later, 1002));
}

}  // namespace
}  // namespace marea::server
