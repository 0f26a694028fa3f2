#include "server/packaging/subtitles/ass.h"

#include <gtest/gtest.h>

#include "tests/unit/subtitles/printcue.h"

namespace marea::server {
namespace {

const std::string kHead =
    "[Script Info]\nPlayResX: 200\nPlayResY: 100\n\n[V4+ Styles]\nFormat: Name, PrimaryColour, Bold, Italic, "
    "Underline, "
    "Alignment\nStyle: Default,&H00FFFFFF,0,0,0,2\nStyle: Sign,&H0000FFFF,-1,0,0,8\n\n[Events]\nFormat: Layer, Start, "
    "End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

Cue only(const std::string& text, const std::string& style = "Default") {
    Subtitles read = readAss(kHead + "Dialogue: 0,0:00:01.00,0:00:02.50," + style + ",,0,0,0,," + text + "\n");
    EXPECT_LE(read.cues.size(), 1u);
    return read.cues.empty() ? Cue() : read.cues.front();
}

TEST(Ass, readsDialogue) {
    EXPECT_EQ(only("Hello, world"), (Cue{1000, 2500, "", "", "Hello, world"}));
    EXPECT_EQ(only("a\\Nb\\nc\\hd").text, "a\nb c\u00A0d");
    EXPECT_EQ(only("sign", "Sign"), (Cue{1000, 2500, "", "line:0", "<c.yellow><b>sign</b></c>"}));
    EXPECT_EQ(only("x", "Missing").text, "x");
    EXPECT_EQ(only("a < b & c").text, "a &lt; b &amp; c");
}

TEST(Ass, overrides) {
    EXPECT_EQ(only("{\\b1}b{\\b0}{\\i1}i{\\i0}{\\u1}u").text, "<b>b</b><i>i</i><u>u</u>");
    EXPECT_EQ(only("{\\c&H0000FF&}red{\\r} plain").text, "<c.red>red</c> plain");
    EXPECT_EQ(only("{\\r}x{\\b0}y", "Sign").text, "<c.yellow><b>x</b>y</c>");
    EXPECT_EQ(only("{\\bord2\\blur1\\be1\\fs20\\fnArial\\shad0}x").text, "x");
    EXPECT_EQ(only("{\\t(0,100,\\b1)}x").text, "x");
    EXPECT_EQ(only("a{comment}b").text, "ab");
    EXPECT_EQ(only("open { brace").text, "open { brace");
}

TEST(Ass, drawingsAreLeftOut) {
    EXPECT_EQ(only("{\\p1}m 0 0 l 100 100{\\p0}text").text, "text");
    EXPECT_EQ(only("{\\p1}m 0 0 l 100 100").text, "");
}

TEST(Ass, places) {
    EXPECT_EQ(only("{\\an7}x").settings, "line:0 align:left");
    EXPECT_EQ(only("{\\an8\\pos(100,20)}x").settings, "line:20% position:50%");
    EXPECT_EQ(only("{\\pos(50,50)}x").settings, "line:44% position:25%");
    EXPECT_EQ(only("{\\pos(50,50)}x\\Ny").settings, "line:38% position:25%");
    EXPECT_EQ(only("{\\an9\\move(0,0,200,100)}x").settings, "line:100% position:100% align:right");
    EXPECT_EQ(only("{\\pos(9999999,-5)}x").settings, "line:0% position:100%");
}

TEST(Ass, ssaCountsAlignmentsOtherwise) {
    const Subtitles read = readAss(
        "[V4 Styles]\nFormat: Name, Alignment\nStyle: Top,6\n[Events]\nFormat: Marked, Start, End, Style, Text\n"
        "Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Top,up\nComment: 0,0:00:01.00,0:00:02.00,*Top,no\n");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0].settings, "line:0");
}

TEST(Ass, matroskaEvents) {
    AssReader reader;
    reader.script(kHead);
    reader.event("3,0,Sign,,0,0,0,,a, b", 5000, 6000);
    const Subtitles read = reader.take();
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0], (Cue{5000, 6000, "", "line:0", "<c.yellow><b>a, b</b></c>"}));
}

TEST(Ass, hostileInputIsLinear) {
    for (const char* piece :
         {"{", "{\\b1}", "\\", "\\N", "{\\pos(1,2)", "}", ",", "\nStyle: a,b", "\nFormat: a", "\n[V4+ Styles]"}) {
        std::string text = kHead + "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,";
        while (text.size() < 2 << 20)
            text += piece;
        readAss(text);
    }
}

}  // namespace
}  // namespace marea::server
