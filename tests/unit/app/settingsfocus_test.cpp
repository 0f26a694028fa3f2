// The keyboard stays where it is in the settings and the list of devices while these change.
#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class SettingsFocus : public Pages {
protected:
    void open(const char* section) {
        window_->resize(1280, 800);
        window_->requestActivate();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window_));
        ASSERT_TRUE(world_.signIn());
        world_.context.navigator()->go(L("settings"), {{L("section"), L(section)}});
    }
    QQuickItem* find(const QString& words) {
        QQuickItem* item = nullptr;
        EXPECT_TRUE(QTest::qWaitFor([&] { return (item = saying(window_->contentItem(), words)) != nullptr; }, 60'000))
            << words.toStdString();
        return item;
    }
};

TEST_F(SettingsFocus, StaysOnWhatOneChose) {
    open("playback");
    auto* settings = world_.context.settings();
    const auto limits = settings->streamLimits();
    ASSERT_GT(limits.size(), 1);
    auto* chip = find(limits.last().toMap()[L("text")].toString());
    ASSERT_NE(chip, nullptr);
    chip->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Space);
    EXPECT_EQ(settings->streamLimit(), limits.last().toMap()[L("value")].toInt());
    settle();
    EXPECT_EQ(window_->activeFocusItem(), chip);
    EXPECT_TRUE(chip->property("checked").toBool());
}

TEST_F(SettingsFocus, StaysOnARowThatIsToldAnew) {
    const auto playing = [](double position) {
        return listOf({{{L("id"), L("s1")},
                        {L("title"), L("Foghorn")},
                        {L("username"), L("bea")},
                        {L("mode"), L("direct")},
                        {L("position"), position},
                        {L("duration"), 200.0}}});
    };
    world_.http.on("GET /api/v1/admin/sessions", 200, playing(50));
    open("server");
    auto* button = find(L("End Foghorn"));
    ASSERT_NE(button, nullptr);
    button->forceActiveFocus();
    world_.http.on("GET /api/v1/admin/sessions", 200, playing(100));
    auto* server = world_.context.server();
    server->reload();
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return server->sessions().value(0).toMap()[L("progress")].toDouble() == 0.5; }, 60'000));
    settle();
    EXPECT_EQ(window_->activeFocusItem(), button);
    world_.http.on("GET /api/v1/admin/sessions", 200, listOf({}));
    server->reload();
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(window_->contentItem(), L("Nobody plays anything.")) != nullptr; },
                                60'000));
}

TEST_F(SettingsFocus, ADeviceThatIsAwayIsForgottenByKeyToo) {
    open("devices");
    auto* devices = world_.context.devices();
    DeviceSettings known;
    known.key = L("gone");
    known.name = L("Old player");
    const DeviceFiles files(world_.folder.filePath(L("devices")).toStdString());
    ASSERT_TRUE(DeviceSettingsStore(files).save(known));
    devices->start({});
    ASSERT_EQ(devices->count(), 1);
    world_.context.navigator()->go(L("devices"));
    QQuickItem* list = nullptr;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            list = window_->findChild<QQuickItem*>(L("devices"));
            return list && list->property("currentItem").value<QQuickItem*>() != nullptr;
        },
        60'000));
    list->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Delete);
    auto* forget = find(L("Forget"));
    ASSERT_NE(forget, nullptr);
    QMetaObject::invokeMethod(forget, "clicked");
    EXPECT_TRUE(QTest::qWaitFor([&] { return devices->count() == 0; }, 60'000));
}

TEST_F(SettingsFocus, StaysOnWhatAPairedComputerMaySeeWhileItSyncs) {
    open("devices");
    PeerHost host(world_.api, {world_.folder.filePath(L("peers")), L("Desk"), L("127.0.0.1")});
    PeerFinder finder([] { return std::unique_ptr<sync::Discovery>(); });
    bool listed = false;  // what it knows of itself, which is nobody
    QObject::connect(&host, &PeerHost::listed, window_, [&] { listed = true; });
    world_.context.peers()->start(host, finder, [] { return QStringList(); });
    EXPECT_TRUE(QTest::qWaitFor([&] { return listed; }, 60'000));
    settle();
    Q_EMIT host.listed({{L("lap"), L("Laptop"), {}, 0}});
    world_.context.navigator()->go(L("peer"), {{L("peerId"), L("lap")}});
    auto* chip = find(L("Plays"));
    ASSERT_NE(chip, nullptr);
    EXPECT_TRUE(chip->property("checked").toBool());
    chip->forceActiveFocus();
    Q_EMIT host.progressed(L("lap"), 1, 2);
    Q_EMIT host.listed({{L("lap"), L("Laptop"), L("ratings"), 0}});
    settle();
    EXPECT_EQ(window_->activeFocusItem(), chip);
    EXPECT_FALSE(chip->property("checked").toBool());
    EXPECT_TRUE(host.shutDown(std::chrono::seconds(60)));
}

class OwnSettingsFocus : public Pages {
protected:
    OwnSettingsFocus() : Pages(true) {}
    void keeps(const char* state) {
        world_.own.libraries = {QJsonObject{{L("id"), L("l1")},
                                            {L("name"), L("Records")},
                                            {L("path"), L("/srv/Records")},
                                            {L("state"), L(state)},
                                            {L("scanned"), 5},
                                            {L("total"), 20}}};
        world_.context.computer()->refresh();
    }
    static QQuickItem* chipIn(QQuickItem* below) {
        for (auto* child : below->childItems()) {
            if (child->isVisible() && child->property("text") == L("Records") && child->property("checkable").toBool())
                return child;
            if (auto* found = chipIn(child))
                return found;
        }
        return nullptr;
    }
};

// The folders are told anew every second while they are read.
TEST_F(OwnSettingsFocus, WhatIsSharedStaysUnderAPress) {
    window_->resize(1280, 1000);
    window_->requestActivate();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window_));
    world_.settings.setValue(L("computer/used"), true);
    ASSERT_TRUE(world_.signIn());
    keeps("idle");
    auto* sharing = world_.context.sharing();
    sharing->setOn(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return sharing->on() && world_.context.computer()->loaded(); }, 60'000));
    world_.context.navigator()->go(L("settings"), {{L("section"), L("computer")}});
    QQuickItem* chip = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (chip = chipIn(window_->contentItem())) != nullptr; }, 60'000));
    chip->forceActiveFocus();
    QTest::keyPress(window_, Qt::Key_Space);
    keeps("scanning");
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return world_.context.computer()->folders().value(0).toMap()[L("scanning")].toBool(); }, 60'000));
    settle();
    EXPECT_EQ(window_->activeFocusItem(), chip);
    QTest::keyRelease(window_, Qt::Key_Space);
    EXPECT_EQ(sharing->hidden(), QStringList{L("l1")});
    EXPECT_FALSE(chipIn(window_->contentItem())->property("checked").toBool());
}

}  // namespace
}  // namespace marea::app::test
