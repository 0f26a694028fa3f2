#pragma once

#include <gtest/gtest.h>

#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

#include "app/api/apiclient.h"
#include "app/viewmodels/peersviewmodel.h"

namespace marea::app {

inline constexpr int kPatience = 120'000;

// No server is there; or one that does not answer before it is told to.
class NoHttp final : public core::HttpClient {
public:
    QFuture<core::Result<core::HttpResponse>> send(const core::HttpRequest& request) override {
        ++asked;
        if (request.method == "POST" && request.url.path().endsWith(QLatin1String("/sync/devices")))
            registered << request.body;
        waiting.emplace_back();
        waiting.back().start();
        const auto future = waiting.back().future();
        if (!silent)
            answer();
        return future;
    }
    void answer() {
        silent = false;
        for (auto& promise : waiting) {
            promise.addResult(core::Result<core::HttpResponse>(
                tl::unexpect, core::Error{core::ErrorCode::Unavailable, {}, "The server is away."}));
            promise.finish();
        }
        waiting.clear();
    }
    std::unique_ptr<core::HttpCall> stream(const core::HttpRequest&, core::HttpSink) override { return nullptr; }
    int asked = 0;
    QList<QByteArray> registered;  // what was said of a device
    bool silent = false;
    std::vector<QPromise<core::Result<core::HttpResponse>>> waiting;
};

// A computer with somebody who is signed in.
struct Computer {
    explicit Computer(const QString& name)
        : api(http),
          settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          host(api, {.folder = folder.path(), .name = name, .address = QStringLiteral("127.0.0.1")}),
          finder([this] { return discovery ? discovery() : nullptr; }),
          peers(settings, notices) {
        peers.setAccount(QStringLiteral("this computer ana"));
        peers.start(host, finder, [this] { return places; });
    }
    ~Computer() { EXPECT_TRUE(host.shutDown(std::chrono::milliseconds(kPatience))); }

    bool waitsFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    bool isAt(const char* step) {
        return waitsFor([&] { return peers.step() == QLatin1String(step); });
    }
    QVariantMap first() const { return peers.paired().value(0).toMap(); }

    DiscoveryDesk::Maker discovery;                   // asked once, when it is turned on; none: nobody is found
    QStringList places{QStringLiteral("127.0.0.1")};  // where it says that it is
    QTemporaryDir folder;
    NoHttp http;
    ApiClient api;
    QSettings settings;
    Notices notices;
    PeerHost host;
    PeerFinder finder;
    PeersViewModel peers;
};

class PeersTest : public testing::Test {
protected:
    // Both show their digits.
    void compare() {
        lap.peers.beginPairing();
        desk.peers.beginPairing();
        ASSERT_TRUE(lap.waitsFor([&] { return lap.peers.on() && desk.peers.on(); }));
        desk.peers.pairAt(lap.peers.addresses().value(0));
        ASSERT_TRUE(desk.isAt("compare"));
        ASSERT_TRUE(lap.isAt("compare"));
        EXPECT_EQ(desk.peers.digits(), lap.peers.digits());
        EXPECT_EQ(desk.peers.digits().size(), 6);
        EXPECT_EQ(desk.peers.otherName(), QStringLiteral("Lap"));
    }
    void pair() {
        compare();
        desk.peers.sayCompared(true);
        lap.peers.sayCompared(true);
        ASSERT_TRUE(desk.isAt("done"));
        ASSERT_TRUE(lap.isAt("done"));
        desk.peers.endPairing();
        lap.peers.endPairing();
        ASSERT_TRUE(desk.waitsFor([&] { return desk.peers.paired().size() == 1 && lap.peers.paired().size() == 1; }));
    }
    bool hasSynced(Computer& one) {
        return one.waitsFor([&] {
            return !one.first()[QStringLiteral("history")].toStringList().isEmpty() &&
                   !one.first()[QStringLiteral("syncing")].toBool();
        });
    }

    Computer desk{QStringLiteral("Desk")}, lap{QStringLiteral("Lap")};
};

}  // namespace marea::app
