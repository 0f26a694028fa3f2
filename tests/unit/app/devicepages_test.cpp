// The pages of devices, by keyboard and at every width. The device is one in memory.
#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class DevicePages : public Pages {
protected:
    // A device in memory, and the page of it.
    void begin() {
        memory_->device.capacity = 40'000'000;
        auto* devices = world_.context.devices();
        devices->setOpener([memory = memory_](const DeviceWish& wish) -> core::Result<OpenDevice> {
            return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", wish.place};
        });
        auto owned = std::make_unique<FakeFinder>();
        finder_ = owned.get();
        std::vector<std::unique_ptr<DeviceFinder>> finders;
        finders.push_back(std::move(owned));
        devices->start(std::move(finders));
    }
    DeviceViewModel* stickNow() { return world_.context.devices()->device(stick().key); }
    bool ready() {
        return QTest::qWaitFor([&] { return stickNow() && stickNow()->state() == L("ready"); }, kDevicePatience) &&
               QTest::qWaitFor([&] { return stickNow()->canSync(); }, kDevicePatience);
    }
    // That which shows these words, once it is there.
    QQuickItem* words(const char* text) {
        QQuickItem* found = nullptr;
        (void)QTest::qWaitFor([&] { return (found = saying(window_->contentItem(), L(text))) != nullptr; },
                              kDevicePatience);
        return found;
    }
    void press(QQuickItem* button) {
        ASSERT_TRUE(button);
        window_->requestActivate();
        button->forceActiveFocus();
        QTest::keyClick(window_, Qt::Key_Return);
    }

    std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
    FakeFinder* finder_ = nullptr;
};

TEST_F(DevicePages, OneThatIsPluggedInAgainIsShownAgain) {
    begin();
    offerSongs(world_.http, {{"a", "Sea", 3000}});
    ASSERT_TRUE(world_.signIn());
    finder_->show({stick()});
    world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), stick().key}});
    ASSERT_TRUE(ready());
    finder_->show({});
    EXPECT_EQ(stickNow(), nullptr) << "nothing was set for it";
    ASSERT_TRUE(words("This device is not here."));
    finder_->show({stick()});
    ASSERT_TRUE(ready()) << "it is opened by itself";
    ASSERT_TRUE(words("Sea"));
    EXPECT_FALSE(saying(window_->contentItem(), L("This device is not here.")));
    settle();
}

TEST_F(DevicePages, ReadingItIsShownWithAButtonThatCallsItOff) {
    begin();
    offerSongs(world_.http, {{"a", "Sea", 3000}});
    ASSERT_TRUE(world_.signIn());
    memory_->device.files["Music/mine.mp3"] = "foreign";
    memory_->holdLists(true);
    finder_->show({stick()});
    world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), stick().key}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return memory_->listing(); }, kDevicePatience));
    QQuickItem* button = nullptr;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            button = named(window_->contentItem(), QStringLiteral("callOff"));
            return button && button->isVisible();
        },
        kDevicePatience));
    press(button);
    memory_->holdLists(false);
    ASSERT_TRUE(words("Looking at what is on it was called off."));
    EXPECT_FALSE(button->isVisible());
    settle();
}

TEST_F(DevicePages, MuchIsRemovedOnlyOnceSomebodyAgrees) {
    begin();
    const QList<DeviceSong> songs{{"a", "Sea", 3000},  {"b", "Sand", 3000}, {"c", "Wind", 3000},
                                  {"d", "Rain", 3000}, {"e", "Fog", 3000},  {"f", "Salt", 3000}};
    offerSongs(world_.http, songs);
    ASSERT_TRUE(world_.signIn());
    finder_->show({stick()});
    world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), stick().key}});
    ASSERT_TRUE(ready());
    EXPECT_TRUE(stickNow()->removalText().isEmpty()) << "nothing goes";
    press(named(window_->contentItem(), QStringLiteral("sync")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return stickNow()->history().size() == 1; }, kDevicePatience));
    ASSERT_TRUE(QTest::qWaitFor([&] { return stickNow()->state() == L("ready"); }, kDevicePatience));
    offerSongs(world_.http, songs.mid(5));
    stickNow()->reload();
    ASSERT_TRUE(ready());
    EXPECT_FALSE(stickNow()->removalText().isEmpty());
    press(named(window_->contentItem(), QStringLiteral("sync")));
    ASSERT_TRUE(words("Remove files from STICK?"));
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !saying(window_->contentItem(), L("Remove files from STICK?")); },
                                kDevicePatience))
        << "the keyboard begins with Cancel";
    EXPECT_EQ(stickNow()->history().size(), 1) << "nothing was done";
    EXPECT_EQ(memory_->device.files.count("Music/Ana Ribera/Low Water/Sea.mp3"), 1u);
    press(named(window_->contentItem(), QStringLiteral("sync")));
    press(words("Remove and sync"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return stickNow()->history().size() == 2; }, kDevicePatience));
    EXPECT_EQ(memory_->device.files.count("Music/Ana Ribera/Low Water/Sea.mp3"), 0u);
    EXPECT_EQ(memory_->device.files.count("Music/Ana Ribera/Low Water/Salt.mp3"), 1u);
    settle();
}

TEST_F(DevicePages, ThatItIsInStepIsNoButtonAndTheFocusStays) {
    begin();
    offerSongs(world_.http, {{"a", "Sea", 3000}});
    ASSERT_TRUE(world_.signIn());
    finder_->show({stick()});
    world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), stick().key}});
    ASSERT_TRUE(ready());
    EXPECT_FALSE(stickNow()->inStep());
    auto* button = named(window_->contentItem(), QStringLiteral("sync"));
    auto* words = named(window_->contentItem(), QStringLiteral("inStep"));
    ASSERT_TRUE(button && words);
    EXPECT_TRUE(button->isVisible());
    EXPECT_FALSE(words->isVisible());
    press(button);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stickNow()->inStep() && words->isVisible(); }, kDevicePatience));
    EXPECT_FALSE(button->isVisible());
    EXPECT_TRUE(saying(words, L("Everything is there")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return words->hasActiveFocus(); }, kDevicePatience));
    offerSongs(world_.http, {{"a", "Sea", 3000}, {"b", "Sand", 3000}});
    stickNow()->reload();
    ASSERT_TRUE(ready());
    EXPECT_TRUE(QTest::qWaitFor([&] { return button->isVisible() && button->hasActiveFocus(); }, kDevicePatience));
    settle();
}

TEST_F(DevicePages, ClosingTheWindowDuringASyncIsAskedFirst) {
    begin();
    offerSongs(world_.http, {{"a", "Sea", 3000}});
    ASSERT_TRUE(world_.signIn());
    finder_->show({stick()});
    world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), stick().key}});
    ASSERT_TRUE(ready());
    EXPECT_TRUE(world_.context.devices()->busyNames().isEmpty());
    memory_->hold(true);
    press(named(window_->contentItem(), QStringLiteral("sync")));
    EXPECT_EQ(world_.context.devices()->busyNames().toStdString(), "STICK");
    auto* now = window_->activeFocusItem();
    EXPECT_EQ(now ? now->property("text").toString().toStdString() : "", "Pause") << "the keyboard goes on there";
    window_->close();
    EXPECT_TRUE(window_->isVisible());
    const auto asked = [&] {
        return saying(window_->contentItem(), L("Close Marea while it works on STICK?")) != nullptr;
    };
    EXPECT_TRUE(QTest::qWaitFor(asked, kDevicePatience));
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !asked(); }, kDevicePatience)) << "the keyboard begins with Cancel";
    EXPECT_TRUE(stickNow()->syncing());
    memory_->hold(false);
    EXPECT_TRUE(QTest::qWaitFor([&] { return stickNow()->history().size() == 1; }, kDevicePatience));
    EXPECT_FALSE(stickNow()->history().first().contains(L("called off")));
    settle();
}

TEST_F(DevicePages, ADeviceIsShownAtEveryWidthAndSyncedByItsButton) {
    begin();
    auto* devices = world_.context.devices();
    world_.http.on("GET /api/v1/playlists", 200, listOf({}));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    ASSERT_TRUE(world_.signIn());
    finder_->show({stick(), phone(FoundDevice::Problem::Locked)});
    QDir music(world_.folder.filePath(QStringLiteral("music")));
    ASSERT_TRUE(music.mkpath(QStringLiteral(".")));
    for (const auto& name :
         QStringList{QStringLiteral("Wind")} +
             QString(QStringLiteral("abcdefghijklmnopqrstuvwxyz")).split(QString(), Qt::SkipEmptyParts)) {
        QFile file(music.filePath(name + QStringLiteral(".mp3")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(name.toLower().toUtf8());
    }
    auto* device = devices->device(stick().key);
    device->setFolder(music.path());
    for (const int width : {1280, 800, 420}) {
        window_->resize(width, 720);
        world_.context.navigator()->go(QStringLiteral("devices"));
        settle();
        for (const auto& key : {phone(FoundDevice::Problem::Locked).key, stick().key}) {
            world_.context.navigator()->go(QStringLiteral("device"), {{QStringLiteral("deviceKey"), key}});
            settle();
        }
    }
    const auto rulesNow = [&] { return named(window_->contentItem(), QStringLiteral("deviceRules")); };
    const auto* narrow = rulesNow();
    ASSERT_TRUE(narrow);
    window_->resize(1280, 720);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return rulesNow() && rulesNow() != narrow && device->canSync(); }, kDevicePatience))
        << "they are others beside the plan";
    ASSERT_TRUE(QMetaObject::invokeMethod(rulesNow(), "changeProfile"));
    const auto typedIn = [&] { return qobject_cast<QQuickItem*>(window_->focusObject()); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return typedIn() && typedIn()->property("text").toString() == L("STICK"); },
                                kDevicePatience))
        << "the keyboard begins with the name";
    auto* words = typedIn();
    QTest::keyClick(window_, Qt::Key_Tab);
    QTest::keyClick(window_, Qt::Key_Tab);  // MP3, AAC
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_FALSE(checkedOf(device->draft()->music()).contains(L("aac")));
    words->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->profile().startsWith(L("own-")); }, kDevicePatience))
        << device->profile().toStdString();
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->canSync(); }, kDevicePatience));
    settle();
    auto* plan = named(window_->contentItem(), QStringLiteral("plan"));
    ASSERT_TRUE(plan);
    ASSERT_TRUE(QTest::qWaitFor([&] { return plan->property("count").toInt() > 20; }, kDevicePatience));
    EXPECT_TRUE(QTest::qWaitFor([&] { return plan->property("atYBeginning").toBool(); }, kDevicePatience))
        << "its button is above";
    auto* button = named(window_->contentItem(), QStringLiteral("sync"));
    ASSERT_TRUE(button);
    window_->requestActivate();
    button->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return device->history().size() == 1; }, kDevicePatience));
    EXPECT_EQ(memory_->device.files.at("Music/Wind.mp3"), "wind");
    world_.context.navigator()->go(QStringLiteral("home"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->state() == L("closed"); }, kDevicePatience)) << "it is let go of";
}

}  // namespace
}  // namespace marea::app::test
