#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

void playable(World& world, const char* id, double position = 0) {
    const auto name = QLatin1String(id);
    world.http.answers[QStringLiteral("POST /api/v1/media/%1/playback").arg(name)] = [=](const core::HttpRequest&) {
        const QJsonObject body{{QStringLiteral("session_id"), QStringLiteral("s-") + name},
                               {QStringLiteral("mode"), QStringLiteral("direct")},
                               {QStringLiteral("url"), QStringLiteral("/stream/t/%1/direct/f.flac").arg(name)},
                               {QStringLiteral("position"), position}};
        return core::HttpResponse{201, {}, QJsonDocument(body).toJson()};
    };
    world.http.on(qPrintable(QStringLiteral("PUT /api/v1/sessions/s-") + name), 204, {});
    world.http.on(qPrintable(QStringLiteral("DELETE /api/v1/sessions/s-") + name), 204, {});
}

player::PlayEntry entry(const char* id, const char* kind) {
    player::PlayEntry e;
    e.mediaId = QLatin1String(id);
    e.title = QLatin1String(id);
    e.music = QLatin1String(kind) == QLatin1String("track");
    e.duration = 100;
    return e;
}

TEST(Player, AFilmGoesOnWhereItWasLeft) {
    World world;
    playable(world, "f1", 2480);
    world.context.player()->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    EXPECT_EQ(world.engine.loads[0].start, 2480);
    EXPECT_EQ(world.engine.loads[0].url, QUrl(QStringLiteral("http://casa:8470/stream/t/f1/direct/f.flac")));
    EXPECT_TRUE(world.context.player()->playing());
}

TEST(Player, PausingTellsTheServerThePosition) {
    World world;
    playable(world, "f1");
    auto* player = world.context.player();
    player->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    world.engine.moveTo(42);
    player->togglePause();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("PUT", QStringLiteral("/api/v1/sessions/s-f1")) == 1; }));
    const auto body =
        QJsonDocument::fromJson(world.http.asked.last().method == "PUT" ? world.http.asked.last().body : QByteArray())
            .object();
    if (!body.isEmpty()) {
        EXPECT_EQ(body.value(QStringLiteral("position")).toDouble(), 42);
        EXPECT_EQ(body.value(QStringLiteral("state")).toString(), QLatin1String("paused"));
    }
}

TEST(Player, QuittingTellsTheServerThePositionFirst) {
    World world;
    playable(world, "f1");
    auto* player = world.context.player();
    player->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    world.engine.moveTo(42);
    player->stopAndWait(10'000);
    QJsonObject told;
    for (const auto& asked : world.http.asked)
        if (asked.method == "PUT")
            told = QJsonDocument::fromJson(asked.body).object();
    EXPECT_EQ(told.value(QStringLiteral("position")).toDouble(), 42);
    EXPECT_EQ(told.value(QStringLiteral("state")).toString(), QLatin1String("stopped"));
    EXPECT_EQ(world.http.count("DELETE", QStringLiteral("/api/v1/sessions/s-f1")), 1) << "not given up half-way";
    EXPECT_FALSE(player->loaded());
}

TEST(Player, SigningOutTellsTheServerThePositionFirst) {
    World world;
    playable(world, "f1");
    ASSERT_TRUE(world.signIn());
    auto* player = world.context.player();
    player->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    world.engine.moveTo(42);
    world.context.session()->signOut();
    core::HttpRequest told;
    for (const auto& asked : world.http.asked)
        if (asked.method == "PUT" && asked.url.path() == QLatin1String("/api/v1/sessions/s-f1"))
            told = asked;
    const auto body = QJsonDocument::fromJson(told.body).object();
    EXPECT_EQ(body.value(QStringLiteral("position")).toDouble(), 42);
    EXPECT_EQ(body.value(QStringLiteral("state")).toString(), QLatin1String("stopped"));
    EXPECT_EQ(core::headerValue(told.headers, "Authorization"), "Bearer a1") << "as who was signed in";
    EXPECT_FALSE(player->loaded());
}

// A list of so many tracks in pages as large as is asked for. None of them begins, so that none ends.
void listed(World& world, int count) {
    world.http.holds = [](const core::HttpRequest& request) {
        return request.url.path().endsWith(QLatin1String("/playback"));
    };
    world.http.answers[QStringLiteral("GET /api/v1/media")] = [count](const core::HttpRequest& request) {
        const QUrlQuery query(request.url);
        const int from = query.queryItemValue(QStringLiteral("cursor")).toInt();
        const int end = std::min(count, from + query.queryItemValue(QStringLiteral("limit")).toInt());
        QList<QJsonObject> items;
        for (int i = from; i < end; ++i) {
            auto track = film(QStringLiteral("t%1").arg(i), QString::number(i));
            track[QStringLiteral("kind")] = QStringLiteral("track");
            items << track;
        }
        const auto page = listOf(items, end < count ? QJsonValue(QString::number(end)) : QJsonValue());
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
}

MediaQuery tenTracks() {
    MediaQuery query;
    query.kind = QStringLiteral("track");
    query.limit = 10;
    return query;
}

TEST(Player, AListPlaysOnWhereItsPagesEnd) {
    World world;
    listed(world, 300);
    auto* queue = world.context.player()->queue();
    {
        MediaModel list(world.api, tenTracks());
        list.ensure();
        ASSERT_TRUE(QTest::qWaitFor([&] { return list.count() == 10; }));
        world.context.playFrom(&list, 3);
        EXPECT_EQ(queue->count(), 10);
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue->count() == 210; })) << "also when its page is gone";
    EXPECT_EQ(world.context.player()->playQueue().entries()[10].mediaId.toStdString(), "t10");
    world.context.player()->jump(195);
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue->count() == 300; })) << "the next one when it is time";
    EXPECT_EQ(world.context.player()->playQueue().entries().last().mediaId.toStdString(), "t299");
}

TEST(Player, AListIsShuffledWhole) {
    World world;
    listed(world, 500);
    MediaModel list(world.api, tenTracks());
    list.ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list.count() == 10; }));
    world.context.playShuffled(&list);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.player()->queue()->count() == 500; }));
    EXPECT_TRUE(world.context.player()->shuffle());
}

TEST(Player, WhatIsPlayedInsteadIsNotFollowedByTheListBefore) {
    World world;
    listed(world, 300);
    MediaModel list(world.api, tenTracks());
    list.ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list.count() == 10; }));
    world.http.holds = [](const core::HttpRequest& request) {
        return request.url.path() == QLatin1String("/api/v1/media");
    };
    world.context.playFrom(&list, 0);
    world.context.player()->play({entry("x", "track")}, 0);
    world.http.holds = {};
    world.http.release();
    QTest::qWait(1);
    QCoreApplication::processEvents();
    EXPECT_EQ(world.context.player()->queue()->count(), 1);
}

QString accountOf(World& world) {
    return world.context.session()->address() + QStringLiteral(" marina");
}

// Plays f1 to 2600 s, and the server, which knew 2480, is away when it is to hear so.
void stopUnheard(World& world) {
    playable(world, "f1", 2480);
    ASSERT_TRUE(world.signIn());
    auto* player = world.context.player();
    player->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    world.engine.moveTo(2600);
    world.http.down = true;
    player->stopAndWait(10'000);
    world.http.down = false;
    world.http.asked.clear();
}

void serverHas(World& world, double position) {
    auto item = film(QStringLiteral("f1"), QStringLiteral("Foghorn"));
    item[QStringLiteral("position")] = position;
    world.http.on("GET /api/v1/media/f1", 200, item);
}

QJsonObject lastPut(const World& world) {
    for (auto asked = world.http.asked.crbegin(); asked != world.http.asked.crend(); ++asked)
        if (asked->method == "PUT")
            return QJsonDocument::fromJson(asked->body).object();
    return {};
}

TEST(Player, APositionThatTheServerMissedIsSentAtTheNextStart) {
    World world;
    stopUnheard(world);
    serverHas(world, 2480);
    const QString account = accountOf(world);
    UnsentPositions kept(world.settings);
    ASSERT_EQ(kept.of(account).size(), 1);
    EXPECT_TRUE(kept.of(world.context.session()->address() + QStringLiteral(" ana")).isEmpty());
    world.context.player()->setAccount(account);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.of(account).isEmpty(); }));
    EXPECT_EQ(lastPut(world).value(QStringLiteral("position")).toDouble(), 2600);
    EXPECT_EQ(world.http.count("PUT", QStringLiteral("/api/v1/sessions/s-f1")), 1);
}

TEST(Player, APositionSentLateOverwritesNothingNewer) {
    World world;
    stopUnheard(world);
    serverHas(world, 3000);  // somebody went on with it elsewhere
    world.context.player()->setAccount(accountOf(world));
    UnsentPositions kept(world.settings);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.of(accountOf(world)).isEmpty(); }));
    EXPECT_TRUE(lastPut(world).isEmpty());
}

TEST(Player, APositionSentLateNeedsNoSession) {
    World world;
    stopUnheard(world);
    serverHas(world, 2480);
    world.http.on("PUT /api/v1/sessions/s-f1", 404, {});
    world.http.on("PUT /api/v1/library/f1", 200, {});
    world.context.player()->setAccount(accountOf(world));
    UnsentPositions kept(world.settings);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.of(accountOf(world)).isEmpty(); }));
    EXPECT_EQ(world.http.count("PUT", QStringLiteral("/api/v1/library/f1")), 1);
    EXPECT_EQ(lastPut(world).value(QStringLiteral("position")).toDouble(), 2600);
}

TEST(UnsentPositions, AreOursWhileTheServerHasWhatItHad) {
    UnsentPosition unsent;
    unsent.duration = 6000;
    EXPECT_FALSE(stillOurs(unsent, 0)) << "what it had is not known";
    unsent.confirmed = 500;
    EXPECT_TRUE(stillOurs(unsent, 500.4));
    EXPECT_FALSE(stillOurs(unsent, 0));
    unsent.confirmed = 100;  // the server keeps it as the start
    EXPECT_TRUE(stillOurs(unsent, 0));
}

TEST(Player, FilmsAreAskedForWithTheChosenSoundAndMusicIsNot) {
    World world;
    playable(world, "f1");
    playable(world, "t1");
    world.context.settings()->setSoundProfile(QStringLiteral("night"));
    const auto askedFor = [&](const char* id) {
        for (const auto& asked : world.http.asked)
            if (asked.url.path() == QStringLiteral("/api/v1/media/%1/playback").arg(QLatin1String(id)))
                return QJsonDocument::fromJson(asked.body)[QLatin1String("audio_profile")].toString();
        return QStringLiteral("not at all");
    };
    world.context.player()->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    world.context.player()->play({entry("t1", "track")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 2; }));
    EXPECT_EQ(askedFor("f1").toStdString(), "night");
    EXPECT_EQ(askedFor("t1").toStdString(), "");
}

TEST(Player, QuittingWithNothingToTellWaitsForNothing) {
    World world;
    world.http.down = true;
    auto* player = world.context.player();
    player->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    QElapsedTimer timer;
    timer.start();
    player->stopAndWait(600'000);
    EXPECT_LT(timer.elapsed(), 300'000);
    EXPECT_FALSE(player->loaded());
}

TEST(Player, AnAlbumIsPreparedAheadAndGoesOverWithoutAGap) {
    World world;
    playable(world, "t1");
    playable(world, "t2");
    auto* player = world.context.player();
    player->play({entry("t1", "track"), entry("t2", "track")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.nexts.size() == 1; }));
    world.engine.goOver();
    EXPECT_EQ(player->mediaId(), QLatin1String("t2"));
    EXPECT_EQ(world.engine.loads.size(), 1);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return world.http.count("DELETE", QStringLiteral("/api/v1/sessions/s-t1")) == 1; }));
}

TEST(Lyrics, FollowTheMusicAndLeadIntoIt) {
    World world;
    playable(world, "t1");
    const auto line = [](double start, const char* text) {
        return QJsonObject{{QStringLiteral("start"), start}, {QStringLiteral("text"), QLatin1String(text)}};
    };
    world.http.on("GET /api/v1/media/t1/lyrics", 200,
                  {{QStringLiteral("synced"), true},
                   {QStringLiteral("lines"), QJsonArray{line(2, "First light"), line(8, "Low water")}}});
    auto* lyrics = world.context.lyrics();
    world.context.player()->play({entry("t1", "track")}, 0);
    EXPECT_FALSE(lyrics->available()) << "nobody looks, nothing is asked";
    lyrics->setWanted(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return lyrics->available() && world.context.player()->playing(); }));
    EXPECT_EQ(lyrics->current(), -1);
    world.engine.moveTo(8.5);
    EXPECT_EQ(lyrics->current(), 1);
    world.engine.setDuration(100);
    lyrics->seekTo(0);
    EXPECT_EQ(lyrics->current(), 0);
}

TEST(Player, ALimitIsAskedForAndSegmentsAreKnownAsSuch) {
    World world;
    world.http.answers[QStringLiteral("POST /api/v1/media/f1/playback")] = [](const core::HttpRequest& request) {
        const auto capabilities = QJsonDocument::fromJson(request.body)[QLatin1String("capabilities")];
        const bool limited = capabilities[QLatin1String("max_bitrate")].toInteger() == 2'500'000;
        EXPECT_EQ(limited || capabilities[QLatin1String("max_bitrate")].isUndefined(), true);
        const QString url = limited ? QStringLiteral("/stream/t/f1/hls/f/p/ts.m3u8") : QStringLiteral("/stream/t/f1/d");
        const QJsonObject body{
            {QStringLiteral("session_id"), QStringLiteral("s-f1")},
            {QStringLiteral("protocol"), limited ? QStringLiteral("hls") : QStringLiteral("progressive")},
            {QStringLiteral("mode"), limited ? QStringLiteral("transcode") : QStringLiteral("direct")},
            {QStringLiteral("url"), url}};
        return core::HttpResponse{201, {}, QJsonDocument(body).toJson()};
    };
    world.context.settings()->setStreamLimit(2500);
    world.context.player()->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    EXPECT_TRUE(world.engine.loads[0].segmented);
    EXPECT_EQ(world.context.player()->delivery().toStdString(), "Transcoded");
    EXPECT_TRUE(world.context.settings()->streamLimits().last().toMap()[QStringLiteral("checked")].toBool());

    world.context.settings()->setStreamLimit(0);
    world.engine.moveTo(12);
    world.context.player()->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 2; }));
    EXPECT_FALSE(world.engine.loads[1].segmented);
    EXPECT_EQ(world.engine.loads[1].start, 12);
    EXPECT_EQ(world.context.player()->delivery().toStdString(), "Direct");
}

TEST(Player, SaysWhyAFileCannotBePlayed) {
    World world;
    world.http.on("POST /api/v1/media/f1/playback", 422,
                  {{QStringLiteral("detail"), QStringLiteral("The file ends early.")}});
    world.context.player()->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.context.player()->failed(); }));
    EXPECT_EQ(world.context.player()->problem().toStdString(), "The file ends early.");
}

// A link that is refused is asked for anew, but not where the owner wants that to end.
TEST(Player, WhatAnOwnerEndedIsNotBegunAnewByItself) {
    World world;
    playable(world, "f1");
    auto* player = world.context.player();
    player->play({entry("f1", "movie")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    world.http.on("PUT /api/v1/sessions/s-f1", 404,
                  {{QStringLiteral("code"), QStringLiteral("ended_by_owner")},
                   {QStringLiteral("detail"), QStringLiteral("An owner of the server ended this playback: Bedtime")}});
    bool renewed = false;
    world.engine.loads[0].renew([&](const player::FreshUrl& fresh) {
        EXPECT_TRUE(fresh.url.isEmpty());
        renewed = true;
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return renewed; }));
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/api/v1/media/f1/playback")), 1);
    EXPECT_TRUE(player->failed());
    EXPECT_FALSE(player->playing());
    EXPECT_EQ(player->problem().toStdString(), "The owner of the server ended this playback.");
    // Its words come later.
    world.channel.tell(R"({"type":"session","state":"ended","session_id":"s-f1","device_id":"me","media_id":"f1",)"
                       R"("code":"ended_by_owner","message":"Bedtime"})");
    EXPECT_EQ(player->problem().toStdString(), "The owner of the server ended this playback: Bedtime");
    world.http.on("PUT /api/v1/sessions/s-f1", 204, {});
    player->retry();
    EXPECT_TRUE(QTest::qWaitFor([&] { return player->playing() && !player->failed(); }));
}

TEST(Player, LocalFilesNeedNoServer) {
    World world;
    world.http.down = true;
    world.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/Salt and Cedar.mkv"))});
    ASSERT_EQ(world.engine.loads.size(), 1);
    EXPECT_EQ(world.context.player()->title().toStdString(), "Salt and Cedar");
}

TEST(Player, AFileBringsTheSubtitlesThatLieBesideIt) {
    QTemporaryDir folder;
    ASSERT_TRUE(QDir(folder.path()).mkpath(QStringLiteral("Subs/Salt")));
    for (const char* name :
         {"Salt.mkv", "Salt 2.mkv", "Salt.es.srt", "Salt 2.en.srt", "Salt.idx", "Salt.jpg", "Subs/Salt/3_French.srt"}) {
        QFile file(folder.filePath(QLatin1String(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    }
    World world;
    world.context.player()->openFiles({QUrl::fromLocalFile(folder.filePath(QStringLiteral("Salt.mkv")))});
    ASSERT_EQ(world.engine.loads.size(), 1);
    QMap<QString, QString> found;
    for (const auto& subtitle : world.engine.loads[0].subtitles)
        found.insert(QDir(folder.path()).relativeFilePath(subtitle.url.toLocalFile()), subtitle.language);
    EXPECT_EQ(found, (QMap<QString, QString>{{QStringLiteral("Salt.es.srt"), QStringLiteral("es")},
                                             {QStringLiteral("Subs/Salt/3_French.srt"), QStringLiteral("fr")}}));
}

TEST(Player, PreviousGoesToTheStartFirst) {
    World world;
    playable(world, "t1");
    playable(world, "t2");
    auto* player = world.context.player();
    player->play({entry("t1", "track"), entry("t2", "track")}, 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    world.engine.moveTo(30);
    player->previous();
    EXPECT_EQ(world.engine.position(), 0);
    EXPECT_EQ(player->mediaId(), QLatin1String("t2"));
    player->previous();
    EXPECT_EQ(player->mediaId(), QLatin1String("t1"));
}

TEST(Player, ATrackThatCannotBePlayedIsPassedOver) {
    World world;
    playable(world, "t1");
    playable(world, "t3");
    world.http.on("POST /api/v1/media/t2/playback", 422,
                  {{QStringLiteral("detail"), QStringLiteral("The file ends early.")}});
    auto* player = world.context.player();
    QString passedOver;
    QObject::connect(player, &PlayerViewModel::skipped, [&](const QString& title, const QString& reason) {
        passedOver = title + QStringLiteral(": ") + reason;
    });
    player->play({entry("t1", "track"), entry("t2", "track"), entry("t3", "track")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    player->next();
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing() && player->mediaId() == QLatin1String("t3"); }));
    EXPECT_EQ(passedOver.toStdString(), "t2: The file ends early.");
    EXPECT_FALSE(player->failed());
}

TEST(Player, RepeatAndShuffleAreTheQueues) {
    World world;
    playable(world, "t1");
    playable(world, "t2");
    auto* player = world.context.player();
    player->play({entry("t1", "track"), entry("t2", "track")}, 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    EXPECT_FALSE(player->hasNext());
    player->cycleRepeat();
    EXPECT_EQ(player->repeat(), PlayerViewModel::Repeat::All);
    EXPECT_TRUE(player->hasNext());
    player->next();
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing() && player->mediaId() == QLatin1String("t1"); }));
    player->setShuffle(true);
    EXPECT_TRUE(player->shuffle());
    EXPECT_EQ(player->mediaId(), QLatin1String("t1")) << "what plays goes on";
    player->stop();
    EXPECT_FALSE(player->loaded());
    EXPECT_EQ(player->queue()->count(), 0);
}

TEST(Player, TheQueueOnScreenFollowsRowByRow) {
    World world;
    for (const char* id : {"t1", "t2", "t3", "t4"})
        playable(world, id);
    auto* player = world.context.player();
    auto* queue = player->queue();
    player->play({entry("t1", "track"), entry("t2", "track"), entry("t3", "track")}, 0);
    QList<int> removed, inserted;
    QObject::connect(queue, &QAbstractItemModel::rowsRemoved,
                     [&](auto&, int first, int last) { removed << first << last; });
    QObject::connect(queue, &QAbstractItemModel::rowsInserted,
                     [&](auto&, int first, int last) { inserted << first << last; });
    player->removeAt(1);
    EXPECT_EQ(removed, (QList<int>{1, 1}));
    player->append({entry("t4", "track")});
    EXPECT_EQ(inserted, (QList<int>{2, 2}));
    ASSERT_EQ(queue->rowCount(), 3);
    EXPECT_EQ(queue->data(queue->index(1), QueueModel::TitleRole).toString(), QLatin1String("t3"));
    player->removeAt(0);
    EXPECT_EQ(queue->rowCount(), 3) << "what plays is not taken out";
}

TEST(Player, MusicGoesOverIntoWhatFollowsItWhereThatIsWishedAndPossible) {
    World world;
    for (const auto* id : {"a", "b"})
        playable(world, id);
    auto* tuning = world.context.tuning();
    EXPECT_EQ(tuning->crossfade(), 0);
    world.context.player()->play({entry("a", "track"), entry("b", "track")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.nexts.size() == 1; }, 60'000));
    EXPECT_EQ(world.engine.nexts.last().overlap, 0);
    tuning->setCrossfade(6);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.nexts.size() == 2; }, 60'000));
    EXPECT_EQ(world.engine.nexts.last().overlap, 6);
    EXPECT_EQ(world.settings.value(QStringLiteral("tuning/crossfade")).toInt(), 6);
    tuning->setExclusive(true);
    EXPECT_FALSE(tuning->crossfades());
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.nexts.size() == 3; }, 60'000));
    EXPECT_EQ(world.engine.nexts.last().overlap, 0) << "the device is for one engine alone";
}

}  // namespace
}  // namespace marea::app::test
