#include "core/io/beneath.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace marea::core {
namespace {

namespace fs = std::filesystem;

using Open = Result<FileHandle> (*)(const FileHandle&, const std::string&);

// Both ways of opening must agree: the system's own, and the walk by hand.
class Beneath : public ::testing::TestWithParam<Open> {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "marea-beneath-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        base_ = name;
        fs::create_directories(base_ / "root/a/b");
        std::ofstream(base_ / "root/a/b/film.mkv") << "film";
        std::ofstream(base_ / "secret") << "secret";
        fs::create_symlink("b/film.mkv", base_ / "root/a/inside");
        fs::create_symlink("../a/b", base_ / "root/a/folder");
        fs::create_symlink("../../secret", base_ / "root/a/outside");
        fs::create_symlink((base_ / "secret").string(), base_ / "root/absolute");
        fs::create_symlink((base_ / "root/a").string(), base_ / "root/absoluteInside");
        fs::create_symlink("loop", base_ / "root/loop");
        fs::create_symlink("../root/a", base_ / "root/aroundTheCorner");
        auto root = openFolder((base_ / "root").string());
        ASSERT_TRUE(root);
        root_ = std::move(*root);
    }
    void TearDown() override { fs::remove_all(base_); }

    std::string read(const std::string& path) {
        auto file = GetParam()(root_, path);
        if (!file) {
            return std::string("error ") + name(file.error().code);
        }
        char text[16] = {};
        const ssize_t n = ::pread(file->get(), text, sizeof text, 0);
        return n < 0 ? "unreadable" : std::string(text, static_cast<std::size_t>(n));
    }

    fs::path base_;
    FileHandle root_;
};

TEST_P(Beneath, OpensWhatIsInside) {
    EXPECT_EQ(read("a/b/film.mkv"), "film");
    EXPECT_EQ(read("a/inside"), "film");
    EXPECT_EQ(read("a/folder/film.mkv"), "film");
    auto folder = GetParam()(root_, "a/b");
    ASSERT_TRUE(folder);
    EXPECT_TRUE(status(*folder)->isFolder);
}

TEST_P(Beneath, NeverLeavesTheRoot) {
    EXPECT_EQ(read("a/outside"), "error forbidden");
    EXPECT_EQ(read("absolute"), "error forbidden");
    EXPECT_EQ(read("absoluteInside/b/film.mkv"), "error forbidden");
    EXPECT_EQ(read("aroundTheCorner/b/film.mkv"), "error forbidden");
}

TEST_P(Beneath, SaysWhatIsNotThere) {
    EXPECT_EQ(read("nothing"), "error not-found");
    EXPECT_EQ(read("a/b/film.mkv/x"), "error not-found");
    EXPECT_EQ(read("loop"), "error not-found");
}

TEST_P(Beneath, DoesNotHangOnAFifo) {
    ASSERT_EQ(::mkfifo((base_ / "root/fifo").c_str(), 0600), 0);
    auto file = GetParam()(root_, "fifo");
    ASSERT_TRUE(file);
    EXPECT_FALSE(status(*file)->isFile);
}

INSTANTIATE_TEST_SUITE_P(BothWays, Beneath, ::testing::Values(&openCheckedBeneath, &walkBeneath));

TEST(OpenBeneath, RefusesNamesThatAreNotPlain) {
    auto root = openFolder("/");
    ASSERT_TRUE(root);
    using namespace std::string_view_literals;
    for (std::string_view path : {""sv, "/etc/passwd"sv, "etc/../etc/passwd"sv, "./etc"sv, "etc//passwd"sv, "etc/"sv,
                                  "etc/passwd\0x"sv, ".."sv}) {
        auto file = openBeneath(*root, path);
        ASSERT_FALSE(file) << path;
        EXPECT_EQ(file.error().code, ErrorCode::Invalid);
    }
}

TEST(FileHandle, DuplicatesAndReportsItsStatus) {
    auto root = openFolder("/");
    ASSERT_TRUE(root);
    auto copy = root->duplicate();
    ASSERT_TRUE(copy);
    EXPECT_NE(copy->get(), root->get());
    EXPECT_EQ(status(*copy)->inode, status(*root)->inode);
    EXPECT_FALSE(FileHandle().duplicate());
    EXPECT_FALSE(status(FileHandle()));
}

}  // namespace
}  // namespace marea::core
