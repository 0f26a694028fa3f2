#include <gtest/gtest.h>
#include <functional>

#include <algorithm>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSet>

#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST_F(Pages, EveryPageLoadsWithoutAWarningAtEveryWidth) {
    ASSERT_TRUE(world_.signIn());
    for (const int width : {1280, 800, 420}) {
        window_->resize(width, 720);
        for (const auto* page : {"home", "films", "series", "music", "playlists", "search", "settings", "attention",
                                 "downloads", "devices", "conflicts"}) {
            world_.context.navigator()->go(QLatin1String(page));
            settle();
        }
        for (const auto* section : {"look", "playback", "devices", "account", "servers", "household", "server"}) {
            world_.context.navigator()->go(L("settings"), {{L("section"), L(section)}});
            settle();
        }
        for (const auto* page : {"film", "show", "album", "artist"}) {
            world_.context.navigator()->go(QLatin1String(page), {{QStringLiteral("mediaId"), QStringLiteral("f1")}});
            settle();
        }
    }
    EXPECT_FALSE(window_->grabWindow().isNull());
}

QQuickItem* withText(QQuickItem* below, const QString& text) {
    for (auto* child : below->childItems()) {
        if (child->property("text") == text && child->property("checkable").toBool())
            return child;
        if (auto* found = withText(child, text))
            return found;
    }
    return nullptr;
}

// Of the grid on the page.
int columnsOf(QQuickItem* below) {
    for (auto* child : below->childItems()) {
        if (child->isVisible() && child->property("columns").isValid())
            return child->property("columns").toInt();
        if (const int found = columnsOf(child))
            return found;
    }
    return 0;
}

TEST_F(Pages, HowLargePicturesAreIsChosenAndKept) {
    ASSERT_TRUE(world_.signIn());
    window_->resize(1280, 720);
    world_.context.navigator()->go(L("films"));
    settle();
    auto* settings = world_.context.settings();
    const int medium = columnsOf(window_->contentItem());
    settings->setPictureSize(QStringLiteral("small"));
    settle();
    EXPECT_GT(columnsOf(window_->contentItem()), medium);
    settings->setPictureSize(QStringLiteral("large"));
    settle();
    EXPECT_LT(columnsOf(window_->contentItem()), medium);
    EXPECT_TRUE(settings->pictureSizes().at(2).toMap().value(QStringLiteral("checked")).toBool());
    settings->setPictureSize(QStringLiteral("huge"));
    EXPECT_EQ(settings->pictureSize(), L("medium")) << "what no version knows is the usual size";
}

QQuickItem* withProperty(QQuickItem* below, const char* name) {
    for (auto* child : below->childItems()) {
        if (child->isVisible() && child->property(name).isValid())
            return child;
        if (auto* found = withProperty(child, name))
            return found;
    }
    return nullptr;
}

TEST_F(Pages, InANarrowWindowTheFiltersAreOneRowThatFollowsTheKeyboard) {
    ASSERT_TRUE(world_.signIn());
    window_->resize(480, 720);
    world_.context.navigator()->go(L("films"));
    const auto bar = [&] { return withProperty(window_->contentItem(), "scrolls"); };
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return bar() && bar()->property("contentWidth").toReal() > bar()->width() + 100; }));
    EXPECT_LE(bar()->height(), 40);
    auto* last = saying(bar(), L("Watched"));
    ASSERT_TRUE(last);
    EXPECT_GT(last->mapToItem(bar(), {}).x() + last->width(), bar()->width());
    last->forceActiveFocus(Qt::TabFocusReason);
    EXPECT_TRUE(QTest::qWaitFor([&] { return last->mapToItem(bar(), {}).x() + last->width() <= bar()->width(); }));
    window_->resize(1280, 720);
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar() && bar()->property("contentWidth").toReal() <= bar()->width(); }));
}

TEST_F(Pages, AnOwnerFixesWhatATitleWasTakenFor) {
    ASSERT_TRUE(world_.signIn());
    world_.http.on("GET /api/v1/admin/media/f1/match", 200,
                   {{L("state"), L("doubtful")},
                    {L("candidates"), QJsonArray{QJsonObject{{L("id"), L("9")}, {L("title"), L("Foghorn, again")}}}}});
    world_.http.on("PUT /api/v1/admin/media/f1/match", 200, {});
    auto* actions = world_.context.actions();
    actions->open({{L("mediaId"), L("f1")}, {L("kind"), L("movie")}, {L("title"), L("Foghorn")}}, {20, 20});
    actions->choose(L("match"));
    auto* overlay = window_->contentItem();
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(overlay, L("Foghorn, again")) != nullptr; }));
    EXPECT_TRUE(saying(overlay, L("It could not be told which of these it is.")));
    world_.context.match()->choose(L("9"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(overlay, L("Foghorn, again")) == nullptr; })) << "it is closed";
}

TEST_F(Pages, TheAccountShowsWhereListensGoAndWhoElseSignsIn) {
    ASSERT_TRUE(world_.signIn());
    world_.http.on("GET /api/v1/me/scrobbling", 200,
                   {{L("state"), L("paused")},
                    {L("address"), L("https://listens.example")},
                    {L("services"), QJsonArray{L("https://listens.example"), L("https://other.example")}},
                    {L("problem"), L("It is refused.")}});
    world_.http.on("GET /api/v1/me/external-accounts", 200,
                   listOf({{{L("id"), L("x")}, {L("issuer"), L("https://id.example")}, {L("label"), L("marina@id")}}}));
    for (const int width : {1280, 420}) {
        window_->resize(width, 720);
        world_.context.navigator()->go(L("home"));
        settle();
        world_.context.navigator()->go(L("settings"), {{L("section"), L("account")}});
        for (const auto* words :
             {"listens.example", "The token is refused. Enter a new one.", "marina@id", "id.example"})
            EXPECT_TRUE(QTest::qWaitFor([&] { return saying(window_->contentItem(), L(words)) != nullptr; })) << words;
    }
}

TEST_F(Pages, AChipIsPressedByEnter) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    world_.context.navigator()->go(QStringLiteral("downloads"));
    settle();
    auto* chip = withText(window_->contentItem(), QStringLiteral("Fetch what is next by itself"));
    ASSERT_TRUE(chip);
    EXPECT_TRUE(world_.context.offline()->ahead());
    chip->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_FALSE(world_.context.offline()->ahead());
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(world_.context.offline()->ahead());
}

void type(QWindow* window, const char* text) {
    for (const char* c = text; *c; ++c)
        QTest::keyClick(window, *c);
}

TEST_F(Pages, AServerIsSetUpByHand) {
    world_.http.on("GET /api/v1/server", 200,
                   {{QStringLiteral("name"), QStringLiteral("Casa")}, {QStringLiteral("setup_needed"), true}});
    world_.http.on("POST /api/v1/setup", 403, {});
    window_->requestActivate();
    auto* session = world_.context.session();
    session->start(QStringLiteral("casa"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask; }));
    settle();
    type(window_, "ABCD-EFGH");
    QTest::keyClick(window_, Qt::Key_Return);
    type(window_, "marina");
    QTest::keyClick(window_, Qt::Key_Return);
    type(window_, "tide-and-salt");
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.http.count("POST", QStringLiteral("/api/v1/setup")) == 1; }));
    const auto sent = QJsonDocument::fromJson(world_.http.asked.last().body);
    EXPECT_EQ(sent[QLatin1String("code")].toString().toStdString(), "ABCD-EFGH");
    EXPECT_EQ(sent[QLatin1String("username")].toString().toStdString(), "marina");
    EXPECT_EQ(sent[QLatin1String("password")].toString().toStdString(), "tide-and-salt");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session->errorText().isEmpty(); }));
    const auto* code = window_->activeFocusItem();
    EXPECT_TRUE(code && code->property("text") == QLatin1String("ABCD-EFGH")) << "it stays, to be corrected";
}

TEST_F(Pages, AMistypedAddressStaysToBeCorrected) {
    window_->requestActivate();
    auto* session = world_.context.session();
    session->start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Address; }));
    settle();
    QTest::keySequence(window_, QKeySequence::SelectAll);
    type(window_, "no such place");
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session->errorText().isEmpty(); }));
    const auto* field = window_->activeFocusItem();
    EXPECT_TRUE(field && field->property("text") == QLatin1String("no such place"));
}

TEST_F(Pages, TheRingIsShownToTheKeyboardAlone) {
    auto* input = world_.context.input();
    EXPECT_FALSE(input->keyboard());
    QTest::keyClick(window_, Qt::Key_A);
    EXPECT_FALSE(input->keyboard()) << "a letter goes nowhere";
    QTest::keyClick(window_, Qt::Key_Tab);
    EXPECT_TRUE(input->keyboard());
    QTest::mouseClick(window_, Qt::LeftButton, {}, QPoint(5, 5));
    EXPECT_FALSE(input->keyboard());
}

TEST_F(Pages, TheKeyboardReachesTheGridAndOpensAFilm) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    world_.context.navigator()->go(QStringLiteral("films"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.context.films()->count() == 2; }));
    settle();
    ASSERT_TRUE(QTest::qWaitFor([&] {
        // A view hands its focus on to its current card.
        const auto* focused = window_->activeFocusItem();
        return focused && focused->property("mediaId").toString() == QLatin1String("f1");
    })) << "the first card has the focus";
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.context.navigator()->page() == QLatin1String("film"); }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->activeFocusItem() != nullptr; }));
}

TEST_F(Pages, ALetterTakesOneToItsTitles) {
    world_.http.answers[QStringLiteral("GET /api/v1/media")] = lettered;
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    world_.context.navigator()->go(QStringLiteral("films"));
    const auto current = [this] {
        const auto* focused = window_->activeFocusItem();
        return focused ? focused->property("mediaId").toString().toStdString() : std::string();
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return current() == "0"; }));
    QTest::keyClick(window_, Qt::Key_S);
    EXPECT_TRUE(QTest::qWaitFor([&] { return current() == "460"; })) << current();
    const auto* rail = window_->findChild<QQuickItem*>(QStringLiteral("letterRail"));
    ASSERT_TRUE(rail && rail->isVisible());
    const double slot = rail->property("slot").toDouble();  // of 28: A is the second, after #
    const QPointF a(rail->width() / 2, rail->height() / 2 + slot * (1.5 - 14));
    QTest::mouseClick(window_, Qt::LeftButton, {}, rail->mapToScene(a).toPoint());
    EXPECT_TRUE(QTest::qWaitFor([&] { return current() == "0"; })) << current();
}

TEST_F(Pages, TheKeyboardIsOnARowThatIsThere) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    EXPECT_TRUE(QTest::qWaitFor([&] {
        const auto* focused = window_->activeFocusItem();
        return focused && focused->isVisible() && focused->property("mediaId").toString() == QLatin1String("f1");
    })) << "nothing is to be continued, so it is on what is new";
}

TEST_F(Pages, TabWalksAndComesAround) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    settle();
    QSet<QQuickItem*> seen;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(window_, Qt::Key_Tab);
        ASSERT_NE(window_->activeFocusItem(), nullptr);
        seen << window_->activeFocusItem();
    }
    EXPECT_GT(seen.size(), 6);
    EXPECT_LT(seen.size(), 60) << "the walk comes around";
}

TEST_F(Pages, TheSystemsKeysGoBackAndForward) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    settle();
    auto* navigator = world_.context.navigator();
    navigator->go(QStringLiteral("films"));
    settle();
    QTest::keySequence(window_, QKeySequence(QKeySequence::Back));
    EXPECT_TRUE(QTest::qWaitFor([&] { return navigator->page() == QLatin1String("home"); }));
    QTest::keySequence(window_, QKeySequence(QKeySequence::Forward));
    EXPECT_TRUE(QTest::qWaitFor([&] { return navigator->page() == QLatin1String("films"); }));
}

TEST_F(Pages, ATitleThatCouldNotBeLoadedIsNotPlayed) {
    ASSERT_TRUE(world_.signIn());
    window_->requestActivate();
    world_.context.navigator()->go(QStringLiteral("film"), {{QStringLiteral("mediaId"), QStringLiteral("gone")}});
    settle();
    QTest::keyClick(window_, Qt::Key_Return);
    settle();
    EXPECT_FALSE(world_.context.player()->loaded());
}

TEST_F(Pages, ASeriesHasItsTrailerAsAFilmHas) {
    ASSERT_TRUE(world_.signIn());
    auto series = film(L("s1"), L("Tides"));
    series[L("kind")] = L("series");
    world_.http.on("GET /api/v1/media/s1", 200, series);
    series[L("id")] = L("s2");
    series[L("title")] = L("Ebb");
    series[L("trailers")] = QJsonArray{QJsonObject{{L("id"), L("t1")}, {L("title"), L("First look")}}};
    world_.http.on("GET /api/v1/media/s2", 200, series);
    auto* all = window_->contentItem();
    world_.context.navigator()->go(L("show"), {{L("mediaId"), L("s1")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Tides")) != nullptr; }));
    EXPECT_FALSE(saying(all, L("Trailer")));
    world_.context.navigator()->go(L("show"), {{L("mediaId"), L("s2")}});
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Trailer")) != nullptr; }));
}

TEST_F(Pages, ThePlayerKeepsTheKeyboardWhenTheServerAnswersBehindIt) {
    window_->requestActivate();
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    ASSERT_TRUE(world_.signIn());
    settle();
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.state() == player::PlaybackState::Paused; }));
    QTest::keyClick(window_, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->title() == QLatin1String("Marea"); }));
    EXPECT_NE(window_->activeFocusItem(), nullptr) << "the page below has it again";
}

TEST_F(Pages, EnterTriesAgainWhatDidNotPlay) {
    window_->requestActivate();
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    settle();
    world_.engine.fail(QStringLiteral("It did not play."));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.context.player()->failed(); }));
    settle();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.loads.size() == 2; }));
    settle();
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.state() == player::PlaybackState::Paused; }));
}

TEST_F(Pages, SearchedWordsGoWithTheirPage) {
    ASSERT_TRUE(world_.signIn());
    auto* search = world_.context.search();
    search->setText(QStringLiteral("fog"));
    world_.context.navigator()->go(QStringLiteral("search"));
    world_.context.navigator()->open(QStringLiteral("f1"), QStringLiteral("movie"));
    settle();
    EXPECT_EQ(search->text().toStdString(), "fog") << "one may come back to it";
    world_.context.navigator()->go(QStringLiteral("music"));
    settle();
    EXPECT_EQ(search->text().toStdString(), "");
}

TEST_F(Pages, SubtitlesStandAboveTheControls) {
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    settle();
    EXPECT_GT(world_.engine.subtitleShare, 0.1);
    QTest::keyClick(window_, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.subtitleShare == 0; }));
}

TEST_F(Pages, ThePlayerOpensForAFileAndEscLeaves) {
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    window_->requestActivate();
    settle();
    EXPECT_EQ(window_->title().toStdString(), "a");
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.state() == player::PlaybackState::Paused; }));
    QTest::keyClick(window_, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->title() == QLatin1String("Marea"); }));
}

// The one item that the engine draws into.
QQuickItem* pictureOf(const QQuickWindow* window) {
    std::function<QQuickItem*(QQuickItem*)> below = [&](QQuickItem* item) -> QQuickItem* {
        if (qobject_cast<player::VideoItem*>(item))
            return item;
        for (auto* child : item->childItems())
            if (auto* found = below(child))
                return found;
        return nullptr;
    };
    return below(window->contentItem());
}

TEST_F(Pages, AFilmGoesOnInACornerWhileOneLooksAround) {
    world_.engine.setVideo(true);
    ASSERT_TRUE(world_.signIn());
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    window_->requestActivate();
    settle();
    auto* picture = pictureOf(window_);
    ASSERT_TRUE(picture);
    const qreal large = picture->width();
    QTest::keyClick(window_, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return picture->width() < large; }));
    EXPECT_EQ(pictureOf(window_), picture) << "made anew: a film without sound would end";
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Playing);
    EXPECT_TRUE(picture->isVisible());
    const QPointF middle = picture->mapToScene(picture->boundingRect().center());
    QTest::mouseClick(window_, Qt::LeftButton, {}, middle.toPoint());
    EXPECT_TRUE(QTest::qWaitFor([&] { return picture->width() == large; }));
    EXPECT_EQ(pictureOf(window_), picture);
}

TEST_F(Pages, ANarrowWindowHasNoCorner) {
    window_->resize(480, 800);
    world_.engine.setVideo(true);
    ASSERT_TRUE(world_.signIn());
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    window_->requestActivate();
    settle();
    QTest::keyClick(window_, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world_.engine.state() == player::PlaybackState::Paused; }));
}

// Entries of the bar at the bottom, as wide as words get.
QVariantList barEntries(int count) {
    QVariantList entries;
    for (int i = 0; i < count; ++i)
        entries << QVariantMap{{L("page"), L("films")}, {L("icon"), L("film")}, {L("text"), L("Dispositivos")}};
    return entries;
}

TEST_F(Pages, TheBarOfANarrowWindowHasWordsWhereAllFit) {
    ASSERT_TRUE(world_.signIn());
    window_->resize(360, 720);
    auto* bar = window_->findChild<QQuickItem*>(L("bottomBar"));
    ASSERT_TRUE(bar);
    ASSERT_TRUE(QTest::qWaitFor([&] { return qRound(bar->width()) == 360; }));
    bar->setProperty("entries", barEntries(3));
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->property("worded").toBool(); }));
    bar->setProperty("entries", barEntries(8));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !bar->property("worded").toBool(); }));
    for (const auto* row : bar->childItems())
        for (const auto* entry : row->childItems())
            if (entry->isVisible() && entry->property("current").isValid()) {
                EXPECT_LE(entry->mapToItem(bar, QPointF(entry->width(), 0)).x(), 360.5);
            }
}

QQuickWindow* smallWindow() {
    for (auto* window : QGuiApplication::topLevelWindows())
        if (window->isVisible() && window->flags().testFlag(Qt::WindowStaysOnTopHint))
            return qobject_cast<QQuickWindow*>(window);
    return nullptr;
}

TEST_F(Pages, TheLibraryIsUsableWhileAFilmIsInTheSmallWindow) {
    world_.engine.setVideo(true);
    ASSERT_TRUE(world_.signIn());
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    window_->requestActivate();
    settle();
    const QSize size = window_->size();
    auto* picture = pictureOf(window_);
    QTest::keyClick(window_, Qt::Key_W);
    ASSERT_TRUE(QTest::qWaitFor([&] { return smallWindow() && picture->window() == smallWindow(); }));
    EXPECT_EQ(window_->size(), size);
    EXPECT_EQ(picture->width(), smallWindow()->width());
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Playing);
    world_.context.navigator()->go(QStringLiteral("films"));
    settle();
    EXPECT_TRUE(saying(window_->contentItem(), QStringLiteral("Films")));
    EXPECT_TRUE(picture->isVisible());
    QTest::keyClick(smallWindow(), Qt::Key_Space);
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Paused);
    QTest::keyClick(smallWindow(), Qt::Key_Space);
    QTest::keyClick(smallWindow(), Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return picture->window() == window_; }));
    EXPECT_EQ(pictureOf(window_), picture);
    EXPECT_EQ(picture->width(), window_->width()) << "the player is back";
    EXPECT_FALSE(smallWindow());
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Playing);
}

TEST_F(Pages, TheSmallWindowGoesWithItsFilm) {
    world_.engine.setVideo(true);
    world_.engine.setDuration(100);
    ASSERT_TRUE(world_.signIn());
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    window_->requestActivate();
    settle();
    QTest::keyClick(window_, Qt::Key_W);
    ASSERT_TRUE(QTest::qWaitFor([&] { return smallWindow() != nullptr; }));
    world_.engine.moveTo(100);
    world_.engine.setState(player::PlaybackState::Ended);
    EXPECT_TRUE(QTest::qWaitFor([&] { return smallWindow() == nullptr; }));
}

bool menuIsOpen(const QQuickWindow* window) {
    const auto all = window->findChildren<QObject*>();
    return std::any_of(all.begin(), all.end(), [](const QObject* object) {
        return object->inherits("QQuickPopup") && !object->inherits("QQuickToolTip") &&
               object->property("opened").toBool();
    });
}

TEST_F(Pages, AMenuGoesWithThePlayerAndTakesNoKeysAlong) {
    world_.engine.setVideo(true);
    world_.engine.setDuration(100);
    ASSERT_TRUE(world_.signIn());
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    world_.engine.setChapters({{0, QStringLiteral("Dawn")}, {50, QStringLiteral("Dusk")}});
    window_->requestActivate();
    settle();
    QTest::keyClick(window_, Qt::Key_C);
    ASSERT_TRUE(QTest::qWaitFor([&] { return menuIsOpen(window_); }));
    world_.engine.moveTo(100);
    world_.engine.setState(player::PlaybackState::Ended);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->title() == QLatin1String("Marea"); }));
    settle();
    EXPECT_FALSE(menuIsOpen(window_));
    const auto* focused = window_->activeFocusItem();
    EXPECT_TRUE(focused && focused->isVisible());
    QTest::keyClick(window_, Qt::Key_Down);
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_EQ(world_.engine.position(), 100) << "no chapter was chosen";
    EXPECT_FALSE(world_.context.player()->loaded()) << "seen to its end, it is put away";
}

}  // namespace
}  // namespace marea::app::test
