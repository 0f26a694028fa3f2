#include "core/io/diskfile.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/id.h"
#include "core/io/folderfiles.h"
#include "core/io/windowserrors.h"

using namespace marea;
using namespace marea::core;
namespace fs = std::filesystem;

namespace {

struct DiskFile : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("marea-disk-" + newId());
    DiskFile() { fs::create_directories(folder); }
    ~DiskFile() override { fs::remove_all(folder); }

    std::string at(const char* name) const { return (folder / name).string(); }
    void put(const char* name, const std::string& text) const { std::ofstream(at(name), std::ios::binary) << text; }
    std::string get(const char* name) const {
        std::ostringstream text;
        text << std::ifstream(at(name), std::ios::binary).rdbuf();
        return text.str();
    }
    static std::string readPart(int file, std::uint64_t from, std::size_t count) {
        std::string text(count, '\0');
        const auto got = readSomeAt(file, text.data(), count, from);
        text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return text;
    }
};

TEST_F(DiskFile, AReadAtAPlaceLeavesWhereTheNextGoesOn) {
    put("a", "0123456789");
    const FileHandle file = openFile(at("a"), FileUse::Read);
    std::string next(3, '\0');
    ASSERT_EQ(readSome(file.get(), next.data(), 3), 3);
    EXPECT_EQ(readPart(file.get(), 7, 10), "789");
    EXPECT_EQ(readPart(file.get(), 10, 10), "");
    ASSERT_EQ(readSome(file.get(), next.data(), 3), 3);
    EXPECT_EQ(next, "345");
}

TEST_F(DiskFile, WhatIsAddedGoesToTheEndAlsoAfterItWasEmptied) {
    put("a", "one");
    const FileHandle file = openFile(at("a"), FileUse::Append);
    ASSERT_TRUE(writeAll(file.get(), "two", 3) && flushFile(file.get()));
    EXPECT_EQ(readPart(file.get(), 0, 10), "onetwo");
    ASSERT_TRUE(emptyFile(file.get()) && writeAll(file.get(), "x", 1));
    EXPECT_EQ(get("a"), "x");
}

TEST_F(DiskFile, ANewOneIsNotOneThatIsThere) {
    put("a", "old");
    EXPECT_FALSE(openFile(at("a"), FileUse::New));
    EXPECT_EQ(errno, EEXIST);
    EXPECT_FALSE(openFile(at("none"), FileUse::Read));
    EXPECT_EQ(errno, ENOENT);
    EXPECT_TRUE(openFile(at("a"), FileUse::Over));
    EXPECT_EQ(get("a"), "");
}

TEST_F(DiskFile, ANameIsTakenOnlyWhileItIsFreeOrIsReplacedAtOnce) {
    put("a", "A");
    put("b", "B");
    EXPECT_FALSE(takeFreeName(at("a"), at("b")));
    EXPECT_EQ(errno, EEXIST);
    EXPECT_EQ(get("b"), "B");
    EXPECT_TRUE(takeFreeName(at("a"), at("c")));
    EXPECT_EQ(get("c"), "A");
    EXPECT_TRUE(flushPath(at("c")) && replaceFile(at("c"), at("b")) && flushFolder(folder.string()));
    EXPECT_EQ(get("b"), "A");
}

TEST_F(DiskFile, IsLockedAgainstASecondHandle) {
    const FileHandle first = openFile(at("a"), FileUse::Append), second = openFile(at("a"), FileUse::Append);
    EXPECT_TRUE(lockFile(first.get()));
    EXPECT_FALSE(lockFile(second.get()));
}

TEST_F(DiskFile, ListsAFolderWithoutFollowingLinks) {
    put("a", "four");
    fs::create_directories(folder / "inner");
    fs::create_directory_symlink(folder, folder / "inner/loop");
    auto root = openFolder(folder.string());
    ASSERT_TRUE(root);
    const auto entries = entriesOf(root->get());
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 2u);
    for (const FolderEntry& entry : *entries) {
        EXPECT_EQ(entry.isFolder, entry.name == "inner");
        EXPECT_TRUE(entry.isFolder || entry.size == 4u);
        EXPECT_EQ(entry.error, 0);
    }
    EXPECT_EQ(entriesOf(root->get(), 0)->size(), 1u) << "whoever wants none learns that there are more";
    const FileHandle inner = folderIn(root->get(), "inner");
    ASSERT_TRUE(inner);
    EXPECT_FALSE(folderIn(inner.get(), "loop"));
    EXPECT_FALSE(fileIn(inner.get(), "loop"));
    EXPECT_FALSE(newFileIn(root->get(), "a"));
    EXPECT_EQ(errno, EEXIST);
    EXPECT_FALSE(removeFolderIn(root->get(), "inner")) << "it is not empty";
}

TEST(WindowsErrors, AreToldAsThoseOfOtherSystems) {
    EXPECT_EQ(errnoOfWindows(2), ENOENT);
    EXPECT_EQ(errnoOfWindows(5), EACCES);
    EXPECT_EQ(errnoOfWindows(19), EROFS);
    EXPECT_EQ(errnoOfWindows(32), EBUSY);
    EXPECT_EQ(errnoOfWindows(183), EEXIST);
    for (const unsigned long full : {39ul, 112ul, 223ul}) {
        EXPECT_TRUE(meansFull(errnoOfWindows(full))) << full;
    }
    for (const unsigned long gone : {21ul, 23ul, 31ul, 433ul, 1006ul, 1112ul, 1117ul, 1167ul, 1617ul}) {
        EXPECT_TRUE(meansGone(errnoOfWindows(gone))) << gone;
    }
    EXPECT_FALSE(meansGone(errnoOfWindows(87)));  // ERROR_INVALID_PARAMETER
}

}  // namespace
