// GET /api/v1/media/{id}/waveform on a real catalogue, with a measurer that hears halves of what it is asked for.
#include "server/apps/library/waveformroute.h"

#include <thread>

#include "catalogfixture.h"
#include "tests/unit/stream/doubles.h"
#include "tests/unit/stream/soundmeasurerdouble.h"

namespace marea::test {
namespace {

using server::Method;

class WaveformRoute : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        server::SegmentCacheOptions cache;
        cache.folder = (temp.path() / "waveforms").string();
        waveforms = std::make_unique<server::Waveforms>(cache, maker, measurer, core::makeNullLogger());
        server::addWaveformRoute(*router, *pool, *catalog, *waveforms);
        measurer.answers = true;
        put(media() / "a" / "1.flac", track(1, "One"));
        put(media() / "film.mkv", "video=1\ntitle=Film\n");
        scan();
    }
    void TearDown() override {
        pool.reset();
        waveforms.reset();
        CatalogTest::TearDown();
    }
    static std::string pathOf(const core::Id& item) { return "/api/v1/media/" + item + "/waveform"; }
    server::Response waveform(const core::Id& item) { return call(Method::Get, pathOf(item)); }

    server::FakeMaker maker;
    server::FakeMeasurer measurer;
    std::unique_ptr<server::Waveforms> waveforms;
};

TEST_F(WaveformRoute, ATracksLoudAndSilentHalvesAreSeenAndKept) {
    const core::Id song = itemOf("a/1.flac");
    const server::Response first = waveform(song);
    ASSERT_EQ(first.status, 200) << bodyOf(first);
    EXPECT_EQ(first.headers.find("Content-Type").value_or(""), "application/json");
    EXPECT_EQ(first.headers.find("Cache-Control").value_or(""), "private, max-age=3600");
    const auto peaks = core::json::parse(bodyOf(first)).at("peaks").as_array();
    ASSERT_EQ(peaks.size(), 200u);
    EXPECT_EQ(peaks.at(0).as_int64(), 255);
    EXPECT_EQ(peaks.at(99).as_int64(), 255);
    EXPECT_LT(peaks.at(100).as_int64(), 10);
    ASSERT_EQ(measurer.asked().size(), 1u);
    EXPECT_EQ(measurer.asked().at(0).count, 600) << "of a minute";

    const server::Response again = waveform(song);
    EXPECT_EQ(again.status, 200);
    const auto tag = first.headers.find("ETag");
    ASSERT_TRUE(tag && tag->starts_with('"'));
    EXPECT_EQ(again.headers.find("ETag"), tag);
    EXPECT_EQ(measurer.asked().size(), 1u) << "measured once";
}

TEST_F(WaveformRoute, WhatHasNoneIsNotThere) {
    for (const core::Id& item :
         {itemOf("film.mkv"), core::newId(), text("SELECT id FROM media_items WHERE kind='album'")}) {
        const server::Response answer = waveform(item);
        EXPECT_EQ(answer.status, 404) << bodyOf(answer);
    }
    EXPECT_TRUE(measurer.asked().empty());
}

TEST_F(WaveformRoute, OthersLearnNothingOfWhatTheyMayNotSee) {
    const core::Id song = itemOf("a/1.flac");
    ASSERT_EQ(waveform(song).status, 200);
    user = core::newId();
    role = "member";
    run("INSERT INTO users VALUES ('" + user + "', 'nil', 'nil', '', 'member', 0)");
    run("INSERT INTO user_rights(user_id, all_libraries, age_limit, unrated) VALUES ('" + user + "', 0, 0, 0)");
    viewers->changed();
    catalog->visibilityChanged();
    EXPECT_EQ(waveform(song).status, 404);
}

TEST_F(WaveformRoute, AFullFarmSaysWhenToComeBack) {
    measurer.answers = false;
    std::thread full([this] {
        while (measurer.asked().empty()) {
            std::this_thread::yield();
        }
        measurer.answer(core::fail(core::ErrorCode::Busy, "Too much waits."));
    });
    const server::Response answer = waveform(itemOf("a/1.flac"));
    full.join();
    EXPECT_EQ(answer.status, 503) << bodyOf(answer);
    EXPECT_TRUE(answer.headers.find("Retry-After"));
}

}  // namespace
}  // namespace marea::test
