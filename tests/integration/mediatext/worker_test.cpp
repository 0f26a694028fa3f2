// The same in a locked-down worker, which has to have opened what it needs before.
#include <gmock/gmock.h>

#include "tests/integration/mediatext/mediatext.h"

namespace marea::server::test {
namespace {

using testing::HasSubstr;

class WorkerText : public MediaText {
protected:
    core::Result<std::string> webVtt(std::string_view bytes, const std::string& language) {
        Waiter<std::string> waiter;
        pool_.pool.subtitles({fileWith(bytes), "film.srt", std::string(bytes)}, {-1, language},
                             SegmentMaker::Urgency::Requested, waiter.done());
        return waiter.wait();
    }
    PoolUnderTest pool_{1};
};

TEST_F(WorkerText, ConvertsCharsetsOfAllKinds) {
    const std::string head = "1\n00:00:01,000 --> 00:00:02,000\n";
    struct Case {
        const char *bytes, *language, *text;
    };
    for (const auto& [bytes, language, text] :
         {Case{"\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0?", "ru", "Привет, как дела?"},
          Case{"\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD\x90\xA2\x8A\x45", "ja", "こんにちは世界"},
          Case{"\xC4\xE3\xBA\xC3\xA3\xAC\xCA\xC0\xBD\xE7", "zh", "你好，世界"},
          Case{"\xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF\xE4", "ko", "안녕하세요"},
          Case{"\xC3\xE5\xE9\xDC \xF3\xEF\xF5", "el", "Γειά σου"},
          Case{"Za\xBF\xF3\xB3\xE6 g\xEA\x9Cl\xB9 ja\x9F\xF1", "pl", "Zażółć gęślą jaźń"}}) {
        const auto made = webVtt(head + bytes + "\n", language);
        ASSERT_TRUE(made) << language << " " << made.error().text;
        EXPECT_THAT(*made, HasSubstr(text));
    }
}

TEST_F(WorkerText, MakesSprites) {
    MAKE_OR_SKIP(path, "a.mkv", {"-f", "lavfi", "-i", "testsrc2=s=320x180:d=4", "-c:v", "libx264", "-g", "25"});
    Waiter<core::Image> waiter;
    pool_.pool.sprites({openFile(path), "a.mkv", "a"}, {{0, 2 * kTicksPerSecond}, 160, 5}, SegmentMaker::Urgency::Batch,
                       waiter.done());
    const auto image = waiter.wait();
    ASSERT_TRUE(image) << image.error().text << " " << image.error().detail;
    EXPECT_EQ(image->mimeType, "image/jpeg");
    EXPECT_EQ(image->height, 90);
}

}  // namespace
}  // namespace marea::server::test
