#include <gmock/gmock.h>

#include "tests/integration/mediatext/mediatext.h"

namespace marea::server::test {
namespace {

using testing::HasSubstr;

class SubtitleStreams : public MediaText {};

TEST_F(SubtitleStreams, OfRealFiles) {
    CORPUS_OR_SKIP(srt, "video/mkv-srt.mkv");
    const auto first = OpenMedia(srt).webVtt(2);
    ASSERT_TRUE(first) << first.error().text;
    EXPECT_THAT(*first, HasSubstr("00:00:00.000 --> 00:00:01.234\nThis is the first subtitle."));
    CORPUS_OR_SKIP(ass, "video/mkv-ass.mkv");
    const auto second = OpenMedia(ass).webVtt(2);
    ASSERT_TRUE(second) << second.error().text;
    EXPECT_THAT(*second, HasSubstr("This is the first subtitle."));
    CORPUS_OR_SKIP(bear, "video/bear-multitrack.webm");
    const auto third = OpenMedia(bear).webVtt(2);
    ASSERT_TRUE(third) << third.error().text;
    EXPECT_THAT(*third, HasSubstr(" --> "));
}

TEST_F(SubtitleStreams, PicturesAndOthersAreRefusedInWords) {
    CORPUS_OR_SKIP(path, "video/mkv-vobsub-and-pgs.mkv");
    for (const int stream : {1, 2}) {
        const auto text = OpenMedia(path).webVtt(stream);
        ASSERT_FALSE(text);
        EXPECT_EQ(text.error().code, core::ErrorCode::Unprocessable);
        EXPECT_THAT(text.error().text, HasSubstr("pictures"));
    }
    EXPECT_EQ(OpenMedia(path).webVtt(0).error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(OpenMedia(path).webVtt(9).error().code, core::ErrorCode::NotFound);
}

constexpr const char* kSrt =
    "1\n00:00:00,500 --> 00:00:01,500\n<i>One</i> & <b>two</b>\n\n2\n00:00:02,000 --> 00:00:03,250\nThree\nfour\n";

TEST_F(SubtitleStreams, OfEveryContainer) {
    const std::string srt = write("a.srt", kSrt);
    struct Case {
        const char *name, *codec, *first;
    };
    for (const auto& [name, codec, first] :
         {Case{"a.mkv", "srt", "00:00:00.500 --> 00:00:01.500\n<i>One</i> &amp; <b>two</b>\n"},
          Case{"b.mkv", "ass", "00:00:00.500 --> 00:00:01.500\n<i>One</i> &amp; <b>two</b>\n"},
          Case{"c.mkv", "webvtt", "00:00:00.500 --> 00:00:01.500\n<i>One</i> &amp; <b>two</b>\n"},
          Case{"d.mp4", "mov_text", "00:00:00.500 --> 00:00:01.500\n<i>One</i> &amp; <b>two</b>\n"}}) {
        MAKE_OR_SKIP(path, name,
                     {"-f", "lavfi", "-i", "testsrc2=s=160x120:d=4", "-i", srt, "-map", "0", "-map", "1", "-c:v",
                      "mpeg4", "-c:s", codec});
        const auto text = OpenMedia(path).webVtt(1);
        ASSERT_TRUE(text) << name << " " << codec << " " << text.error().text;
        EXPECT_THAT(*text, HasSubstr(first)) << codec;
        EXPECT_THAT(*text, HasSubstr("00:00:02.000 --> 00:00:03.250\nThree\nfour\n")) << codec;
    }
}

// The clock begins with the title, wherever the file's own begins.
TEST_F(SubtitleStreams, TimesCountFromTheTitlesStart) {
    const std::string srt = write("a.srt", kSrt);
    MAKE_OR_SKIP(path, "late.mkv",
                 {"-f", "lavfi", "-i", "testsrc2=s=160x120:d=4", "-i", srt, "-map", "0", "-map", "1", "-c:v", "mpeg4",
                  "-c:s", "srt", "-output_ts_offset", "100"});
    const auto text = OpenMedia(path).webVtt(1);
    ASSERT_TRUE(text) << text.error().text;
    EXPECT_THAT(*text, HasSubstr("00:00:00.500 --> 00:00:01.500\n"));
}

TEST_F(SubtitleStreams, ReadingThemDisturbsNoSegment) {
    const std::string srt = write("a.srt", kSrt);
    MAKE_OR_SKIP(path, "a.mkv",
                 {"-f", "lavfi", "-i", "testsrc2=s=160x120:d=4", "-i", srt, "-map", "0", "-map", "1", "-c:v", "libx264",
                  "-g", "24", "-c:s", "srt"});
    OpenMedia media(path);
    auto held = media.session();
    ASSERT_TRUE(held);
    SegmentSpec spec;
    spec.tracks = {TrackSpec{}};
    spec.number = 0;
    spec.to = kTicksPerSecond;
    const auto before = (*held)->segment(spec);
    ASSERT_TRUE(before) << before.error().text;
    ASSERT_TRUE((*held)->subtitles({1, {}}));
    const auto after = (*held)->segment(spec);
    ASSERT_TRUE(after);
    EXPECT_EQ(*before, *after);
}

}  // namespace
}  // namespace marea::server::test
