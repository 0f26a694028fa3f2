#include <gtest/gtest.h>

#include <QTcpServer>
#include <QTcpSocket>

#include "core/http/qthttpclient.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

TEST(HttpHost, IsToldWithoutTheInterfaceOfThisComputer) {
    const auto host = [](const char* url) { return core::hostOfLink(QUrl(QLatin1String(url))).toStdString(); };
    EXPECT_EQ(host("https://[fe80::1%25eth0]:8470/api/v1/server"), "[fe80::1]:8470");
    EXPECT_EQ(host("http://[fe80::1%25wlan0]/"), "[fe80::1]");
    EXPECT_EQ(host("https://[fd00::20]:8470/"), "");
    EXPECT_EQ(host("https://casa.example/"), "");
}

TEST(ApiClient, RefreshesOnceForAllCallsThatWait) {
    World world;
    world.api.setTokens({QStringLiteral("old"), QStringLiteral("r1"), 900});
    world.http.answers[QStringLiteral("GET /api/v1/me")] = [](const core::HttpRequest& request) {
        const bool good = core::headerValue(request.headers, "Authorization") == "Bearer a1";
        return core::HttpResponse{good ? 200 : 401, {}, good ? R"({"username":"marina"})" : "{}"};
    };
    world.http.on("POST /oauth/token", 200, tokens());
    int good = 0;
    for (int i = 0; i < 3; ++i)
        deliver(world.api.me(), &world.api,
                [&](const core::Result<Me>& me) { good += me && me->username == QLatin1String("marina"); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return good == 3; }));
    EXPECT_EQ(world.http.count("POST", QStringLiteral("/oauth/token")), 1);
}

TEST(ApiClient, ARefusedRefreshTokenSignsOut) {
    World world;
    world.api.setTokens({QStringLiteral("old"), QStringLiteral("r1"), 900});
    world.http.on("GET /api/v1/me", 401, {});
    world.http.on("POST /oauth/token", 401, {});
    bool out = false, failed = false;
    QObject::connect(&world.api, &ApiClient::signedOut, &world.api, [&] { out = true; });
    deliver(world.api.me(), &world.api, [&](const core::Result<Me>& me) { failed = !me; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return out && failed; }));
    EXPECT_FALSE(world.api.hasTokens());
}

bool isTokenCall(const core::HttpRequest& request) {
    return request.url.path() == QLatin1String("/oauth/token");
}

TEST(ApiClient, WhoHasSignedOutIsNotSignedInByALateAnswer) {
    World world;
    for (const int status : {200, 401}) {
        world.http.asked.clear();
        world.api.setTokens({QStringLiteral("old"), QStringLiteral("r1"), 900});
        world.http.on("GET /api/v1/me", 401, {});
        world.http.on("POST /oauth/token", status, status == 200 ? tokens() : QJsonObject());
        world.http.holds = isTokenCall;
        QObject context;
        bool told = false, failed = false;
        QObject::connect(&world.api, &ApiClient::tokensChanged, &context, [&] { told = true; });
        QObject::connect(&world.api, &ApiClient::signedOut, &context, [&] { told = true; });
        deliver(world.api.me(), &context, [&](const core::Result<Me>& me) { failed = !me; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("POST", QStringLiteral("/oauth/token")) == 1; }));
        world.api.clearTokens();
        world.http.holds = {};
        world.http.release();
        ASSERT_TRUE(QTest::qWaitFor([&] { return failed; }));
        EXPECT_FALSE(world.api.hasTokens()) << status;
        EXPECT_FALSE(told) << status << ": nobody is there whom it is news to";
    }
}

TEST(ApiClient, OneServersTokensGoToNoOther) {
    World world;
    world.api.setTokens({QStringLiteral("a0"), QStringLiteral("ar"), 900});
    world.http.on("GET /api/v1/me", 401, {});
    world.http.holds = [](const core::HttpRequest& request) { return request.url.host() == QLatin1String("casa"); };
    bool failed = false;
    deliver(world.api.me(), &world.api, [&](const core::Result<Me>& me) { failed = !me; });
    world.api.setServer(QUrl(QStringLiteral("http://faro:8470/")));
    EXPECT_FALSE(world.api.hasTokens());
    world.api.setTokens({QStringLiteral("b0"), QStringLiteral("br"), 900});
    world.http.holds = {};
    world.http.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return failed; }));
    EXPECT_EQ(world.http.asked.size(), 1) << "neither once more, nor for fresh tokens";
    EXPECT_EQ(core::headerValue(world.http.asked.first().headers, "Authorization"), "Bearer a0");
    EXPECT_TRUE(world.api.hasTokens());
}

TEST(ApiClient, WhatWaitsForFreshTokensIsNotSentWithThoseOfAnotherServer) {
    World world;
    world.api.setTokens({QStringLiteral("a0"), QStringLiteral("ar"), 900});
    world.http.on("GET /api/v1/me", 401, {});
    world.http.on("POST /oauth/token", 200, tokens());
    QObject context;
    QObject::connect(&world.api, &ApiClient::tokensChanged, &context, [&] {
        world.api.setServer(QUrl(QStringLiteral("http://faro:8470/")));
        world.api.setTokens({QStringLiteral("b0"), QStringLiteral("br"), 900});
    });
    bool failed = false;
    deliver(world.api.me(), &context, [&](const core::Result<Me>& me) { failed = !me; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return failed; }));
    EXPECT_EQ(world.http.count("GET", QStringLiteral("/api/v1/me")), 1);
    for (const auto& request : world.http.asked)
        EXPECT_NE(core::headerValue(request.headers, "Authorization"), "Bearer b0");
}

TEST(ApiClient, CarriesTheServersWords) {
    World world;
    world.http.on("POST /api/v1/media/f1/playback", 422,
                  {{QStringLiteral("detail"), QStringLiteral("The file ends early.")}});
    QString words;
    deliver(world.api.playback({QStringLiteral("f1"), {}, {}, {}, {}}), &world.api,
            [&](const core::Result<PlaybackInfo>& info) { words = QString::fromStdString(info.error().text); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !words.isEmpty(); }));
    EXPECT_EQ(words.toStdString(), "The file ends early.");
}

TEST(ApiClient, AsksForWholeFilesAloneWhereNothingElsePlays) {
    World world;
    world.http.on("POST /api/v1/media/f1/playback", 422, {});
    const auto asked = [&](ApiClient& api) {
        bool answered = false;
        deliver(api.playback({QStringLiteral("f1"), {}, {}, {}, {5000, QStringLiteral("night")}}), &api,
                [&](const core::Result<PlaybackInfo>&) { answered = true; });
        EXPECT_TRUE(QTest::qWaitFor([&] { return answered; }));
        return QJsonDocument::fromJson(world.http.asked.last().body).object();
    };
    const QString capabilities = QStringLiteral("capabilities");
    EXPECT_EQ(asked(world.api)[capabilities].toObject()[QStringLiteral("max_bitrate")], 5000);
    EXPECT_FALSE(asked(world.api)[capabilities].toObject().contains(QStringLiteral("protocols")));
    const auto beside = world.api.beside();  // it may be older than the engine
    beside->setServer(world.api.server());
    world.api.setSegments(false);
    for (auto* api : {&world.api, beside.get()}) {
        const auto body = asked(*api);
        EXPECT_EQ(body[capabilities].toObject()[QStringLiteral("protocols")],
                  QJsonArray{QStringLiteral("progressive")});
        EXPECT_FALSE(body[capabilities].toObject().contains(QStringLiteral("max_bitrate")))
            << "it would have to be encoded";
        EXPECT_FALSE(body.contains(QStringLiteral("audio_profile")));
    }
}

TEST(ApiClient, SpeaksHttpToARealSocket) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    QByteArray asked;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        auto* socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
            asked += socket->readAll();
            if (!asked.contains("\r\n\r\n"))
                return;
            const QByteArray body =
                R"({"items":[{"id":"x","kind":"movie","title":"Salt & Cedar"}],"next_cursor":"c2","total":9})";
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                          QByteArray::number(body.size()) + "\r\n\r\n" + body);
        });
    });
    core::QtHttpClient http;
    ApiClient api(http);
    api.setServer(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort())));
    api.setTokens({QStringLiteral("abc"), {}, 900});
    MediaQuery query;
    query.search = QStringLiteral("salt+sea");
    std::optional<MediaPage> page;
    deliver(api.media(query, {}), &api,
            [&](const core::Result<MediaPage>& result) { page = result.value_or(MediaPage{}); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.has_value(); }));
    EXPECT_TRUE(asked.startsWith("GET /api/v1/search?q=salt%2Bsea&limit=60 HTTP/1.1")) << asked.constData();
    EXPECT_TRUE(asked.toLower().contains("authorization: bearer abc"));
    ASSERT_EQ(page->items.size(), 1);
    EXPECT_EQ(page->nextCursor, QLatin1String("c2"));
    EXPECT_EQ(page->total, 9);
}

}  // namespace
}  // namespace marea::app::test
