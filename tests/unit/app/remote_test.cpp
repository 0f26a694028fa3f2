#include <gtest/gtest.h>
#include <QTcpSocket>
#include <QWebSocketServer>

#include "app/api/eventstream.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

void playsThere(World& world, const char* id, int status = 201) {
    world.http.on(qPrintable(QStringLiteral("GET /api/v1/media/") + L(id)), 200, film(L(id), L(id)));
    world.http.on(qPrintable(QStringLiteral("POST /api/v1/media/%1/playback").arg(L(id))), status,
                  {{L("session_id"), QStringLiteral("s-") + L(id)},
                   {L("mode"), L("direct")},
                   {L("url"), QStringLiteral("/stream/t/%1/direct/f.mkv").arg(L(id))},
                   {L("title"), L("This cannot be played.")},
                   {L("detail"), L("This cannot be played.")}});
    world.http.on(qPrintable(QStringLiteral("PUT /api/v1/sessions/s-") + L(id)), 204, {});
    world.http.on(qPrintable(QStringLiteral("DELETE /api/v1/sessions/s-") + L(id)), 204, {});
}

QJsonObject device(const char* id, const char* name, bool current, const QJsonObject& state = {}) {
    return {{L("id"), L(id)},
            {L("name"), L(name)},
            {L("current"), current},
            {L("controllable"), true},
            {L("state"), state}};
}

void connectTo(World& world) {
    world.http.on("GET /api/v1/devices", 200,
                  listOf({device("me", "Desk", true), device("tv", "Living room", false, {{L("media_id"), L("f1")}})}));
    Q_EMIT world.channel.connected();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.context.remote()->elsewhere().isEmpty(); }));
}

// The answer to the command with that id, when it has come.
QJsonObject answerTo(World& world, const char* call) {
    QJsonObject found;
    EXPECT_TRUE(QTest::qWaitFor([&] {
        for (const auto& result : world.channel.of("result"))
            if (result[L("id")].toString() == L(call))
                found = result;
        return !found.isEmpty();
    }));
    return found;
}

TEST(Remote, ListensWhileSomebodyIsSignedIn) {
    World world;
    EXPECT_FALSE(world.channel.started);
    ASSERT_TRUE(world.signIn());
    EXPECT_TRUE(world.channel.started);
    world.context.session()->signOut();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !world.channel.started; }));
}

TEST(Remote, WhoWentWhileTheConnectionWasBrokenIsNotThere) {
    World world;
    connectTo(world);
    ASSERT_EQ(world.context.remote()->players().size(), 1);
    world.http.on("GET /api/v1/devices", 200, listOf({device("me", "Desk", true)}));
    Q_EMIT world.channel.connected();
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.remote()->players().isEmpty(); }));
    EXPECT_TRUE(world.context.remote()->elsewhere().isEmpty());
}

TEST(Remote, WhatPlaysIsShownBeforeWhatIsPaused) {
    World world;
    playsThere(world, "f1");
    QList<QJsonObject> devices{device("me", "Desk", true)};
    for (const auto* id : {"a", "b", "c"})
        devices << device(id, id, false, {{L("media_id"), L("f1")}, {L("paused"), L(id) != L("b")}});
    world.http.on("GET /api/v1/devices", 200, listOf(devices));
    Q_EMIT world.channel.connected();
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.remote()->elsewhere()[L("device")] == L("b"); }));
}

TEST(Remote, SaysWhatItPlays) {
    World world;
    playsThere(world, "f1");
    connectTo(world);
    ASSERT_FALSE(world.channel.of("player").isEmpty());
    EXPECT_FALSE(world.channel.of("player").last()[L("state")].toObject().contains(L("media_id")));
    world.channel.tell(R"({"type":"remote","id":"c1","command":"play","media_id":"f1","position":61.5})");
    const auto state = answerTo(world, "c1")[L("state")].toObject();
    EXPECT_EQ(state[L("media_id")].toString(), L("f1"));
    EXPECT_EQ(state[L("position")].toDouble(), 61.5);
    EXPECT_FALSE(state[L("paused")].toBool());
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return world.channel.of("player").last()[L("state")].toObject()[L("media_id")].toString() == L("f1"); }));
}

TEST(Remote, DoesWhatItIsTold) {
    World world;
    playsThere(world, "f1");
    connectTo(world);
    world.channel.tell(R"({"type":"remote","id":"c1","command":"play","media_id":"f1"})");
    answerTo(world, "c1");
    world.engine.setDuration(100);
    world.channel.tell(R"({"type":"remote","id":"c2","command":"seek","position":30})");
    EXPECT_EQ(answerTo(world, "c2")[L("state")].toObject()[L("position")].toDouble(), 30);
    world.channel.tell(R"({"type":"remote","id":"c3","command":"pause"})");
    EXPECT_TRUE(answerTo(world, "c3")[L("state")].toObject()[L("paused")].toBool());
    world.channel.tell(R"({"type":"remote","id":"c4","command":"resume"})");
    EXPECT_FALSE(answerTo(world, "c4")[L("state")].toObject()[L("paused")].toBool());
    world.channel.tell(R"({"type":"remote","id":"c5","command":"resume"})");
    EXPECT_FALSE(answerTo(world, "c5")[L("state")].toObject()[L("paused")].toBool()) << "once more changes nothing";
    world.channel.tell(R"({"type":"remote","id":"c6","command":"volume","volume":0.25})");
    EXPECT_EQ(world.engine.volume(), 25);
    world.channel.tell(R"({"type":"remote","id":"c7","command":"stop"})");
    EXPECT_FALSE(answerTo(world, "c7")[L("state")].toObject().contains(L("media_id")));
    world.channel.tell(R"({"type":"remote","id":"c8","command":"dance"})");
    EXPECT_FALSE(answerTo(world, "c8")[L("error")].toString().isEmpty());
}

TEST(Remote, SaysWhyAnOwnerEndedWhatPlays) {
    World world;
    playsThere(world, "f1");
    connectTo(world);
    world.channel.tell(R"({"type":"remote","id":"c1","command":"play","media_id":"f1"})");
    answerTo(world, "c1");
    const QByteArray ended = R"({"type":"session","state":"ended","device_id":"me","media_id":"f1",)"
                             R"("code":"ended_by_owner","message":"Bedtime","session_id":")";
    world.channel.tell(ended + R"(another"})");
    EXPECT_FALSE(world.context.player()->failed()) << "not what plays here";
    world.channel.tell(ended + R"(s-f1"})");
    EXPECT_TRUE(world.context.player()->failed());
    EXPECT_FALSE(world.context.player()->playing());
    EXPECT_EQ(world.context.player()->problem().toStdString(), "The owner of the server ended this playback: Bedtime");
}

TEST(Remote, ChoosesSoundAndSubtitlesOfTheFile) {
    World world;
    playsThere(world, "f1");
    auto item = film(QStringLiteral("f1"), QStringLiteral("Foghorn"));
    const auto stream = [](int index, const char* kind) {
        return QJsonObject{{L("index"), index}, {L("kind"), L(kind)}};
    };
    item[L("files")] = QJsonArray{QJsonObject{
        {L("id"), L("file1")},
        {L("streams"), QJsonArray{stream(0, "video"), stream(1, "audio"), stream(2, "audio"), stream(3, "subtitle")}}}};
    world.http.on("GET /api/v1/media/f1", 200, item);
    connectTo(world);
    ASSERT_TRUE(world.channel.of("player").last()[L("commands")].toArray().contains(L("subtitle")));
    world.channel.tell(R"({"type":"remote","id":"c1","command":"play","media_id":"f1"})");
    answerTo(world, "c1");
    using K = player::Track::Kind;
    QList<player::Track> tracks(2);
    tracks[0].id = 7;
    tracks[1].id = 8;
    tracks[0].kind = tracks[1].kind = K::Audio;
    tracks[0].selected = true;
    world.engine.setTracks(tracks);
    ASSERT_TRUE(QTest::qWaitFor([&] {
        world.channel.tell(R"({"type":"remote","id":"c2","command":"audio","track":2})");
        return !answerTo(world, "c2").contains(L("error"));
    })) << "as soon as the title is known";
    EXPECT_TRUE(world.engine.tracks()[1].selected);
    world.channel.tell(R"({"type":"remote","id":"c3","command":"subtitle","track":-1})");
    EXPECT_FALSE(answerTo(world, "c3").contains(L("error")));
    world.channel.tell(R"({"type":"remote","id":"c4","command":"audio","track":9})");
    EXPECT_FALSE(answerTo(world, "c4")[L("error")].toString().isEmpty());
}

TEST(Remote, SaysWhyItCannotPlay) {
    World world;
    playsThere(world, "f2", 422);
    connectTo(world);
    world.channel.tell(R"({"type":"remote","id":"c1","command":"play","media_id":"gone"})");
    EXPECT_FALSE(answerTo(world, "c1")[L("error")].toString().isEmpty());
    world.channel.tell(R"({"type":"remote","id":"c2","command":"play","media_id":"f2"})");
    EXPECT_EQ(answerTo(world, "c2")[L("error")].toString(), L("This cannot be played."));
}

TEST(Remote, TakesAQueueOver) {
    World world;
    for (const char* id : {"t1", "t2", "t3"})
        playsThere(world, id);
    connectTo(world);
    world.channel.tell(
        R"({"type":"remote","id":"c1","command":"play","media_id":"t2","position":5,"queue":["t1","t2","t3"],"index":1})");
    const auto state = answerTo(world, "c1")[L("state")].toObject();
    EXPECT_EQ(state[L("queue")].toArray(), (QJsonArray{L("t1"), L("t2"), L("t3")}));
    EXPECT_EQ(state[L("index")].toInt(), 1);
    EXPECT_EQ(world.context.player()->mediaId(), L("t2"));
}

TEST(Remote, ShowsWhatPlaysElsewhereAndTakesIt) {
    World world;
    connectTo(world);
    auto* remote = world.context.remote();
    const auto elsewhere = remote->elsewhere();
    EXPECT_EQ(elsewhere[L("name")].toString(), L("Living room"));
    EXPECT_EQ(elsewhere[L("title")].toString(), L("Foghorn"));
    ASSERT_EQ(remote->players().size(), 1);
    EXPECT_EQ(remote->players()[0].toMap()[L("text")].toString(), L("Living room"));
    world.http.on("POST /api/v1/devices/tv/remote", 200, {{L("state"), QJsonObject()}});
    remote->playHere(L("tv"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("POST", L("/api/v1/devices/tv/remote")) == 1; }));
    EXPECT_EQ(QJsonDocument::fromJson(world.http.asked.last().body).object(),
              (QJsonObject{{L("command"), L("hand_over")}, {L("to"), L("me")}}));
    world.http.on("POST /api/v1/devices/me/remote", 409, {{L("detail"), L("That device plays nothing.")}});
    remote->playOn(L("tv"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return remote->problem() == L("That device plays nothing."); }));
    world.channel.tell(R"({"type":"player","device_id":"tv","controllable":false,"state":null})");
    EXPECT_TRUE(remote->problem().isEmpty());
    EXPECT_TRUE(remote->elsewhere().isEmpty());
    EXPECT_TRUE(remote->players().isEmpty());
}

TEST(Remote, OthersChangesAreShown) {
    World world;
    ASSERT_TRUE(world.signIn());
    connectTo(world);
    const auto asked = [&] { return world.http.count("GET", L("/api/v1/library")); };
    const int before = asked();
    world.channel.tell(R"({"type":"library","seq":4,"event":{"device_id":"me","media_id":"f1"}})");
    world.channel.tell(R"({"type":"library","seq":5,"event":{"device_id":"tv","media_id":"f1"}})");
    EXPECT_TRUE(QTest::qWaitFor([&] { return asked() == before + 1; }));
    const int libraries = world.http.count("GET", L("/api/v1/libraries"));
    world.channel.tell(R"({"type":"catalogue"})");
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.http.count("GET", L("/api/v1/libraries")) > libraries; }));
}

// A server of events, whose connections the test holds.
struct EventServer {
    EventServer() {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QWebSocketServer::newConnection, &server, [this] {
            while (auto* socket = server.nextPendingConnection()) {
                sockets << socket;
                QObject::connect(socket, &QWebSocket::textMessageReceived, &server,
                                 [this](const QString& text) { heard << text; });
                socket->sendTextMessage(QStringLiteral(R"({"type":"hello","seq":%1,"reset":false})").arg(seq));
            }
        });
    }
    QWebSocketServer server{QStringLiteral("events"), QWebSocketServer::NonSecureMode};
    QList<QWebSocket*> sockets;
    QStringList heard;
    int seq = 7;
};

TEST(EventStreams, ListenAndGoOnAfterABreak) {
    FakeHttp http;
    http.on("POST /api/v1/events/ticket", 201, {{L("ticket"), L("one/time")}});
    ApiClient api(http);
    EventServer server;
    api.setServer(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.server.serverPort())));
    EventStream stream(api);
    QList<QJsonObject> told;
    int connections = 0;
    QObject::connect(&stream, &EventChannel::message, [&](const QJsonObject& message) { told << message; });
    QObject::connect(&stream, &EventChannel::connected, [&] { ++connections; });
    stream.send({{L("type"), L("too early")}});
    stream.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return connections == 1; }, 30'000));
    EXPECT_EQ(QUrlQuery(server.sockets[0]->requestUrl()).queryItemValue(L("ticket"), QUrl::FullyDecoded),
              L("one/time"));
    EXPECT_FALSE(QUrlQuery(server.sockets[0]->requestUrl()).hasQueryItem(L("since")));
    server.sockets[0]->sendTextMessage(QStringLiteral(R"({"type":"library","seq":9})"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() == 1; }, 30'000));
    stream.send({{L("type"), L("player")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return server.heard.size() == 1; }, 30'000));
    EXPECT_EQ(server.heard[0], L(R"({"type":"player"})"));
    server.sockets[0]->abort();
    ASSERT_TRUE(QTest::qWaitFor([&] { return connections == 2; }, 60'000));
    EXPECT_EQ(QUrlQuery(server.sockets[1]->requestUrl()).queryItemValue(L("since")), L("9"));
    stream.stop();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return server.sockets[1]->state() == QAbstractSocket::UnconnectedState; }, 30'000));
}

TEST(EventStreams, TryAgainMoreAndMoreSlowly) {
    EXPECT_EQ(EventStream::pauseAfter(1), 1000);
    EXPECT_EQ(EventStream::pauseAfter(3), 4000);
    EXPECT_EQ(EventStream::pauseAfter(100), 60'000);
}

}  // namespace
}  // namespace marea::app::test
