#include <gtest/gtest.h>

#include <algorithm>
#include <QQuickItem>
#include <QQuickWindow>

#include "tests/unit/app/window.h"

// What pages go on with, and what they say when something does not come.
namespace marea::app::test {
namespace {

using L = QLatin1String;

class PagesGoing : public Pages {};

// Two seasons of two episodes; the first was seen.
void offerSeries(FakeHttp& http) {
    auto series = film(L("s1"), L("Tides"));
    series[L("kind")] = L("series");
    http.on("GET /api/v1/media/s1", 200, series);
    http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const QUrlQuery query(request.url);
        const auto kind = query.queryItemValue(L("kind")), parent = query.queryItemValue(L("parent"));
        QList<QJsonObject> items;
        for (int season = 1; season <= 2 && kind == L("season"); ++season) {
            auto item = film(QStringLiteral("s1-%1").arg(season), QStringLiteral("Season %1").arg(season));
            item[L("kind")] = kind;
            items << item;
        }
        for (int season = 1; season <= 2 && kind == L("episode"); ++season)
            for (int number = 1; number <= 2; ++number) {
                auto item = film(QStringLiteral("e%1%2").arg(season).arg(number),
                                 QStringLiteral("Tale %1%2").arg(season).arg(number));
                item[L("kind")] = kind;
                item[L("season")] = season;
                item[L("episode")] = number;
                item[L("season_id")] = QStringLiteral("s1-%1").arg(season);
                item[L("series_id")] = L("s1");
                item[L("watched")] = season == 1;
                if (parent == L("s1") || parent == item[L("season_id")].toString())
                    items << item;
            }
        return core::HttpResponse{200, {}, QJsonDocument(listOf(items)).toJson()};
    };
}

TEST_F(PagesGoing, ASeriesGoesOnWithItsNextEpisode) {
    ASSERT_TRUE(world_.signIn());
    offerSeries(world_.http);
    auto* all = window_->contentItem();
    world_.context.navigator()->go(L("show"), {{L("mediaId"), L("s1")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Play S2 E1")) != nullptr; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("1. Tale 21")) != nullptr; })) << "its season is shown";
    ASSERT_TRUE(QMetaObject::invokeMethod(saying(all, L("Play S2 E1")), "clicked"));
    auto* player = world_.context.player();
    EXPECT_EQ(player->mediaId().toStdString(), "e21");
    EXPECT_EQ(player->queue()->count(), 2) << "and what follows it";
}

// All of a long series come page by page.
TEST_F(PagesGoing, ASeasonCanBeChosenBeforeAllEpisodesAreThere) {
    ASSERT_TRUE(world_.signIn());
    offerSeries(world_.http);
    const auto isOf = [](const core::HttpRequest& request, QLatin1String parent) {
        const QUrlQuery query(request.url);
        return query.queryItemValue(L("kind")) == L("episode") && query.queryItemValue(L("parent")) == parent;
    };
    world_.http.holds = [isOf](const core::HttpRequest& request) { return isOf(request, L("s1")); };
    const auto asked = [&] {
        const auto& all = world_.http.asked;
        return std::count_if(all.begin(), all.end(), [&](const auto& one) { return isOf(one, L("s1-2")); });
    };
    auto* all = window_->contentItem();
    world_.context.navigator()->go(L("show"), {{L("mediaId"), L("s1")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Season 2")) != nullptr; }));
    ASSERT_TRUE(QMetaObject::invokeMethod(saying(all, L("Season 2")), "clicked"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("1. Tale 21")) != nullptr; }));
    world_.http.holds = {};
    world_.http.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Play S2 E1")) != nullptr; }));
    EXPECT_EQ(asked(), 1) << "what is there is not read again";
}

TEST_F(PagesGoing, WhatIsNextOfASeriesIsOnTheFirstPage) {
    auto episode = film(L("e1"), L("Slack tide"));
    episode[L("kind")] = L("episode");
    world_.http.on("GET /api/v1/home", 200, {{L("next_up"), QJsonArray{episode}}, {L("popular"), QJsonArray{}}});
    ASSERT_TRUE(world_.signIn());
    auto* all = window_->contentItem();
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Next up")) != nullptr; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Slack tide")) != nullptr; }));
    world_.http.on("GET /api/v1/home", 200, {{L("next_up"), QJsonArray{}}});
    world_.context.navigator()->go(L("films"));
    world_.context.navigator()->back();
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.context.nextUp()->count() == 0; })) << "seen meanwhile";
}

TEST_F(PagesGoing, EpisodesThatDoNotComeAreAskedForAgain) {
    ASSERT_TRUE(world_.signIn());
    auto series = film(L("s1"), L("Tides"));
    series[L("kind")] = L("series");
    world_.http.on("GET /api/v1/media/s1", 200, series);
    world_.http.on("GET /api/v1/media", 500, {});
    auto* all = window_->contentItem();
    world_.context.navigator()->go(L("show"), {{L("mediaId"), L("s1")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Try again")) != nullptr; }));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    ASSERT_TRUE(QMetaObject::invokeMethod(saying(all, L("Try again")), "clicked"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("There are no episodes here.")) != nullptr; }));
}

TEST_F(PagesGoing, TheQueueFollowsWhatPlaysAlsoAfterAMove) {
    window_->resize(1400, 900);
    window_->requestActivate();
    auto* player = world_.context.player();
    QList<player::PlayEntry> entries(4);
    for (int i = 0; i < 4; ++i) {
        entries[i].file = QUrl::fromLocalFile(QStringLiteral("/music/%1.flac").arg(i));
        entries[i].title = QString::number(i);
        entries[i].music = true;
    }
    player->play(entries, 0);
    QQuickItem* list = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (list = window_->findChild<QQuickItem*>(L("queue"))) != nullptr; }));
    ASSERT_TRUE(QMetaObject::invokeMethod(window_, "showPlayer"));
    ASSERT_TRUE(QTest::qWaitFor([&] {
        list->forceActiveFocus();
        return list->hasActiveFocus();
    }));
    QTest::keyClick(window_, Qt::Key_Down);
    QTest::keyClick(window_, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(list->property("currentIndex").toInt(), 2) << "on what was moved";
    player->jump(3);
    EXPECT_TRUE(QTest::qWaitFor([&] { return list->property("currentIndex").toInt() == 3; }));
}

TEST_F(PagesGoing, TheMiniPlayerOrdersTheQueueAsThePlayerDoes) {
    ASSERT_TRUE(world_.signIn());
    window_->resize(1400, 900);
    auto* player = world_.context.player();
    QList<player::PlayEntry> entries(3);
    for (int i = 0; i < 3; ++i) {
        entries[i].file = QUrl::fromLocalFile(QStringLiteral("/music/%1.flac").arg(i));
        entries[i].music = true;
    }
    player->play(entries, 0);
    QQuickItem* mini = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        mini = window_->findChild<QQuickItem*>(L("miniPlayer"));
        if (mini && !mini->isVisible())
            QTest::keyClick(window_, Qt::Key_Escape);  // the player itself is shown first
        return mini && saying(mini, L("Shuffle: off")) && saying(mini, L("Repeat: off"));
    }));
    auto* shuffle = saying(mini, L("Shuffle: off"));
    auto* repeat = saying(mini, L("Repeat: off"));
    ASSERT_TRUE(QMetaObject::invokeMethod(shuffle, "clicked"));
    EXPECT_TRUE(player->shuffle());
    EXPECT_EQ(shuffle->property("text"), L("Shuffle: on"));
    for (const auto* words : {"Repeat: all", "Repeat: this one", "Repeat: off"}) {
        ASSERT_TRUE(QMetaObject::invokeMethod(repeat, "clicked"));
        EXPECT_EQ(repeat->property("text"), L(words));
    }
    ASSERT_TRUE(QMetaObject::invokeMethod(window_, "showPlayer"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(window_->contentItem(), L("Shuffle: on")) != nullptr; }));
    player->setShuffle(false);
    EXPECT_EQ(shuffle->property("text"), L("Shuffle: off"));
    window_->resize(700, 900);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !mini->property("orders").toBool(); })) << "there is no room";
}

TEST_F(PagesGoing, WhatCouldNotBeLookedThroughIsAskedForAgain) {
    world_.http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const bool broken = QUrlQuery(request.url).queryItemValue(L("status")) == L("broken");
        return core::HttpResponse{broken ? 500 : 200, {}, QJsonDocument(listOf({})).toJson()};
    };
    world_.http.on("GET /api/v1/libraries", 200, listOf({{{L("id"), L("l1")}, {L("name"), L("Films")}}}));
    world_.http.on("POST /api/v1/admin/libraries/l1/scan", 409, {{L("detail"), L("It is being read.")}});
    ASSERT_TRUE(world_.signIn());
    auto* all = window_->contentItem();
    world_.context.navigator()->go(L("attention"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Try again")) != nullptr; }));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    ASSERT_TRUE(QMetaObject::invokeMethod(saying(all, L("Try again")), "clicked"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Every file of the library can be played.")) != nullptr; }));
    world_.context.libraries()->rescan();
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("It is being read.")) != nullptr; }));
}

TEST_F(PagesGoing, AFileOfThisComputerDoesNotGoByASlip) {
    ASSERT_TRUE(world_.signIn());
    const QJsonObject download{{L("id"), L("d1")},
                               {L("file_id"), L("file1")},
                               {L("file_name"), L("Foghorn.mkv")},
                               {L("state"), L("ready")},
                               {L("url"), L("/api/v1/downloads/d1/file")}};
    world_.http.on("POST /api/v1/downloads", 201, download);
    world_.http.on("GET /api/v1/downloads/d1", 200, download);
    world_.http.files[L("/api/v1/downloads/d1/file")] = QByteArray(4096, 'x');
    std::unique_ptr<ItemViewModel> page(world_.context.item(L("f1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->loading(); }));
    auto* offline = world_.context.offline();
    offline->download(page.get(), L("original"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return offline->stateOf(L("f1")) == L("done"); }, 60'000));
    world_.context.navigator()->go(L("downloads"));
    QQuickItem* list = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (list = window_->findChild<QQuickItem*>(L("downloads"))) != nullptr; }));
    window_->requestActivate();
    list->forceActiveFocus();
    settle();
    QTest::keyClick(window_, Qt::Key_Delete);
    auto* all = window_->contentItem();
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Remove Foghorn?")) != nullptr; }));
    EXPECT_EQ(offline->downloads()->count(), 1);
    auto* remove = saying(all, L("Remove"));
    ASSERT_TRUE(remove);
    ASSERT_TRUE(QMetaObject::invokeMethod(remove, "clicked"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return offline->downloads()->count() == 0; }));
}

TEST_F(PagesGoing, ANewPlaylistIsGoneToWhereItWasMadeAndNotAfterACancel) {
    const auto made = [](const char* id) {
        return QJsonObject{{L("id"), L(id)},
                           {L("name"), L("Morning")},
                           {L("visibility"), L("private")},
                           {L("own"), true},
                           {L("entry_count"), 0}};
    };
    world_.http.on("GET /api/v1/playlists", 200, listOf({}));
    world_.http.on("POST /api/v1/playlists", 201, made("p1"));
    world_.http.on("GET /api/v1/playlists/p2", 200, made("p2"));
    world_.http.on("GET /api/v1/playlists/p2/entries", 200, listOf({}));
    ASSERT_TRUE(world_.signIn());
    auto* navigator = world_.context.navigator();
    navigator->go(L("playlists"));
    auto* all = window_->contentItem();
    window_->requestActivate();
    const auto ask = [&] {
        ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("New playlist")) != nullptr; }));
        ASSERT_TRUE(QMetaObject::invokeMethod(saying(all, L("New playlist")), "clicked"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Create")) != nullptr; }));
    };
    ask();
    QTest::keyClick(window_, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Create")) == nullptr; }));
    bool created = false;
    QObject::connect(world_.context.playlists(), &PlaylistsModel::created, window_, [&] { created = true; });
    world_.context.playlists()->create(L("Morning"), {});  // elsewhere
    ASSERT_TRUE(QTest::qWaitFor([&] { return created; }));
    settle();
    EXPECT_EQ(navigator->page().toStdString(), "playlists");
    world_.http.on("POST /api/v1/playlists", 201, made("p2"));
    ask();
    for (const auto key : {Qt::Key_M, Qt::Key_Return})
        QTest::keyClick(window_, key);
    ASSERT_TRUE(QTest::qWaitFor([&] { return navigator->page() == L("playlist"); }));
    EXPECT_EQ(navigator->arguments()[L("playlistId")].toString().toStdString(), "p2");
    settle();
}

}  // namespace
}  // namespace marea::app::test
