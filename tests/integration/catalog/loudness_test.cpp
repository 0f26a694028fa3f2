#include "server/apps/catalog/loudnessstore.h"

#include <cmath>
#include <future>

#include "catalogfixture.h"

namespace marea::test {
namespace {

using core::SoundFile;
using core::SoundMeasure;
using server::LoudnessStore;

SoundMeasure even(double loudness, double seconds, double peak, int stream = 0) {
    core::LoudnessPart part;
    part.energies.assign(static_cast<std::size_t>(seconds * core::kLoudnessStepsPerSecond), core::energyOf(loudness));
    part.peak = part.stereoPeak = peak;
    part.fingerprint = "AQADtEmU";
    core::LoudnessMeter meter;
    meter.add(part);
    return {stream, meter.result(), ""};
}

class CatalogLoudness : public CatalogTest {
protected:
    void SetUp() override {
        CatalogTest::SetUp();
        store = std::make_unique<LoudnessStore>(*database, clock);
    }
    std::vector<SoundFile> waiting() { return store->unmeasured(0, 100).value(); }
    // All files whose name holds `part`.
    void measure(const std::string& part, const SoundMeasure& measure) {
        for (const SoundFile& file : waiting()) {
            if (file.name.find(part) != std::string::npos) {
                clock->advance(1);
                ASSERT_TRUE(store->keep(file.content, {measure}));
            }
        }
    }
    core::json::object item(const std::string& path) { return get("/api/v1/media/" + itemOf(path)); }
    core::json::object loudness(const std::string& path) { return item(path).at("loudness").as_object(); }
    core::json::object album() {
        const auto list = get("/api/v1/media", "kind=album").at("items").as_array();
        return list.at(0).as_object();
    }
    std::unique_ptr<LoudnessStore> store;
};

double numberOf(const core::json::object& from, const char* key) {
    return from.at(key).is_null() ? NAN : from.at(key).to_number<double>();
}

TEST_F(CatalogLoudness, FilesWaitUntilTheyAreMeasured) {
    put(media() / "a/1.flac", track(1, "So What"));
    put(media() / "film.mkv", "video=1\ntitle=Film\n");
    put(media() / "broken.flac", "BROKEN");
    scan();
    const auto files = waiting();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].streams.size(), 1U);
    EXPECT_EQ(files[0].duration, 60);
    const auto places = store->places(files[0].content);
    ASSERT_TRUE(places);
    ASSERT_EQ(places->size(), 1U);
    EXPECT_EQ(catalog->openForWork(places->front().file)->etag, places->front().etag);
    EXPECT_TRUE(store->places("c0ffee")->empty());
    EXPECT_FALSE(item("a/1.flac").contains("loudness"));
    measure("1.flac", even(-12, 60, 0.5));
    EXPECT_EQ(waiting().size(), 1U);
    const auto told = loudness("a/1.flac");
    EXPECT_EQ(told.at("source"), "measured");
    EXPECT_NEAR(numberOf(told, "integrated"), -12, 0.01);
    EXPECT_NEAR(numberOf(told, "track_gain"), -6, 0.01);
    EXPECT_NEAR(numberOf(told, "track_peak"), -6.02, 0.01);
}

// By the blocks of all tracks: a quiet one falls below the album's gate, and the mean of the means would be -22.7.
TEST_F(CatalogLoudness, AlbumsAreGatedOverAllTheirTracks) {
    put(media() / "a/1.flac", track(1, "So What"));
    put(media() / "a/2.flac", track(2, "Blue in Green"));
    put(media() / "a/3.flac", track(3, "Silence"));
    scan();
    measure("1.flac", even(-14, 60, 0.5));
    measure("2.flac", even(-14, 30, 0.9));
    EXPECT_FALSE(album().contains("loudness"));  // not before all are measured
    EXPECT_TRUE(loudness("a/1.flac").at("album_gain").is_null());
    measure("3.flac", even(-40, 300, 0.1));
    const auto told = album().at("loudness").as_object();
    EXPECT_EQ(told.at("source"), "measured");
    EXPECT_NEAR(numberOf(told, "album_gain"), -4, 0.01);
    EXPECT_NEAR(numberOf(told, "album_peak"), 20 * std::log10(0.9), 0.01);
    for (const char* path : {"a/1.flac", "a/2.flac", "a/3.flac"}) {
        EXPECT_NEAR(numberOf(loudness(path), "album_gain"), -4, 0.01) << path;
    }
    EXPECT_NEAR(numberOf(loudness("a/3.flac"), "track_gain"), 22, 0.01);
    EXPECT_EQ(store->refresh().value(), 0);
}

TEST_F(CatalogLoudness, TagsSpeakWhereNothingIsMeasured) {
    put(media() / "a/1.flac", track(1, "So What") + "gain=-7.5\nalbumgain=-6.25\npeak=0.5\n");
    put(media() / "a/2.flac", track(2, "Blue in Green"));
    scan();
    EXPECT_GT(store->refresh().value(), 0);
    EXPECT_EQ(store->refresh().value(), 0);
    const auto told = loudness("a/1.flac");
    EXPECT_EQ(told.at("source"), "tags");
    EXPECT_NEAR(numberOf(told, "track_gain"), -7.5, 0.001);
    EXPECT_NEAR(numberOf(told, "track_peak"), -6.02, 0.01);
    EXPECT_NEAR(numberOf(told, "album_gain"), -6.25, 0.001);
    EXPECT_NEAR(numberOf(album().at("loudness").as_object(), "album_gain"), -6.25, 0.001);
    measure("1.flac", even(-20, 60, 0.5));
    EXPECT_NEAR(numberOf(loudness("a/1.flac"), "track_gain"), 2, 0.01);
    EXPECT_EQ(loudness("a/1.flac").at("source"), "measured");
}

TEST_F(CatalogLoudness, FollowsTheFilesThatItWasTakenFrom) {
    put(media() / "a/1.flac", track(1, "So What"));
    put(media() / "a/2.flac", track(2, "Blue in Green"));
    scan();
    measure("1.flac", even(-14, 60, 0.5));
    measure("2.flac", even(-20, 60, 0.5));
    // Another place: the same content, and nothing to measure.
    fs::rename(media() / "a/1.flac", media() / "a/01.flac");
    scan();
    EXPECT_TRUE(waiting().empty());
    ASSERT_TRUE(store->refresh());
    EXPECT_NEAR(numberOf(loudness("a/01.flac"), "integrated"), -14, 0.01);
    // A track less: another album.
    fs::remove(media() / "a/2.flac");
    scan();
    EXPECT_EQ(store->refresh().value(), 1);
    EXPECT_NEAR(numberOf(album().at("loudness").as_object(), "album_gain"), -4, 0.01);
    // Another encode: measured anew, and what was is not told of it.
    put(media() / "a/01.flac", track(1, "So What") + "comment=another\n");
    scan();
    ASSERT_TRUE(store->refresh());
    EXPECT_EQ(waiting().size(), 1U);
    EXPECT_FALSE(item("a/01.flac").contains("loudness"));
    EXPECT_EQ(store->sweep().value(), 1);
}

TEST_F(CatalogLoudness, WhatCannotBeMeasuredDoesNotHoldUpItsAlbum) {
    put(media() / "a/1.flac", track(1, "So What"));
    put(media() / "a/2.flac", track(2, "Blue in Green"));
    scan();
    measure("1.flac", even(-14, 60, 0.5));
    measure("2.flac", SoundMeasure{0, {}, "This audio format cannot be decoded here"});
    EXPECT_TRUE(waiting().empty());
    EXPECT_NEAR(numberOf(album().at("loudness").as_object(), "album_gain"), -4, 0.01);
}

TEST_F(CatalogLoudness, OwnersSeeWhatARecordingIsKnownBy) {
    put(media() / "a/1.flac", track(1, "So What"));
    scan();
    measure("1.flac", even(-14, 60, 0.5));
    EXPECT_EQ(item("a/1.flac").at("files").at(0).at("chromaprint"), "AQADtEmU");
    const auto route = router->match(server::Method::Get, "/api/v1/media/" + itemOf("a/1.flac"));
    server::Request request;
    request.params = route.params;
    request.principal = server::Principal{user, "session", "bo", "member"};
    std::promise<std::string> answer;
    route.route->handler(std::move(request),
                         server::Reply([&](server::Response response) { answer.set_value(bodyOf(response)); }));
    const std::string body = answer.get_future().get();
    EXPECT_NE(body.find("\"loudness\""), std::string::npos);
    EXPECT_EQ(body.find("chromaprint"), std::string::npos);
}

TEST(SoundStreams, TheDefaultComesFirst) {
    core::MediaInfo info;
    for (int i = 0; i < 12; ++i) {
        core::StreamInfo stream;
        stream.index = i;
        stream.kind = i == 0 ? core::StreamKind::Video : core::StreamKind::Audio;
        stream.channels = i == 0 ? 0 : 2;
        stream.isDefault = i == 0 || i == 3;
        info.streams.push_back(stream);
    }
    EXPECT_EQ(server::soundStreams(info), (std::vector<int>{3, 1, 2, 4, 5, 6, 7, 8}));
    EXPECT_TRUE(server::soundStreams({}).empty());
}

}  // namespace
}  // namespace marea::test
