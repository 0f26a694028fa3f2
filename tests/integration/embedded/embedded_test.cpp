// The server inside the desktop program, whole: with its database, its workers and its sockets.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <mutex>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "app/api/apiclient.h"
#include "app/embedded/embeddedhost.h"
#include "app/embedded/libraryannouncer.h"
#include "app/embedded/networkaddresses.h"
#include "app/embedded/servertexts.h"
#include "app/platform/certificatelook.h"
#include "core/http/qthttpclient.h"
#include "server/host/homehost.h"
#include "tests/integration/embedded/sound.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using server::HomeHost;
using server::ownerName;
using test::writeSound;
using L = QLatin1String;

constexpr int kPatienceMs = 120'000;
constexpr quint32 kLong = 128 * 1024 * 1024;  // far more than sockets hold by themselves

template <class T>
core::Result<T> taken(Reply<T> reply) {
    if (!QTest::qWaitFor([&] { return reply.isFinished(); }, kPatienceMs))
        return core::fail(ErrorCode::Timeout, "waited in vain");
    return reply.result();
}

MediaQuery tracks() {
    MediaQuery query;
    query.kind = L("track");
    return query;
}

class Embedded : public testing::Test {
protected:
    QString data() const { return place.filePath(L("data/library")); }
    // A client that goes in as somebody who signed in by the library's own token.
    void enter(EmbeddedHost& host) {
        const auto way = taken(host.enter());
        ASSERT_TRUE(way) << way.error().detail;
        EXPECT_EQ(way->server.host().toStdString(), "127.0.0.1");
        api.setServer(way->server);
        api.setTokens(way->tokens);
    }
    core::Result<LibraryInfo> scanned(EmbeddedHost& host) {
        core::Result<LibraryInfo> found = core::fail(ErrorCode::Timeout, "not scanned");
        (void)QTest::qWaitFor(
            [&] {
                const auto libraries = taken(host.ask("GET", L("/api/v1/libraries"), {}));
                const auto list = libraries ? parseLibraries(*libraries) : QList<LibraryInfo>();
                if (!list.isEmpty() && list[0].state != L("scanning") && list[0].items > 0)
                    found = list[0];
                return found.has_value();
            },
            kPatienceMs);
        return found;
    }
    QString addFolder(EmbeddedHost& host, const char* name) {
        const QString path = place.filePath(L(name));
        QDir().mkpath(path);
        writeSound(path + L("/Low Water.wav"));
        const auto added =
            taken(host.ask("POST", L("/api/v1/admin/libraries"), {{L("name"), L(name)}, {L("path"), path}}));
        EXPECT_TRUE(added) << added.error().detail;
        return added ? (*added)[L("id")].toString() : QString();
    }
    static bool answers(quint16 port, const char* host = "127.0.0.2") {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(L(host)), port);
        return socket.waitForConnected(5000);
    }
    // What the folders of files answer whoever comes with that name and password.
    static int foldersStatus(const QUrl& server, const QByteArray& login) {
        QTcpSocket socket;
        socket.connectToHost(server.host(), static_cast<quint16>(server.port()));
        socket.write("GET /dav HTTP/1.1\r\nHost: t\r\nConnection: close\r\nAuthorization: Basic " + login.toBase64() +
                     "\r\n\r\n");
        QByteArray answer;
        while (answer.size() < 12 && socket.waitForReadyRead(kPatienceMs))
            answer += socket.readAll();
        return answer.mid(9, 3).toInt();
    }
    static bool hasSix() {
        QTcpServer server;
        return server.listen(QHostAddress(QHostAddress::LocalHostIPv6));
    }

    QTemporaryDir place;
    core::QtHttpClient http;
    ApiClient api{http};
};

TEST_F(Embedded, OpensWithoutAnybodyAtASetupPage) {
    EmbeddedHost host({.folder = data()});
    enter(host);
    const auto info = taken(api.serverInfo());
    ASSERT_TRUE(info);
    EXPECT_FALSE(info->setupNeeded) << "it has an owner already";
    const auto me = taken(api.me());
    ASSERT_TRUE(me);
    EXPECT_EQ(me->role.toStdString(), "owner");
    struct stat folder {};
    ASSERT_EQ(::stat(data().toUtf8().constData(), &folder), 0);
    EXPECT_EQ(folder.st_mode & 0077, 0U) << "for its owner's eyes only";
}

TEST_F(Embedded, ReadsFoldersAndKeepsThemOverARestart) {
    {
        EmbeddedHost host({.folder = data()});
        addFolder(host, "Music");
        const auto library = scanned(host);
        ASSERT_TRUE(library);
        enter(host);
        const auto found = taken(api.media(tracks(), {}));
        ASSERT_TRUE(found);
        ASSERT_EQ(found->items.size(), 1);
        EXPECT_EQ(found->items[0].title.toStdString(), "Low Water");
        EXPECT_TRUE(host.shutDown(std::chrono::seconds(60)));
    }
    EmbeddedHost host({.folder = data()});
    EXPECT_TRUE(scanned(host));
    const auto refused = taken(api.refresh());
    EXPECT_FALSE(refused) << "what was signed in before is not there";
    enter(host);
    const auto devices = taken(api.json({"GET", L("/api/v1/me/devices")}));
    ASSERT_TRUE(devices);
    EXPECT_EQ((*devices)[L("items")].toArray().size(), 1) << "one run, one sign-in";
}

// Nobody makes them ahead on somebody's desktop.
TEST_F(Embedded, MakesThePicturesOfChaptersWhenSomebodyLooks) {
    if (!qEnvironmentVariableIsSet("MAREA_TEST_MEDIA"))
        GTEST_SKIP() << "no MAREA_TEST_MEDIA";
    EmbeddedHost host({.folder = data()});
    QDir().mkpath(place.filePath(L("Films")));
    ASSERT_TRUE(QFile::copy(qEnvironmentVariable("MAREA_TEST_MEDIA") + L("/video/mkv-chapters.mkv"),
                            place.filePath(L("Films/Tide (2001).mkv"))));
    ASSERT_TRUE(taken(host.ask("POST", L("/api/v1/admin/libraries"),
                               {{L("name"), L("Films")}, {L("path"), place.filePath(L("Films"))}})));
    ASSERT_TRUE(scanned(host));
    enter(host);
    MediaQuery films;
    films.kind = L("movie");
    const auto found = taken(api.media(films, {}));
    ASSERT_TRUE(found && found->items.size() == 1);
    const auto film = taken(api.item(found->items[0].id));
    ASSERT_TRUE(film && film->chapters.size() == 2);
    PlaybackRequest look;
    look.mediaId = film->id;
    const auto plan = taken(api.plan(look));
    ASSERT_TRUE(plan && !plan->spritesUrl.isEmpty());
    const auto list = taken(api.text(plan->spritesUrl));
    ASSERT_TRUE(list);
    EXPECT_TRUE(list->contains(L("0.jpg#xywh=0,0,")));
    auto sheet = plan->spritesUrl;
    sheet.replace(L("sprites.vtt"), L("0.jpg"));
    const auto picture = taken(api.bytes(sheet));
    ASSERT_TRUE(picture) << picture.error().detail;
    EXPECT_TRUE(picture->startsWith("\xff\xd8")) << "a JPEG";
}

TEST_F(Embedded, SaysThatAnotherHasTheFolder) {
    EmbeddedHost first({.folder = data()}), second({.folder = data()});
    ASSERT_TRUE(taken(first.enter()));
    const auto refused = taken(second.enter());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    ASSERT_TRUE(first.shutDown(std::chrono::seconds(60)));
    EXPECT_TRUE(taken(second.enter())) << "free by then";
    EXPECT_EQ(taken(first.enter()).error().code, ErrorCode::Cancelled) << "it has ended for good";
}

TEST_F(Embedded, TellsWhatIsWrongInWords) {
    EmbeddedHost host({.folder = data()});
    const auto refused = taken(host.ask("POST", L("/api/v1/admin/libraries"),
                                        {{L("name"), L("None")}, {L("path"), place.filePath(L("none"))}}));
    ASSERT_FALSE(refused);
    EXPECT_FALSE(refused.error().text.empty());
    EXPECT_FALSE(taken(host.ask("GET", L("/api/v1/nothing"), {})));
}

TEST_F(Embedded, IsSharedUntilItIsTurnedOff) {
    EmbeddedHost host({.folder = data()});
    EXPECT_EQ(taken(host.guestCode()).error().code, ErrorCode::Conflict) << "not shared";
    const auto shared = taken(host.share({}));
    ASSERT_TRUE(shared) << shared.error().detail;
    EXPECT_TRUE(shared->pin.startsWith(L("sha256//"))) << shared->pin.toStdString();
    EXPECT_TRUE(answers(shared->port));
    const auto again = taken(host.share({}));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->port, shared->port);
    ASSERT_TRUE(taken(host.stopSharing()));
    EXPECT_FALSE(answers(shared->port));
    const auto anew = taken(host.share({.libraries = {}, .port = shared->port}));
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->pin, shared->pin) << "others know it again";
}

TEST_F(Embedded, IsSharedByIPv6AsByIPv4) {
    EmbeddedHost host({.folder = data()});
    const auto shared = taken(host.share({}));
    ASSERT_TRUE(shared) << shared.error().detail;
    EXPECT_TRUE(answers(shared->port));
    if (!hasSix())
        GTEST_SKIP() << "this system has no IPv6";
    EXPECT_TRUE(answers(shared->port, "::1"));
    ASSERT_TRUE(taken(host.stopSharing()));
    EXPECT_FALSE(answers(shared->port, "::1"));
}

// A port that another program has, by either of the two, is not taken.
TEST_F(Embedded, IsSharedAtAnotherPortWhereOneIsTaken) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress(QHostAddress::AnyIPv4)));
    EmbeddedHost host({.folder = data()});
    const auto shared = taken(host.share({.libraries = {}, .port = other.serverPort()}));
    ASSERT_TRUE(shared) << shared.error().detail;
    EXPECT_NE(shared->port, other.serverPort());
    EXPECT_TRUE(answers(shared->port));
}

// What is told, in its order, from the host's thread.
class Listener final : public Announcer {
public:
    struct Said {
        sync::dns::ServerNotice server;
        quint16 port = 0;  // 0: it was taken back
    };
    void announce(const sync::dns::ServerNotice& server, quint16 port) override { add({server, port}); }
    void withdraw() override { add({}); }
    std::vector<Said> all() const {
        const std::lock_guard lock(mutex_);
        return said_;
    }

private:
    void add(Said said) {
        const std::lock_guard lock(mutex_);
        said_.push_back(std::move(said));
    }
    mutable std::mutex mutex_;
    std::vector<Said> said_;
};

TEST_F(Embedded, TheNetworkIsToldOfItWhileItIsShared) {
    Listener network;
    EmbeddedHost host({.folder = data(), .announcer = &network});
    enter(host);
    EXPECT_TRUE(network.all().empty()) << "not before it is shared";
    const auto shared = taken(host.share({}));
    ASSERT_TRUE(shared);
    ASSERT_EQ(network.all().size(), 1U);
    const auto said = network.all().front();
    EXPECT_EQ(said.port, shared->port);
    EXPECT_TRUE(said.server.isSecure);
    EXPECT_EQ(said.server.pin, shared->pin.toStdString());
    EXPECT_EQ(said.server.name, QSysInfo::machineHostName().toStdString());
    const auto info = taken(api.serverInfo());
    ASSERT_TRUE(info);
    EXPECT_EQ(said.server.id, info->id.toStdString()) << "what it tells anybody";
    EXPECT_EQ(said.server.version, info->version.toStdString());
    ASSERT_TRUE(taken(host.stopSharing()));
    ASSERT_EQ(network.all().size(), 2U);
    EXPECT_EQ(network.all().back().port, 0);
    const auto again = taken(host.share({}));
    ASSERT_TRUE(again);
    EXPECT_EQ(network.all().back().port, again->port);
    EXPECT_TRUE(host.shutDown(std::chrono::seconds(60)));
    EXPECT_EQ(network.all().back().port, 0) << "it goes with the program";
}

// A network's discovery that takes down what it is asked to announce.
class Notebook final : public sync::Discovery {
public:
    explicit Notebook(Listener& to) : to_(to) {}
    ~Notebook() override { to_.withdraw(); }
    core::Result<void> announce(const std::string& name, std::uint16_t port,
                                const std::map<std::string, std::string>& text) override {
        auto server = sync::dns::serverFrom(name, text);
        EXPECT_TRUE(server);
        EXPECT_EQ(name, sync::dns::serviceName(*server));
        to_.announce(*server, port);
        return {};
    }
    void withdraw() override { to_.withdraw(); }
    core::Result<void> browse(std::function<void(const sync::FoundPeer&)>,
                              std::function<void(const std::string&)>) override {
        return {};
    }

private:
    Listener& to_;
};

TEST(LibraryAnnouncer, SaysItOnceAndTakesItBack) {
    Listener network;
    const sync::dns::ServerNotice desk{"desk", "01J0", "0.9", true, "sha256//" + std::string(44, 'a')};
    {
        LibraryAnnouncer announcer([&] { return std::make_unique<Notebook>(network); });
        announcer.withdraw();
        announcer.announce(desk, 8470);
        announcer.announce(desk, 8470);  // as when other libraries are hidden
        announcer.announce(desk, 8471);
        announcer.withdraw();
        announcer.announce(desk, 8471);
    }
    const auto said = network.all();
    std::vector<quint16> ports;
    for (const auto& one : said)
        ports.push_back(one.port);
    EXPECT_EQ(ports, (std::vector<quint16>{8470, 8471, 0, 8471, 0}));
    EXPECT_EQ(said.front().server, desk);
    LibraryAnnouncer nobody([] { return std::unique_ptr<sync::Discovery>(); });
    nobody.announce(desk, 8470);
    nobody.withdraw();
}

TEST_F(Embedded, AnotherMareaKnowsItByThePinThatItShows) {
    EmbeddedHost host({.folder = data()});
    const auto shared = taken(host.share({}));
    ASSERT_TRUE(shared);
    const QUrl server(QStringLiteral("https://127.0.0.2:%1/").arg(shared->port));
    const auto shown = taken(lookAtCertificate(server));
    ASSERT_TRUE(shown) << shown.error().detail;
    EXPECT_FALSE(shown->vouched);
    EXPECT_EQ(shown->pin, shared->pin);
    api.setServer(server);
    EXPECT_EQ(taken(api.serverInfo()).error().code, ErrorCode::Forbidden);
    http.setCertificatePin(server, shown->digest);
    const auto info = taken(api.serverInfo());
    ASSERT_TRUE(info) << info.error().detail;
    EXPECT_FALSE(info->setupNeeded);
    ASSERT_TRUE(taken(host.stopSharing()));
    EXPECT_FALSE(taken(lookAtCertificate(server)));
}

TEST_F(Embedded, GuestsComeInByACodeAndSeeWhatIsSharedAlone) {
    EmbeddedHost host({.folder = data()});
    addFolder(host, "Music");
    ASSERT_TRUE(scanned(host));
    const QString hidden = addFolder(host, "Private");
    enter(host);
    const auto both = [&] { return taken(api.media(tracks(), {})).value().items.size() == 2; };
    ASSERT_TRUE(QTest::qWaitFor(both, kPatienceMs));
    const auto libraries = parseLibraries(taken(host.ask("GET", L("/api/v1/libraries"), {})).value());
    QStringList seen;
    for (const auto& library : libraries)
        if (library.id != hidden)
            seen << library.id;
    ASSERT_TRUE(taken(host.share({.libraries = seen})));
    const auto code = taken(host.guestCode());
    ASSERT_TRUE(code);

    ApiClient guest(http);
    guest.setServer(api.server());
    ASSERT_TRUE(taken(guest.login(L(HomeHost::kGuest), *code)));
    EXPECT_FALSE(taken(guest.login(L(HomeHost::kGuest), *code))) << "once";
    const auto found = taken(guest.media(tracks(), {}));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->items.size(), 1);
    EXPECT_FALSE(taken(guest.json({"GET", L("/api/v1/admin/storage")}))) << "no owner";

    const ApiCall make{
        .method = "POST", .path = L("/api/v1/me/app-passwords"), .body = QJsonObject{{L("name"), L("Files")}}};
    const auto made = taken(guest.json(make));
    ASSERT_TRUE(made) << made.error().detail;
    const QByteArray login = "guest:" + (*made)[L("password")].toString().toUtf8();
    EXPECT_EQ(foldersStatus(api.server(), login), 200);

    const auto guests = taken(host.guests());
    ASSERT_TRUE(guests);
    ASSERT_EQ(guests->size(), 1);
    ASSERT_TRUE(taken(host.endGuest(guests->first().id)));
    EXPECT_FALSE(taken(guest.me()));
    EXPECT_EQ(foldersStatus(api.server(), login), 401) << "nobody would see that they still come";
    EXPECT_TRUE(taken(host.guests()).value().isEmpty());
}

// A guest to whom a sound is under way, of which far more comes than sockets hold by themselves.
class EmbeddedTransfer : public Embedded {
protected:
    void begin(EmbeddedHost& host) {
        const QString folder = place.filePath(L("Music"));
        QDir().mkpath(folder);
        writeSound(folder + L("/Low Water.wav"), kLong);
        ASSERT_TRUE(
            taken(host.ask("POST", L("/api/v1/admin/libraries"), {{L("name"), L("Music")}, {L("path"), folder}})));
        ASSERT_TRUE(scanned(host));
        enter(host);
        const auto shared = taken(host.share({}));
        ASSERT_TRUE(shared) << shared.error().detail;
        ApiClient guest(http);
        guest.setServer(api.server());
        ASSERT_TRUE(taken(guest.login(L(HomeHost::kGuest), taken(host.guestCode()).value())));
        const auto found = taken(guest.media(tracks(), {}));
        ASSERT_TRUE(found);
        ASSERT_EQ(found->items.size(), 1);
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setReadBufferSize(64 * 1024);
        socket.connectToHostEncrypted(L("127.0.0.2"), shared->port);
        ASSERT_TRUE(socket.waitForEncrypted(kPatienceMs)) << socket.errorString().toStdString();
        socket.write("GET /api/v1/media/" + found->items[0].id.toUtf8() +
                     "/file HTTP/1.1\r\nHost: t\r\nConnection: close\r\nAuthorization: Bearer " + guest.accessToken() +
                     "\r\n\r\n");
        ASSERT_TRUE(socket.waitForReadyRead(kPatienceMs));
        const QByteArray first = socket.readAll();
        ASSERT_TRUE(first.startsWith("HTTP/1.1 200 ")) << first.left(200).toStdString();
    }
    // Until the server ends it. In an event loop: waitForReadyRead() may wait for a connection that is no more.
    qint64 rest() {
        qint64 size = 0;
        QEventLoop loop;
        const auto take = [&] { size += socket.readAll().size(); };
        QObject::connect(&socket, &QSslSocket::readyRead, &loop, take);
        QObject::connect(&socket, &QSslSocket::disconnected, &loop, &QEventLoop::quit);
        QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
        take();
        if (socket.state() != QAbstractSocket::UnconnectedState)
            loop.exec();
        EXPECT_EQ(socket.state(), QAbstractSocket::UnconnectedState);
        return size + socket.readAll().size();
    }

    QSslSocket socket;
};

TEST_F(EmbeddedTransfer, EndsWithTheGuestsSignIn) {
    EmbeddedHost host({.folder = data()});
    begin(host);
    ASSERT_TRUE(taken(host.endGuest(taken(host.guests()).value().first().id)));
    EXPECT_LT(rest(), kLong / 2);
}

TEST_F(EmbeddedTransfer, EndsWhenGuestsSeeItsLibraryNoMore) {
    EmbeddedHost host({.folder = data()});
    begin(host);
    ASSERT_TRUE(taken(host.share({.libraries = QStringList()})));
    EXPECT_LT(rest(), kLong / 2);
}

TEST(HomeHost, ItsOwnerIsNeverCalledAsGuestsAre) {
    EXPECT_EQ(ownerName("ana"), "ana");
    EXPECT_EQ(ownerName("Guest"), "owner");
    EXPECT_EQ(ownerName(""), "owner");
    EXPECT_EQ(ownerName(std::string(300, 'a')), "owner");
}

TEST(ServerTexts, AreSaidInTheLanguageOfTheApplication) {
    const ServerTexts texts;
    const QLocale before;
    const auto said = [&](const char* language, const char* context, const char* text) {
        QLocale::setDefault(QLocale(QLatin1String(language)));
        return texts.translate(context, text).toStdString();
    };
    EXPECT_EQ(said("es", "Player", "This device is not paired any more."), "Este dispositivo ya no está emparejado.");
    EXPECT_EQ(said("es_MX", "Player", "This device is not paired any more."),
              "Este dispositivo ya no está emparejado.");
    EXPECT_EQ(said("en", "Player", "This device is not paired any more."), "");
    EXPECT_EQ(said("es", "Texts", "This device is not paired any more."), "");
    EXPECT_EQ(said("es", "Player", "What nobody translated"), "");
    QLocale::setDefault(before);
}

TEST(NetworkAddresses, AreWrittenAsAddressesAre) {
    const auto urls = sharedUrls({L("192.168.1.20"), L("fd00::1")}, 8470);
    EXPECT_EQ(urls, QStringList({L("https://192.168.1.20:8470"), L("https://[fd00::1]:8470")}));
    const QStringList both{L("192.168.1.20"), L("fd00::1")};
    EXPECT_EQ(reachedAddresses(both, L("::")), both);
    EXPECT_EQ(reachedAddresses(both, L("0.0.0.0")), QStringList{L("192.168.1.20")}) << "others lead nowhere";
    for (const auto& address : networkAddresses())
        EXPECT_FALSE(address.startsWith(L("127."))) << address.toStdString();
}

}  // namespace
}  // namespace marea::app
