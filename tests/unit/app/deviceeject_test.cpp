// Devices: letting go of them. The device is one in memory.
#include <QPointer>

#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST(DevicesTest, AStickIsEjectedByWhatWorks) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    ASSERT_TRUE(device->canEject());
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.commands.size() == 2; }, kDevicePatience));
    EXPECT_EQ(world.commands[0].toStdString(), "gio mount -e /media/ana/STICK");
    EXPECT_EQ(world.commands[1].toStdString(), "udisksctl unmount -b /dev/sdb1");
    EXPECT_TRUE(device->statusText().contains(L("unplugged")));
    EXPECT_EQ(device->state().toStdString(), "closed");
}

TEST(DevicesTest, AStickThatGoesWhileItIsEjectedIsToldAllTheSame) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    CommandDone ejected;
    world.context.devices()->setCommands([&](const QStringList&, CommandDone done) { ejected = std::move(done); });
    auto* device = world.opened();
    ASSERT_TRUE(device);
    const QPointer<DeviceViewModel> shown(device);
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return bool(ejected); }, kDevicePatience));
    world.finder->show({});
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown.isNull(); }, kDevicePatience)) << "nothing was set for it";
    ejected(core::Result<void>());
    EXPECT_TRUE(world.context.notices()->text().contains(L("unplugged")));
}

TEST(DevicesTest, AStickThatIsInUseIsNotCalledFree) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.works = QStringLiteral("nothing");
    auto* device = world.opened();
    ASSERT_TRUE(device);
    device->eject();
    const auto told = [&] { return world.context.notices()->text().contains(L("in use")); };
    EXPECT_TRUE(QTest::qWaitFor(told, kDevicePatience)) << "by whom, if the system tells";
    EXPECT_EQ(world.commands.size(), 3);
    EXPECT_FALSE(device->statusText().contains(L("unplugged")));
}

TEST(DevicesTest, ItIsEjectedOnceItIsLetGoOf) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    world.memory->holdLists(true);
    world.finder->show({stick()});
    auto* device = world.context.devices()->device(stick().key);
    device->open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.memory->listing(); }, kDevicePatience));
    device->eject();
    device->eject();
    world.memory->holdLists(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.commands.isEmpty(); }, kDevicePatience));
    EXPECT_EQ(world.openThen.first(), 0) << "what is open there would be in the way";
    EXPECT_EQ(world.commands.size(), 2) << "it is done once";
    EXPECT_TRUE(device->statusText().contains(L("unplugged")));
}

TEST(DevicesTest, OneThatIsStillInUseIsShownAgain) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    world.works = QStringLiteral("none of them");
    device->eject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.context.notices()->warning(); }, kDevicePatience));
    EXPECT_TRUE(DeviceWorld::ready(*device));
    EXPECT_TRUE(QTest::qWaitFor([&] { return device->canSync(); }, kDevicePatience));
}

TEST(DevicesTest, OneThatGoesBeforeItsEjectionEndsIsTold) {
    DeviceWorld world;
    world.finder->show({stick()});
    world.late = true;
    world.context.devices()->device(stick().key)->eject();
    ASSERT_EQ(world.unfinished.size(), 1u);
    world.finder->show({});
    EXPECT_EQ(world.context.devices()->count(), 0) << "nothing was set for it";
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    world.unfinished.front()({});
    EXPECT_EQ(world.context.notices()->text().toStdString(), "STICK may be unplugged.");
}

}  // namespace
}  // namespace marea::app::test
