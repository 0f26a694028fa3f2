#include "sync/plan/libraryfile.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/librarytree.h"

using namespace marea;
using namespace marea::sync;

namespace {

std::string withPath(const std::string& path) {
    return R"({"version":1,"device":"d","files":[{"item":"i","path":")" + path +
           R"(","wanted":"w","size":3,"fingerprint":"f","encoding":"","checksum":"","verified":true}]})";
}

const std::string kEntry =
    R"({"item":"i","path":"a/b.mp3","wanted":"w","size":3,"fingerprint":"f","encoding":"","checksum":"","verified":true})";

std::string repeated(const std::string& what, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += (i > 0 ? "," : "") + what;
    }
    return text;
}

// As when it is read as a tree.
void expectSame(const std::string& text) {
    SCOPED_TRACE(text.substr(0, 300));
    const auto read = libraryFileFrom(text);
    const auto tree = marea::test::libraryFromTree(text);
    ASSERT_EQ(read.has_value(), tree.has_value()) << (read ? tree.error().text : read.error().text);
    if (!read) {
        EXPECT_EQ(read.error().code, tree.error().code);
        EXPECT_EQ(read.error().text, tree.error().text);
        return;
    }
    EXPECT_EQ(read->device, tree->device);
    EXPECT_EQ(read->files, tree->files);
    EXPECT_EQ(read->owners, tree->owners);
}

// Something that somebody wrote into it, took out, or copied to another place.
std::string changed(std::string text, std::mt19937_64& dice) {
    static const std::vector<std::string> kWords{"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 ":",
                                                 "\"",
                                                 "1",
                                                 "-",
                                                 "1e5",
                                                 "9999999999999999999",
                                                 "null",
                                                 "true",
                                                 "\"x\"",
                                                 "\"a\":1,",
                                                 "\"files\":",
                                                 "\"version\":",
                                                 "[],",
                                                 "{\"a\":[1]},",
                                                 "\\u00e9",
                                                 "\\",
                                                 "\xff",
                                                 " "};
    const std::size_t at = dice() % (text.size() + 1);
    const std::size_t size = std::min<std::size_t>(text.size() - at, dice() % 40);
    switch (dice() % 4) {
        case 0:
            return text.erase(at, size);
        case 1:
            return text.insert(dice() % (text.size() + 1), text.substr(at, size));
        case 2:
            return text.replace(at, std::min<std::size_t>(size, dice() % 3), kWords[dice() % kWords.size()]);
        default:
            return text.insert(at, kWords[dice() % kWords.size()]);
    }
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

TEST(LibraryFile, IsReadAsItsTreeSays) {
    const std::string files = R"("files":[)" + kEntry + "," + kEntry + "]";
    for (const std::string& text : std::vector<std::string>{
             "",
             " ",
             "null",
             "7",
             "[]",
             "[[1,{\"files\":[1]}],2]",
             "\"files\"",
             "{}",
             "{" + files + "}",
             "{" + files + R"(,"version":1})",
             " {\n" + files + R"( , "version" : 2 , "device":"d","owners":[{"id":"a","name":"b\u00e9\u0001"}] } )",
             "{" + files + R"(,"version":1} x)",
             "{" + files + R"(,"version":1}{})",
             "{" + files + R"(,"version":3,"other":[1,{"a":{}}]})",
             R"({"files":[1,{"unknown":[[]]}],"more":2,"version":3})",
             R"({"files":[1,{"unknown":[[]]}],"version":3,)",
             R"({"version":"1",)" + files + "}",
             R"({"version":1,"files":{}})",
             R"({"version":1,"files":null})",
             R"({"version":1,"files":"[]"})",
             R"({"version":1,"files":[[]]})",
             R"({"version":1,"files":[[[)" + kEntry + "]]]}",
             R"({"version":1,"files":[null,)" + kEntry + "]}",
             R"({"version":1,"files":[)" + kEntry + R"(,{"item":"i","path":"../x"},{"item":7}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","path":"b"}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","files":[{}]}]})",
             R"({"version":1,"files":[{"item":"i","path":{"files":[1]}}]})",
             R"({"version":1,"files":[{"it\u0065m":"\u0061b\\c","path":"a\u00e9\ud83d\ude00"}]})",
             R"({"version":1,"fi\u006ces":[{"item":"i","path":"a"}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","size":1.5}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","size":18446744073709551615}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","size":1e999}]})",
             R"({"version":1,"files":[{"item":"i","path":"a","verified":null}]})",
             R"({"version":1,"files":[{"item":7}],"files":[{"item":"i","path":"a"}]})",
             R"({"version":1,"files":[{"item":"i","path":"a"}],"files":7})",
             R"({"version":1,"files":7,"files":[{"item":"i","path":"a"}]})",
             R"({"version":1,"device":{"files":[{"item":"i","path":"a"}]},)" + files + "}",
             R"({"version":1,"owners":{"files":[1]},)" + files + "}",
             R"({"version":1,"owners":[1],"files":[2]})",
             R"({"version":1,"owners":[)" + repeated(R"({"id":"a","name":"b"})", 101) + "]," + files + "}",
             R"({"version":1,"files":[)" + std::string(14, '[') + std::string(14, ']') + "]}",
             R"({"version":1,"files":[)" + std::string(15, '[') + std::string(15, ']') + "]}",
             R"({"files":[],"\u0061":1,)" + repeated(R"("b":1)", 30) + R"(,"version":1})",
         }) {
        expectSame(text);
    }
}

TEST(LibraryFile, IsReadAsItsTreeSaysHoweverItWasChanged) {
    const LibraryFile library{"device-1",
                              {{"i", "Music/“é”.mp3", "Music/w.mp3", 7, "f", "mp3-192", "ab", false, "ana"},
                               {"j", "Music/x.mp3", "Music/x.mp3", 9, "f", "", "cd", true}},
                              {{"ana", "Ana's desk"}}};
    const std::string whole = libraryFileText(library);
    std::mt19937_64 dice(1);
    for (int round = 0; round < 20'000 && !testing::Test::HasFailure(); ++round) {
        std::string text = whole;
        for (std::uint64_t changes = 1 + dice() % 3; changes > 0; --changes) {
            text = changed(std::move(text), dice);
        }
        expectSame(text);
    }
}

// Whatever a device says, what is read of it takes little more memory than its files.
TEST(LibraryFile, WhatIsNoFileForItsSizeAloneIsNotKept) {
    const std::string much = repeated(R"("item":"i")", 40'000);
    const auto read = libraryFileFrom(R"({"version":1,"files":[{)" + much + R"(,"path":"a"}]})");
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, core::ErrorCode::Invalid);
    const std::string longText = "\"" + std::string(2'000'000, 'x') + "\"";
    for (const std::string& text : {R"({"version":1,"files":[{"item":)" + longText + R"(,"path":"a"}]})",
                                    R"({"version":1,"files":[)" + repeated("1", 100'000) + "]}",
                                    R"({"version":1,"files":[[)" + repeated("1", 100'000) + "]]}",
                                    R"({"version":1,"files":[],"device":)" + longText + "}",
                                    R"({"version":1,"files":[],"owners":[)" + repeated("1", 100'000) + "]}",
                                    R"({"version":1,"files":[],)" + repeated("\"a\":1", 100'000) + "}"}) {
        const auto refused = libraryFileFrom(text);
        ASSERT_FALSE(refused.has_value()) << text.substr(0, 50);
        EXPECT_EQ(refused.error().code, core::ErrorCode::Invalid) << text.substr(0, 50);
        const std::string newer = R"({"version":3,)" + text.substr(text.find(',') + 1);
        EXPECT_EQ(libraryFileFrom(newer).error().code, core::ErrorCode::Unprocessable)
            << "it is not damaged, and stays as it is: " << newer.substr(0, 50);
    }
}

TEST(LibraryFile, OfTooManyFilesNoneIsRead) {
    const std::string text = R"({"version":1,"files":[)" + repeated(kEntry, 5) + "]}";
    EXPECT_EQ(libraryFileFrom(text, 5)->files.size(), 5u);
    const auto refused = libraryFileFrom(text, 4);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, core::ErrorCode::Unprocessable) << "it is not damaged, and stays as it is";
}
