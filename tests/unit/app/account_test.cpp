// Account, household and server, as the settings show them.
#include <gtest/gtest.h>

#include <QLocale>

#include "app/platform/qrprovider.h"
#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/times.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QString text(const QVariantList& rows, int row, const char* key) {
    return rows.value(row).toMap().value(L(key)).toString();
}

class Account : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(world.signIn()); }
    QJsonObject sent(const char* method, const char* path) {
        for (auto it = http.asked.crbegin(); it != http.asked.crend(); ++it)
            if (it->method == method && it->url.path() == L(path))
                return QJsonDocument::fromJson(it->body).object();
        ADD_FAILURE() << "nothing was sent to " << path;
        return {};
    }
    bool asked(const char* method, const char* path, int times = 1) {
        return QTest::qWaitFor([&] { return http.count(method, L(path)) >= times; });
    }
    World world;
    FakeHttp& http = world.http;
    AppContext& context = world.context;
};

TEST_F(Account, DevicesAreListedAndSignedOut) {
    http.on("GET /api/v1/me/devices", 200,
            listOf({{{L("id"), L("d1")}, {L("name"), L("Laptop")}, {L("current"), true}},
                    {{L("id"), L("d2")}, {L("name"), L("Phone")}, {L("last_seen_at"), 1700000000000.0}}}));
    http.on("GET /api/v1/me/app-passwords", 200, listOf({}));
    http.on("DELETE /api/v1/me/devices/d2", 204, {});
    auto* account = context.account();
    account->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return account->devices().size() == 2; }));
    EXPECT_TRUE(account->devices().first().toMap()[L("current")].toBool());
    const int before = http.count("GET", L("/api/v1/me/devices"));
    account->signOutDevice(L("d2"));
    EXPECT_TRUE(asked("DELETE", "/api/v1/me/devices/d2"));
    EXPECT_TRUE(asked("GET", "/api/v1/me/devices", before + 1));
}

TEST_F(Account, APasswordIsShownOnce) {
    http.on("POST /api/v1/me/app-passwords", 201, {{L("id"), L("p")}, {L("password"), L("salt-and-tide")}});
    auto* account = context.account();
    account->makePassword(L("  Phone "));
    ASSERT_TRUE(QTest::qWaitFor([&] { return account->newPassword() == L("salt-and-tide"); }));
    EXPECT_EQ(sent("POST", "/api/v1/me/app-passwords")[L("name")].toString().toStdString(), "Phone");
    account->putAway();
    EXPECT_TRUE(account->newPassword().isEmpty());
    account->makePassword(L("Phone"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !account->newPassword().isEmpty(); }));
    context.session()->signOut();
    EXPECT_TRUE(account->newPassword().isEmpty()) << "nothing of it stays for whoever signs in next";
}

TEST_F(Account, WhatIsAnsweredToWhoHasLeftIsNotShownToTheNext) {
    const QStringList paths{L("/api/v1/me/devices"), L("/api/v1/household/members"), L("/api/v1/libraries")};
    for (const auto& path : paths)
        http.on(qPrintable(QStringLiteral("GET ") + path), 200,
                listOf({{{L("id"), L("x1")}, {L("name"), L("Laptop")}, {L("username"), L("bea")}}}));
    http.holds = [&](const core::HttpRequest& request) { return paths.contains(request.url.path()); };
    context.account()->reload();
    context.household()->reload();
    context.libraries()->refresh();
    context.session()->signOut();
    http.holds = nullptr;
    http.release();
    QTest::qWait(1);
    QCoreApplication::processEvents();
    EXPECT_TRUE(context.account()->devices().isEmpty());
    EXPECT_TRUE(context.household()->members().isEmpty());
    EXPECT_FALSE(context.libraries()->any());
}

TEST_F(Account, AccountsElsewhereAreListedAndUnlinked) {
    http.on("GET /api/v1/me/external-accounts", 200,
            listOf({{{L("id"), L("x1")},
                     {L("issuer"), L("https://login.example/realms/home")},
                     {L("label"), L("marina@example.org")},
                     {L("last_used_at"), QJsonValue::Null}}}));
    http.on("DELETE /api/v1/me/external-accounts/x1", 204, {});
    auto* account = context.account();
    account->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return account->accounts().size() == 1; }));
    EXPECT_EQ(text(account->accounts(), 0, "name").toStdString(), "marina@example.org");
    EXPECT_EQ(text(account->accounts(), 0, "detail").toStdString(), "login.example");
    account->removeAccount(L("x1"));
    EXPECT_TRUE(asked("DELETE", "/api/v1/me/external-accounts/x1"));
    EXPECT_TRUE(asked("GET", "/api/v1/me/external-accounts", 2));
}

TEST_F(Account, ListensAreToldWithATokenAndNoMore) {
    const auto answer = [](const char* state, const QJsonValue& problem, int waiting) {
        return QJsonObject{{L("state"), L(state)},
                           {L("address"), L(state) == L("off") ? QJsonValue() : L("https://api.listenbrainz.org")},
                           {L("services"), QJsonArray{L("https://api.listenbrainz.org"), L("https://maloja.example")}},
                           {L("waiting"), waiting},
                           {L("problem"), problem}};
    };
    context.settings()->setLanguage(L("en"));  // its plurals
    auto* scrobbling = context.scrobbling();
    scrobbling->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !scrobbling->busy(); }));
    EXPECT_FALSE(scrobbling->offered()) << "a server without it, or without services";
    http.on("GET /api/v1/me/scrobbling", 200, answer("off", {}, 0));
    scrobbling->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return scrobbling->offered(); }));
    EXPECT_FALSE(scrobbling->on());
    EXPECT_EQ(text(scrobbling->services(), 1, "text").toStdString(), "maloja.example");

    http.on("PUT /api/v1/me/scrobbling", 422, {{L("detail"), L("The service does not know this token.")}});
    scrobbling->start(L("wrong"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !scrobbling->errorText().isEmpty(); }));
    EXPECT_EQ(sent("PUT", "/api/v1/me/scrobbling"), (QJsonObject{{L("token"), L("wrong")}})) << "the first service";
    EXPECT_FALSE(scrobbling->on());

    bool started = false;
    QObject::connect(scrobbling, &ScrobblingViewModel::started, scrobbling, [&] { started = true; });
    http.on("PUT /api/v1/me/scrobbling", 200, answer("on", {}, 3));
    scrobbling->start(L(" right "), L("https://api.listenbrainz.org"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return started; }));
    EXPECT_EQ(sent("PUT", "/api/v1/me/scrobbling")[L("token")].toString().toStdString(), "right");
    EXPECT_TRUE(scrobbling->errorText().isEmpty());
    EXPECT_EQ(scrobbling->service().toStdString(), "api.listenbrainz.org");
    EXPECT_EQ(scrobbling->detail().toStdString(), "nothing told yet · 3 listens waiting");

    http.on("GET /api/v1/me/scrobbling", 200, answer("paused", L("The token is refused."), 3));
    scrobbling->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return scrobbling->paused(); }));
    EXPECT_TRUE(scrobbling->on());
    EXPECT_EQ(scrobbling->problem().toStdString(), "The token is refused.");
    http.on("DELETE /api/v1/me/scrobbling", 204, {});
    http.on("GET /api/v1/me/scrobbling", 200, answer("off", {}, 0));
    scrobbling->stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !scrobbling->on(); }));
    EXPECT_TRUE(scrobbling->service().isEmpty());
    context.session()->signOut();
    EXPECT_FALSE(scrobbling->offered()) << "nothing of it stays for whoever signs in next";
}

TEST_F(Account, SomebodyIsAddedAsWhatTheyAre) {
    http.on("POST /api/v1/household/members", 201, {});
    auto* household = context.household();
    bool saved = false;
    QObject::connect(household, &HouseholdViewModel::saved, household, [&] { saved = true; });
    QVariantMap wish{{L("username"), L("Nil")}, {L("password"), L("x")},
                     {L("role"), L("child")},   {L("age_limit"), 6},
                     {L("unrated"), false},     {L("libraries"), QVariant::fromValue(nullptr)},
                     {L("max_streams"), 1},     {L("max_devices"), QVariant::fromValue(nullptr)}};
    household->save({}, wish);
    ASSERT_TRUE(QTest::qWaitFor([&] { return saved; }));
    const auto child = sent("POST", "/api/v1/household/members");
    EXPECT_EQ(child[L("age_limit")].toInt(), 6);
    EXPECT_TRUE(child[L("libraries")].isNull() && child.contains(L("libraries"))) << "null is all of them";
    wish[L("role")] = L("member");
    wish[L("password")] = QString();
    http.on("PUT /api/v1/household/members/m1", 200, {});
    household->save(L("m1"), wish);
    ASSERT_TRUE(asked("PUT", "/api/v1/household/members/m1"));
    const auto member = sent("PUT", "/api/v1/household/members/m1");
    for (const auto* absent : {"age_limit", "unrated", "username", "password"})
        EXPECT_FALSE(member.contains(L(absent))) << absent;
}

TEST_F(Account, WhatIsRefusedStaysInItsSheet) {
    http.on("POST /api/v1/household/members", 409, {{L("detail"), L("There is somebody of that name.")}});
    QString refused;
    QObject::connect(context.household(), &HouseholdViewModel::refused, context.household(),
                     [&](const QString& why) { refused = why; });
    context.household()->save({}, {{L("username"), L("Bea")}, {L("password"), L("x")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !refused.isEmpty(); }));
    EXPECT_EQ(refused.toStdString(), "There is somebody of that name.");
}

TEST_F(Account, TheServerIsAskedWhileSomebodyLooks) {
    http.on("GET /api/v1/admin/sessions", 200,
            listOf({{{L("id"), L("s1")},
                     {L("title"), L("Foghorn")},
                     {L("username"), L("bea")},
                     {L("device"), L("TV")},
                     {L("mode"), L("transcode")},
                     {L("position"), 50.0},
                     {L("duration"), 200.0}}}));
    http.on("GET /api/v1/admin/jobs", 200,
            listOf({{{L("id"), L("j1")}, {L("kind"), L("loudness")}, {L("state"), L("leased")}, {L("progress"), 0.5}},
                    {{L("id"), L("j2")},
                     {L("kind"), L("sprites")},
                     {L("state"), L("failed")},
                     {L("error"), L("No index.")}}}));
    auto* server = context.server();
    EXPECT_EQ(http.count("GET", L("/api/v1/admin/jobs")), 0);
    server->setWatched(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return server->sessions().size() == 1 && server->jobs().size() == 2; }));
    EXPECT_EQ(text(server->sessions(), 0, "who").toStdString(), "bea · TV");
    EXPECT_DOUBLE_EQ(server->sessions().first().toMap()[L("progress")].toDouble(), 0.25);
    EXPECT_EQ(text(server->jobs(), 1, "detail").toStdString(), "No index.");
    EXPECT_TRUE(server->storage().isEmpty() && server->errorText().isEmpty()) << "a server that has no such route";
    http.on("DELETE /api/v1/admin/sessions/s1", 204, {});
    server->endSession(L("s1"));
    EXPECT_TRUE(asked("DELETE", "/api/v1/admin/sessions/s1"));
    server->setWatched(false);
}

TEST_F(Account, WhatAServerDoesIsSaidToNobodyWhoHasLeft) {
    http.on("GET /api/v1/admin/sessions", 200, listOf({{{L("id"), L("s1")}, {L("title"), L("Foghorn")}}}));
    http.holds = [](const core::HttpRequest& request) { return request.url.path() == L("/api/v1/admin/sessions"); };
    auto* server = context.server();
    server->setWatched(true);
    ASSERT_TRUE(asked("GET", "/api/v1/admin/sessions"));
    server->clear();
    http.holds = nullptr;
    http.release();
    QTest::qWait(1);
    QCoreApplication::processEvents();
    EXPECT_TRUE(server->sessions().isEmpty());
}

TEST_F(Account, OneListOfTheServerThatFailsIsSaidBesideTheOthers) {
    http.on("GET /api/v1/admin/jobs", 200, listOf({{{L("id"), L("j1")}, {L("state"), L("queued")}}}));
    http.on("GET /api/v1/admin/sessions", 500, {});
    http.holds = [](const core::HttpRequest& request) { return request.url.path() == L("/api/v1/admin/jobs"); };
    auto* server = context.server();
    server->setWatched(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !server->errorText().isEmpty(); }, 60'000));
    http.holds = nullptr;
    http.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return server->jobs().size() == 1; }, 60'000));
    EXPECT_FALSE(server->errorText().isEmpty());
    server->setWatched(false);
}

TEST_F(Account, LimitsAreKnownOnceTheServerSaysThem) {
    http.on("GET /api/v1/household/members", 200, listOf({}));
    http.on("GET /api/v1/household", 500, {});
    auto* household = context.household();
    household->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return household->loaded(); }, 60'000));
    ASSERT_TRUE(asked("GET", "/api/v1/household"));
    EXPECT_FALSE(household->limited()) << "none is another thing";
    http.on("GET /api/v1/household", 200, {{L("max_streams"), QJsonValue::Null}});
    household->reload();
    EXPECT_TRUE(QTest::qWaitFor([&] { return household->limited(); }, 60'000));
}

TEST(KnownServersTest, TheLatestComesFirstAndOnce) {
    QTemporaryDir folder;
    QSettings settings(folder.filePath(L("x.conf")), QSettings::IniFormat);
    KnownServers known(settings);
    known.remember({L("casa:8470"), L("Casa"), L("ana")});
    known.remember({L("http://office:9000"), L("Office"), L("ana")});
    known.remember({L("http://casa:8470/"), L("Casa"), L("bea")});
    ASSERT_EQ(known.all().size(), 2) << "the same by another spelling";
    EXPECT_EQ(known.all().first().user.toStdString(), "bea");
    known.forget(L("office:9000"));
    EXPECT_EQ(known.all().size(), 1);
}

TEST_F(Account, AnotherServerIsOneClickAway) {
    auto* session = context.session();
    ASSERT_EQ(session->servers().size(), 1);
    EXPECT_TRUE(session->servers().first().toMap()[L("current")].toBool());
    world.secrets.kept[L("refresh-token@office:8470")] = L("r9");
    http.on("POST /oauth/token", 200, tokens("a9"));
    session->switchTo(L("office"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::SignedIn; }));
    EXPECT_EQ(session->serverUrlText().toStdString(), "http://office:8470");
    EXPECT_EQ(session->servers().size(), 2);
    EXPECT_EQ(world.secrets.kept[L("refresh-token@casa:8470")].toStdString(), "r2") << "the sign-in there stays";
    session->forgetServer(L("casa"));
    EXPECT_EQ(session->servers().size(), 1);
    EXPECT_FALSE(world.secrets.kept.contains(L("refresh-token@casa:8470")));
}

TEST(TimesTest, AreRelativeUpToAWeek) {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QDateTime now(QDate(2026, 5, 20), QTime(15, 0));
    const auto said = [&](const QDateTime& then) { return times::ago(then.toMSecsSinceEpoch(), now).toStdString(); };
    EXPECT_EQ(said(now.addSecs(-20)), "just now");
    EXPECT_NE(said(now.addSecs(-300)).find('5'), std::string::npos);
    EXPECT_NE(said(now.addSecs(-3 * 3600)).find('3'), std::string::npos);
    EXPECT_EQ(said(now.addDays(-1)), "yesterday");
    EXPECT_NE(said(now.addDays(-4)).find('4'), std::string::npos);
    EXPECT_EQ(said(now.addDays(-40)), "10 April 2026");
    EXPECT_EQ(times::ago(0, now).toStdString(), "");
}

TEST(TimesTest, DaysInAColumnHaveTheirMonthInShortWords) {
    const QLocale before;
    const QDate day(2026, 4, 10);
    const auto said = [&](const QLocale& locale) {
        QLocale::setDefault(locale);
        return times::shortDay(day).toStdString();
    };
    EXPECT_EQ(said(QLocale(QLocale::English, QLocale::UnitedKingdom)), "10 Apr 2026");
    EXPECT_EQ(said(QLocale(QLocale::English, QLocale::UnitedStates)), "Apr 10, 2026");
    EXPECT_EQ(said(QLocale(QLocale::Spanish, QLocale::Spain)), "10 abr 2026");
    QLocale::setDefault(before);
}

TEST(QrTest, HasItsQuietZoneAndWholeModules) {
    QSize size;
    const QImage image = QrProvider().requestImage(L("http%3A%2F%2Fcasa%3A8470"), &size, {300, 300});
    ASSERT_FALSE(image.isNull());
    EXPECT_EQ(image.width() % 4 == 0 || image.width() > 100, true);
    EXPECT_EQ(image.pixel(0, 0), qRgb(255, 255, 255));
    const int module = image.width() / (25 + 8);  // version 2
    EXPECT_EQ(image.pixel(4 * module + module / 2, 4 * module + module / 2), qRgb(0, 0, 0)) << "its finder begins here";
}

}  // namespace
}  // namespace marea::app::test
