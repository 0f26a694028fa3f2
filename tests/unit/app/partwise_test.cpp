#include <gtest/gtest.h>

#include <QTest>
#include <thread>

#include "app/platform/partwisenowplaying.h"

// What Windows and macOS are told of the player, and what comes back: all of it but their own calls.
namespace marea::app::test {
namespace {

using namespace std::chrono_literals;

class FakeParts final : public PartwiseNowPlaying {
public:
    explicit FakeParts(std::chrono::milliseconds placeEvery = 0ms) : PartwiseNowPlaying(placeEvery) {
        setPosition([this] { return place; });
        setPictures([this](const QString& picture, QObject*, std::function<void(QByteArray)> done) {
            asked << picture;
            answer = std::move(done);
        });
    }
    using PartwiseNowPlaying::relay;

    void tellTitle(const MediaTitle& title) override { titles << title; }
    void tellPicture(const QByteArray& picture) override { pictures << picture; }
    void tellButtons(const MediaButtons& now) override { buttons << now; }
    void tellModes(const MediaModes& now) override { modes << now; }
    void tellPlace(const MediaPlace& now) override { places << now; }

    double place = 0;
    QStringList asked;
    std::function<void(QByteArray)> answer;
    QList<MediaTitle> titles;
    QByteArrayList pictures;
    QList<MediaButtons> buttons;
    QList<MediaModes> modes;
    QList<MediaPlace> places;
};

NowPlayingState song() {
    NowPlayingState state;
    state.key = QStringLiteral("s1");
    state.title = QStringLiteral("Foghorn");
    state.artist = QStringLiteral("Ana");
    state.album = QStringLiteral("Coast");
    state.picture = QStringLiteral("/stream/t/s1/artwork");
    state.music = true;
    state.duration = 200;
    state.playing = state.hasNext = true;
    return state;
}

TEST(MediaParts, ButtonsAreThoseThatDoAnything) {
    EXPECT_EQ(mediaButtons({}), MediaButtons{});
    auto state = song();
    EXPECT_EQ(mediaButtons(state), (MediaButtons{true, true, true, true, false}));
    state.hasNext = false;
    state.music = false;
    EXPECT_EQ(mediaButtons(state), (MediaButtons{true, false, true, true, true}));
    state.duration = 0;  // a broadcast
    EXPECT_EQ(mediaButtons(state), (MediaButtons{true, false, true, false, false}));
    state.duration = 200;
    state.seekable = false;
    EXPECT_FALSE(mediaButtons(state).place);
}

TEST(MediaParts, APlaceIsWithinWhatPlaysAndRestsWithIt) {
    auto state = song();
    state.speed = 1.5;
    EXPECT_EQ(mediaPlace(state, 42), (MediaPlace{42, 200, 1.5}));
    EXPECT_EQ(mediaPlace(state, 200.4).position, 200);
    EXPECT_EQ(mediaPlace(state, -1).position, 0);
    state.playing = false;
    EXPECT_EQ(mediaPlace(state, 42).rate, 0);
    state.duration = 0;
    EXPECT_EQ(mediaPlace(state, 42).position, 42);
    EXPECT_EQ(mediaPlace({}, 42), MediaPlace{});
}

TEST(PartwiseNowPlaying, TellsOnlyWhatIsAnother) {
    FakeParts system;
    system.show({});
    EXPECT_TRUE(system.titles.isEmpty() && system.buttons.isEmpty() && system.modes.isEmpty() &&
                system.places.isEmpty());
    auto state = song();
    system.show(state);
    ASSERT_EQ(system.titles.size(), 1);
    EXPECT_EQ(system.titles[0], (MediaTitle{true, state.title, state.artist, state.album}));
    EXPECT_EQ(system.modes.last().status, MediaModes::Status::Playing);
    EXPECT_EQ(system.places.size(), 1);
    state.volume = 30;  // none of theirs
    system.show(state);
    EXPECT_EQ(system.titles.size() + system.buttons.size() + system.modes.size() + system.places.size(), 4);
    system.place = 61;
    state.playing = false;
    system.show(state);
    EXPECT_EQ(system.modes.last().status, MediaModes::Status::Paused);
    EXPECT_EQ(system.places.last(), (MediaPlace{61, 200, 0}));
    EXPECT_EQ(system.titles.size(), 1);
    system.seeked(90);
    EXPECT_EQ(system.places.last().position, 90);
    system.show({});
    EXPECT_EQ(system.titles.last(), mediaTitle({}));
    EXPECT_FALSE(system.buttons.last().loaded);
    EXPECT_EQ(system.modes.last().status, MediaModes::Status::Stopped);
}

TEST(PartwiseNowPlaying, TheNextOfTwoThatAreCalledTheSameIsAnotherTitle) {
    FakeParts system;
    auto state = song();
    system.show(state);
    state.key = QStringLiteral("s2");
    system.show(state);
    EXPECT_EQ(system.titles.size(), 2);
    EXPECT_EQ(system.places.size(), 2) << "from its begin";
}

TEST(PartwiseNowPlaying, APictureThatComesLateIsOfItsOwnTitleOnly) {
    FakeParts system;
    auto state = song();
    system.show(state);
    EXPECT_EQ(system.asked, QStringList{state.picture});
    system.answer("first");
    EXPECT_EQ(system.pictures, QByteArrayList{"first"});
    const auto late = system.answer;
    state.key = QStringLiteral("s2");
    state.picture = QStringLiteral("/stream/t/s2/artwork");
    system.show(state);
    late("of the first");
    system.answer({});
    EXPECT_EQ(system.pictures.size(), 1);
    state.key = QStringLiteral("s3");
    state.picture.clear();
    system.show(state);
    EXPECT_EQ(system.asked.size(), 2) << "there is none";
}

TEST(PartwiseNowPlaying, TellsThePlaceAgainWhileItPlaysWhereASystemDoesNotCount) {
    FakeParts system(1ms);
    auto state = song();
    system.show(state);
    system.place = 5;
    EXPECT_TRUE(QTest::qWaitFor([&] { return system.places.last().position == 5; }));
    state.playing = false;
    system.show(state);
    const auto before = system.places.size();
    system.place = 6;
    QCoreApplication::processEvents();
    EXPECT_EQ(system.places.size(), before);
}

struct Heard {
    explicit Heard(FakeParts& system) {
        const auto note = [this](const char* word) { return [this, word] { words << QLatin1String(word); }; };
        QObject::connect(&system, &NowPlaying::playWanted, note("play"));
        QObject::connect(&system, &NowPlaying::pauseWanted, note("pause"));
        QObject::connect(&system, &NowPlaying::nextWanted, note("next"));
        QObject::connect(&system, &NowPlaying::previousWanted, note("previous"));
        QObject::connect(&system, &NowPlaying::seekByWanted, [this](double by) { words << QString::number(by); });
        QObject::connect(&system, &NowPlaying::seekWanted, [this](double to) { words << QString::number(to); });
        QObject::connect(&system, &NowPlaying::speedWanted, [this](double to) { words << QString::number(to); });
    }
    QStringList words;
    QString taken() { return std::exchange(words, {}).join(QLatin1Char(' ')); }
};

TEST(PartwiseNowPlaying, DoesWhatIsAskedWhereItCanBeDone) {
    FakeParts system;
    Heard heard(system);
    system.press(MediaPress::Play);
    system.askPlace(10);
    system.askSpeed(2);
    EXPECT_EQ(heard.taken(), QString()) << "nothing is loaded";
    auto state = song();
    state.hasNext = false;
    system.show(state);
    for (const auto press :
         {MediaPress::Play, MediaPress::Pause, MediaPress::Next, MediaPress::Previous, MediaPress::StepOn})
        system.press(press);
    EXPECT_EQ(heard.taken(), QStringLiteral("play pause previous"));
    state.hasNext = true;
    state.music = false;
    system.show(state);
    for (const auto press : {MediaPress::Next, MediaPress::StepOn, MediaPress::StepBack})
        system.press(press);
    EXPECT_EQ(heard.taken(), QStringLiteral("next 10 -10"));
    system.askPlace(-3);
    system.askPlace(500);
    EXPECT_EQ(heard.taken(), QStringLiteral("0 200"));
    system.askSpeed(0);
    system.askSpeed(-1);
    system.askSpeed(9);
    EXPECT_EQ(heard.taken(), QStringLiteral("pause 4"));
}

TEST(PartwiseNowPlaying, WhatIsAskedOnAnotherThreadIsDoneOnItsOwnAndNowhereWhenItIsGone) {
    auto system = std::make_unique<FakeParts>();
    system->show(song());
    QThread* heardOn = nullptr;
    QObject::connect(system.get(), &NowPlaying::pauseWanted, [&] { heardOn = QThread::currentThread(); });
    const auto relay = system->relay();
    std::thread([&] { relay->press(MediaPress::Pause); }).join();
    EXPECT_EQ(heardOn, nullptr) << "not on the other one";
    EXPECT_TRUE(QTest::qWaitFor([&] { return heardOn == QThread::currentThread(); }));
    heardOn = nullptr;
    relay->press(MediaPress::Pause);  // on its way while they go
    system.reset();
    std::thread([&] { relay->press(MediaPress::Pause); }).join();
    QCoreApplication::processEvents();
    EXPECT_EQ(heardOn, nullptr);
}

}  // namespace
}  // namespace marea::app::test
