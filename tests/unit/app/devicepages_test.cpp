// The pages of devices, by keyboard and at every width. The device is one in memory.
#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class DevicePages : public Pages {
protected:
    QQuickItem* named(QQuickItem* below, const QString& name) {
        for (auto* child : below->childItems()) {
            if (child->objectName() == name)
                return child;
            if (auto* found = named(child, name))
                return found;
        }
        return nullptr;
    }
};

TEST_F(DevicePages, ADeviceIsShownAtEveryWidthAndSyncedByItsButton) {
    const auto memory = std::make_shared<Memory>();
    memory->device.capacity = 40'000'000;
    auto* devices = world_.context.devices();
    devices->setOpener([memory](const DeviceWish& wish) -> core::Result<OpenDevice> {
        return OpenDevice{std::make_unique<MemoryTarget>(memory), "STICK", wish.place};
    });
    auto owned = std::make_unique<FakeFinder>();
    auto* finder = owned.get();
    std::vector<std::unique_ptr<DeviceFinder>> finders;
    finders.push_back(std::move(owned));
    devices->start(std::move(finders));
    world_.http.on("GET /api/v1/playlists", 200, listOf({}));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    ASSERT_TRUE(world_.signIn());
    finder->show({stick(), phone(FoundDevice::Problem::Locked)});
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
    EXPECT_EQ(memory->device.files.at("Music/Wind.mp3"), "wind");
    world_.context.navigator()->go(QStringLiteral("home"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->state() == L("closed"); }, kDevicePatience)) << "it is let go of";
}

}  // namespace
}  // namespace marea::app::test
