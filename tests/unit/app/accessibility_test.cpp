// Every page as who cannot see it, or uses no mouse, has it: what takes the focus has a name, and Tab reaches all of
// it.
#include <QAccessible>

#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class Accessibility : public Pages {
protected:
    void SetUp() override {
        Pages::SetUp();
        QAccessible::setActive(true);
        world_.http.on(
            "GET /api/v1/playlists", 200,
            listOf({{{L("id"), L("p1")}, {L("name"), L("Evening")}, {L("own"), true}, {L("editable"), true}}}));
        world_.http.on("GET /api/v1/playlists/p1", 200,
                       {{L("id"), L("p1")}, {L("name"), L("Evening")}, {L("own"), true}, {L("editable"), true}});
        world_.http.on(
            "GET /api/v1/playlists/p1/entries", 200,
            listOf({{{L("id"), L("e1")}, {L("media_id"), L("f1")}, {L("media"), film(L("f1"), L("Foghorn"))}}}));
        world_.http.on("GET /api/v1/me/devices", 200,
                       listOf({{{L("id"), L("d1")}, {L("name"), L("Phone")}, {L("last_seen_at"), 1.0}}}));
        world_.http.on("GET /api/v1/me/app-passwords", 200, listOf({{{L("id"), L("x")}, {L("name"), L("Phone")}}}));
        world_.http.on("GET /api/v1/household/members", 200,
                       listOf({{{L("id"), L("m1")}, {L("username"), L("bea")}, {L("role"), L("member")}}}));
        world_.http.on("GET /api/v1/household", 200, {});
        world_.http.on("GET /api/v1/admin/jobs", 200,
                       listOf({{{L("id"), L("j1")}, {L("kind"), L("loudness")}, {L("state"), L("queued")}}}));
        window_->resize(1280, 800);
        window_->requestActivate();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window_));
        ASSERT_TRUE(world_.signIn());
    }
    static bool takesTab(const QQuickItem* item) {
        const auto policy = item->property("focusPolicy");
        return item->activeFocusOnTab() || (policy.isValid() && (policy.toInt() & Qt::TabFocus));
    }
    static void collect(QQuickItem* below, QList<QQuickItem*>& into) {
        for (auto* child : below->childItems()) {
            if (!child->isVisible() || !child->isEnabled())
                continue;
            if (takesTab(child) && child->width() > 0 && child->height() > 0)
                into << child;
            collect(child, into);
        }
    }
    static QString describe(const QQuickItem* item) {
        QStringList parts;
        for (const auto* at = item; at && parts.size() < 5; at = at->parentItem())
            parts << QString::fromLatin1(at->metaObject()->className()).section(QLatin1Char('_'), 0, 0);
        return parts.join(L(" < ")) + L(" “") + item->property("text").toString() + L("”");
    }
    static QString nameOf(QQuickItem* item) {
        auto* interface = QAccessible::queryAccessibleInterface(item);
        return interface ? interface->text(QAccessible::Name) : QString();
    }
    void checkNames(const QString& page, const QList<QQuickItem*>& items) {
        for (auto* item : items)
            EXPECT_FALSE(nameOf(item).isEmpty()) << page.toStdString() << ": " << describe(item).toStdString();
    }
    // Once around by Tab.
    void checkReach(const QString& page, const QList<QQuickItem*>& items) {
        QSet<QQuickItem*> reached;
        for (qsizetype step = 0; step < 2 * items.size() + 10; ++step) {
            QTest::keyClick(window_, Qt::Key_Tab);
            for (auto* at = window_->activeFocusItem(); at; at = at->parentItem())
                reached << at;  // an editor has the focus inside its field
        }
        for (auto* item : items)
            EXPECT_TRUE(reached.contains(item)) << page.toStdString() << ": " << describe(item).toStdString();
    }
    void check(const char* page, const QVariantMap& arguments = {}) {
        world_.context.navigator()->go(L(page), arguments);
        settle();
        QTest::qWait(50);
        QList<QQuickItem*> items;
        collect(window_->contentItem(), items);
        const QString name = L(page) + QLatin1Char(' ') + arguments.value(L("section")).toString();
        ASSERT_GT(items.size(), 3) << name.toStdString();
        checkNames(name, items);
        checkReach(name, items);
    }
};

TEST_F(Accessibility, SectionsHaveNamesAndAreReached) {
    for (const auto* page : {"home", "films", "series", "music", "playlists", "search", "attention"})
        check(page);
}

TEST_F(Accessibility, PagesOfTitlesHaveNamesAndAreReached) {
    for (const auto* page : {"film", "album", "artist", "show"})
        check(page, {{L("mediaId"), L("f1")}});
    check("playlist", {{L("playlistId"), L("p1")}});
}

TEST_F(Accessibility, SettingsHaveNamesAndAreReached) {
    for (const auto* section : {"look", "playback", "account", "servers", "household", "server"})
        check("settings", {{L("section"), L(section)}});
}

TEST_F(Accessibility, ThePageForSigningInHasNamesAndSaysWhatIsAPassword) {
    world_.context.session()->signOut();
    QQuickItem* way = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        way = saying(window_->contentItem(), L("Sign in here with a password"));
        return way != nullptr;
    }));
    ASSERT_TRUE(QMetaObject::invokeMethod(way, "clicked"));
    settle();
    QList<QQuickItem*> items;
    collect(window_->contentItem(), items);
    checkNames(L("sign-in"), items);
    QStringList passwords;
    for (auto* item : items)
        if (auto* interface = QAccessible::queryAccessibleInterface(item); interface && interface->state().passwordEdit)
            passwords << interface->text(QAccessible::Name);
    EXPECT_EQ(passwords, QStringList{L("Password")});
}

TEST_F(Accessibility, F1ListsTheKeys) {
    QTest::keyClick(window_, Qt::Key_F1);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        auto* item = window_->activeFocusItem();
        return item && nameOf(item) == L("Done");
    }));
    QTest::keyClick(window_, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        auto* item = window_->activeFocusItem();
        return !item || nameOf(item) != L("Done");
    }));
}

}  // namespace
}  // namespace marea::app::test
