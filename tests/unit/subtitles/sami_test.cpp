#include "server/packaging/subtitles/sami.h"

#include <gtest/gtest.h>

#include "tests/unit/subtitles/printcue.h"

namespace marea::server {
namespace {

const std::string kTwo =
    "<SAMI><HEAD><STYLE TYPE=\"text/css\"><!--\nP { margin: 1px }\n.KRCC { Name: Korean; lang: ko-KR; }\n.ENCC { Name: "
    "English; lang: en-US; SAMIType: CC; }\n--></STYLE></HEAD><BODY>\n"
    "<SYNC Start=1000><P Class=KRCC>가나\n<SYNC Start=1000><P Class=ENCC>one<br><i>two</i> &amp; <font "
    "color=yellow>three</font>\n<SYNC Start=2000><P Class=KRCC>&nbsp;\n<SYNC Start=2500><P Class=ENCC>&nbsp;\n"
    "<SYNC Start=3000><P Class=ENCC>four\n<SYNC Start=4000><P Class=ENCC>five\n</BODY></SAMI>";

TEST(Sami, readsTheLanguageThatIsWanted) {
    const Subtitles read = readSami(kTwo, "en");
    ASSERT_EQ(read.cues.size(), 3u);
    EXPECT_EQ(read.cues[0], (Cue{1000, 2500, "", "", "one\n<i>two</i> &amp; <c.yellow>three</c>"}));
    EXPECT_EQ(read.cues[1], (Cue{3000, 4000, "", "", "four"}));
    EXPECT_EQ(read.cues[2], (Cue{4000, kOpenEnd, "", "", "five"}));
}

TEST(Sami, elseTheFirst) {
    const Subtitles read = readSami(kTwo, "");
    ASSERT_EQ(read.cues.size(), 1u);
    EXPECT_EQ(read.cues[0], (Cue{1000, 2000, "", "", "가나"}));
}

TEST(Sami, withoutClassesAndClosingTags) {
    const Subtitles read = readSami("<sami><body><sync start=\"10\">a</sync><sync start='20'><p>b</p></sync>", "");
    ASSERT_EQ(read.cues.size(), 2u);
    EXPECT_EQ(read.cues[0], (Cue{10, 20, "", "", "a"}));
    EXPECT_EQ(read.cues[1].text, "b");
}

TEST(Sami, hostileInputIsLinear) {
    for (const char* piece : {"<", "<sync start=1>", "<p class=a>", "&", "<style>", "<b>", ".a{"}) {
        std::string text = "<SAMI><SYNC Start=1>";
        while (text.size() < 2 << 20)
            text += piece;
        readSami(text, "en");
    }
}

}  // namespace
}  // namespace marea::server
