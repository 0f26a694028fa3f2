#include "server/packaging/subtitles/srt.h"

#include <gtest/gtest.h>

#include "server/packaging/subtitles/webvtt.h"
#include "tests/unit/subtitles/printcue.h"

namespace marea::server {
namespace {

Cue textOf(std::string_view text) {
    CueColours colours;
    Cue cue;
    readSrtText(text, colours, cue);
    return cue;
}

TEST(Srt, readsCues) {
    const Subtitles read =
        readSrt("1\r\n00:00:01,000 --> 00:00:02,500\r\nOne\r\ntwo\r\n\r\n2\r\n01:00:00,5 --> 01:00:01.25\r\nThree\r\n");
    ASSERT_EQ(read.cues.size(), 2u);
    EXPECT_EQ(read.cues[0], (Cue{1000, 2500, "", "", "One\ntwo"}));
    EXPECT_EQ(read.cues[1], (Cue{3600'500, 3601'250, "", "", "Three"}));
}

TEST(Srt, toleratesWhatIsMalformed) {
    const Subtitles read = readSrt(
        "rubbish\n\n00:00:01,000 --> 00:00:02,000\nno number\n2\n00:00:03,000 --> 00:00:04,000\nno blank line\n\n"
        "x\n00:00:zz,000 --> 00:00:06,000\nno time\n\n"
        "3\n00:00:07,000 -> 00:00:08,000 X1:1 X2:2\nshort arrow\n\nblank line inside\n\n4\n00:00:09,000 --> "
        "00:00:08,000\nbackwards\n\n5\n00:00:10,000 --> 00:00:11,000\n1984\n");
    ASSERT_EQ(read.cues.size(), 4u);
    EXPECT_EQ(read.cues[0].text, "no number");
    EXPECT_EQ(read.cues[1].text, "no blank line\nx\n00:00:zz,000 --&gt; 00:00:06,000\nno time");
    EXPECT_EQ(read.cues[2].text, "short arrow\nblank line inside");
    EXPECT_EQ(read.cues[3].text, "1984");
}

TEST(Srt, markup) {
    EXPECT_EQ(textOf("<i>a</i> <B>b</B> <u>c</u>").text, "<i>a</i> <b>b</b> <u>c</u>");
    EXPECT_EQ(textOf("<font color=\"#FFFF00\">y</font><font color=red face='x'>r</font>").text,
              "<c.yellow>y</c><c.red>r</c>");
    EXPECT_EQ(textOf("<font color=\"#804020\">y</font>").text, "<c.c804020>y</c>");
    EXPECT_EQ(textOf("<i>a<b>b</i>c").text, "<i>a</i><b><i>b</i></b>c");
    EXPECT_EQ(textOf("I <3 you & <unknown> &amp; &lt;b&gt;").text, "I &lt;3 you &amp; &lt;unknown&gt; &amp; &lt;b&gt;");
    EXPECT_EQ(textOf("a<br>b<br/>\n\nc").text, "a\nb\nc");
    EXPECT_EQ(textOf("a --> b").text, "a --&gt; b");
    EXPECT_EQ(textOf("</i>a</b>").text, "a");
}

TEST(Srt, placesByOverrideTags) {
    EXPECT_EQ(textOf("{\\an8}up").settings, "line:0");
    EXPECT_EQ(textOf("{\\an8}up").text, "up");
    EXPECT_EQ(textOf("{\\an1}x").settings, "align:left");
    EXPECT_EQ(textOf("{\\an6}x").settings, "line:47% align:right");
    EXPECT_EQ(textOf("{\\a6}x").settings, "line:0");
    EXPECT_EQ(textOf("{\\i1}x{\\i0}y {braces}").text, "<i>x</i>y {braces}");
    EXPECT_EQ(textOf("plain").settings, "");
}

TEST(Srt, coloursBecomeRules) {
    const Subtitles read = readSrt("1\n00:00:01,000 --> 00:00:02,000\n<font color=#123456>x</font>\n");
    ASSERT_EQ(read.styles.size(), 1u);
    EXPECT_EQ(read.styles[0], "::cue(.c123456) { color: #123456 }\n");
}

TEST(Srt, hostileInputIsLinear) {
    for (const char* piece :
         {"<", "{\\", "&", "<b>", "{\\b1}", "</i>", "1\n", "00:00:01,000 --> 00:00:02,000\n", "\n", "-->"}) {
        std::string text = "1\n00:00:01,000 --> 00:00:02,000\n";
        while (text.size() < 2 << 20)
            text += piece;
        Subtitles read = readSrt(text);
        settle(read);
        EXPECT_LE(writeWebVtt(read).size(), 64u << 20);
        readWebVtt(text);
    }
}

}  // namespace
}  // namespace marea::server
