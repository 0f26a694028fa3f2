#include <gtest/gtest.h>

#include <QDirIterator>

#include "tests/unit/app/doubles.h"

// Downloads, and times without a server, on the whole application.
namespace marea::app::test {
namespace {

using State = OfflineTask::State;

const QByteArray kFilm = QByteArray("film ").repeated(300'000);

class Offline : public testing::Test {
protected:
    Offline() {
        orderGives("ready");
        auto item = film(QStringLiteral("f1"), QStringLiteral("Foghorn"));
        item[QStringLiteral("position")] = 1000.0;
        world.http.on("GET /api/v1/media/f1", 200, item);
        world.http.files[QStringLiteral("/api/v1/downloads/d1/file")] = kFilm;
    }
    void orderGives(const char* state) {
        const QJsonObject body{{QStringLiteral("id"), QStringLiteral("d1")},
                               {QStringLiteral("file_id"), QStringLiteral("file1")},
                               {QStringLiteral("file_name"), QStringLiteral("Foghorn.mkv")},
                               {QStringLiteral("state"), QLatin1String(state)},
                               {QStringLiteral("url"), QStringLiteral("/api/v1/downloads/d1/file")}};
        world.http.on("POST /api/v1/downloads", 201, body);
        world.http.on("GET /api/v1/downloads/d1", 200, body);
    }
    OfflineViewModel& offline() { return *world.context.offline(); }
    QString stateOf(const char* id) { return offline().stateOf(QLatin1String(id)); }
    bool becomes(const char* id, const char* state) {
        return QTest::qWaitFor([&] { return stateOf(id) == QLatin1String(state); }, 60'000);
    }
    void download(const char* quality = "original") {
        page.reset(world.context.item(QStringLiteral("f1")));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !page->loading(); }));
        offline().download(page.get(), QLatin1String(quality));
    }
    void goAway() {
        world.http.down = true;
        world.context.libraries()->refresh();
        page->reload();
        ASSERT_TRUE(QTest::qWaitFor([&] { return offline().away(); }, 60'000));
    }
    void comeBack() {
        world.http.down = false;
        offline().tryAgain();
        ASSERT_TRUE(QTest::qWaitFor([&] { return !offline().away(); }, 60'000));
    }
    QJsonObject lastChange() const {
        for (auto asked = world.http.asked.crbegin(); asked != world.http.asked.crend(); ++asked)
            if (asked->method == "PUT" && asked->url.path() == QLatin1String("/api/v1/library/f1"))
                return QJsonDocument::fromJson(asked->body).object();
        return {};
    }

    World world;
    std::unique_ptr<ItemViewModel> page;
};

TEST_F(Offline, ATitleComesAndIsPlayedFromHere) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    world.http.on("POST /api/v1/media/f1/playback", 201,
                  {{QStringLiteral("session_id"), QStringLiteral("s-f1")},
                   {QStringLiteral("mode"), QStringLiteral("transcode")},
                   {QStringLiteral("protocol"), QStringLiteral("hls")},
                   {QStringLiteral("position"), 1234.0}});
    world.context.playItem(page.get(), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    const auto& source = world.engine.loads[0];
    ASSERT_TRUE(source.url.isLocalFile());
    QFile file(source.url.toLocalFile());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), kFilm);
    EXPECT_EQ(source.start, 1234) << "as the server says";
    EXPECT_FALSE(source.segmented);
    EXPECT_EQ(world.context.player()->delivery(), QLatin1String("From this computer"));
}

TEST_F(Offline, AQualityIsAskedOfTheServerAndWaitedFor) {
    ASSERT_TRUE(world.signIn());
    orderGives("making");
    download("720p");
    ASSERT_TRUE(becomes("f1", "preparing"));
    for (const auto& asked : world.http.asked)
        if (asked.method == "POST" && asked.url.path() == QLatin1String("/api/v1/downloads")) {
            const auto body = QJsonDocument::fromJson(asked.body).object();
            EXPECT_EQ(body[QStringLiteral("quality")].toString(), QLatin1String("720p"));
            EXPECT_EQ(body[QStringLiteral("format")].toString(), QLatin1String("mp4"));
        }
    orderGives("ready");
    EXPECT_TRUE(becomes("f1", "done"));
}

TEST_F(Offline, WhatTheServerCannotMakeIsSaidInItsWords) {
    world.http.on("POST /api/v1/downloads", 422,
                  {{QStringLiteral("detail"), QStringLiteral("This title is protected and cannot be downloaded.")}});
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "failed"));
    EXPECT_EQ(offline().statusOf(QStringLiteral("f1")),
              QLatin1String("This title is protected and cannot be downloaded."));
}

TEST_F(Offline, PausedByAPersonItStaysSoUntilAsked) {
    orderGives("making");
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "preparing"));
    offline().pause(QStringLiteral("f1"));
    orderGives("ready");
    EXPECT_EQ(stateOf("f1"), QLatin1String("paused"));
    offline().resume(QStringLiteral("f1"));
    EXPECT_TRUE(becomes("f1", "done"));
}

TEST_F(Offline, ALimitPausesWithWordsAndGoesOnWhenItIsRaised) {
    ASSERT_TRUE(world.signIn());
    auto big = QByteArray(10 << 20, 'x');
    world.http.files[QStringLiteral("/api/v1/downloads/d1/file")] = big;
    Downloads files(world.api);
    files.open(world.folder.filePath(QStringLiteral("own")), QStringLiteral("casa ana"));
    files.setLimit(1 << 20);
    files.setOnline(true);
    MediaItem item;
    item.id = QStringLiteral("f1");
    files.add({item, QStringLiteral("original"), QStringLiteral("original"), false});
    ASSERT_TRUE(QTest::qWaitFor([&] { return files.tasks()[0].state == State::Paused; }, 60'000));
    EXPECT_EQ(files.tasks()[0].why, OfflineTask::Why::Limit);
    EXPECT_TRUE(statusOf(files.tasks()[0], true).startsWith(QLatin1String("Paused: the limit")));
    files.setLimit(0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return files.tasks()[0].done(); }, 60'000));
}

TEST_F(Offline, WithoutTheServerItPlaysOnAndTellsAfterwards) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    goAway();
    world.context.playItem(page.get(), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    EXPECT_EQ(world.engine.loads[0].start, 1000) << "as the server said last";
    world.engine.setDuration(6720);
    world.engine.moveTo(2600);
    world.context.player()->stop();
    page->setFavourite(true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return offline().kept(QStringLiteral("f1"))->item.favourite; }));
    EXPECT_EQ(offline().kept(QStringLiteral("f1"))->position, 2600) << "the next time goes on here";
    world.http.asked.clear();
    world.http.on("PUT /api/v1/library/f1", 200, {});
    comeBack();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("PUT", QStringLiteral("/api/v1/library/f1")) == 2; }));
    QJsonObject told;
    for (const auto& asked : world.http.asked)
        if (asked.method == "PUT") {
            const auto body = QJsonDocument::fromJson(asked.body).object();
            EXPECT_TRUE(body.contains(QStringLiteral("seconds_ago")));
            for (auto it = body.begin(); it != body.end(); ++it)
                told.insert(it.key(), it.value());
        }
    EXPECT_EQ(told[QStringLiteral("position")].toDouble(), 2600);
    EXPECT_TRUE(told[QStringLiteral("favourite")].toBool());
    EXPECT_TRUE(QTest::qWaitFor([&] { return !offline().changes().of(QStringLiteral("f1")).has_value(); }));
}

TEST_F(Offline, AKeptTrackHasItsWaveformWithoutTheServer) {
    auto track = film(QStringLiteral("f1"), QStringLiteral("Foghorn"));
    track[QStringLiteral("kind")] = QStringLiteral("track");
    world.http.on("GET /api/v1/media/f1", 200, track);
    world.http.on("GET /api/v1/media/f1/waveform", 200, {{QStringLiteral("peaks"), QJsonArray{10, 20, 30}}});
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !offline().waveform(QStringLiteral("f1")).isEmpty(); }));
    goAway();
    world.context.playKept(QStringLiteral("f1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    auto* waveform = world.context.waveform();
    waveform->look();
    ASSERT_TRUE(QTest::qWaitFor([&] { return waveform->available(); }));
    EXPECT_EQ(waveform->peaks(), QList<int>({10, 20, 30}));
}

QFuture<core::Result<void>> ready(const core::Result<void>& result) {
    QPromise<core::Result<void>> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

// Where this computer has a copy of the account's library, that has it from the moment on in which it was made.
TEST_F(Offline, WhatWasChangedGoesIntoTheCopyAndByThatToTheServer) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    QList<AwayChange> kept;
    int given = 0;
    core::Result<void> kindOfKeeping, kindOfGiving;
    auto& changes = offline().changes();
    QStringList refused;
    QObject::connect(&changes, &AwayChanges::refused, [&](const QString& why) { refused << why; });
    changes.setCopy({[&](const AwayChange& change) {
                         kept << change;
                         return ready(kindOfKeeping);
                     },
                     [&](const QString&) {
                         ++given;
                         return ready(kindOfGiving);
                     }});
    goAway();
    kindOfKeeping = core::fail(core::ErrorCode::Io, "The disk is full.");
    world.context.playKept(QStringLiteral("f1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    world.engine.setDuration(6720);
    world.engine.moveTo(2600);
    world.context.player()->stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !kept.isEmpty() && changes.of(QStringLiteral("f1")); }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !refused.isEmpty(); }));
    EXPECT_EQ(refused.takeFirst(), QStringLiteral("The disk is full."));
    EXPECT_TRUE(changes.of(QStringLiteral("f1"))) << "what may go later is not given up";
    kept.clear();
    changes.send();
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.size() == 1; }));
    QCoreApplication::processEvents();
    EXPECT_TRUE(refused.isEmpty()) << "why not is said once";
    kept.clear();
    kindOfKeeping = {};
    page->setFavourite(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.size() == 2; })) << "what it did not have is told again";
    changes.put(QStringLiteral("f1"), {}, 1);
    changes.put(QStringLiteral("f1"), {}, 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept.size() == 4; })) << "two plays are two";
    EXPECT_EQ(kept.last().plays, 1);
    ASSERT_TRUE(changes.of(QStringLiteral("f1")));
    EXPECT_EQ(changes.of(QStringLiteral("f1"))->position, 2600);
    EXPECT_TRUE(changes.of(QStringLiteral("f1"))->favourite.value_or(false));
    world.http.asked.clear();
    kindOfGiving = core::fail(core::ErrorCode::Unprocessable, "Set the date.");
    comeBack();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !refused.isEmpty(); }));
    EXPECT_EQ(refused, QStringList{QStringLiteral("Set the date.")});
    EXPECT_TRUE(changes.of(QStringLiteral("f1"))) << "nothing is given up";
    kindOfGiving = {};
    changes.send();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !changes.of(QStringLiteral("f1")).has_value(); }));
    EXPECT_EQ(kept.size(), 4) << "nothing is kept twice";
    EXPECT_GE(given, 2);
    EXPECT_EQ(world.http.count("PUT", QStringLiteral("/api/v1/library/f1")), 0);
}

TEST_F(Offline, AChangeThatIsRefusedForGoodIsPutAsideAndSaidOnce) {
    ASSERT_TRUE(world.signIn());
    int asked = 0;
    auto& changes = offline().changes();
    changes.setCopy({[&](const AwayChange& change) {
                         const bool full = change.mediaId == QLatin1String("f1");
                         asked += full ? 1 : 0;
                         return ready(full ? core::fail(core::ErrorCode::Unprocessable, "The library is full.")
                                           : core::Result<void>());
                     },
                     [&](const QString&) { return ready(core::fail(core::ErrorCode::Unavailable, "")); }});
    UserChange liked;
    liked.favourite = true;
    changes.put(QStringLiteral("f1"), liked);
    changes.put(QStringLiteral("f2"), liked);
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.aside().size() == 1; }));
    EXPECT_EQ(changes.aside()[0].mediaId, QLatin1String("f1"));
    EXPECT_TRUE(world.context.notices()->warning());
    EXPECT_TRUE(world.context.notices()->text().contains(QLatin1String("The library is full.")))
        << world.context.notices()->text().toStdString();
    EXPECT_FALSE(changes.of(QStringLiteral("f1"))) << "pages show what holds";
    EXPECT_TRUE(changes.of(QStringLiteral("f2")));
    world.context.notices()->dismiss();
    changes.send();
    changes.put(QStringLiteral("f3"), liked);
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.of(QStringLiteral("f3")).has_value(); }));
    QCoreApplication::processEvents();
    EXPECT_EQ(asked, 1) << "it is not told again";
    EXPECT_EQ(world.context.notices()->text(), QString());
}

TEST_F(Offline, WithoutACopyWhatTheServerRefusesForGoodIsSaidToo) {
    ASSERT_TRUE(world.signIn());
    auto& changes = offline().changes();
    UserChange liked;
    liked.favourite = true;
    world.http.on("PUT /api/v1/library/f1", 500, {});
    changes.put(QStringLiteral("f1"), liked);
    changes.send();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("PUT", QStringLiteral("/api/v1/library/f1")) == 1; }));
    QCoreApplication::processEvents();
    EXPECT_TRUE(changes.of(QStringLiteral("f1")));
    world.http.on("PUT /api/v1/library/f1", 403, {{QStringLiteral("detail"), QStringLiteral("Not for children.")}});
    changes.send();
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.aside().size() == 1; }));
    EXPECT_TRUE(world.context.notices()->text().contains(QLatin1String("Not for children.")));
    EXPECT_FALSE(changes.of(QStringLiteral("f1")));
}

TEST_F(Offline, AStartWithoutTheServerShowsWhatIsHere) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    page.reset();
    world.http.down = true;

    player::FakeEngine engine;
    ApiClient api{world.http};
    FakeChannel channel;
    AppContext later{api, engine, world.secrets, world.settings, channel};
    later.session()->start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return later.session()->state() == SessionViewModel::State::Offline; }));
    EXPECT_TRUE(later.offline()->away());
    EXPECT_EQ(later.navigator()->page(), QLatin1String("downloads"));
    EXPECT_EQ(later.offline()->downloads()->count(), 1);
    later.playKept(QStringLiteral("f1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return engine.loads.size() == 1; }));
    EXPECT_TRUE(engine.loads[0].url.isLocalFile());

    world.http.down = false;
    world.http.on("POST /oauth/token", 200, tokens());
    later.offline()->tryAgain();
    EXPECT_TRUE(QTest::qWaitFor([&] { return later.session()->state() == SessionViewModel::State::SignedIn; }));
    EXPECT_FALSE(later.offline()->away());
    EXPECT_TRUE(later.player()->playing()) << "nothing stops for it";
}

TEST_F(Offline, WithoutAnythingHereAStartAsksForTheAddressAsBefore) {
    ASSERT_TRUE(world.signIn());
    world.http.down = true;
    player::FakeEngine engine;
    ApiClient api{world.http};
    FakeChannel channel;
    AppContext later{api, engine, world.secrets, world.settings, channel};
    later.session()->start({}, {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return later.session()->state() == SessionViewModel::State::Address; }));
}

TEST_F(Offline, RemovingTakesItOffTheDisk) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    const auto file = offline().kept(QStringLiteral("f1"))->file;
    offline().remove(QStringLiteral("f1"));
    EXPECT_FALSE(QFile::exists(file));
    EXPECT_EQ(stateOf("f1"), QString());
    EXPECT_EQ(offline().downloads()->count(), 0);
}

// A film that the server gives sealed, and its licence.
class ProtectedOffline : public Offline {
protected:
    ProtectedOffline() {
        QJsonObject body{{QStringLiteral("id"), QStringLiteral("d1")},
                         {QStringLiteral("file_id"), QStringLiteral("file1")},
                         {QStringLiteral("file_name"), QStringLiteral("Foghorn.mkv")},
                         {QStringLiteral("state"), QStringLiteral("ready")},
                         {QStringLiteral("url"), QStringLiteral("/api/v1/downloads/d1/file")},
                         {QStringLiteral("key_id"), QStringLiteral("a2lk")}};
        world.http.on("POST /api/v1/downloads", 201, body);
        licenceFor(30);
    }
    void licenceFor(int days) {
        const QJsonObject key{{QStringLiteral("kty"), QStringLiteral("oct")},
                              {QStringLiteral("kid"), QStringLiteral("a2lk")},
                              {QStringLiteral("k"), QStringLiteral("MDEyMzQ1Njc4OWFiY2RlZg")}};
        world.http.on("POST /api/v1/drm/clearkey", 200,
                      {{QStringLiteral("keys"), QJsonArray{key}},
                       {QStringLiteral("licence_id"), QStringLiteral("l1")},
                       {QStringLiteral("expires_at"),
                        static_cast<double>(QDateTime::currentMSecsSinceEpoch() + days * 86'400'000LL)}});
    }
    void refuse(int status, const char* words) {
        world.http.on("POST /api/v1/drm/clearkey", status, {{QStringLiteral("detail"), QLatin1String(words)}});
    }
    QString status() { return offline().statusOf(QStringLiteral("f1")); }
};

TEST_F(ProtectedOffline, ItsLicenceComesFirstRestsInTheKeychainAloneAndOpensTheFile) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    for (const auto& asked : world.http.asked)
        if (asked.method == "POST" && asked.url.path() == QLatin1String("/api/v1/downloads")) {
            EXPECT_TRUE(QJsonDocument::fromJson(asked.body).object()[QStringLiteral("encrypted")].toBool());
        }
    EXPECT_TRUE(status().startsWith(QLatin1String("On this computer, to be played until "))) << status().toStdString();
    const auto title = offline().kept(QStringLiteral("f1"));
    ASSERT_TRUE(title);
    EXPECT_EQ(title->secret, QByteArray("0123456789abcdef"));
    EXPECT_TRUE(title->problem.isEmpty());
    QDirIterator files(world.folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        EXPECT_FALSE(bytes.contains("0123456789abcdef") || bytes.contains("MDEyMzQ1Njc4OWFiY2RlZg"))
            << file.fileName().toStdString();
    }
    goAway();
    world.context.playItem(page.get(), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    EXPECT_TRUE(world.engine.loads[0].url.isLocalFile());
    EXPECT_EQ(world.engine.loads[0].secret, QByteArray("0123456789abcdef"));
}

TEST_F(ProtectedOffline, OverTheLimitOfDevicesItDoesNotComeAndTheServerSaysWhy) {
    refuse(403, "This title is on as many devices as it may be: give one up first.");
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "failed"));
    EXPECT_EQ(status(), QLatin1String("This title is on as many devices as it may be: give one up first."));
    EXPECT_TRUE(world.http.streamed.isEmpty()) << "nothing was brought that could not be played";
}

TEST_F(ProtectedOffline, WithoutAKeychainNothingIsKept) {
    ASSERT_TRUE(world.signIn());
    world.secrets.broken = true;
    download();
    ASSERT_TRUE(becomes("f1", "failed"));
    EXPECT_TRUE(status().contains(QLatin1String("no keychain"))) << status().toStdString();
    EXPECT_TRUE(world.http.streamed.isEmpty());
}

TEST_F(ProtectedOffline, WhenItsTimeIsOverItSaysSoWithoutTheServer) {
    licenceFor(-1);
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "failed"));
    EXPECT_TRUE(status().contains(QLatin1String("clock"))) << status().toStdString();
    licenceFor(30);
    offline().resume(QStringLiteral("f1"));
    ASSERT_TRUE(becomes("f1", "done"));
    auto& secret = *world.secrets.kept.find(world.secrets.kept.keys().filter(QStringLiteral("licence ")).value(0));
    auto licence = *licenceFrom(secret);
    licence.until = licence.from + 1;
    secret = toText(licence);
    world.http.down = true;
    player::FakeEngine engine;
    ApiClient api{world.http};
    FakeChannel channel;
    AppContext later{api, engine, world.secrets, world.settings, channel};
    later.session()->start({}, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return later.offline()->downloads()->count() == 1; }));
    ASSERT_TRUE(QTest::qWaitFor([&] {
        return later.offline()->statusOf(QStringLiteral("f1")).startsWith(QLatin1String("Its licence ended on "));
    }));
    later.playKept(QStringLiteral("f1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !later.player()->problem().isEmpty(); }));
    EXPECT_TRUE(later.player()->problem().startsWith(QLatin1String("Its licence ended on ")));
    EXPECT_TRUE(engine.loads.isEmpty());
}

TEST_F(ProtectedOffline, WhatTheServerGivesNoMoreDoesNotPlayFromHereEither) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    world.http.on("POST /api/v1/media/f1/playback", 404, {});
    world.context.playItem(page.get(), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.context.player()->problem().isEmpty(); }));
    EXPECT_TRUE(world.engine.loads.isEmpty()) << "the server is there, and says no";
}

TEST_F(ProtectedOffline, ALicenceThatComesTooLateIsGivenBack) {
    ASSERT_TRUE(world.signIn());
    ApiClient api{world.http};
    api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    OfflineLicences licences(api, world.secrets, [] { return QDateTime::currentMSecsSinceEpoch(); });
    licences.open(QStringLiteral("casa marina"));
    licences.ask(QStringLiteral("f1"), QStringLiteral("a2lk"));
    licences.giveUp(QStringLiteral("f1"));  // its title was removed
    const auto returned = [&] { return world.http.count("DELETE", QStringLiteral("/api/v1/drm/licences/l1")); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return returned() == 1; }));
    EXPECT_FALSE(licences.holds(QStringLiteral("f1")));
    EXPECT_TRUE(world.secrets.kept.keys().filter(QStringLiteral("licence ")).isEmpty());
    licences.ask(QStringLiteral("f1"), QStringLiteral("a2lk"));
    licences.giveUp(QStringLiteral("f1"));
    licences.ask(QStringLiteral("f1"), QStringLiteral("a2lk"));  // wanted again
    ASSERT_TRUE(QTest::qWaitFor([&] { return licences.holds(QStringLiteral("f1")); }));
    EXPECT_EQ(returned(), 1);
}

TEST_F(ProtectedOffline, OfALicenceThatWasTakenBackNothingStays) {
    ASSERT_TRUE(world.signIn());
    download();
    ASSERT_TRUE(becomes("f1", "done"));
    const auto file = offline().kept(QStringLiteral("f1"))->file;
    ApiClient api{world.http};
    api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    const auto day = 86'400'000LL;
    OfflineLicences licences(api, world.secrets, [day] { return QDateTime::currentMSecsSinceEpoch() + 2 * day; });
    Downloads files(api, &licences);
    files.open(world.settings.value(QStringLiteral("downloads/folder")).toString(), world.context.session()->account());
    ASSERT_EQ(files.tasks().size(), 1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return licences.holds(QStringLiteral("f1")); }));
    refuse(404, "There is no such key.");
    files.setOnline(true);  // two days later
    ASSERT_TRUE(QTest::qWaitFor([&] { return files.tasks()[0].state == State::Failed; }));
    EXPECT_FALSE(files.tasks()[0].problem.isEmpty());
    EXPECT_FALSE(QFile::exists(file));
    EXPECT_TRUE(world.secrets.kept.keys().filter(QStringLiteral("licence ")).isEmpty());
}

}  // namespace
}  // namespace marea::app::test
