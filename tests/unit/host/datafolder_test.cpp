#include "server/host/datafolder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace marea::server {
namespace {

class DataFolderTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-data-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::string folder;
};

TEST_F(DataFolderTest, IsMadeForItsOwnerOnly) {
    const std::string data = folder + "/a/b";
    ASSERT_TRUE(makeDataFolder(data));
    EXPECT_EQ(std::filesystem::status(data).permissions(), std::filesystem::perms(0700));
    EXPECT_TRUE(makeDataFolder(data)) << "again";
}

TEST_F(DataFolderTest, OneHasTheLockAndTheOtherIsToldWho) {
    {
        const auto lock = DataFolderLock::take(folder);
        ASSERT_TRUE(lock);
        const auto second = DataFolderLock::take(folder);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, core::ErrorCode::Conflict);
        EXPECT_NE(second.error().text.find(std::to_string(getpid())), std::string::npos) << second.error().text;
    }
    EXPECT_TRUE(DataFolderLock::take(folder));
}

TEST_F(DataFolderTest, AKilledHolderLeavesNoLock) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto lock = DataFolderLock::take(folder);
        (void)!write(ready[1], lock ? "y" : "n", 1);
        pause();
    }
    char answer = 0;
    ASSERT_EQ(read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    EXPECT_FALSE(DataFolderLock::take(folder));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_TRUE(DataFolderLock::take(folder));
    close(ready[0]);
    close(ready[1]);
}

TEST_F(DataFolderTest, DefaultsFollowXdg) {
    setenv("XDG_DATA_HOME", "/x/data", 1);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    setenv("HOME", "/home/ana", 1);
    EXPECT_EQ(defaultDataFolder(), "/x/data/marea");
    EXPECT_EQ(defaultConfigFile(), "/home/ana/.config/marea/server.toml") << "a relative one is ignored";
}

}  // namespace
}  // namespace marea::server
