#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDBusContext>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QElapsedTimer>
#include <QHash>
#include <QMutex>
#include <QProcess>
#include <QStandardPaths>
#include <QThread>

#include "app/platform/avahidiscovery.h"

namespace marea::app {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Avahi");

// What somebody announces.
struct Announced {
    QString name;
    quint16 port = 0;
    QList<QByteArray> text;
};

// As avahi-daemon answers, as far as it is used. On a thread of its own, since who asks waits.
class FakeGroup : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.EntryGroup")
public:
    FakeGroup(QStringList taken, QList<Announced>* announced, QMutex* mutex)
        : taken_(std::move(taken)), announced_(announced), mutex_(mutex) {}

public Q_SLOTS:
    void AddService(int, int, uint, const QString& name, const QString&, const QString&, const QString&, ushort port,
                    const QList<QByteArray>& text) {
        if (taken_.contains(name)) {
            sendErrorReply(QStringLiteral("org.freedesktop.Avahi.CollisionError"), QStringLiteral("taken"));
            return;
        }
        added_ = {name, port, text};
    }
    void Commit() {
        const QMutexLocker lock(mutex_);
        announced_->append(added_);
    }
    void Reset() {}
    void Free() {
        const QMutexLocker lock(mutex_);
        announced_->clear();
    }

private:
    const QStringList taken_;
    QList<Announced>* const announced_;
    QMutex* const mutex_;
    Announced added_;
};

class FakeBrowser : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.ServiceBrowser")
Q_SIGNALS:
    void ItemNew(int interface, int protocol, const QString& name, const QString& type, const QString& domain,
                 uint flags);
    void ItemRemove(int interface, int protocol, const QString& name, const QString& type, const QString& domain,
                    uint flags);
public Q_SLOTS:
    void Free() {}
};

class FakeServer : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.Server")
public:
    explicit FakeServer(QDBusConnection bus) : bus_(std::move(bus)) {}

    QList<Announced> announced() {
        const QMutexLocker lock(&mutex_);
        return announced_;
    }
    QStringList taken;

public Q_SLOTS:
    int GetState() { return 2; }  // AVAHI_SERVER_RUNNING
    QDBusObjectPath EntryGroupNew() {
        auto* group = new FakeGroup(taken, &announced_, &mutex_);
        group->setParent(this);
        return put(group, QStringLiteral("/Client0/EntryGroup%1").arg(++made_));
    }
    // Tells what is there before it has answered, as the real one may.
    QDBusObjectPath ServiceBrowserNew(int, int, const QString& type, const QString&, uint) {
        browser_ = new FakeBrowser;
        browser_->setParent(this);
        const QDBusObjectPath path = put(browser_, QStringLiteral("/Client0/ServiceBrowser1"));
        Q_EMIT browser_->ItemNew(2, 0, QStringLiteral("Lap"), type, QStringLiteral("local"), 0);
        Q_EMIT browser_->ItemNew(2, 0, QStringLiteral("Printer"), QStringLiteral("_ipp._tcp"), QStringLiteral("local"),
                                 0);
        Q_EMIT browser_->ItemNew(2, 0, QStringLiteral("Vanished"), type, QStringLiteral("local"), 0);
        return path;
    }
    int ResolveService(int interface, int protocol, const QString& name, const QString& type, const QString& domain,
                       int, uint, const QDBusMessage& asked) {
        asked.setDelayedReply(true);
        if (name == QLatin1String("Vanished")) {
            bus_.send(asked.createErrorReply(QStringLiteral("org.freedesktop.Avahi.TimeoutError"), QString()));
            return 0;
        }
        const QList<QByteArray> text{"v=1", "id=abc=d", "=odd", "flag"};
        const QString address = addresses_.value({interface, protocol}, QStringLiteral("192.168.1.7"));
        bus_.send(
            asked.createReply({interface, protocol, name, type, domain, QStringLiteral("lap.local"), protocol, address,
                               QVariant::fromValue(static_cast<ushort>(8471)), QVariant::fromValue(text), 0U}));
        return 0;
    }
    void remove(const QString& name, int interface = 2, int protocol = 0) {
        Q_EMIT browser_->ItemRemove(interface, protocol, name, QStringLiteral("_marea._tcp"), QStringLiteral("local"),
                                    0);
    }
    // On another interface, or by the other protocol.
    void add(const QString& name, int interface, int protocol, const QString& address) {
        addresses_[{interface, protocol}] = address;
        Q_EMIT browser_->ItemNew(interface, protocol, name, QStringLiteral("_marea._tcp"), QStringLiteral("local"), 0);
    }

private:
    QDBusObjectPath put(QObject* object, const QString& path) {
        bus_.registerObject(path, object, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        return QDBusObjectPath(path);
    }

    QDBusConnection bus_;
    QMutex mutex_;
    QList<Announced> announced_;
    QHash<std::pair<int, int>, QString> addresses_;
    FakeBrowser* browser_ = nullptr;
    int made_ = 0;
};

// A bus without anybody, and Avahi's double on it where asked for.
class AvahiTest : public testing::Test {
protected:
    void SetUp() override {
        if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty()) {
            GTEST_SKIP() << "dbus-daemon is not installed";
        }
        daemon_.start(QStringLiteral("dbus-daemon"),
                      {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                       QStringLiteral("--print-address")});
        ASSERT_TRUE(daemon_.waitForStarted(60'000));
        ASSERT_TRUE(daemon_.waitForReadyRead(60'000));
        address_ = QString::fromLatin1(daemon_.readLine().trimmed());
        qDBusRegisterMetaType<QList<QByteArray>>();
    }
    void TearDown() override {
        if (server) {
            server->deleteLater();  // as its thread ends
            thread_.quit();
            thread_.wait();
        }
        QDBusConnection::disconnectFromBus(QStringLiteral("avahi"));
        QDBusConnection::disconnectFromBus(QStringLiteral("marea"));
        daemon_.kill();
        daemon_.waitForFinished(60'000);
    }
    void startAvahi() {
        auto bus = QDBusConnection::connectToBus(address_, QStringLiteral("avahi"));
        ASSERT_TRUE(bus.isConnected());
        server = new FakeServer(bus);
        server->moveToThread(&thread_);
        thread_.start();
        ASSERT_TRUE(bus.registerObject(QStringLiteral("/"), server, QDBusConnection::ExportAllSlots));
        ASSERT_TRUE(bus.registerService(kService));
    }
    QDBusConnection bus() { return QDBusConnection::connectToBus(address_, QStringLiteral("marea")); }

    static bool waitFor(const std::function<bool()>& condition) {
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < 120'000;) {
            if (condition()) {
                return true;
            }
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        return false;
    }

    int count_ = 1;
    char name_[5] = "test";
    char* words_[2] = {name_, nullptr};
    QCoreApplication program_{count_, words_};
    QProcess daemon_;
    QString address_;
    QThread thread_;
    FakeServer* server = nullptr;
};

TEST(AvahiText, IsReadAndWrittenWithinItsBounds) {
    const auto text = AvahiDiscovery::textFrom({"v=1", "id=a=b", "=x", "flag", "v=2", QByteArray(300, 'x')});
    EXPECT_EQ(text, (std::map<std::string, std::string>{{"v", "1"}, {"id", "a=b"}, {"flag", ""}}));
    const QList<QByteArray> entries = AvahiDiscovery::textOf({{"v", "1"}, {"long", std::string(400, 'y')}});
    ASSERT_EQ(entries.size(), 2);
    EXPECT_EQ(entries[1], "v=1");
    EXPECT_EQ(entries[0].size(), 255);
    EXPECT_EQ(AvahiDiscovery::textFrom(QList<QByteArray>(100, "a=1")).size(), 1u);
}

TEST_F(AvahiTest, AnnouncesUnderANameThatIsFreeAndWithdrawsIt) {
    startAvahi();
    server->taken = {QStringLiteral("Desk"), QStringLiteral("Desk #2")};
    {
        AvahiDiscovery discovery(bus());
        const auto done = discovery.announce("Desk", 8471, {{"v", "1"}});
        ASSERT_TRUE(done) << done.error().text << done.error().detail;
        ASSERT_EQ(server->announced().size(), 1);
        EXPECT_EQ(server->announced()[0].name, QStringLiteral("Desk #3"));
        EXPECT_EQ(server->announced()[0].port, 8471);
        EXPECT_EQ(server->announced()[0].text, QList<QByteArray>{"v=1"});
        discovery.withdraw();
        EXPECT_TRUE(server->announced().isEmpty());
        ASSERT_TRUE(discovery.announce("Other", 1, {}));
    }
    EXPECT_TRUE(server->announced().isEmpty()) << "it goes with the program";
}

TEST_F(AvahiTest, TellsOfWhatIsThereAndWhatGoes) {
    startAvahi();
    AvahiDiscovery discovery(bus());
    std::vector<sync::FoundPeer> found;
    std::vector<std::string> gone;
    const auto done = discovery.browse([&](const sync::FoundPeer& peer) { found.push_back(peer); },
                                       [&](const std::string& name) { gone.push_back(name); });
    ASSERT_TRUE(done) << done.error().detail;
    ASSERT_TRUE(waitFor([&] { return !found.empty(); }));
    EXPECT_EQ(found[0].name, "Lap");
    EXPECT_EQ(found[0].address, "192.168.1.7");
    EXPECT_EQ(found[0].port, 8471);
    EXPECT_EQ(found[0].text.at("id"), "abc=d");
    QMetaObject::invokeMethod(
        server, [this] { server->remove(QStringLiteral("Lap")); }, Qt::BlockingQueuedConnection);
    ASSERT_TRUE(waitFor([&] { return !gone.empty(); }));
    EXPECT_EQ(gone, std::vector<std::string>{"Lap"});
    EXPECT_EQ(found.size(), 1u) << "no printer, and nothing that is gone already";
}

// Avahi tells of each interface and protocol apart.
TEST_F(AvahiTest, OneThatIsReachedByManyWaysIsToldOfByTheBestThatIsThere) {
    startAvahi();
    AvahiDiscovery discovery(bus());
    std::vector<std::string> told;
    const auto done = discovery.browse([&](const sync::FoundPeer& peer) { told.push_back(peer.address); },
                                       [&](const std::string& name) { told.push_back("no " + name); });
    ASSERT_TRUE(done) << done.error().detail;
    const auto last = [&](const std::string& address) {
        return waitFor([&] { return !told.empty() && told.back() == address; });
    };
    const auto there = [this](auto work) { QMetaObject::invokeMethod(server, work, Qt::BlockingQueuedConnection); };
    const QString lap = QStringLiteral("Lap");
    ASSERT_TRUE(last("192.168.1.7"));
    there([&] { server->add(lap, 1, 1, QStringLiteral("fe80::7")); });
    there([&] { server->add(lap, 2, 1, QStringLiteral("fd00::7")); });
    there([&] { server->add(QStringLiteral("Desk"), 3, 0, QStringLiteral("192.168.1.8")); });
    ASSERT_TRUE(last("192.168.1.8")) << "and what came before it is known by then";
    there([&] { server->remove(lap); });
    ASSERT_TRUE(last("fd00::7")) << "by IPv6, once IPv4 is gone";
    there([&] { server->remove(lap, 2, 1); });
    ASSERT_TRUE(last("fe80::7%lo")) << "that of one link comes last, with its interface";
    there([&] { server->remove(lap, 1, 1); });
    ASSERT_TRUE(last("no Lap"));
    EXPECT_EQ(told, (std::vector<std::string>{"192.168.1.7", "192.168.1.8", "fd00::7", "fe80::7%lo", "no Lap"}));
}

TEST_F(AvahiTest, WhetherItIsThereIsAsked) {
    EXPECT_FALSE(AvahiDiscovery::isThere(bus()));
    startAvahi();
    EXPECT_TRUE(AvahiDiscovery::isThere(bus()));
    EXPECT_FALSE(AvahiDiscovery::isThere(QDBusConnection(QStringLiteral("none"))));
}

TEST_F(AvahiTest, WithoutAvahiItSaysSo) {
    AvahiDiscovery discovery(bus());
    const auto announced = discovery.announce("Desk", 8471, {});
    ASSERT_FALSE(announced);
    EXPECT_EQ(announced.error().code, core::ErrorCode::Unavailable);
    EXPECT_NE(announced.error().text.find("Avahi"), std::string::npos);
    EXPECT_FALSE(discovery.browse([](const sync::FoundPeer&) {}, [](const std::string&) {}));
}

}  // namespace
}  // namespace marea::app

#include "avahi_test.moc"
