#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>
#include <QProcess>
#include <QUdpSocket>

#include "app/platform/mdnsdiscovery.h"
#include "tests/support/places.h"

namespace marea::app {

inline QNetworkInterface loopback() {
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces())
        if (interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            return interface;
    return {};
}

inline const QHostAddress kGroup(QStringLiteral("224.0.0.251"));

// A port of its own on the loopback interface: no network is asked anything.
class MdnsTest : public testing::Test {
protected:
    void SetUp() override {
        QUdpSocket free, hears, says;
        ASSERT_TRUE(free.bind(QHostAddress(QHostAddress::AnyIPv4)));
        port_ = free.localPort();
        free.close();
        ASSERT_TRUE(says.bind(QHostAddress(QHostAddress::AnyIPv4)));
        hears.bind(QHostAddress(QHostAddress::AnyIPv4), port_);
        const bool joined = hears.joinMulticastGroup(kGroup, loopback());
        says.setMulticastInterface(loopback());
        says.writeDatagram("x", kGroup, port_);
        if (!joined || !hears.waitForReadyRead(5000))
            GTEST_SKIP() << "this system sends nothing to groups on its loopback interface";
    }
    virtual std::unique_ptr<MdnsDiscovery> make() const {
        return std::make_unique<MdnsDiscovery>(MdnsDiscovery::Options{
            port_, [](const QNetworkInterface& interface) { return interface.index() == loopback().index(); }});
    }
    // Another one, and whom it sees.
    struct Looker {
        std::unique_ptr<MdnsDiscovery> discovery;
        std::map<std::string, sync::FoundPeer> seen;
    };
    std::unique_ptr<Looker> looker() const {
        auto one = std::make_unique<Looker>();
        one->discovery = make();
        const auto done =
            one->discovery->browse([to = one.get()](const sync::FoundPeer& peer) { to->seen[peer.name] = peer; },
                                   [to = one.get()](const std::string& name) { to->seen.erase(name); });
        EXPECT_TRUE(done) << done.error().detail;
        return one;
    }
    static bool waitFor(const std::function<bool()>& condition, int most = 120'000) {
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < most;) {
            if (condition())
                return true;
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        return condition();
    }
    QJsonObject asked(const QStringList& more, int* code) const {
        QProcess look;
        const QString script = QString::fromStdString(tests::testData("/../support/dnssd_look.py"));
        look.start(QStringLiteral("python3"), QStringList{script, QString::number(port_), QStringLiteral("60")} + more);
        waitFor([&] { return look.state() == QProcess::NotRunning; });
        *code = look.exitCode();
        EXPECT_TRUE(*code == 0 || *code == 77) << look.readAllStandardError().toStdString();
        return QJsonDocument::fromJson(look.readAllStandardOutput()).object();
    }
    void expectSeen(const QJsonObject& seen) const {
        EXPECT_EQ(seen[QLatin1String("name")].toString(), QStringLiteral("Ana's Öl. desk"));
        EXPECT_EQ(seen[QLatin1String("port")].toInt(), 8471);
        EXPECT_EQ(seen[QLatin1String("text")].toObject()[QLatin1String("id")].toString(), QStringLiteral("abc"));
        const QHostAddress address(seen[QLatin1String("address")].toString());
        bool isOurs = false;
        for (const QNetworkAddressEntry& entry : loopback().addressEntries())
            isOurs = isOurs || entry.ip() == address;
        EXPECT_TRUE(isOurs) << address.toString().toStdString();
    }

    int count_ = 1;
    char name_[5] = "test";
    char* words_[2] = {name_, nullptr};
    QCoreApplication program_{count_, words_};
    quint16 port_ = 0;
};

}  // namespace marea::app
