#include <gtest/gtest.h>

#include "app/viewmodels/trackchoice.h"
#include "tests/unit/app/doubles.h"

// Sounds and subtitles that were chosen, whatever becomes of the stream meanwhile.
namespace marea::app::test {
namespace {

using player::Track;

QJsonObject stream(int index, const char* kind, const char* language) {
    return {{QStringLiteral("index"), index},
            {QStringLiteral("kind"), QLatin1String(kind)},
            {QStringLiteral("language"), QLatin1String(language)}};
}

QJsonObject offer(const char* id, bool embedded, const QString& url) {
    return {{QStringLiteral("id"), QLatin1String(id)},
            {QStringLiteral("embedded"), embedded},
            {QStringLiteral("url"), url.isEmpty() ? QJsonValue() : QJsonValue(url)}};
}

int audioAskedFor(const core::HttpRequest& request) {
    return QJsonDocument::fromJson(request.body)[QLatin1String("audio")].toInt(1);
}

// A film with two sounds and two subtitles inside; limited, the server sends one sound in segments and the words
// beside.
void serve(World& world) {
    auto item = film(QStringLiteral("f1"), QStringLiteral("Foghorn"));
    item[QStringLiteral("files")] =
        QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("file")},
                               {QStringLiteral("streams"),
                                QJsonArray{stream(0, "video", ""), stream(1, "audio", "en"), stream(2, "audio", "es"),
                                           stream(3, "subtitle", "en"), stream(4, "subtitle", "es")}}}};
    world.http.on("GET /api/v1/media/f1", 200, item);
    world.http.answers[QStringLiteral("POST /api/v1/media/f1/playback")] = [](const core::HttpRequest& request) {
        const bool limited = request.body.contains("max_bitrate");
        const auto words = [&](int n) {
            return limited ? QStringLiteral("/stream/t/f1/m/file/s%1/subtitles.vtt").arg(n) : QString();
        };
        const QJsonObject body{
            {QStringLiteral("session_id"), QStringLiteral("s-f1")},
            {QStringLiteral("file_id"), QStringLiteral("file")},
            {QStringLiteral("protocol"), limited ? QStringLiteral("hls") : QStringLiteral("progressive")},
            {QStringLiteral("mode"), limited ? QStringLiteral("transcode") : QStringLiteral("direct")},
            {QStringLiteral("audio"), QJsonObject{{QStringLiteral("stream_index"), audioAskedFor(request)},
                                                  {QStringLiteral("mode"), QStringLiteral("direct")}}},
            {QStringLiteral("chapters"), QJsonArray{QJsonObject{{QStringLiteral("start"), 0.0}}}},
            {QStringLiteral("subtitles"),
             QJsonArray{offer("stream-3", true, words(3)), offer("stream-4", true, words(4))}},
            {QStringLiteral("url"), QStringLiteral("/stream/t/f1/x")}};
        return core::HttpResponse{201, {}, QJsonDocument(body).toJson()};
    };
}

Track track(Track::Kind kind, int id, bool selected) {
    Track t;
    t.kind = kind;
    t.id = id;
    t.selected = selected;
    return t;
}

QList<Track> direct() {
    return {track(Track::Kind::Audio, 1, true), track(Track::Kind::Audio, 2, false),
            track(Track::Kind::Subtitle, 1, false), track(Track::Kind::Subtitle, 2, false)};
}

// The engine opens what is beside the stream in any order.
QList<Track> limited() {
    auto spanish = track(Track::Kind::Subtitle, 1, false), english = track(Track::Kind::Subtitle, 2, false);
    spanish.external = english.external = true;
    spanish.added = 1;
    english.added = 0;
    return {track(Track::Kind::Audio, 1, true), spanish, english};
}

int selected(const World& world, Track::Kind kind) {
    for (const auto& t : world.engine.tracks())
        if (t.kind == kind && t.selected)
            return t.id;
    return 0;
}

QJsonValue lastAudio(const World& world) {
    for (auto asked = world.http.asked.crbegin(); asked != world.http.asked.crend(); ++asked)
        if (asked->url.path().endsWith(QLatin1String("/playback")))
            return QJsonDocument::fromJson(asked->body)[QLatin1String("audio")];
    return {};
}

bool loads(World& world, qsizetype times, const QList<Track>& tracks) {
    if (!QTest::qWaitFor([&] { return world.engine.loads.size() == times; }))
        return false;
    world.engine.setTracks(tracks);
    return true;
}

class Tracks : public testing::Test {
protected:
    void SetUp() override {
        serve(world_);
        page_.reset(world_.context.item(QStringLiteral("f1")));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !page_->title().isEmpty(); }));
    }
    World world_;
    PlayerViewModel& player_ = *world_.context.player();
    std::unique_ptr<ItemViewModel> page_;
};

TEST_F(Tracks, WhatThePageChoseIsHeardAndRead) {
    page_->setAudio(2);
    page_->setSubtitle(4);
    world_.context.playItem(page_.get(), true);
    ASSERT_TRUE(loads(world_, 1, direct()));
    EXPECT_EQ(lastAudio(world_).toInt(), 2);
    EXPECT_EQ(selected(world_, Track::Kind::Audio), 2);
    EXPECT_EQ(selected(world_, Track::Kind::Subtitle), 2);
}

TEST_F(Tracks, ALimitedStreamIsAskedForWithThatSoundAndBringsItsWords) {
    world_.context.settings()->setStreamLimit(2500);
    page_->setAudio(2);
    page_->setSubtitle(3);
    world_.context.playItem(page_.get(), true);
    ASSERT_TRUE(loads(world_, 1, limited()));
    EXPECT_EQ(lastAudio(world_).toInt(), 2);
    EXPECT_EQ(world_.engine.loads[0].subtitles.size(), 2);
    EXPECT_EQ(selected(world_, Track::Kind::Audio), 1) << "the only one";
    EXPECT_EQ(selected(world_, Track::Kind::Subtitle), 2);
}

TEST_F(Tracks, AnotherQualityKeepsSoundWordsPlaceAndPause) {
    world_.context.playItem(page_.get(), true);
    ASSERT_TRUE(loads(world_, 1, direct()));
    player_.selectAudio(2);
    player_.selectSubtitle(2);
    world_.engine.moveTo(1200);
    player_.togglePause();
    world_.context.settings()->setStreamLimit(2500);
    player_.reload();
    EXPECT_EQ(player_.position(), 1200) << "the bar stays while the server is asked";
    ASSERT_TRUE(loads(world_, 2, limited()));
    EXPECT_EQ(lastAudio(world_).toInt(), 2);
    EXPECT_EQ(world_.engine.loads[1].start, 1200);
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Paused);
    EXPECT_EQ(selected(world_, Track::Kind::Subtitle), 1);
    ASSERT_EQ(player_.chapters().size(), 1) << "the server's, as segments have none";

    world_.context.settings()->setStreamLimit(0);
    player_.reload();
    ASSERT_TRUE(loads(world_, 3, direct()));
    EXPECT_EQ(selected(world_, Track::Kind::Audio), 2);
    EXPECT_EQ(selected(world_, Track::Kind::Subtitle), 2);
}

TEST_F(Tracks, ALimitedStreamsMenuHasTheFilesSoundsAndAsksForTheOther) {
    world_.context.settings()->setStreamLimit(2500);
    world_.context.playItem(page_.get(), true);
    ASSERT_TRUE(loads(world_, 1, limited()));
    ASSERT_EQ(player_.audioTracks().size(), 2);
    EXPECT_TRUE(player_.audioTracks()[0].toMap()[QStringLiteral("checked")].toBool());
    world_.engine.moveTo(60);
    player_.selectAudio(2);
    ASSERT_TRUE(loads(world_, 2, limited()));
    EXPECT_EQ(lastAudio(world_).toInt(), 2);
    EXPECT_EQ(world_.engine.loads[1].start, 60);
    EXPECT_TRUE(player_.audioTracks()[1].toMap()[QStringLiteral("checked")].toBool());
}

TEST_F(Tracks, WhatWasChosenIsOfThatTitleAlone) {
    world_.http.answers[QStringLiteral("POST /api/v1/media/f2/playback")] =
        world_.http.answers[QStringLiteral("POST /api/v1/media/f1/playback")];
    player::PlayEntry first, second;
    first.mediaId = QStringLiteral("f1");
    second.mediaId = QStringLiteral("f2");
    player_.play({first, second}, 0);
    ASSERT_TRUE(loads(world_, 1, direct()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.http.count("GET", QStringLiteral("/api/v1/media/f1")) > 0; }));
    player_.selectAudio(2);
    player_.next();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.engine.loads.size() == 2; }));
    EXPECT_TRUE(lastAudio(world_).isUndefined());
}

}  // namespace
}  // namespace marea::app::test
