#include "server/stream/waveforms.h"

#include <fcntl.h>

#include <algorithm>
#include <cmath>

#include "server/stream/waveformplan.h"
#include "tests/unit/stream/doubles.h"
#include "tests/unit/stream/soundmeasurerdouble.h"

namespace marea::server {
namespace {

using core::ErrorCode;

TEST(WaveformPlan, ATrackIsMeasuredWholeAndALongTitleByMoments) {
    const std::vector<core::LoudnessWish> whole{{3, 0, 2001, false}};
    EXPECT_EQ(waveformWishes(3, 200.05), whole);
    EXPECT_TRUE(waveformWishes(0, 0).empty());
    EXPECT_TRUE(waveformWishes(0, -1).empty());
    EXPECT_TRUE(waveformWishes(0, std::nan("")).empty());

    const auto book = waveformWishes(1, 10 * 3600);
    ASSERT_EQ(book.size(), kWaveformBars);
    EXPECT_EQ(book.front().from, 890);  // a bar is 1800 steps
    EXPECT_EQ(book.back().from, 359'090);
    for (const core::LoudnessWish& wish : book) {
        EXPECT_EQ(wish.count, 20);
        EXPECT_EQ(wish.stream, 1);
    }
}

TEST(WaveformPlan, BarsAreBesideTheLoudest) {
    std::vector<double> steps(1000, core::energyOf(-6));
    steps.resize(2000, core::energyOf(-46));
    const auto peaks = waveformPeaks({steps});
    ASSERT_EQ(peaks.size(), kWaveformBars);
    EXPECT_TRUE(std::all_of(peaks.begin(), peaks.begin() + 100, [](int peak) { return peak == 255; }));
    EXPECT_TRUE(std::all_of(peaks.begin() + 100, peaks.end(), [](int peak) { return peak == 3; })) << "-40 dB";
}

TEST(WaveformPlan, WhatIsShortHasFewerBarsAndSilenceNone) {
    EXPECT_EQ(waveformPeaks({{0.5, 0.125}}), (std::vector<int>{255, 128}));
    EXPECT_EQ(waveformPeaks({{0, 0, 0}}), (std::vector<int>{0, 0, 0}));
    EXPECT_TRUE(waveformPeaks({{}}).empty());
    EXPECT_TRUE(waveformPeaks({}).empty());
    EXPECT_EQ(waveformPeaks({{0.5, 0.5}, {}, {0.125}}), (std::vector<int>{255, 0, 128})) << "moments";
    EXPECT_EQ(waveformJson({255, 0}), R"({"peaks":[255,0]})");
}

class WaveformsTest : public testing::Test {
protected:
    WaveformsTest() { restart(); }
    void restart() {
        waveforms.reset();
        SegmentCacheOptions options;
        options.folder = (folder.path / "waveforms").string();
        waveforms = std::make_unique<Waveforms>(options, maker, measurer, core::makeNullLogger());
    }
    StreamTitlePtr title(double seconds, const char* fingerprint = "\"1\"") {
        StreamTitle made;
        made.user = "ana";
        made.title = made.file = "song";
        made.handle = core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        made.name = "song.flac";
        made.fingerprint = fingerprint;
        made.info.duration = seconds;
        return std::make_shared<const StreamTitle>(std::move(made));
    }
    using Answer = std::shared_ptr<std::optional<core::Result<std::string>>>;
    Answer ask(const StreamTitlePtr& of) {
        auto answer = std::make_shared<std::optional<core::Result<std::string>>>();
        waveforms->get(of, 0, [answer](core::Result<SegmentCache::Entry> entry) {
            if (!entry) {
                answer->emplace(core::unexpected<core::Error>(entry.error()));
            } else if (entry->bytes) {
                answer->emplace(*entry->bytes);
            } else {
                answer->emplace(std::to_string(entry->size) + " bytes");
            }
        });
        return answer;
    }

    Folder folder;
    FakeMaker maker;
    FakeMeasurer measurer;
    std::unique_ptr<Waveforms> waveforms;
};

TEST_F(WaveformsTest, OneIsMeasuredOnceHoweverManyAskAndStays) {
    const auto song = title(0.4);
    const auto first = ask(song), second = ask(song);
    EXPECT_FALSE(*first);
    EXPECT_EQ(measurer.lastUrgency, SegmentMaker::Urgency::Requested);
    core::LoudnessPart part;
    part.energies = {0.5, 0.5, 0.125, 0};
    measurer.answer(part);
    const std::string json = R"({"peaks":[255,255,128,0]})";
    ASSERT_TRUE(*first && **first);
    EXPECT_EQ(***first, json);
    ASSERT_TRUE(*second && **second);
    EXPECT_EQ(***second, json);
    EXPECT_EQ(measurer.asked().size(), 1U);

    restart();
    const auto later = ask(song);
    ASSERT_TRUE(*later && **later);
    EXPECT_EQ(***later, std::to_string(json.size()) + " bytes") << "from its file";
    EXPECT_EQ(measurer.asked().size(), 1U);
    ask(title(0.4, "\"2\""));
    EXPECT_EQ(measurer.asked().size(), 2U) << "another file";
}

TEST_F(WaveformsTest, MomentsAreMeasuredOneAfterAnother) {
    const auto answer = ask(title(3600));
    core::LoudnessPart part;
    part.energies = {0.5};
    for (std::size_t i = 1; i <= kWaveformBars; ++i) {
        ASSERT_EQ(measurer.asked().size(), i);
        EXPECT_FALSE(*answer);
        measurer.answer(part);
    }
    ASSERT_TRUE(*answer && **answer);
    EXPECT_EQ(measurer.asked().size(), kWaveformBars);
}

TEST_F(WaveformsTest, AFullPoolIsTheServersAndNoLengthIsNoWaveform) {
    const auto busy = ask(title(60));
    measurer.answer(core::fail(ErrorCode::Busy, "Too much waits."));
    ASSERT_TRUE(*busy && !**busy);
    EXPECT_EQ((*busy)->error().code, ErrorCode::Unavailable) << "503, not 429";
    ask(title(60));
    EXPECT_EQ(measurer.asked().size(), 2U) << "and it is tried again at once";
    const auto none = ask(title(0, "\"3\""));
    ASSERT_TRUE(*none && !**none);
    EXPECT_EQ((*none)->error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace marea::server
