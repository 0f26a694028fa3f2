// Files of the server on their way to devices.
#include <thread>

#include "app/devices/serverfetch.h"
#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

// What threads of devices ask for, and get.
class Fetching {
public:
    explicit Fetching(ServerFetcher& fetcher) : fetch_(fetcher.fetch()) {}
    ~Fetching() {
        for (auto* control : controls_)
            control->cancel();
        for (auto& thread : threads_)
            thread.join();
    }
    void begin(const QString& id, sync::SyncControl& control) {
        controls_ << &control;
        threads_.emplace_back([this, id, &control] {
            auto path = fetch_(id, {}, control);
            const std::lock_guard lock(mutex_);
            got_.push_back(std::move(path));
        });
    }
    bool wait(std::size_t count) {
        return QTest::qWaitFor(
            [&] {
                const std::lock_guard lock(mutex_);
                return got_.size() == count;
            },
            kDevicePatience);
    }
    const std::vector<core::Result<QString>>& got() const { return got_; }  // once they came

private:
    const ServerFetcher::Fetch fetch_;
    std::mutex mutex_;
    std::vector<core::Result<QString>> got_;
    std::vector<std::thread> threads_;
    QList<sync::SyncControl*> controls_;
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("there is none");
}

struct ServerFetcherTest : ::testing::Test {
    ServerFetcherTest() {
        world.api.setTokens({QStringLiteral("a1"), QStringLiteral("r1"), 900});
        offerSongs(world.http, {{"a", "Sea", 300'000}, {"b", "Sand", 5000}});
    }
    QStringList left() const { return QDir(coming).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
    World world;
    const QString coming = world.folder.filePath(QStringLiteral("coming"));
    ServerFetcher fetcher{world.api, coming};
};

TEST_F(ServerFetcherTest, TwoDevicesThatWantOneFileEachGetTheirOwn) {
    sync::SyncControl control;
    Fetching fetching(fetcher);
    for (int i = 0; i < 3; ++i)
        fetching.begin(QStringLiteral("a"), control);
    fetching.begin(QStringLiteral("b"), control);
    ASSERT_TRUE(fetching.wait(4));
    QSet<QString> folders;
    int ofA = 0;
    for (const auto& path : fetching.got()) {
        ASSERT_TRUE(path) << path.error().text;
        ofA += contentOf(*path) == QByteArray(300'000, 'a') ? 1 : 0;
        folders << QFileInfo(*path).path();
    }
    EXPECT_EQ(ofA, 3);
    EXPECT_EQ(folders.size(), 4) << "each removes its own";
    EXPECT_EQ(left().size(), 4) << "and nothing else is there";
}

// It would be taken for the device's, as that one is write-protected, full, or held by another program.
TEST_F(ServerFetcherTest, WhatAServerRefusesIsNoFaultOfTheDevice) {
    sync::SyncControl control;
    std::size_t asked = 0;
    Fetching fetching(fetcher);
    for (const int status : {403, 404, 413}) {
        world.http.on("POST /api/v1/downloads", status, {{QLatin1String("detail"), QLatin1String("Not yours.")}});
        fetching.begin(QStringLiteral("a"), control);
        ASSERT_TRUE(fetching.wait(++asked));
        ASSERT_FALSE(fetching.got().back());
        EXPECT_EQ(fetching.got().back().error().code, core::ErrorCode::Unprocessable) << status;
        EXPECT_EQ(fetching.got().back().error().text, "Not yours.");
    }
}

TEST_F(ServerFetcherTest, WhoCallsItOffKeepsNobodyElseWaiting) {
    const QString order = QStringLiteral("/api/v1/downloads");
    world.http.holds = [order](const core::HttpRequest& request) { return request.url.path() == order; };
    sync::SyncControl first, second;
    Fetching fetching(fetcher);
    fetching.begin(QStringLiteral("a"), first);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("POST", order) == 1; }, kDevicePatience));
    fetching.begin(QStringLiteral("a"), second);
    first.cancel();
    ASSERT_TRUE(fetching.wait(1));
    EXPECT_EQ(fetching.got().front().error().code, core::ErrorCode::Cancelled);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("POST", order) == 2; }, kDevicePatience));
    world.http.holds = {};
    world.http.release();
    ASSERT_TRUE(fetching.wait(2));
    ASSERT_TRUE(fetching.got().back()) << fetching.got().back().error().text;
    EXPECT_EQ(contentOf(*fetching.got().back()), QByteArray(300'000, 'a'));
}

}  // namespace
}  // namespace marea::app::test
