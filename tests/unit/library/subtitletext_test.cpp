#include "server/apps/library/subtitletext.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

using namespace std::string_literals;

TEST(SubtitleText, Utf16ComesOutAsUtf8) {
    EXPECT_EQ(textAsUtf8("\xFF\xFE"
                         "a\0\xE9\0"s),
              "a\xC3\xA9");
    EXPECT_EQ(textAsUtf8("\xFE\xFF"
                         "\0a\0\xE9"s),
              "a\xC3\xA9");
    EXPECT_EQ(textAsUtf8("\xFE\xFF\x20\xAC"s), "\xE2\x82\xAC");
    EXPECT_EQ(textAsUtf8("\xFE\xFF\xD8\x3D\xDE\x00"s), "\xF0\x9F\x98\x80");
}

TEST(SubtitleText, BrokenUtf16LosesNoMoreThanItsBrokenUnits) {
    EXPECT_EQ(textAsUtf8("\xFE\xFF\xD8\x3D\0a"s),
              "\xEF\xBF\xBD"
              "a");
    EXPECT_EQ(textAsUtf8("\xFE\xFF\xDC\x00"s), "\xEF\xBF\xBD");
    EXPECT_EQ(textAsUtf8("\xFE\xFF\xD8\x3D"s), "\xEF\xBF\xBD");
    EXPECT_EQ(textAsUtf8("\xFE\xFF\0a\0"s), "a");
    EXPECT_EQ(textAsUtf8("\xFF\xFE"s), "");
}

TEST(SubtitleText, EverythingElseStays) {
    EXPECT_EQ(textAsUtf8("\xEF\xBB\xBFhello"), "hello");
    EXPECT_EQ(textAsUtf8("caf\xE9"), "caf\xE9");
    EXPECT_EQ(textAsUtf8(""), "");
}

TEST(SubtitleText, TypesAreTextForTextOnly) {
    EXPECT_EQ(textMimeType("vtt"), "text/vtt; charset=utf-8");
    EXPECT_EQ(textMimeType("srt"), "text/plain; charset=utf-8");
    EXPECT_EQ(textMimeType("sup"), "");
    EXPECT_EQ(textMimeType("sub"), "");
    EXPECT_EQ(textMimeType("html"), "");
}

}  // namespace
}  // namespace marea::server
