#include "server/packaging/subtitles/ttml.h"

#include <gtest/gtest.h>

#include "tests/unit/subtitles/printcue.h"

namespace marea::server {
namespace {

Subtitles body(const std::string& inside, const std::string& head = "", const std::string& attributes = "") {
    return readTtml("<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\" " + attributes + "><head>" + head +
                    "</head><body>" + inside + "</body></tt>");
}

TEST(Ttml, readsParagraphs) {
    const Subtitles read = body(
        "<div>\n<p begin=\"137.4s\" end=\"140.4s\">Senator, we&#039;re\n  making<br />our <span "
        "tts:fontStyle=\"italic\">"
        "final</span> approach</p>\n<p begin=\"00:01:02.5\" dur=\"1s\">b &lt; c</p></div>");
    ASSERT_EQ(read.cues.size(), 2u);
    EXPECT_EQ(read.cues[0], (Cue{137'400, 140'400, "", "", "Senator, we're making\nour <i>final</i> approach"}));
    EXPECT_EQ(read.cues[1], (Cue{62'500, 63'500, "", "", "b &lt; c"}));
}

TEST(Ttml, timesNestAndSpansMayHaveTheirOwn) {
    const Subtitles read = body(
        "<div begin=\"10s\"><p begin=\"1s\" end=\"2s\">a</p><p><span begin=\"3s\" end=\"4s\">b</span> "
        "<span begin=\"5s\">c</span></p></div>");
    ASSERT_EQ(read.cues.size(), 3u);
    EXPECT_EQ(read.cues[0].start, 11'000);
    EXPECT_EQ(read.cues[1], (Cue{13'000, 14'000, "", "", "b"}));
    EXPECT_EQ(read.cues[2].end, kOpenEnd);
}

TEST(Ttml, stylesAndRegions) {
    const Subtitles read =
        body("<p region=\"top\" style=\"y\" begin=\"1s\" end=\"2s\">a</p>",
             "<styling><style xml:id=\"y\" tts:color=\"yellow\" tts:fontWeight=\"bold\"/></styling><layout>"
             "<region xml:id=\"top\" tts:origin=\"10% 10%\" tts:extent=\"80% 40%\"><style tts:displayAlign=\"before\"/>"
             "<style tts:textAlign=\"start\"/></region></layout>");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0].text, "<c.yellow><b>a</b></c>");
    EXPECT_EQ(read.cues[0].settings, "line:0 align:left");
}

TEST(Ttml, clocks) {
    const TtmlClock clock{25, 90'000};
    EXPECT_EQ(clock.read("01:00:00:12"), 3600'480);
    EXPECT_EQ(clock.read("50f"), 2000);
    EXPECT_EQ(clock.read("180000t"), 2000);
    EXPECT_EQ(clock.read("1.5m"), 90'000);
    EXPECT_EQ(clock.read("1500ms"), 1500);
    EXPECT_EQ(clock.read("nonsense"), std::nullopt);
    EXPECT_EQ(clock.read("999999999h"), std::nullopt);
    const Subtitles read =
        body("<p begin=\"24f\" end=\"48f\">a</p>", "", "ttp:frameRate=\"24\" ttp:frameRateMultiplier=\"1000 1001\"");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0].start, 1001);
}

TEST(Ttml, declarationsDefineNothing) {
    const Subtitles read = readTtml(
        "<!DOCTYPE tt [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><!-- <p begin='1s'>no</p> --><tt><body>"
        "<p begin='1s' end='2s'>&b;<![CDATA[<x>]]></p></body></tt>");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0].text, "&amp;b;&lt;x&gt;");
}

TEST(Ttml, hostileInputIsLinear) {
    for (const char* piece : {"<", "<p begin='1s'>", "<span begin='1s'>", "</p>", "&", "<!--", "<![CDATA[", "<a b='",
                              "<p style='a b c d'>x</p>"}) {
        std::string text = "<tt><body><p begin='1s'>";
        while (text.size() < 2 << 20)
            text += piece;
        readTtml(text);
    }
}

}  // namespace
}  // namespace marea::server
