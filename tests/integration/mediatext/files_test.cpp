#include <gmock/gmock.h>

#include "server/packaging/subtitles/webvtt.h"
#include "tests/integration/mediatext/mediatext.h"

namespace marea::server::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SubtitleFiles : public MediaText {};

constexpr const char* kTypical =
    "WEBVTT\n\n00:00:00.000 --> 00:00:01.234\nThis is the first subtitle.\n\n00:00:02.345 --> 00:00:03.456\nThis is "
    "the second subtitle.\nSecond subtitle with second line.\n\n02:00:04.567 --> 02:00:08.901\nThis is the third "
    "subtitle.\n\n";

#define READ_OR_SKIP(made, name)                      \
    CORPUS_OR_SKIP(made##Path, name);                 \
    const auto made = OpenMedia(made##Path).webVtt(); \
    ASSERT_TRUE(made) << made.error().detail

TEST_F(SubtitleFiles, Srt) {
    READ_OR_SKIP(plain, "subtitles/typical.srt");
    EXPECT_EQ(*plain, kTypical);
    READ_OR_SKIP(wide, "subtitles/typical-utf16le.srt");
    EXPECT_EQ(*wide, kTypical);
}

TEST_F(SubtitleFiles, SrtInArabicAsUtf16) {
    READ_OR_SKIP(text, "subtitles/utf16.srt");
    EXPECT_EQ(*text, "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nترجمه و تنظيم زيرنويس\n\n");
}

TEST_F(SubtitleFiles, SrtWithOddTimes) {
    READ_OR_SKIP(text, "subtitles/bad-timestamps.srt");
    EXPECT_THAT(*text, AllOf(HasSubstr("00:00:02.345 --> 00:00:03.456"), HasSubstr("02:00:04.567 --> 02:00:08.900")));
}

TEST_F(SubtitleFiles, SrtWithTags) {
    READ_OR_SKIP(text, "subtitles/with-tags.srt");
    EXPECT_THAT(*text, HasSubstr("00:00:00.000 --> 00:00:01.234 align:left\nThis is  the first subtitle.\n"));
    EXPECT_THAT(*text, HasSubstr("Second  subtitle with second line."));
    EXPECT_THAT(*text, HasSubstr("This { \\an2} is not a valid tag"));
    EXPECT_THAT(*text, HasSubstr("00:00:24.567 --> 00:00:24.901 line:0 align:right\n"));
}

TEST_F(SubtitleFiles, WebVttWithStyles) {
    READ_OR_SKIP(text, "subtitles/css-styles.vtt");
    EXPECT_THAT(*text, HasSubstr("STYLE\n::cue(#id2) {\n  color: peachpuff;\n}\n"));
    EXPECT_THAT(*text, HasSubstr("\n\nid2\n00:00:02.345 --> 00:00:03.456\nThis is the second"));
    EXPECT_THAT(*text, HasSubstr("<v LaGord>You are an idiot</v>\n<v The Frog>You don't have the guts</v>\n"));
}

TEST_F(SubtitleFiles, WebVttWithPositions) {
    READ_OR_SKIP(text, "subtitles/positioning.vtt");
    EXPECT_THAT(*text, HasSubstr("00:00:00.000 --> 00:00:01.234 position:60%,line-right align:start size:35%\n"));
    EXPECT_THAT(*text, HasSubstr("00:00:02.345 --> 00:00:03.456 align:end\n"));
    EXPECT_THAT(*text, HasSubstr("00:00:06.000 --> 00:00:07.000 line:-10 align:center\n"));
}

TEST_F(SubtitleFiles, WebVttFromSegments) {
    READ_OR_SKIP(text, "subtitles/x-timestamp-map.vtt");
    EXPECT_THAT(*text, AllOf(Not(HasSubstr("X-TIMESTAMP-MAP")), HasSubstr("266:18:35.679 --> 266:18:37.305\n")));
}

TEST_F(SubtitleFiles, Ass) {
    READ_OR_SKIP(text, "subtitles/typical.ass");
    EXPECT_THAT(*text, HasSubstr("00:00:00.000 --> 00:00:01.230\n<b>This is the first subtitle.</b>\n"));
    EXPECT_THAT(*text, HasSubstr("<b>This is the second subtitle  with a newline \nand another.</b>"));
    EXPECT_THAT(*text, HasSubstr("00:00:04.560 --> 00:00:08.900\n<b>This is the third subtitle, with a comma.</b>\n"));
    READ_OR_SKIP(wide, "subtitles/typical-utf16be.ass");
    EXPECT_THAT(*wide, HasSubstr("This is the first subtitle"));
    READ_OR_SKIP(fonts, "subtitles/embedded-fonts.ass");
    EXPECT_THAT(*fonts, StartsWith("WEBVTT\n\n00:00:"));
}

TEST_F(SubtitleFiles, AssWithPositions) {
    READ_OR_SKIP(text, "subtitles/positioning.ass");
    EXPECT_THAT(*text, HasSubstr("00:00:00.000 --> 00:00:01.230 line:22% position:50% align:left\n"));
    EXPECT_THAT(*text, HasSubstr("line:50% position:50% align:right\n<b>Sixth subtitle"));
}

TEST_F(SubtitleFiles, SamiAndTtml) {
    READ_OR_SKIP(sami, "subtitles/sample.smi");
    READ_OR_SKIP(ttml, "subtitles/sample.ttml");
    const std::string cues =
        "00:02:17.400 --> 00:02:20.400\nSenator, we're making\nour final approach into Coruscant.\n\n01:02:20.500 --> "
        "01:02:22.500\nVery good, Lieutenant.\n\n";
    EXPECT_EQ(*sami, "WEBVTT\n\n" + cues);
    EXPECT_EQ(*ttml, "WEBVTT\n\n" + cues);
}

TEST_F(SubtitleFiles, PicturesAreRefusedInWords) {
    CORPUS_OR_SKIP(path, "subtitles/pgs-multi-image.sup");
    const auto text = OpenMedia(path).webVtt();
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, core::ErrorCode::Unprocessable);
    EXPECT_THAT(text.error().text, HasSubstr("pictures"));
}

TEST_F(SubtitleFiles, WhatIsNoSubtitleIsRefused) {
    const auto text = OpenMedia(write("a.txt", "hello")).webVtt();
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, core::ErrorCode::Unprocessable);
}

TEST_F(SubtitleFiles, EightBitText) {
    const auto text = OpenMedia(write("a.ru.srt",
                                      "1\r\n00:00:01,000 --> 00:00:02,000\r\n\xCF\xF0\xE8\xE2\xE5\xF2, "
                                      "\xEA\xE0\xEA \xE4\xE5\xEB\xE0?\r\n"))
                          .webVtt("ru");
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, HasSubstr("Привет, как дела?"));
}

}  // namespace
}  // namespace marea::server::test
