#include <gtest/gtest.h>

#include "server/packaging/subtitles/movtext.h"
#include "server/packaging/subtitles/subtitleformat.h"
#include "tests/unit/subtitles/printcue.h"

namespace marea::server {
namespace {

using namespace std::string_literals;

TEST(SubtitleFormats, byContentsBeforeExtension) {
    EXPECT_EQ(subtitleFormat("WEBVTT\n", "srt"), SubtitleFormat::WebVtt);
    EXPECT_EQ(subtitleFormat("; x\n[Script Info]\n", "txt"), SubtitleFormat::Ass);
    EXPECT_EQ(subtitleFormat("<SAMI>", "srt"), SubtitleFormat::Sami);
    EXPECT_EQ(subtitleFormat("<?xml version='1.0'?><tt:tt x='y'>", "xml"), SubtitleFormat::Ttml);
    EXPECT_EQ(subtitleFormat("1\n00:00:01,000 --> 00:00:02,000\n", "txt"), SubtitleFormat::Srt);
    EXPECT_EQ(subtitleFormat("", "ass"), SubtitleFormat::Ass);
    EXPECT_EQ(subtitleFormat("hello", "txt"), std::nullopt);
}

TEST(SubtitleFormats, movText) {
    CueColours colours;
    Cue cue;
    // "añb", of which the second character is bold, the third italic and red.
    readMovText("\0\4a\xC3\xB1"s + "b" + "\0\0\0\x22styl\0\2"s + "\0\1\0\2\0\1\1\x12\xFF\xFF\xFF\xFF"s +
                    "\0\2\0\3\0\1\2\x12\xFF\0\0\xFF"s,
                colours, cue);
    EXPECT_EQ(cue.text, "a<b>ñ</b><c.red><i>b</i></c>");
    readMovText("\0\0"s, colours, cue);
    EXPECT_EQ(cue.text, "");
    readMovText("\xFF\xFFxy"s, colours, cue);
    EXPECT_EQ(cue.text, "xy");
}

TEST(SubtitleFormats, mp4WebVtt) {
    Subtitles out;
    readMp4WebVtt("\0\0\0\x2Avttc\0\0\0\x0Esttgline:0\0\0\0\x14paylhello <i>you"s, 5, 9, out);
    ASSERT_EQ(out.cues.size(), 1u);
    EXPECT_EQ(out.cues[0], (Cue{5, 9, "", "line:0", "hello <i>you</i>"}));
    readMp4WebVtt("\0\0\0\x08vtte\0\0\0\3vttc"s, 5, 9, out);
    EXPECT_EQ(out.cues.size(), 1u);
}

}  // namespace
}  // namespace marea::server
