#include "server/packaging/subtitles/webvtt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace marea::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Subtitles settled(std::string_view text) {
    Subtitles read = readWebVtt(text);
    settle(read);
    return read;
}

TEST(WebVtt, writesWhatItReads) {
    const std::string file =
        "WEBVTT\n\nREGION\nid:one\n\nSTYLE\n::cue { color: lime }\n\n"
        "a cue\n00:00:01.000 --> 00:00:02.500 line:0 align:left\n<v The Frog>Yes &amp; <i>no</i></v>\nsecond line\n\n"
        "01:00:00.000 --> 01:00:01.000\nlater\n\n";
    EXPECT_EQ(writeWebVtt(settled(file)), file);
}

TEST(WebVtt, readsWithoutHeaderAndBlankLines) {
    const Subtitles read = settled("1\n00:01.000 --> 00:02.000\none\n00:03.000 --> 00:04.000\ntwo\n");
    ASSERT_EQ(read.cues.size(), 2u);
    EXPECT_EQ(read.cues[0].text, "one");
    EXPECT_EQ(read.cues[0].id, "1");
    EXPECT_EQ(read.cues[1].start, 3000);
}

TEST(WebVtt, leavesNotesAndTheTimestampMapOut) {
    const Subtitles read = settled(
        "WEBVTT - title\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\nNOTE a\nb\n\n"
        "00:01.000 --> 00:02.000\none\n");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0].id, "");
    EXPECT_EQ(read.cues[0].start, 1000);
}

TEST(WebVtt, keepsStylesThatFetchNothing) {
    const Subtitles read = settled(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nSTYLE\n@import url(x.css);\n\nSTYLE\n::cue { background: "
        "URL(http://x/) }\n\nSTYLE\n::cue { background: \\75rl(x) }\n\n");
    EXPECT_THAT(read.styles, ElementsAre("::cue { color: red }"));
}

TEST(WebVtt, sortsCuesAndDropsWhatIsNeverShown) {
    const Subtitles read = settled(
        "WEBVTT\n\n00:05.000 --> 00:09.000\nb\n\n00:01.000 --> 00:07.000\na\n\n00:04.000 --> 00:03.000\nnever\n\n"
        "00:08.000 --> 00:09.000\n\n");
    ASSERT_EQ(read.cues.size(), 2u);
    EXPECT_EQ(read.cues[0].text, "a");
    EXPECT_EQ(read.cues[1].text, "b");
}

TEST(WebVtt, cleansText) {
    EXPECT_EQ(cleanCueText("a <b>bold"), "a <b>bold</b>");
    EXPECT_EQ(cleanCueText("<i><b>x</i>y</b>"), "<i><b>x</b></i>y");
    EXPECT_EQ(cleanCueText("<script>x</script>"), "x");
    EXPECT_EQ(cleanCueText("1 < 2 & 3 > 2 &lt; &#39;"), "1 &lt; 2 &amp; 3 &gt; 2 &lt; &#39;");
    EXPECT_EQ(cleanCueText("<c.yellow.bg_blue>x</c><00:01.000>y<1x>"), "<c.yellow.bg_blue>x</c><00:01.000>y");
    EXPECT_EQ(cleanCueText("<v.loud  Mary Ann>x"), "<v.loud Mary Ann>x</v>");
    EXPECT_EQ(cleanCueText("<c.x-->y"), "<c.x->y</c>");
    EXPECT_EQ(cleanCueText("a\r\nb\rc\n"), "a\nb\nc");
    EXPECT_EQ(cleanCueText("I <3 you"), "I &lt;3 you");
}

TEST(WebVtt, cleansSettings) {
    EXPECT_EQ(cleanCueSettings(" line:-10 align:middle"), "line:-10 align:center");
    EXPECT_EQ(cleanCueSettings("position:60%,end align:start size:35%"),
              "position:60%,line-right align:start size:35%");
    EXPECT_EQ(cleanCueSettings("line:45%,end position:10 align:top size:120% foo:1 line:2"), "line:45%,end");
    EXPECT_EQ(cleanCueSettings("vertical:rl region:fred position:10%,"), "vertical:rl region:fred");
}

TEST(Cues, openEndsLastUntilTheNext) {
    Subtitles subtitles;
    subtitles.cues = {{1000, kOpenEnd, "", "", "a"}, {1000, kOpenEnd, "", "", "b"}, {3000, kOpenEnd, "", "", "c"}};
    settle(subtitles);
    ASSERT_EQ(subtitles.cues.size(), 3u);
    EXPECT_EQ(subtitles.cues[0].end, 3000);
    EXPECT_EQ(subtitles.cues[1].end, 3000);
    EXPECT_EQ(subtitles.cues[2].end, 3000 + kLongestOpenCue);
}

TEST(Cues, whatIsOnScreenAtTheStartIsShownFromThere) {
    Subtitles subtitles;
    subtitles.cues = {{-500, 1000, "", "", "a"}, {-900, -100, "", "", "b"}};
    settle(subtitles);
    ASSERT_EQ(subtitles.cues.size(), 1u);
    EXPECT_EQ(subtitles.cues[0].start, 0);
}

}  // namespace
}  // namespace marea::server
