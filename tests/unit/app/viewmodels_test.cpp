#include <gtest/gtest.h>

#include <cmath>
#include <QColor>
#include <QCoreApplication>
#include <QImage>
#include <QTranslator>

#include "app/platform/artworkprovider.h"
#include "app/viewmodels/episodes.h"
#include "app/viewmodels/texts.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

TEST(Texts, TimesAndFacts) {
    EXPECT_EQ(texts::clock(245).toStdString(), "4:05");
    EXPECT_EQ(texts::clock(3723).toStdString(), "1:02:03");
    EXPECT_EQ(texts::runtime(6720).toStdString(), "1 h 52");
    MediaItem item;
    item.kind = QStringLiteral("movie");
    item.year = 2019;
    item.duration = 6720;
    item.width = 3840;
    item.height = 2160;
    item.hdr = QStringLiteral("hdr10");
    StreamDetail video, audio;
    video.kind = QStringLiteral("video");
    video.codec = QStringLiteral("hevc");
    video.width = 3840;
    video.hdr = QStringLiteral("hdr10");
    audio.kind = QStringLiteral("audio");
    audio.codec = QStringLiteral("eac3");
    audio.channels = 6;
    audio.atmos = true;
    item.files = {FileDetail{{}, {}, {}, 0, {video, audio}}};
    EXPECT_EQ(texts::facts(item).toStdString(), "2019 · 1 h 52 · 4K HDR · 5.1");
    const QString direct = QStringLiteral("direct"), transcode = QStringLiteral("transcode");
    PlaybackInfo plan;
    EXPECT_EQ(texts::playsAs(item, plan).toStdString(), "");
    plan.mode = plan.video.mode = plan.audio.mode = direct;
    EXPECT_EQ(texts::playsAs(item, plan).toStdString(), "Direct · HEVC 4K HDR10 · E-AC-3 Atmos");
    plan.mode = plan.video.mode = transcode;
    plan.video.reasons = plan.audio.reasons = {QStringLiteral("the connection takes 2.5 Mbit/s")};
    EXPECT_EQ(texts::playsAs(item, plan).toStdString(), "Transcoded · the connection takes 2.5 Mbit/s");
}

TEST(Texts, SeasonsAndEpisodesThatHaveNoNameAreCalledInTheReadersLanguage) {
    World world;
    world.context.settings()->setLanguage(QStringLiteral("es"));
    MediaItem season, episode;
    season.kind = QStringLiteral("season");
    season.season = 2;
    season.title = QStringLiteral("Season 2");
    episode.kind = QStringLiteral("episode");
    episode.episode = 4;
    episode.title = QStringLiteral("Episode 4");
    EXPECT_EQ(texts::title(season).toStdString(), "Temporada 2");
    EXPECT_EQ(texts::title(episode).toStdString(), "Episodio 4");
    season.title = QStringLiteral("The Coast");
    episode.title = QStringLiteral("Episode 14");
    EXPECT_EQ(texts::title(season).toStdString(), "The Coast");
    EXPECT_EQ(texts::title(episode).toStdString(), "Episode 14") << "somebody called it so";
    world.context.settings()->setLanguage(QStringLiteral("en"));
}

TEST(Texts, ReasonsAreSaidByTheirCodesAndElseInTheServersWords) {
    const auto info = parsePlayback(QJsonDocument::fromJson(R"({"video": {"stream_index": 0, "mode": "transcode",
        "reasons": ["1", "2", "3", "as the server says it", "of an older server"],
        "why": [{"code": "no_decoder", "values": {"player": "The browser", "codec": "100 %2"}},
                {"code": "no_hdr", "values": {"player": "", "hdr": "HDR10"}},
                {"code": "film_over_limit", "values": {"bitrate": "12340000", "limit": "500000"}},
                {"code": "of_a_later_server", "values": {}}]}})")
                                        .object());
    EXPECT_EQ(info.video.reasons,
              (QStringList{QStringLiteral("The browser has no 100 %2 decoder"),
                           QStringLiteral("The player cannot show HDR10"),
                           QStringLiteral("The film is 12.3 Mbit/s, and the limit is 500 kbit/s"),
                           QStringLiteral("as the server says it"), QStringLiteral("of an older server")}));
}

TEST(Texts, ATracksTitleThatOnlyNamesItsLanguageIsLeftOut) {
    const auto name = [](const char* language, const QString& title) {
        return texts::trackName(QLatin1String(language), title, {}, 2, false).toStdString();
    };
    EXPECT_EQ(name("es", QStringLiteral("Español")), "Spanish");
    EXPECT_EQ(name("es", QStringLiteral("spanish")), "Spanish");
    EXPECT_EQ(name("es", QStringLiteral("Comentarios")), "Spanish (Comentarios)");
}

TEST(Texts, SayWhatTheServerChoseOfSeveralVersions) {
    MediaItem item;
    StreamDetail small, large, spanish;
    small.kind = large.kind = QStringLiteral("video");
    small.codec = QStringLiteral("h264");
    small.width = 1280;
    large.codec = QStringLiteral("av1");
    large.width = 3840;
    spanish.kind = QStringLiteral("audio");
    spanish.codec = QStringLiteral("opus");
    spanish.index = 2;
    spanish.channels = 2;
    item.files = {FileDetail{QStringLiteral("a"), {}, {}, 0, {small}},
                  FileDetail{QStringLiteral("b"), {}, {}, 0, {large, spanish}}};
    PlaybackInfo plan;
    plan.fileId = QStringLiteral("b");
    plan.mode = plan.video.mode = plan.audio.mode = QStringLiteral("direct");
    plan.video.index = 0;
    plan.audio.index = 2;
    EXPECT_EQ(texts::playsAs(item, plan).toStdString(), "Direct · AV1 4K · Opus Stereo");
}

TEST(ServerUrl, TakesWhatPeopleType) {
    EXPECT_EQ(serverUrl(QStringLiteral("casa")).toString().toStdString(), "http://casa:8470/");
    EXPECT_EQ(serverUrl(QStringLiteral("https://casa.example/x?y")).toString().toStdString(), "https://casa.example/");
    EXPECT_EQ(serverUrl(QStringLiteral("192.168.1.20:9000")).toString().toStdString(), "http://192.168.1.20:9000/");
    EXPECT_TRUE(serverUrl(QStringLiteral("file:///etc/passwd")).isEmpty());
    EXPECT_TRUE(serverUrl({}).isEmpty());
}

TEST(Session, SignsInAndRemembers) {
    World world;
    ASSERT_TRUE(world.signIn());
    EXPECT_EQ(world.context.session()->username().toStdString(), "marina");
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return world.secrets.kept.contains(QStringLiteral("refresh-token@casa:8470")); }));
    world.settings.sync();
    QFile file(world.settings.fileName());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("r2")) << "no token in a plain file";
}

TEST(Session, ResumesFromTheKeychain) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.http.on("POST /oauth/token", 200, tokens());
    world.context.session()->start(QStringLiteral("casa"), {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.session()->state() == SessionViewModel::State::SignedIn; }));
}

// One that waits for a person who unlocks it, say.
TEST(Session, AKeychainThatDoesNotAnswerKeepsNobodyOutAndIsHeardLater) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.secrets.silent = true;
    world.http.on("POST /oauth/token", 200, tokens());
    auto* session = world.context.session();
    session->setKeychainPatience(0);
    session->start(QStringLiteral("casa"), {});
    EXPECT_EQ(session->state(), SessionViewModel::State::Starting);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask && !session->busy(); }));
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/oauth/token")), 0);
    world.secrets.answer();
    EXPECT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::SignedIn; }));
}

// The server may be slower than it, too.
TEST(Session, AKeychainThatAnswersWhileTheServerIsAskedIsHeard) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.secrets.silent = true;
    world.http.on("POST /oauth/token", 200, tokens());
    const QString info = QStringLiteral("/api/v1/server");
    world.http.holds = [&](const core::HttpRequest& request) { return request.url.path() == info; };
    auto* session = world.context.session();
    session->setKeychainPatience(0);
    session->start(QStringLiteral("casa"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", info) == 1; }));
    ASSERT_TRUE(session->busy());
    world.secrets.answer();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", info) == 2; }));
    world.http.holds = {};
    world.http.release();
    EXPECT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::SignedIn; }));
    EXPECT_FALSE(session->busy());
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/oauth/token")), 1);
}

TEST(Session, AKeychainThatAnswersTooLateTakesNobodysPlace) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.secrets.silent = true;
    world.http.on("POST /oauth/token", 200, tokens());
    auto* session = world.context.session();
    session->setKeychainPatience(0);
    session->start(QStringLiteral("casa"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask && !session->busy(); }));
    session->changeServer();
    world.secrets.answer();
    QCoreApplication::processEvents();
    EXPECT_EQ(session->state(), SessionViewModel::State::Address);
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/oauth/token")), 0);
}

TEST(Session, AnAnswerOfTheServerThatOneLeftChangesNothing) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.http.answers[QStringLiteral("GET /api/v1/server")] = [](const core::HttpRequest& request) {
        const QJsonObject body{{QStringLiteral("name"), request.url.host()}};
        return core::HttpResponse{200, {}, QJsonDocument(body).toJson()};
    };
    world.http.holds = [](const core::HttpRequest& request) { return request.url.host() == QLatin1String("casa"); };
    auto* session = world.context.session();
    session->start(QStringLiteral("casa"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", QStringLiteral("/api/v1/server")) == 1; }));
    session->changeServer();
    session->connectTo(QStringLiteral("faro"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session->state() == SessionViewModel::State::Ask; }));
    world.http.holds = {};
    world.http.release();
    QTest::qWait(1);
    QCoreApplication::processEvents();
    EXPECT_EQ(session->serverName().toStdString(), "faro");
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/oauth/token")), 0) << "no other server gets the saved token";
}

TEST(Session, SaysSoWithoutAKeychain) {
    World world;
    world.secrets.broken = true;
    ASSERT_TRUE(world.signIn());
    EXPECT_TRUE(world.context.session()->forgetful());
}

TEST(Session, SaysWhatIsWrong) {
    World world;
    world.http.on("POST /api/v1/login", 401, {});
    EXPECT_FALSE(world.signIn());
    EXPECT_EQ(world.context.session()->errorText().toStdString(), "The name or the password is wrong.");
}

TEST(MediaModel, FetchesPageAfterPage) {
    World world;
    world.http.answers[QStringLiteral("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const bool second = request.url.query().contains(QLatin1String("cursor=c2"));
        const auto page = listOf({film(second ? QStringLiteral("b") : QStringLiteral("a"), QStringLiteral("T"))},
                                 second ? QJsonValue() : QJsonValue(QStringLiteral("c2")));
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 1 && !films->loading(); }));
    ASSERT_TRUE(films->canFetchMore({}));
    films->fetchMore({});
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 2; }));
    EXPECT_FALSE(films->canFetchMore({}));
    EXPECT_EQ(films->idAt(1).toStdString(), "b");
}

TEST(MediaModel, KnowsWhereEachLetterBegins) {
    World world;
    world.http.answers[QStringLiteral("GET /api/v1/media")] = lettered;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->loaded() && !films->loading(); }));
    EXPECT_EQ(films->letters().size(), 28) << "#, A to Z, and the Ñ that is there";
    EXPECT_EQ(films->rowOf(QStringLiteral("a")), 0);
    EXPECT_EQ(films->rowOf(QStringLiteral("C")), 300) << "nothing there: where the next one begins";
    EXPECT_EQ(films->rowOf(QStringLiteral("ñ")), 450);
    EXPECT_EQ(films->rowOf(QStringLiteral("S")), 460);
    EXPECT_EQ(films->rowOf(QStringLiteral("Z")), 499);
    EXPECT_EQ(films->rowOf(QStringLiteral("/")), -1);
    EXPECT_EQ(films->letterAt(299).toStdString(), "A");
    EXPECT_EQ(films->letterAt(459).toStdString(), "Ñ");
    EXPECT_EQ(films->letterAt(500).toStdString(), "");
}

TEST(MediaModel, LoadsAsFarAsALetterInLargePages) {
    World world;
    world.http.answers[QStringLiteral("GET /api/v1/media")] = lettered;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->loaded() && !films->loading(); }));
    QList<int> reached;
    QObject::connect(films, &MediaModel::reached, [&](int row) { reached << row; });
    films->reach(30);
    EXPECT_EQ(reached, QList<int>{30}) << "there already";
    films->reach(films->rowOf(QStringLiteral("S")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return reached.size() == 2; }));
    EXPECT_EQ(reached.last(), 460);
    EXPECT_EQ(films->idAt(460).toStdString(), "460");
    EXPECT_LE(world.http.count("GET", QStringLiteral("/api/v1/media")), 4);
    EXPECT_FALSE(films->letters().isEmpty());
}

TEST(Item, IsAskedHowItWouldPlayAndAgainWhenTheLimitChanges) {
    World world;
    world.http.answers[QStringLiteral("POST /api/v1/media/f1/playback/plan")] = [](const core::HttpRequest& request) {
        const bool limited = request.body.contains("max_bitrate");
        const QJsonObject video{
            {QStringLiteral("stream_index"), 0},
            {QStringLiteral("mode"), limited ? QStringLiteral("transcode") : QStringLiteral("direct")},
            {QStringLiteral("reasons"),
             limited ? QJsonArray{QStringLiteral("too much for the connection")} : QJsonArray{}}};
        return core::HttpResponse{200,
                                  {},
                                  QJsonDocument(QJsonObject{{QStringLiteral("mode"), video[QStringLiteral("mode")]},
                                                            {QStringLiteral("video"), video}})
                                      .toJson()};
    };
    const std::unique_ptr<ItemViewModel> item(world.context.item(QStringLiteral("f1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !item->playsAs().isEmpty(); }));
    EXPECT_TRUE(item->playsDirect());
    world.context.settings()->setStreamLimit(2500);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !item->playsDirect(); }));
    EXPECT_EQ(item->playsAs().toStdString(), "Transcoded · too much for the connection");
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/api/v1/media/f1/playback")), 0) << "nothing was started";
}

MediaItem episode(int season, int number, bool watched, double position = 0) {
    MediaItem item;
    item.id = QStringLiteral("%1-%2").arg(season).arg(number);
    item.kind = QStringLiteral("episode");
    item.season = season;
    item.episode = number;
    item.watched = watched;
    item.position = position;
    return item;
}

TEST(Episodes, WhatIsNextFollowsTheLastOneSeen) {
    const auto special = episode(0, 1, false);
    EXPECT_EQ(nextEpisode({}), -1);
    EXPECT_EQ(nextEpisode({special, episode(1, 1, false), episode(1, 2, false)}), 1) << "specials come last";
    EXPECT_EQ(nextEpisode({special, episode(1, 1, true)}), 0) << "but they come";
    EXPECT_EQ(nextEpisode({episode(1, 1, false), episode(1, 2, true), episode(2, 1, false)}), 2)
        << "what was left out stays so";
    EXPECT_EQ(nextEpisode({episode(1, 1, false, 300), episode(1, 2, true), episode(2, 1, false)}), 2)
        << "begun, and then gone on behind it";
    EXPECT_EQ(nextEpisode({episode(1, 1, true), episode(1, 2, false), episode(1, 3, false, 300)}), 2) << "begun";
    EXPECT_EQ(nextEpisode({episode(1, 1, false), episode(1, 2, true)}), 0);
    EXPECT_EQ(nextEpisode({episode(1, 1, true), episode(1, 2, true)}), 0) << "once more";
    auto broken = episode(1, 2, false);
    broken.status = QStringLiteral("broken");
    EXPECT_EQ(nextEpisode({episode(1, 1, true), broken, episode(1, 3, false)}), 2);
}

TEST(Episodes, OneFollowsTheOther) {
    World world;
    auto first = film(QStringLiteral("e1"), QStringLiteral("Ebb"));
    first[QStringLiteral("kind")] = QStringLiteral("episode");
    first[QStringLiteral("series_id")] = QStringLiteral("s1");
    auto second = first, third = first;
    second[QStringLiteral("id")] = QStringLiteral("e2");
    third[QStringLiteral("id")] = QStringLiteral("e3");
    world.http.on("GET /api/v1/media/e2", 200, second);
    world.http.answers[QStringLiteral("GET /api/v1/media")] = [=](const core::HttpRequest& request) {
        const bool more = QUrlQuery(request.url).hasQueryItem(QStringLiteral("cursor"));
        const auto page = more ? listOf({third}) : listOf({first, second}, QStringLiteral("c2"));
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    std::unique_ptr<ItemViewModel> page(world.context.item(QStringLiteral("e2")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->title().isEmpty(); }));
    world.context.playItem(page.get(), true);
    auto* queue = world.context.player()->queue();
    EXPECT_EQ(queue->count(), 1) << "it does not wait for them";
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue->count() == 2; }));
    EXPECT_EQ(queue->mediaIds(9).first, QStringList({QStringLiteral("e2"), QStringLiteral("e3")}));
}

TEST(MediaModel, KeepsWhatItHasWhenTheServerGoes) {
    World world;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 2; }));
    world.http.down = true;
    films->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->failed(); }));
    EXPECT_EQ(films->count(), 2);
    EXPECT_FALSE(films->errorText().isEmpty());
}

TEST(MediaModel, AskedAgainItChangesRowByRowAndComesAsFarAsItWas) {
    World world;
    world.http.answers[QStringLiteral("GET /api/v1/media")] = lettered;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->loaded() && !films->loading(); }));
    films->reach(460);
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() >= 461 && !films->loading(); }));
    const int before = films->count();
    int resets = 0, moved = 0;
    QObject::connect(films, &QAbstractItemModel::modelReset, [&] { ++resets; });
    QObject::connect(films, &QAbstractItemModel::rowsRemoved, [&] { ++moved; });
    QObject::connect(films, &QAbstractItemModel::rowsInserted, [&] { ++moved; });
    films->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !films->loading(); }));
    EXPECT_GE(films->count(), before);
    EXPECT_EQ(resets, 0);
    EXPECT_EQ(films->idAt(460).toStdString(), "460");
    EXPECT_FALSE(films->letters().isEmpty());
}

TEST(MediaModel, ANewTitleComesBetweenTheOthers) {
    World world;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 2 && !films->loading(); }));
    QList<int> inserted, removed;
    int resets = 0;
    QObject::connect(films, &QAbstractItemModel::rowsInserted,
                     [&](auto&, int first, int last) { inserted << first << last; });
    QObject::connect(films, &QAbstractItemModel::rowsRemoved,
                     [&](auto&, int first, int last) { removed << first << last; });
    QObject::connect(films, &QAbstractItemModel::modelReset, [&] { ++resets; });
    world.http.on("GET /api/v1/media", 200,
                  listOf({film(QStringLiteral("f1"), QStringLiteral("Foghorn, restored")),
                          film(QStringLiteral("f3"), QStringLiteral("Firth")),
                          film(QStringLiteral("f2"), QStringLiteral("Estuary"))}));
    films->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 3; }));
    EXPECT_EQ(inserted, (QList<int>{1, 1}));
    EXPECT_TRUE(removed.isEmpty());
    EXPECT_EQ(resets, 0);
    EXPECT_EQ(films->data(films->index(0), films->roleNames().key("title")).toString().toStdString(),
              "Foghorn, restored");
}

TEST(Settings, RememberTheWindow) {
    World world;
    auto* settings = world.context.settings();
    EXPECT_FALSE(settings->windowMaximized());
    settings->rememberWindow(700, 500);
    settings->rememberMaximized(true);
    EXPECT_EQ(settings->windowWidth(), 700);
    EXPECT_TRUE(settings->windowMaximized());
}

TEST(Navigator, GoesBackAndForward) {
    Navigator n;
    n.go(QStringLiteral("films"));
    n.open(QStringLiteral("f1"), QStringLiteral("movie"));
    EXPECT_EQ(n.page().toStdString(), "film");
    EXPECT_EQ(n.section().toStdString(), "films");
    n.back();
    EXPECT_EQ(n.page().toStdString(), "films");
    ASSERT_TRUE(n.canGoForward());
    n.go(QStringLiteral("music"));
    EXPECT_FALSE(n.canGoForward());
}

// WCAG 2.1, relative luminance and contrast.
double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrastOn(Behind behind, const QColor& artwork, const QColor& page, double strength, const QColor& words) {
    QImage picture(60, 90, QImage::Format_RGB32);
    picture.fill(artwork);
    const QColor wash = washImage(picture, {192, 108}, behind).pixelColor(96, 54);
    const auto mix = [strength](int over, int under) { return qRound(strength * over + (1 - strength) * under); };
    const QColor below(mix(wash.red(), page.red()), mix(wash.green(), page.green()), mix(wash.blue(), page.blue()));
    const double one = luminance(below) + 0.05, two = luminance(words) + 0.05;
    return std::max(one, two) / std::min(one, two);
}

TEST(Wash, WordsOverArtworkCanBeRead) {
    for (const QColor& artwork :
         {QColor(Qt::white), QColor(Qt::black), QColor(Qt::yellow), QColor(Qt::red), QColor(Qt::blue)}) {
        EXPECT_GE(contrastOn(Behind::LightWords, artwork, 0x0E1418, 0.5, 0x9FB0BA), 4.5)
            << artwork.name().toStdString();
        EXPECT_GE(contrastOn(Behind::DarkWords, artwork, 0xF6F8F9, 0.35, 0x52636E), 4.5)
            << artwork.name().toStdString();
    }
}

TEST(Texts, ReasonsComeInThePersonsLanguage) {
    QTranslator spanish;
    ASSERT_TRUE(spanish.load(QStringLiteral(":/i18n/marea_es.qm")));
    QCoreApplication::installTranslator(&spanish);
    EXPECT_EQ(texts::error({core::ErrorCode::Forbidden, {}, "The server's certificate is not trusted"}).toStdString(),
              "El certificado del servidor no es de confianza");
    QCoreApplication::removeTranslator(&spanish);
}

}  // namespace
}  // namespace marea::app::test
