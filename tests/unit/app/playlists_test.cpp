// Playlists as the pages see them: what is shown at once, what is asked of the server, and what happens when it
// refuses.
#include <gtest/gtest.h>

#include <QFile>

#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject list(const char* id, const char* name, int entries, bool own = true) {
    return {{L("id"), L(id)},
            {L("name"), L(name)},
            {L("visibility"), L("private")},
            {L("owner"), QJsonObject{{L("username"), own ? L("marina") : L("bea")}}},
            {L("own"), own},
            {L("editable"), own},
            {L("smart"), entries < 0},
            {L("rules"), entries < 0 ? QJsonValue(QJsonObject{{L("rules"), QJsonArray()}}) : QJsonValue()},
            {L("entry_count"), entries < 0 ? QJsonValue() : QJsonValue(entries)},
            {L("revision"), 3}};
}

QJsonObject entry(const char* id, const char* media) {
    return {{L("id"), L(id)}, {L("media_id"), L(media)}, {L("media"), film(L(media), L(media))}};
}

class Playlists : public testing::Test {
protected:
    void SetUp() override {
        http.on("GET /api/v1/playlists", 200,
                listOf({list("p1", "Evening", 3), list("p2", "Fresh", -1), list("p3", "Bea's", 2, false)}));
        http.answers[L("GET /api/v1/playlists/p1")] = [](const core::HttpRequest&) {
            return core::HttpResponse{200, {{"ETag", "\"r3\""}}, QJsonDocument(list("p1", "Evening", 3)).toJson()};
        };
        http.on("GET /api/v1/playlists/p1/entries", 200,
                listOf({entry("e1", "a"),
                        entry("e2", "b"),
                        entry("e3", "c"),
                        {{L("id"), L("e4")}, {L("media_id"), L("gone")}, {L("media"), QJsonValue()}}}));
        ASSERT_TRUE(world.signIn());
        ASSERT_TRUE(QTest::qWaitFor([&] { return lists.loaded(); }));
    }
    QString order(PlaylistViewModel& page) {
        QStringList ids;
        for (const auto& item : page.entries()->items())
            ids << item.id;
        return ids.join(QLatin1Char(' '));
    }
    std::unique_ptr<PlaylistViewModel> open() {
        std::unique_ptr<PlaylistViewModel> page(context.playlist(L("p1")));
        EXPECT_TRUE(QTest::qWaitFor([&] { return page->entries()->loaded() && !page->name().isEmpty(); }));
        return page;
    }
    QJsonObject sent(const char* method, const QString& path) {
        for (auto it = http.asked.crbegin(); it != http.asked.crend(); ++it)
            if (it->method == method && it->url.path() == path)
                return QJsonDocument::fromJson(it->body).object();
        ADD_FAILURE() << "nothing was sent to " << path.toStdString();
        return {};
    }
    bool asked(const char* method, const QString& path, int times = 1) {
        return QTest::qWaitFor([&] { return http.count(method, path) >= times; });
    }

    // What p1 has: titles with their pictures and albums.
    void fill(const QList<std::pair<const char*, const char*>>& titles) {
        QList<QJsonObject> entries;
        for (const auto& [title, album] : titles) {
            auto one = entry(title, title);
            auto media = one[L("media")].toObject();
            media[L("artwork_url")] = QStringLiteral("/art/") + L(title);
            media[L("album_id")] = L(album);
            one[L("media")] = media;
            entries << one;
        }
        http.on("GET /api/v1/playlists/p1/entries", 200, listOf(entries));
    }

    World world;
    FakeHttp& http = world.http;
    AppContext& context = world.context;
    PlaylistsModel& lists = *world.context.playlists();
    Notices& notices = *world.context.notices();
};

TEST_F(Playlists, HaveThePicturesOfTheFirstAlbumsInThemOnceTheyAreShown) {
    const QString entries = QStringLiteral("/api/v1/playlists/p1/entries");
    fill({{"a", "x"}, {"b", "x"}, {"c", "y"}, {"d", "z"}, {"e", "u"}, {"f", "v"}});
    EXPECT_EQ(http.count("GET", entries), 0) << "nobody sees it";
    lists.wantCovers(L("p1"));
    lists.wantCovers(L("p1"));
    const auto shows = [&](const QStringList& pictures) {
        return QTest::qWaitFor([&] { return lists.covers(L("p1")) == pictures; });
    };
    EXPECT_TRUE(shows({L("/art/a"), L("/art/c"), L("/art/d"), L("/art/e")}));
    lists.wantCovers(L("p1"));
    EXPECT_EQ(http.count("GET", entries), 1) << "it is known";
    fill({{"f", "v"}});
    http.on("POST /api/v1/playlists/p1/entries", 201, {});
    lists.add(L("p1"), {L("f")});
    EXPECT_TRUE(shows({L("/art/f")})) << "it has changed";
    EXPECT_EQ(http.count("GET", entries), 2);
    lists.clear();
    EXPECT_TRUE(lists.covers(L("p1")).isEmpty());
}

TEST_F(Playlists, PicturesThatDoNotComeAreAskedForWhenItIsShownAgain) {
    http.on("GET /api/v1/playlists/p1/entries", 503, {});
    lists.wantCovers(L("p1"));
    ASSERT_TRUE(asked("GET", L("/api/v1/playlists/p1/entries")));
    fill({{"a", "x"}});
    EXPECT_TRUE(QTest::qWaitFor([&] {
        lists.wantCovers(L("p1"));
        return lists.covers(L("p1")) == QStringList{L("/art/a")};
    }));
}

TEST_F(Playlists, AreListedWithWhatTheyAre) {
    ASSERT_EQ(lists.count(), 3);
    const auto detail = [&](int row) { return lists.data(lists.index(row), PlaylistsModel::DetailRole).toString(); };
    EXPECT_TRUE(lists.data(lists.index(1), PlaylistsModel::SmartRole).toBool());
    EXPECT_TRUE(detail(2).contains(L("bea"))) << detail(2).toStdString();
    ASSERT_EQ(lists.targets().size(), 1) << "nothing is added to a smart one, or another's";
    EXPECT_EQ(lists.targets().first().toMap()[L("value")].toString().toStdString(), "p1");
}

TEST_F(Playlists, AreAskedForAgainWhenAnotherDeviceChangesThem) {
    const int before = http.count("GET", L("/api/v1/playlists"));
    auto page = open();
    const int pages = http.count("GET", L("/api/v1/playlists/p1"));
    world.channel.tell(R"({"type":"library","seq":9,"event":{"type":"PLAYLIST_CHANGED","playlist_id":"p1"}})");
    EXPECT_TRUE(asked("GET", L("/api/v1/playlists"), before + 1));
    EXPECT_TRUE(asked("GET", L("/api/v1/playlists/p1"), pages + 1));
    world.channel.tell(R"({"type":"library","seq":10,"event":{"type":"RATED","media_id":"a","playlist_id":null}})");
    QTest::qWait(300);
    EXPECT_EQ(http.count("GET", L("/api/v1/playlists")), before + 1) << "a rating is nothing to them";
}

TEST_F(Playlists, WhatIsGoneFromTheLibraryKeepsItsPlace) {
    auto page = open();
    EXPECT_EQ(order(*page).toStdString(), "a b c gone");
    EXPECT_TRUE(page->entries()->items().last().broken());
}

TEST_F(Playlists, HaveThePicturesOfTheFirstFourThingsInThem) {
    QList<QJsonObject> entries;
    for (const auto& [id, album, picture] :
         {std::tuple("a", "x", "/a"), std::tuple("b", "x", "/b"), std::tuple("c", "y", ""), std::tuple("d", "z", "/d"),
          std::tuple("e", "", "/e"), std::tuple("f", "", "/f"), std::tuple("g", "", "/g")}) {
        auto one = entry(id, id);
        auto media = one[L("media")].toObject();
        media[L("album_id")] = L(album);
        media[L("artwork_url")] = L(picture);
        one[L("media")] = media;
        entries << one;
    }
    http.on("GET /api/v1/playlists/p1/entries", 200, listOf(entries));
    EXPECT_EQ(open()->covers().join(QLatin1Char(' ')).toStdString(), "/a /d /e /f");
}

TEST_F(Playlists, AnEntryMovesAtOnceAndTheServerIsToldBehindWhich) {
    auto page = open();
    http.on("PUT /api/v1/playlists/p1/entries/e1", 200, {});
    page->move(0, 2);
    EXPECT_EQ(order(*page).toStdString(), "b c a gone") << "before the answer";
    ASSERT_TRUE(asked("PUT", L("/api/v1/playlists/p1/entries/e1")));
    EXPECT_EQ(sent("PUT", L("/api/v1/playlists/p1/entries/e1"))[L("after")].toString().toStdString(), "e3");
    http.on("PUT /api/v1/playlists/p1/entries/e3", 200, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return order(*page) == L("a b c gone"); })) << "as the server has it";
    page->move(2, 0);
    ASSERT_TRUE(asked("PUT", L("/api/v1/playlists/p1/entries/e3")));
    EXPECT_TRUE(sent("PUT", L("/api/v1/playlists/p1/entries/e3"))[L("after")].isNull()) << "the start";
}

TEST_F(Playlists, AMoveThatIsRefusedIsToldAndTheListIsAsItIs) {
    auto page = open();
    http.on("PUT /api/v1/playlists/p1/entries/e1", 409, {});
    page->move(0, 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices.warning(); }));
    EXPECT_TRUE(notices.text().contains(L("Evening")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return order(*page) == L("a b c gone"); }));
}

TEST_F(Playlists, ARemovedEntryComesBackToItsPlace) {
    auto page = open();
    http.on("DELETE /api/v1/playlists/p1/entries/e2", 204, {});
    http.on("POST /api/v1/playlists/p1/entries", 201, {});
    page->removeAt(1);
    EXPECT_EQ(order(*page).toStdString(), "a c gone");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !notices.actionText().isEmpty(); }));
    notices.act();
    ASSERT_TRUE(asked("POST", L("/api/v1/playlists/p1/entries")));
    const auto body = sent("POST", L("/api/v1/playlists/p1/entries"));
    EXPECT_EQ(body[L("after")].toString().toStdString(), "e1");
    EXPECT_EQ(body[L("media_ids")][0].toString().toStdString(), "b");
}

TEST_F(Playlists, WhereThePlaceIsGoneItComesBackAtTheEnd) {
    auto page = open();
    http.on("DELETE /api/v1/playlists/p1/entries/e2", 204, {});
    http.answers[L("POST /api/v1/playlists/p1/entries")] = [](const core::HttpRequest& request) {
        const bool placed = QJsonDocument::fromJson(request.body).object().contains(L("after"));
        return core::HttpResponse{placed ? 409 : 201, {}, "{}"};
    };
    page->removeAt(1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !notices.actionText().isEmpty(); }));
    notices.act();
    EXPECT_TRUE(asked("POST", L("/api/v1/playlists/p1/entries"), 2));
}

TEST_F(Playlists, AChangeOfWhatIsNoMoreAsSeenIsRefusedAndNothingIsLost) {
    auto page = open();
    http.on("PUT /api/v1/playlists/p1", 412, {});
    bool saved = false;
    QObject::connect(page.get(), &PlaylistViewModel::saved, page.get(), [&] { saved = true; });
    page->change({{L("name"), L("Morning")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->conflict().isEmpty(); }));
    EXPECT_FALSE(saved) << "its sheet stays open";
    const auto tag = [&] {
        for (auto it = http.asked.crbegin(); it != http.asked.crend(); ++it)
            if (it->method == "PUT" && it->url.path() == L("/api/v1/playlists/p1"))
                return core::headerValue(it->headers, "If-Match");
        return QByteArray();
    };
    EXPECT_EQ(tag().toStdString(), "\"r3\"");
    http.answers[L("GET /api/v1/playlists/p1")] = [](const core::HttpRequest&) {
        return core::HttpResponse{200, {{"ETag", "\"r4\""}}, QJsonDocument(list("p1", "Night", 3)).toJson()};
    };
    http.on("PUT /api/v1/playlists/p1", 200, list("p1", "Morning", 3));
    page->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->name() == L("Night"); }));
    page->change({{L("name"), L("Morning")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saved; }));
    EXPECT_EQ(tag().toStdString(), "\"r4\"");
    EXPECT_TRUE(page->conflict().isEmpty());
}

TEST_F(Playlists, ADeletedOneIsBroughtBackByItsEvent) {
    http.on("DELETE /api/v1/playlists/p1", 204, {});
    http.on("GET /api/v1/history", 200,
            listOf({{{L("seq"), 12}, {L("type"), L("RATED")}},
                    {{L("seq"), 11}, {L("type"), L("PLAYLIST_DELETED")}, {L("playlist_id"), L("p1")}}}));
    http.on("POST /api/v1/history/undo", 200, {});
    lists.remove(L("p1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !notices.actionText().isEmpty(); }));
    notices.act();
    ASSERT_TRUE(asked("POST", L("/api/v1/history/undo")));
    EXPECT_EQ(sent("POST", L("/api/v1/history/undo"))[L("seq")].toInt(), 11);
}

TEST_F(Playlists, AnImportTellsWhatWasNotFound) {
    const QString path = world.folder.filePath(L("Old ones.m3u8"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("#EXTM3U\nx.mp3\n");
    file.close();
    http.on("POST /api/v1/playlists/import", 201,
            {{L("playlist"), list("p9", "Old ones", 1)},
             {L("matched"), 1},
             {L("unmatched"), QJsonArray{QJsonObject{{L("title"), L("Lost")}, {L("artist"), L("Nobody")}}}}});
    lists.importFile(QUrl::fromLocalFile(path));
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices.warning(); }));
    EXPECT_TRUE(notices.text().contains(QStringLiteral("Nobody – Lost"))) << notices.text().toStdString();
    EXPECT_EQ(sent("POST", L("/api/v1/playlists/import"))[L("name")].toString().toStdString(), "Old ones");
    lists.importFile(QUrl::fromLocalFile(path + L("x")));
    EXPECT_TRUE(notices.text().contains(L("Old ones.m3u8x")));
}

TEST_F(Playlists, AnExportIsWrittenAsTheServerGivesIt) {
    auto page = open();
    http.answers[L("GET /api/v1/playlists/p1/export")] = [](const core::HttpRequest& request) {
        return core::HttpResponse{200, {}, QUrlQuery(request.url).queryItemValue(L("format")).toUtf8()};
    };
    const QString path = world.folder.filePath(L("out.xspf"));
    page->exportTo(QUrl::fromLocalFile(path));
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(path); }));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().toStdString(), "xspf");
    page->exportTo(QUrl::fromLocalFile(world.folder.filePath(L("no/such/folder.m3u8"))));
    EXPECT_TRUE(QTest::qWaitFor([&] { return notices.warning(); }));
}

class Rules : public Playlists {
protected:
    void SetUp() override {
        Playlists::SetUp();
        http.on("POST /api/v1/playlists/preview", 200,
                {{L("count"), 42}, {L("more"), false}, {L("items"), QJsonArray{film(L("a"), L("Ebb"))}}});
        rules.reset(context.smartRules());
    }
    QJsonObject made() { return QJsonObject::fromVariantMap(rules->rules()); }
    std::unique_ptr<SmartRulesViewModel> rules;
};

TEST_F(Rules, AreCountedAsTheyAreTyped) {
    rules->load({});
    EXPECT_FALSE(rules->valid()) << "nothing is filled in yet";
    rules->setValue(0, L("Dra"));
    rules->setValue(0, L("Drama"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !rules->countText().isEmpty(); }));
    EXPECT_TRUE(rules->countText().contains(L("42"))) << rules->countText().toStdString();
    EXPECT_EQ(rules->sample().toStdString(), "Ebb");
    EXPECT_EQ(http.count("POST", L("/api/v1/playlists/preview")), 1) << "what is typed on is asked for once";
    const auto rule = sent("POST", L("/api/v1/playlists/preview"))[L("rules")][L("rules")][0];
    EXPECT_EQ(rule[L("value")].toString().toStdString(), "Drama");
}

TEST_F(Rules, AreWrittenAsTheServerTakesThem) {
    rules->load({});
    rules->setField(0, L("duration"));
    rules->setOp(0, L("between"));
    rules->setValue(0, QStringLiteral("80 – 120"));
    rules->addRule();
    rules->setField(1, L("favourite"));
    const auto list = made()[L("rules")].toArray();
    ASSERT_EQ(list.size(), 2);
    EXPECT_EQ(list[0][L("value")][1].toDouble(), 7200) << "minutes are seconds there";
    EXPECT_TRUE(list[1][L("value")].isBool());
    rules->setValue(0, L("long"));
    EXPECT_FALSE(rules->valid());
}

TEST_F(Rules, ThatHaveNoFormHereAreKept) {
    const QJsonObject nested{{L("match"), L("any")}, {L("rules"), QJsonArray{}}};
    const QJsonObject before{{L("field"), L("added")}, {L("op"), L("before")}, {L("value"), 1700000000000.0}};
    const QJsonObject given{
        {L("match"), L("any")},
        {L("rules"), QJsonArray{nested, before,
                                QJsonObject{{L("field"), L("year")}, {L("op"), L("at_least")}, {L("value"), 1999}}}},
        {L("sort"), L("year")},
        {L("order"), L("desc")},
        {L("limit"), 50}};
    rules->load(given.toVariantMap());
    rules->setValue(2, L("2001"));
    const auto list = made()[L("rules")].toArray();
    ASSERT_EQ(list.size(), 3);
    EXPECT_EQ(list[0].toObject(), nested);
    EXPECT_EQ(list[1].toObject(), before);
    EXPECT_EQ(list[2][L("value")].toDouble(), 2001);
    EXPECT_EQ(made()[L("limit")].toInt(), 50);
    EXPECT_EQ(made()[L("order")].toString().toStdString(), "desc");
}

}  // namespace
}  // namespace marea::app::test
