#include "player/engine/mpvengine.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::PlayerMedia;
using test::waitFor;

struct EngineTest : ::testing::Test {
    std::unique_ptr<MpvEngine> engine;
    int firstFrames = 0;
    QString failure;

    void SetUp() override {
        EngineOptions options;
        options.video = VideoOutput::None;
        options.audioOutput = QStringLiteral("null");
        auto made = MpvEngine::create(options);
        ASSERT_TRUE(made) << made.error().detail;
        engine = std::move(*made);
        QObject::connect(engine.get(), &PlayerEngine::firstFrame, [this] { ++firstFrames; });
        QObject::connect(engine.get(), &PlayerEngine::failed, [this](const QString& reason) { failure = reason; });
    }

    static Source file(const QString& path, double start = 0) {
        Source source;
        source.url = QUrl::fromLocalFile(path);
        source.start = start;
        return source;
    }
    bool reaches(PlaybackState state) {
        return waitFor([&] { return engine->state() == state; });
    }
};

TEST_F(EngineTest, AFilmTellsItsTracksChaptersAndLength) {
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_EQ(engine->state(), PlaybackState::Loading);
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    EXPECT_EQ(firstFrames, 1);
    EXPECT_TRUE(engine->hasVideo());
    EXPECT_NEAR(engine->duration(), 6.0, 0.2);
    ASSERT_EQ(engine->tracks().size(), 4);
    ASSERT_EQ(engine->chapters().size(), 3);
    EXPECT_EQ(engine->chapters().at(1).title, QStringLiteral("Open sea"));
    EXPECT_NEAR(engine->chapters().at(1).start, 2.0, 0.01);
}

TEST_F(EngineTest, AnExternalSubtitleBecomesATrack) {
    Source source = file(PlayerMedia::get().film());
    source.subtitles = {
        {QUrl::fromLocalFile(PlayerMedia::get().path("film.srt")), QStringLiteral("es"), QStringLiteral("Castellano")}};
    engine->load(source);
    EXPECT_TRUE(waitFor([&] {
        for (const Track& track : engine->tracks()) {
            if (track.external && track.language == QLatin1String("es") && track.title == QLatin1String("Castellano")) {
                return true;
            }
        }
        return false;
    }));
}

TEST_F(EngineTest, AnExternalSubtitleWithoutATitleHasNone) {
    Source source = file(PlayerMedia::get().film());
    source.subtitles = {{QUrl::fromLocalFile(PlayerMedia::get().path("film.srt")), QStringLiteral("es"), QString()}};
    engine->load(source);
    EXPECT_TRUE(waitFor([&] {
        for (const Track& track : engine->tracks()) {
            if (track.added == 0) {
                return track.title.isEmpty();
            }
        }
        return false;
    }));
}

TEST_F(EngineTest, APartIsPlayedAgainAndAgain) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    PlayerOptions options;
    options.loopFrom = 1;
    options.loopTo = 1.5;
    engine->apply(options);
    engine->seek(1.2);
    double last = 0;
    int jumps = 0;
    QObject::connect(engine.get(), &PlayerEngine::positionChanged, [&] {
        jumps += engine->position() < last - 0.2 ? 1 : 0;
        last = engine->position();
    });
    EXPECT_TRUE(waitFor([&] { return jumps >= 3; }));
    EXPECT_EQ(engine->state(), PlaybackState::Playing);
    engine->apply({});
    EXPECT_TRUE(waitFor([&] { return engine->position() > 3; })) << "and then goes on";
}

TEST_F(EngineTest, SoundIsChangedOnItsWayAndPlaysOn) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    PlayerOptions options;
    options.gains = {6, 5, 4, 2, 0, 0, 0, -3, 0, 0};
    options.audioDelay = 0.25;
    options.subtitles.size = 1.3;
    options.replayGain = ReplayGain::Album;
    engine->apply(options);
    const double then = engine->position();
    EXPECT_TRUE(waitFor([&] { return engine->position() > then + 1; }));
    EXPECT_TRUE(failure.isEmpty()) << failure.toStdString();
    EXPECT_TRUE(waitFor([&] { return engine->facts().width > 0 && engine->facts().sampleRate > 0; }));
    EXPECT_FALSE(engine->facts().hdr());
}

TEST_F(EngineTest, ThePictureIsSaved) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    std::optional<bool> done;
    QObject::connect(engine.get(), &PlayerEngine::pictureTaken, [&](const QString&, bool ok) { done = ok; });
    engine->takePicture(path);
    ASSERT_TRUE(waitFor([&] { return done.has_value(); }));
    EXPECT_TRUE(*done);
    QFile picture(path);
    ASSERT_TRUE(picture.open(QIODevice::ReadOnly));
    EXPECT_EQ(picture.read(4), QByteArray("\x89PNG"));
    done.reset();
    engine->takePicture(folder.filePath(QStringLiteral("none/picture.png")));
    ASSERT_TRUE(waitFor([&] { return done.has_value(); }));
    EXPECT_FALSE(*done);
}

// Lines that differ more from their neighbours than from those beyond: of two moments.
bool isCombed(const QImage& picture) {
    std::int64_t near = 0, far = 0;
    for (int y = 0; y + 2 < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const int grey = qGray(picture.pixel(x, y));
            near += std::abs(grey - qGray(picture.pixel(x, y + 1)));
            far += std::abs(grey - qGray(picture.pixel(x, y + 2)));
        }
    }
    return near > 2 * far;
}

TEST_F(EngineTest, APictureOfFieldsIsShownWithoutCombs) {
    engine->load(file(PlayerMedia::get().recording()));
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    bool smooth = false;
    QObject::connect(engine.get(), &PlayerEngine::pictureTaken, [&](const QString&, bool done) {
        const QImage picture(path);
        smooth = done && !picture.isNull() && !isCombed(picture);
        if (!smooth) {
            engine->takePicture(path);
        }
    });
    engine->takePicture(path);
    EXPECT_TRUE(waitFor([&] { return smooth; }));
}

}  // namespace
}  // namespace marea::player
