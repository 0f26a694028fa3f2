#include "core/base/utf8.h"

#include <gtest/gtest.h>

using namespace marea::core;

TEST(Utf8, TellsWellFormedFromIllFormed) {
    EXPECT_TRUE(isUtf8(""));
    EXPECT_TRUE(isUtf8("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x8E\xB5"));
    for (const char* bad :
         {"\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80", "\xF0\x80\x80\x80"})
        EXPECT_FALSE(isUtf8(bad)) << bad;
}

TEST(Utf8, CleansTextForShowing) {
    EXPECT_EQ(cleanText("  a\x1B[31mb\n "), "a [31mb");
    EXPECT_EQ(cleanText("a\nb\tc\r\n", 100, true), "a\nb\tc");
    EXPECT_EQ(cleanText("caf\xE9"), "caf\xEF\xBF\xBD");
    EXPECT_EQ(cleanText("\xE2\x82\xAC\xE2\x82\xAC", 4), "\xE2\x82\xAC");
    EXPECT_EQ(cleanText(std::string("abc\0", 4)), "abc");
    EXPECT_EQ(cleanText("\xC2\x9B"
                        "31m"),
              "31m");
    EXPECT_TRUE(isUtf8(cleanText("\xFF\xFE\x00\x01")));
}

TEST(Utf8, EveryCharacterIsWrittenByItsNumber) {
    const auto written = [](std::uint32_t code) {
        std::string text;
        appendUtf8(text, code);
        return text;
    };
    EXPECT_EQ(written('a'), "a");
    EXPECT_EQ(written(0), std::string(1, '\0'));
    EXPECT_EQ(written(0x7FF), "\xDF\xBF");
    EXPECT_EQ(written(0x20AC), "\xE2\x82\xAC");
    EXPECT_EQ(written(0x10FFFF), "\xF4\x8F\xBF\xBF");
    for (const std::uint32_t none : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU})
        EXPECT_EQ(written(none), "\xEF\xBF\xBD") << none;
}
