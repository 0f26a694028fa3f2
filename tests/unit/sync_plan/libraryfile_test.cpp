#include "sync/plan/libraryfile.h"

#include <gtest/gtest.h>

using namespace marea;
using namespace marea::sync;

namespace {

std::string withPath(const std::string& path) {
    return R"({"version":1,"device":"d","files":[{"item":"i","path":")" + path +
           R"(","wanted":"w","size":3,"fingerprint":"f","encoding":"","checksum":"","verified":true}]})";
}

}  // namespace

TEST(LibraryFile, ReadsWhatItWrote) {
    LibraryFile library{"device-1", {{"i", "Music/“é”.mp3", "Music/w.mp3", 7, "f", "mp3-192", "ab", false}}};
    const auto read = libraryFileFrom(libraryFileText(library));
    ASSERT_TRUE(read.has_value()) << read.error().text;
    EXPECT_EQ(read->files, library.files);
    EXPECT_EQ(read->device, "device-1");
}

TEST(LibraryFile, SaysWhoseItsFilesAre) {
    LibraryFile library{"device-1", {{"i", "a.mp3", "a.mp3", 7, "f", "", "ab", true, "ana"}}, {{"ana", "Ana's desk"}}};
    const auto read = libraryFileFrom(libraryFileText(library));
    ASSERT_TRUE(read.has_value()) << read.error().text;
    EXPECT_EQ(read->files, library.files);
    EXPECT_EQ(read->owners, library.owners);
    EXPECT_EQ(read->ownerName("ana"), "Ana's desk");
    EXPECT_EQ(read->ownerName("ben"), "");
    EXPECT_EQ(libraryFileFrom(withPath("a.mp3"))->files.front().owner, "") << "of before that was noted";
}

TEST(LibraryFile, RefusesPathsThatLeadElsewhere) {
    EXPECT_TRUE(libraryFileFrom(withPath("a/b.mp3")).has_value());
    for (const char* path : {"../a", "/a", "a//b", "a/./b", "a/..", "", "a/", R"(a\\b)", R"(a\u0000b)", R"(a\nb)"}) {
        const auto read = libraryFileFrom(withPath(path));
        ASSERT_FALSE(read.has_value()) << path;
        EXPECT_EQ(read.error().code, core::ErrorCode::Invalid);
    }
}

TEST(LibraryFile, TellsDamagedFromNewer) {
    EXPECT_EQ(libraryFileFrom("{\"version\":1,").error().code, core::ErrorCode::Invalid);
    EXPECT_EQ(libraryFileFrom(R"({"version":3,"device":"d","files":[]})").error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(libraryFileFrom(R"({"version":1})").error().code, core::ErrorCode::Invalid);
}
