#include <gtest/gtest.h>

#include <QFile>
#include <QTcpServer>

#include "core/http/qthttpclient.h"
#include "player/engine/mpvengine.h"
#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/tinyserver.h"
#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::PlayerMedia;
using test::TinyAnswer;
using test::TinyRequest;
using test::TinyServer;
using test::waitFor;

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct EngineHttpTest : ::testing::Test {
    TinyServer server{content(PlayerMedia::get().film())};
    std::unique_ptr<MpvEngine> engine;
    QString failure, stalled;

    void SetUp() override {
        EngineOptions options;
        options.video = VideoOutput::None;
        options.audioOutput = QStringLiteral("null");
        options.http = std::make_shared<core::QtHttpClient>();
        engine = std::move(*MpvEngine::create(options));
        QObject::connect(engine.get(), &PlayerEngine::failed, [this](const QString& reason) { failure = reason; });
        QObject::connect(engine.get(), &PlayerEngine::stalled, [this](const QString& reason) { stalled = reason; });
    }
    void load(const QUrl& url, double start = 0) {
        Source source;
        source.url = url;
        source.start = start;
        engine->load(source);
    }
    bool reaches(PlaybackState state) {
        return waitFor([&] { return engine->state() == state; });
    }
};

TEST_F(EngineHttpTest, APlaylistOfSegmentsPlaysAndSeeksWhenItsServerSaidThatItIsOne) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = content(PlayerMedia::get().path(request.path.mid(1).toStdString()));
        return answer;
    };
    Source source;
    source.url = server.url("/segments.m3u8");
    source.start = 3;
    source.segmented = true;
    engine->load(source);
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    EXPECT_NEAR(engine->duration(), 6, 0.2);
    EXPECT_GE(engine->position(), 2.9);
    EXPECT_EQ(engine->tracks().size(), 2);
    engine->seek(0.5);
    EXPECT_TRUE(waitFor([&] { return engine->position() > 0.4 && engine->position() < 2.5; }));
    engine->seek(5.5);
    EXPECT_TRUE(reaches(PlaybackState::Ended));

    load(server.url("/segments.m3u8"));  // the same as a title: it is no media
    EXPECT_TRUE(reaches(PlaybackState::Failed));
}

TEST_F(EngineHttpTest, APlaylistOfSegmentsReachesNoFile) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://" +
                      PlayerMedia::get().path("segments0.ts").toUtf8() + "\n#EXT-X-ENDLIST\n";
        return answer;
    };
    Source source;
    source.url = server.url("/segments.m3u8");
    source.segmented = true;
    engine->load(source);
    EXPECT_TRUE(
        waitFor([&] { return engine->state() == PlaybackState::Failed || engine->state() == PlaybackState::Ended; }));
    EXPECT_TRUE(engine->tracks().isEmpty());
}

// What the playlist of segments turns out to be: only HLS is followed, and in it nothing but what a server sends.
struct SegmentDisguiseTest : EngineHttpTest, ::testing::WithParamInterface<const char*> {};

TEST_P(SegmentDisguiseTest, OpensNothingElse) {
    QTcpServer listener;
    ASSERT_TRUE(listener.listen(QHostAddress::LocalHost));
    QByteArray text = GetParam();
    text.replace("URL", "http://127.0.0.1:" + QByteArray::number(listener.serverPort()) + "/secret.ts");
    text.replace("FILE", PlayerMedia::get().film().toUtf8());
    server.decide = [text](const TinyRequest& request) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = request.path == "/inner.m3u8" ? QByteArray(
                                                          "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n"
                                                          "segment.ts\n#EXT-X-ENDLIST\n")
                                                    : text;
        return answer;
    };
    for (const char* path : {"/segments.m3u8", "/inner.m3u8"}) {  // the playlist itself, and a segment of an honest one
        Source source;
        source.url = server.url(path);
        source.segmented = true;
        engine->load(source);
        EXPECT_TRUE(waitFor([&] {
            return engine->state() == PlaybackState::Failed || engine->state() == PlaybackState::Ended ||
                   engine->state() == PlaybackState::Playing || listener.hasPendingConnections();
        })) << path;
        EXPECT_NE(engine->state(), PlaybackState::Playing) << path;
        EXPECT_FALSE(listener.hasPendingConnections()) << path;
        EXPECT_TRUE(engine->tracks().isEmpty()) << path;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Playlists, SegmentDisguiseTest,
    ::testing::Values("#EXTM3U\nURL\n", "#EXTM3U\nFILE\n", "ffconcat version 1.0\nfile 'FILE'\n",
                      "ffconcat version 1.0\nfile 'URL'\n", "# mpv EDL v0\nFILE\n", "# mpv EDL v0\nURL\n",
                      "[playlist]\nFile1=FILE\nNumberOfEntries=1\n", "[playlist]\nFile1=URL\nNumberOfEntries=1\n",
                      "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://FILE\n#EXT-X-ENDLIST\n"));

}  // namespace
}  // namespace marea::player
