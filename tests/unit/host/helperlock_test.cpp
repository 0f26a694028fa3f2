#include "server/host/helperlock.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>

namespace marea::server {
namespace {

using namespace std::chrono_literals;

class HelperLockTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-helpers-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    core::Result<HelperLock> join(const std::string& build) { return HelperLock::join(folder, build, 0ms); }
    core::Result<std::optional<HelperLock>> keepAway(const std::string& build) {
        return HelperLock::keepAway(folder, build, 0ms);
    }
    std::string folder;
};

TEST_F(HelperLockTest, HelpersOfOneBuildShareTheFolder) {
    const auto one = join("1+a"), two = join("1+a");
    EXPECT_TRUE(one);
    EXPECT_TRUE(two);
    const auto server = keepAway("1+a");
    ASSERT_TRUE(server);
    EXPECT_FALSE(server->has_value()) << "they are there: the schema may not change";
}

TEST_F(HelperLockTest, AnotherBuildIsRefusedAndNamed) {
    const auto one = join("1+a");
    ASSERT_TRUE(one);
    const auto other = join("2+b");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, core::ErrorCode::Conflict);
    EXPECT_NE(other.error().text.find("1+a"), std::string::npos);
    const auto server = keepAway("2+b");
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, core::ErrorCode::Conflict);
    EXPECT_NE(server.error().text.find("1+a"), std::string::npos);
}

TEST_F(HelperLockTest, TheNextBuildComesWhenTheLastHelperHasGone) {
    {
        const auto one = join("1+a");
        ASSERT_TRUE(one);
    }
    EXPECT_TRUE(join("2+b"));
    EXPECT_TRUE(join("1")) << "a shorter name leaves nothing of the longer one";
}

TEST_F(HelperLockTest, WhileAServerOpensTheDatabaseHelpersWait) {
    auto server = keepAway("1+a");
    ASSERT_TRUE(server && *server);
    const auto refused = join("1+a");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::ErrorCode::Conflict);
    auto patient = std::async(std::launch::async, [&] { return HelperLock::join(folder, "1+a", 10s).has_value(); });
    server->reset();
    EXPECT_TRUE(patient.get());
}

}  // namespace
}  // namespace marea::server
