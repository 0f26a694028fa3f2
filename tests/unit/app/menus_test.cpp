// Menus of titles and the list of a playlist, by mouse and keyboard, in the window.
#include <algorithm>

#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class Menus : public Pages {
protected:
    explicit Menus(bool withOwn = false) : Pages(withOwn) {}
    void SetUp() override {
        Pages::SetUp();
        window_->resize(1000, 700);
        window_->requestActivate();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window_));
        ASSERT_TRUE(world_.signIn());
    }
    // What is shown of a title: the first that has its id.
    QQuickItem* shown(const char* id, QQuickItem* below = nullptr) {
        below = below ? below : window_->contentItem();
        for (auto* child : below->childItems()) {
            if (!child->isVisible())
                continue;
            if (child->property("mediaId").toString() == L(id) && child->property("index").isValid())
                return child;
            if (auto* found = shown(id, child))
                return found;
        }
        return nullptr;
    }
    QQuickItem* waitFor(const char* id) {
        QQuickItem* item = nullptr;
        EXPECT_TRUE(QTest::qWaitFor([&] { return (item = shown(id)) != nullptr; })) << id;
        return item;
    }
    static QPoint middleOf(QQuickItem* item, double dx = 0) {
        return item->mapToScene({item->width() / 2 + dx, item->height() / 2}).toPoint();
    }
    void go(const char* page, const QVariantMap& arguments = {}) {
        world_.context.navigator()->go(L(page), arguments);
        settle();
    }
    QStringList queue() { return world_.context.player()->queue()->mediaIds(100).first; }
    bool asked(const char* method, const char* path) {
        return QTest::qWaitFor([&] { return world_.http.count(method, L(path)) > 0; });
    }
    QJsonObject body(const char* method, const char* path) {
        for (const auto& request : world_.http.asked)
            if (request.method == method && request.url.path() == L(path))
                return QJsonDocument::fromJson(request.body).object();
        return {};
    }

    TitleActions& actions_ = *world_.context.actions();
};

TEST_F(Menus, ARightClickOpensThatOfTheTitleUnderIt) {
    go("films");
    auto* card = waitFor("f2");
    ASSERT_TRUE(card);
    QTest::mouseClick(window_, Qt::RightButton, {}, middleOf(card));
    ASSERT_TRUE(QTest::qWaitFor([&] { return actions_.title() == L("Estuary"); }));
    settle();
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue() == QStringList{L("f2")}; })) << "its first choice is to play";
    EXPECT_EQ(world_.context.navigator()->page().toStdString(), "films") << "a right click opens no page";
}

TEST_F(Menus, TheMenuKeyOpensThatOfTheTitleWithTheFocus) {
    go("films");
    ASSERT_TRUE(waitFor("f1"));
    QTest::keyClick(window_, Qt::Key_Right);
    QTest::keyClick(window_, Qt::Key_Menu);
    ASSERT_TRUE(QTest::qWaitFor([&] { return actions_.title() == L("Estuary"); }));
    settle();
    QTest::keyClick(window_, Qt::Key_Escape);
    settle();
    QTest::keyClick(window_, Qt::Key_Left);
    QTest::keyClick(window_, Qt::Key_F10, Qt::ShiftModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return actions_.title() == L("Foghorn"); })) << "the grid has the focus again";
}

class Entries : public Menus {
protected:
    void SetUp() override {
        Menus::SetUp();
        world_.http.on("GET /api/v1/playlists/p1", 200,
                       {{L("id"), L("p1")},
                        {L("name"), L("Evening")},
                        {L("own"), true},
                        {L("editable"), true},
                        {L("entry_count"), 3}});
        const auto entry = [](const char* id, const char* media) {
            return QJsonObject{{L("id"), L(id)}, {L("media_id"), L(media)}, {L("media"), film(L(media), L(media))}};
        };
        world_.http.on("GET /api/v1/playlists/p1/entries", 200,
                       listOf({entry("e1", "a"), entry("e2", "b"), entry("e3", "c")}));
        world_.http.on("PUT /api/v1/playlists/p1/entries/e1", 200, {});
        world_.http.on("DELETE /api/v1/playlists/p1/entries/e1", 204, {});
        go("playlist", {{L("playlistId"), L("p1")}});
        ASSERT_TRUE(waitFor("c"));
        settle();
    }
};

TEST_F(Entries, AreMovedAndRemovedByTheKeyboard) {
    QTest::keyClick(window_, Qt::Key_Down, Qt::AltModifier);
    ASSERT_TRUE(asked("PUT", "/api/v1/playlists/p1/entries/e1"));
    EXPECT_EQ(body("PUT", "/api/v1/playlists/p1/entries/e1")[L("after")].toString().toStdString(), "e2");
    auto* moved = waitFor("a");
    ASSERT_TRUE(moved);
    ASSERT_TRUE(QTest::qWaitFor([&] { return waitFor("a")->property("index").toInt() == 0; }))
        << "as the server has it";
    for (int up = 0; up < 3; ++up)
        QTest::keyClick(window_, Qt::Key_Up);
    QTest::keyClick(window_, Qt::Key_Delete);
    EXPECT_TRUE(asked("DELETE", "/api/v1/playlists/p1/entries/e1"));
}

TEST_F(Entries, AreMovedByTheirHandles) {
    const auto* first = waitFor("a");
    const auto* last = waitFor("c");
    ASSERT_TRUE(first && last);
    const QPoint from = middleOf(const_cast<QQuickItem*>(first), first->width() / 2 - 12);
    const QPoint to = middleOf(const_cast<QQuickItem*>(last), last->width() / 2 - 12);
    QTest::mousePress(window_, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(window_, from + (to - from) * step / 4);
    QTest::mouseRelease(window_, Qt::LeftButton, {}, to);
    ASSERT_TRUE(asked("PUT", "/api/v1/playlists/p1/entries/e1"));
    EXPECT_EQ(body("PUT", "/api/v1/playlists/p1/entries/e1")[L("after")].toString().toStdString(), "e3");
}

class Table : public Menus {
protected:
    explicit Table(bool withOwn = false) : Menus(withOwn) {}
    void SetUp() override {
        Menus::SetUp();
        world_.http.on(
            "GET /api/v1/playlists", 200,
            listOf({{{L("id"), L("p1")}, {L("name"), L("Evening")}, {L("own"), true}, {L("editable"), true}}}));
        world_.http.on("POST /api/v1/playlists/p1/entries", 201, {});
        world_.context.playlists()->reload();
        go("music");
        auto* page = shownWith("tab");
        ASSERT_TRUE(page);
        page->setProperty("tab", L("tracks"));
        ASSERT_TRUE(waitFor("f2"));
        settle();
    }
    static QQuickItem* find(QQuickItem* below, const std::function<bool(QQuickItem*)>& fits) {
        for (auto* child : below->childItems()) {
            if (!child->isVisible())
                continue;
            if (fits(child))
                return child;
            if (auto* found = find(child, fits))
                return found;
        }
        return nullptr;
    }
    QQuickItem* shownWith(const char* property) {
        return find(window_->contentItem(), [&](auto* item) { return !item->property(property).toString().isEmpty(); });
    }
    bool selected(const char* id) { return shown(id)->property("selected").toBool(); }
    void drag(QQuickItem* item, QQuickItem* onto) {
        const QPoint from = middleOf(item), to = middleOf(onto);
        QTest::mousePress(window_, Qt::LeftButton, {}, from);
        for (int step = 1; step <= 6; ++step)
            QTest::mouseMove(window_, from + (to - from) * step / 6);
        QTest::mouseRelease(window_, Qt::LeftButton, {}, to);
    }
};

TEST_F(Table, RowsAreChosenByMouseAndKeyboard) {
    QTest::mouseClick(window_, Qt::LeftButton, {}, middleOf(waitFor("f1")));
    EXPECT_TRUE(selected("f1") && !selected("f2"));
    QTest::mouseClick(window_, Qt::LeftButton, Qt::ShiftModifier, middleOf(waitFor("f2")));
    EXPECT_TRUE(selected("f1") && selected("f2"));
    QTest::keyClick(window_, Qt::Key_Up);
    EXPECT_TRUE(selected("f1") && !selected("f2"));
    QTest::keyClick(window_, Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_TRUE(selected("f1") && selected("f2"));
    QTest::keyClick(window_, Qt::Key_Menu);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !actions_.rateable() && !actions_.choices().isEmpty(); })) << "for both";
    settle();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return queue() == (QStringList{L("f1"), L("f2")}); }));
}

TEST_F(Table, RowsAreDraggedToAPlaylistOfTheSidebar) {
    auto* target = shownWith("playlistId");
    ASSERT_TRUE(target);
    drag(waitFor("f2"), target);
    ASSERT_TRUE(asked("POST", "/api/v1/playlists/p1/entries"));
    EXPECT_EQ(body("POST", "/api/v1/playlists/p1/entries")[L("media_ids")][0].toString().toStdString(), "f2");
}

TEST_F(Table, RowsAreDraggedToADeviceOfTheSidebarOrPutThereByTheirMenu) {
    auto* devices = world_.context.devices();
    auto owned = std::make_unique<FakeFinder>();
    auto* finder = owned.get();
    std::vector<std::unique_ptr<DeviceFinder>> finders;
    finders.push_back(std::move(owned));
    devices->start(std::move(finders));
    finder->show({stick()});
    settle();
    auto* target = find(window_->contentItem(), [](QQuickItem* item) { return item->property("key") == stick().key; });
    ASSERT_TRUE(target);
    drag(waitFor("f2"), target);
    auto* device = devices->device(stick().key);
    const auto chosen = [&] {
        QStringList ids;
        for (const auto& title : device->titles())
            ids << title.toMap()[L("value")].toString();
        return ids;
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return chosen() == QStringList{L("f2")}; }));
    auto* notices = world_.context.notices();
    EXPECT_TRUE(notices->text().contains(L("STICK")) && !notices->warning()) << notices->text().toStdString();
    notices->act();
    EXPECT_EQ(chosen(), QStringList()) << "taken back";
    actions_.open({{L("mediaId"), L("f1")}, {L("kind"), L("movie")}, {L("title"), L("Foghorn")}}, {20, 20});
    actions_.choose(L("device:") + stick().key);
    EXPECT_EQ(chosen(), QStringList{L("f1")});
}

TEST_F(Table, AHeadingSortsAndThenTheOtherWay) {
    world_.context.settings()->setTrackColumns({L("year")});
    settle();
    auto* tracks = world_.context.tracks();
    const auto click = [&] {
        auto* heading = find(window_->contentItem(), [](QQuickItem* item) {
            return item->property("sort") == L("year") && item->property("text").toString() == L("Year");
        });
        ASSERT_TRUE(heading);
        QTest::mouseClick(window_, Qt::LeftButton, {}, middleOf(heading));
    };
    click();
    EXPECT_EQ((tracks->sort() + tracks->order()).toStdString(), "yeardesc");
    ASSERT_TRUE(waitFor("f2"));
    settle();
    click();
    EXPECT_EQ((tracks->sort() + tracks->order()).toStdString(), "yearasc");
}

TEST_F(Table, ByArtistItHasTheLettersOfTheArtists) {
    world_.context.settings()->setTrackColumns({L("artist")});
    settle();
    world_.http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const QUrlQuery query(request.url);
        QJsonObject page = listOf({film(L("f1"), L("Foghorn"))});
        if (query.queryItemValue(L("sort")) == L("artist") && query.queryItemValue(L("fields")) == L("letters"))
            page[L("letters")] = QJsonArray{QJsonObject{{L("letter"), L("T")}, {L("count"), 1}}};
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    auto* heading =
        find(window_->contentItem(), [](QQuickItem* item) { return item->property("sort") == L("artist"); });
    ASSERT_TRUE(heading);
    QTest::mouseClick(window_, Qt::LeftButton, {}, middleOf(heading));
    auto* tracks = world_.context.tracks();
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->sort() == L("artist") && tracks->rowOf(L("T")) == 0; }));
    EXPECT_EQ(tracks->letterAt(0).toStdString(), "T");
    settle();
}

// With a track of this computer's own folders among those of the server.
class TableOfAll : public Table {
protected:
    TableOfAll() : Table(true) {
        world_.settings.setValue(L("computer/used"), true);
        world_.http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
            const auto titles = request.url.port() == 4711
                                    ? QList<QJsonObject>{film(L("o1"), L("Anchor"))}
                                    : QList<QJsonObject>{film(L("f1"), L("Foghorn")), film(L("f2"), L("Estuary"))};
            return core::HttpResponse{200, {}, QJsonDocument(listOf(titles)).toJson()};
        };
        world_.http.on("POST /api/v1/media/o1/playback", 201,
                       {{L("session_id"), L("s-o1")}, {L("mode"), L("direct")}, {L("url"), L("/stream/t/o1")}});
        for (const auto* key : {"PUT /api/v1/sessions/s-o1", "DELETE /api/v1/sessions/s-o1"})
            world_.http.on(key, 204, {});
    }
    bool askedThere(const char* method, const char* path) {
        return QTest::qWaitFor([&] {
            return std::any_of(world_.http.asked.begin(), world_.http.asked.end(), [&](const auto& request) {
                return request.method == method && request.url.port() == 4711 && request.url.path() == L(path);
            });
        });
    }
};

TEST_F(TableOfAll, RowsSayWhereTheyAreAndPlayFromThere) {
    auto* row = waitFor("o1");
    ASSERT_TRUE(row);
    const auto says = [](QQuickItem* item) { return item->property("text") == L("This computer"); };
    EXPECT_TRUE(find(row, says));
    EXPECT_FALSE(find(shown("f2"), says)) << "it is in the library that is shown";
    QTest::mouseDClick(window_, Qt::LeftButton, {}, middleOf(row));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world_.engine.loads.isEmpty(); }));
    EXPECT_EQ(world_.engine.loads.last().url.port(), 4711);
    world_.context.player()->stop();
    EXPECT_TRUE(askedThere("DELETE", "/api/v1/sessions/s-o1"));
}

TEST_F(TableOfAll, RowsAreDraggedToThePlaylistOfThatNameThere) {
    auto* target = shownWith("playlistId");
    ASSERT_TRUE(target);
    drag(waitFor("o1"), target);
    ASSERT_TRUE(askedThere("POST", "/api/v1/playlists/p1/entries"));
    EXPECT_EQ(body("POST", "/api/v1/playlists/p1/entries")[L("media_ids")][0].toString().toStdString(), "o1");
}

}  // namespace
}  // namespace marea::app::test
