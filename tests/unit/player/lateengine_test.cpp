#include "player/session/lateengine.h"

#include <gtest/gtest.h>

#include <QCoreApplication>

#include "tests/support/fakeengine.h"

namespace marea::player {
namespace {

// How often it was said.
template <class Signal>
std::shared_ptr<int> counted(PlayerEngine& engine, Signal signal) {
    const auto times = std::make_shared<int>(0);
    QObject::connect(&engine, signal, &engine, [times] { ++*times; });
    return times;
}

class LateEngineTest : public testing::Test {
protected:
    core::Result<std::unique_ptr<PlayerEngine>> make() {
        ++made;
        if (absent)
            return core::fail(core::ErrorCode::NotFound, "The player can't be started");
        auto engine = std::make_unique<FakeEngine>();
        fake = engine.get();
        fake->can.name = QStringLiteral("fake");
        return engine;
    }
    static EngineAbilities some() {
        EngineAbilities can;
        can.name = QStringLiteral("expected");
        return can;
    }
    bool absent = false;
    int made = 0;
    FakeEngine* fake = nullptr;
    LateEngine late{[this] { return make(); }, some()};
};

TEST_F(LateEngineTest, IsNotMadeByWhatIsSetAndHasItOnceItIs) {
    const auto volume = counted(late, &PlayerEngine::volumeChanged),
               picture = counted(late, &PlayerEngine::pictureChanged);
    late.setVolume(40);
    late.setMuted(true);
    late.setSpeed(1.5);
    late.raiseSubtitles(0.2);
    PlayerOptions options;
    options.subtitleDelay = 0.5;
    late.apply(options);
    late.stop();
    late.seek(10);
    EXPECT_EQ(made, 0);
    EXPECT_EQ(late.state(), PlaybackState::Idle);
    EXPECT_EQ(late.abilities().name, QStringLiteral("expected"));
    EXPECT_EQ(late.picture(), nullptr);
    EXPECT_EQ(late.volume(), 40);
    EXPECT_GE(*volume, 2);

    ASSERT_TRUE(late.make());
    EXPECT_TRUE(late.make());
    EXPECT_EQ(made, 1);
    EXPECT_EQ(fake->volume(), 40);
    EXPECT_TRUE(fake->muted());
    EXPECT_EQ(fake->speed(), 1.5);
    EXPECT_EQ(fake->subtitleShare, 0.2);
    EXPECT_EQ(fake->options.subtitleDelay, 0.5);
    EXPECT_EQ(late.abilities().name, QStringLiteral("fake"));
    EXPECT_EQ(late.picture(), fake);
    EXPECT_EQ(*picture, 1);
}

TEST_F(LateEngineTest, PlaysWhatItIsGivenAndSaysWhatTheEngineSays) {
    const auto states = counted(late, &PlayerEngine::stateChanged), frames = counted(late, &PlayerEngine::firstFrame);
    late.load({QUrl(QStringLiteral("file:///a.mkv")), QStringLiteral("A")});
    ASSERT_NE(fake, nullptr);
    ASSERT_EQ(fake->loads.size(), 1);
    EXPECT_EQ(fake->loads.first().title, QStringLiteral("A"));
    EXPECT_EQ(late.state(), PlaybackState::Playing);
    EXPECT_EQ(*states, 2);
    EXPECT_EQ(*frames, 1);
    late.setPaused(true);
    EXPECT_EQ(late.state(), PlaybackState::Paused);
}

TEST_F(LateEngineTest, WithoutAnEngineWhatIsToBePlayedFailsInWords) {
    absent = true;
    QStringList failed;
    QObject::connect(&late, &PlayerEngine::failed, &late, [&](const QString& reason) { failed << reason; });
    EXPECT_FALSE(late.make());
    EXPECT_TRUE(failed.isEmpty()) << "nobody wanted to play anything";
    EXPECT_EQ(late.state(), PlaybackState::Idle);
    for (const auto* title : {"a", "b"}) {
        late.load({QUrl(QLatin1String("file:///") + QLatin1String(title)), QString()});
        EXPECT_EQ(late.state(), PlaybackState::Loading) << "calls return before anything is told of them";
        QCoreApplication::sendPostedEvents(&late);
        EXPECT_EQ(late.state(), PlaybackState::Failed);
    }
    EXPECT_EQ(made, 1);
    ASSERT_EQ(failed.size(), 2);
    EXPECT_FALSE(failed.first().isEmpty());

    late.load({QUrl(QStringLiteral("file:///c.mkv")), QString()});
    late.stop();
    QCoreApplication::sendPostedEvents(&late);
    EXPECT_EQ(failed.size(), 2) << "it is wanted no more";
    EXPECT_EQ(late.state(), PlaybackState::Idle);
}

}  // namespace
}  // namespace marea::player

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
