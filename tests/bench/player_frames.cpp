// player_frames ROUNDS SECONDS SOURCE…: for each round and source in turn, milliseconds from MpvEngine::load() to its
// first frame, at SECONDS into it; without a screen. One line a round, the sources' figures separated by spaces.
#include <cstdio>
#include <cstdlib>
#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include "core/http/qthttpclient.h"
#include "player/engine/mpvengine.h"

namespace {

using namespace marea;

constexpr int limitMs = 20'000;

// Loads `source` and waits for its first frame; -1 when it failed.
qint64 measure(player::MpvEngine& engine, const player::Source& source) {
    QEventLoop loop;
    bool shown = false;
    QObject::connect(&engine, &player::PlayerEngine::firstFrame, &loop, [&] {
        shown = true;
        loop.quit();
    });
    QObject::connect(&engine, &player::PlayerEngine::failed, &loop, &QEventLoop::quit);
    QTimer::singleShot(limitMs, &loop, &QEventLoop::quit);
    engine.load(source);
    loop.exec();
    const qint64 taken = shown ? engine.firstFrameMs() : -1;
    engine.stop();
    return taken;
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication program(argc, argv);
    if (argc < 4) {
        std::fprintf(stderr, "player_frames ROUNDS SECONDS SOURCE…\n");
        return 2;
    }
    player::EngineOptions options;
    options.video = player::VideoOutput::None;
    options.audioOutput = QStringLiteral("null");
    options.http = std::make_shared<core::QtHttpClient>();
    auto engine = player::MpvEngine::create(options);
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().detail.c_str());
        return 1;
    }
    for (int round = std::atoi(argv[1]); round > 0; --round) {
        for (int i = 3; i < argc; ++i) {
            player::Source source;
            source.url = QUrl::fromUserInput(QString::fromLocal8Bit(argv[i]), {}, QUrl::AssumeLocalFile);
            source.start = std::atof(argv[2]);
            const qint64 taken = measure(**engine, source);
            if (taken < 0) {
                std::fprintf(stderr, "it did not play\n");
                return 1;
            }
            std::printf("%lld ", static_cast<long long>(taken));
        }
        std::printf("\n");
    }
    return 0;
}
