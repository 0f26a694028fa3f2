#include "app/devices/devicethread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

#include "app/devices/phonefinder.h"

using namespace marea;
using namespace marea::app;

namespace {

// One for the whole program: what comes back from threads needs its event loop.
class WithApplication : public ::testing::Environment {
public:
    void SetUp() override { application_ = std::make_unique<QCoreApplication>(count_, names_); }
    void TearDown() override { application_.reset(); }

private:
    int count_ = 1;
    char name_[5] = "test";
    char* names_[2] = {name_, nullptr};
    std::unique_ptr<QCoreApplication> application_;
};
const auto* const application = ::testing::AddGlobalTestEnvironment(new WithApplication);

// Closed until somebody opens it.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool isOpen = false;
    void open() {
        const std::lock_guard lock(mutex);
        isOpen = true;
        changed.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return isOpen; });
    }
};

// What a write of it is waiting for.
class SlowContent final : public sync::ByteStream {
public:
    explicit SlowContent(Pulse& pulse) : pulse_(pulse) {}
    std::int64_t size() const override { return 1; }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override {
        silentInside = pulse_.silentFor().count();
        into[0] = 'x';
        return std::exchange(left_, 0);
    }
    std::int64_t silentInside = -1;

private:
    Pulse& pulse_;
    std::size_t left_ = 1;
};

class EatingTarget final : public sync::Target {
public:
    explicit EatingTarget(Pulse& pulse) : pulse_(pulse) {}
    sync::TargetAbilities abilities() const override {
        QTest::qSleep(20);
        silentWhileAsked = pulse_.silentFor().count();
        return {};
    }
    core::Result<std::vector<sync::ListedFile>> list(const Look& look) override {
        EXPECT_TRUE(look());
        QTest::qSleep(20);
        silentAfterLook = pulse_.silentFor().count();
        auto done = look();
        return done ? core::Result<std::vector<sync::ListedFile>>(std::vector<sync::ListedFile>())
                    : core::unexpected<core::Error>(done.error());
    }
    core::Result<sync::ListedFile> about(const std::string& path) override { return sync::ListedFile{path}; }
    core::Result<std::int64_t> freeBytes() override { return 1; }
    core::Result<void> write(const std::string&, sync::ByteStream& content) override {
        std::array<std::uint8_t, 4> block{};
        while (*content.read(block) > 0) {
        }
        QTest::qSleep(20);
        silentWhileWriting = pulse_.silentFor().count();
        return {};
    }
    core::Result<void> read(const std::string&,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override {
        const std::uint8_t byte = 'x';
        return sink({&byte, 1});
    }
    core::Result<void> rename(const std::string&, const std::string&) override { return {}; }
    core::Result<void> remove(const std::string&) override { return {}; }
    core::Result<void> flush() override { return {}; }
    std::int64_t silentWhileWriting = 0, silentAfterLook = -1;
    mutable std::int64_t silentWhileAsked = 0;

private:
    Pulse& pulse_;
};

}  // namespace

TEST(DeviceThreadTest, JobsRunInOrderAndTheirResultsComeHome) {
    DeviceThread thread;
    std::vector<int> came;
    for (int i = 0; i < 5; ++i) {
        thread.run([i] { return i; }, [&came](int number) { came.push_back(number); });
    }
    EXPECT_TRUE(QTest::qWaitFor([&] { return came.size() == 5; }, 60'000));
    EXPECT_EQ(came, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(DeviceThreadTest, ADeviceThatDoesNotAnswerIsAbandoned) {
    const auto gate = std::make_shared<Gate>();
    const auto ended = std::make_shared<Gate>();
    bool told = false, later = false;
    {
        DeviceThread thread;
        thread.setPatience(std::chrono::milliseconds(50));
        QSignalSpy abandoned(&thread, &DeviceThread::abandoned);
        thread.run(
            [gate, ended, pulse = thread.pulse()] {
                pulse->asked();
                gate->pass();
                pulse->answered();
                ended->open();
                return 1;
            },
            [&](int) { told = true; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return abandoned.count() == 1; }, 60'000));
        thread.run([] { return 2; }, [&](int) { later = true; });
        EXPECT_TRUE(QTest::qWaitFor([&] { return later; }, 60'000)) << "there is a new thread for what comes";
    }
    gate->open();
    ended->pass();
    QCoreApplication::processEvents();
    EXPECT_FALSE(told) << "nothing comes of what was abandoned";
}

TEST(DeviceThreadTest, ADeviceThatFallsSilentAtTheEndKeepsNobody) {
    const auto leaving = std::make_shared<Gate>(), gate = std::make_shared<Gate>(), ended = std::make_shared<Gate>();
    {
        DeviceThread thread;
        thread.setPatience(std::chrono::milliseconds(50));
        thread.run(
            [leaving, gate, ended, pulse = thread.pulse()] {
                leaving->pass();
                pulse->asked();
                gate->pass();
                pulse->answered();
                ended->open();
                return 1;
            },
            [](int) {});
        leaving->open();
    }
    gate->open();
    ended->pass();
}

// Ctrl+Z, and the computer's sleep.
TEST(DeviceThreadTest, AProgramThatStoodStillItselfBlamesNoDevice) {
    constexpr int kStopped = 2500;  // milliseconds
    const auto gate = std::make_shared<Gate>(), asked = std::make_shared<Gate>(), ended = std::make_shared<Gate>();
    {
        DeviceThread thread;
        thread.setPatience(std::chrono::milliseconds(kStopped - 500));
        QSignalSpy abandoned(&thread, &DeviceThread::abandoned);
        thread.run(
            [gate, asked, ended, pulse = thread.pulse()] {
                pulse->asked();
                asked->open();
                gate->pass();
                pulse->answered();
                ended->open();
                return 1;
            },
            [](int) {});
        asked->pass();
        QTest::qSleep(kStopped);
        QCoreApplication::processEvents();
        EXPECT_EQ(abandoned.count(), 0) << "it was not heard for that long, and nobody listened";
        EXPECT_TRUE(QTest::qWaitFor([&] { return abandoned.count() == 1; }, 60'000));
    }
    gate->open();
    ended->pass();
}

TEST(DeviceThreadTest, WhoeverGoesWaitsForNothingThatComesHome) {
    bool told = false;
    {
        DeviceThread thread;
        thread.run([] { return 1; }, [&](int) { told = true; });
    }
    QCoreApplication::processEvents();
    EXPECT_FALSE(told);
}

TEST(PhoneFinderTest, ABusThatDidNotAnswerIsLookedAtAgainByItself) {
    const auto gate = std::make_shared<Gate>(), ended = std::make_shared<Gate>();
    const auto looks = std::make_shared<std::atomic<int>>(0);
    const auto bus = [=]() -> QList<FoundDevice> {
        if (++*looks > 1) {
            FoundDevice phone;
            phone.kind = FoundDevice::Kind::Phone;
            phone.key = QStringLiteral("mtp:1");
            return {phone};
        }
        gate->pass();
        ended->open();
        return {};
    };
    PhoneFinder finder(bus, {std::chrono::milliseconds(200), std::chrono::milliseconds(1)});
    finder.look();
    EXPECT_TRUE(QTest::qWaitFor([&] { return finder.devices().size() == 1; }, 60'000));
    gate->open();
    ended->pass();
    EXPECT_EQ(finder.devices().size(), 1) << "nothing comes of the one that was abandoned";
}

TEST(PhoneFinderTest, LaterAndLaterAndNotWithoutEnd) {
    const std::chrono::milliseconds minute(60'000);
    EXPECT_EQ(phoneLookAfter(1, minute), minute);
    EXPECT_EQ(phoneLookAfter(2, minute), 2 * minute);
    EXPECT_EQ(phoneLookAfter(5, minute), 16 * minute);
    EXPECT_FALSE(phoneLookAfter(6, minute)) << "each may have left a thread behind";
    EXPECT_FALSE(phoneLookAfter(0, minute));
}

TEST(WatchedTargetTest, OnlyTheDeviceIsWaitedFor) {
    const auto pulse = std::make_shared<Pulse>();
    auto inner = std::make_unique<EatingTarget>(*pulse);
    auto* eating = inner.get();
    WatchedTarget target(std::move(inner), pulse);
    SlowContent content(*pulse);
    ASSERT_TRUE(target.write("a", content));
    EXPECT_EQ(content.silentInside, 0) << "what comes from elsewhere may take its time";
    EXPECT_GE(eating->silentWhileWriting, 20);
    static_cast<void>(target.abilities());
    EXPECT_GE(eating->silentWhileAsked, 20) << "its file system may be one that hangs";
    EXPECT_EQ(pulse->silentFor().count(), 0);
    std::int64_t inside = -1;
    ASSERT_TRUE(target.read("a", [&](auto) {
        inside = pulse->silentFor().count();
        return core::Result<void>();
    }));
    EXPECT_EQ(inside, 0);
    EXPECT_EQ(pulse->silentFor().count(), 0);
}

// A phone with very many files takes minutes.
TEST(WatchedTargetTest, EachLookWhileADeviceIsListedIsASignOfLife) {
    const auto pulse = std::make_shared<Pulse>();
    auto inner = std::make_unique<EatingTarget>(*pulse);
    auto* eating = inner.get();
    WatchedTarget target(std::move(inner), pulse);
    std::vector<std::int64_t> silent;
    const auto listed = target.list([&] {
        silent.push_back(pulse->silentFor().count());
        return silent.size() < 2 ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, "Enough.");
    });
    EXPECT_EQ(silent, (std::vector<std::int64_t>{0, 0}));
    EXPECT_GE(eating->silentAfterLook, 20) << "from then on it is waited for again";
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, core::ErrorCode::Cancelled);
    EXPECT_EQ(pulse->silentFor().count(), 0);
}
