// The server inside the desktop program, whole: with its database, its workers and its sockets.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include "app/api/apiclient.h"
#include "app/embedded/embeddedhost.h"
#include "app/embedded/networkaddresses.h"
#include "app/embedded/servertexts.h"
#include "app/platform/certificatelook.h"
#include "core/http/qthttpclient.h"
#include "server/host/homehost.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using server::HomeHost;
using server::ownerName;
using L = QLatin1String;

constexpr int kPatienceMs = 120'000;

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

// Two seconds of silence, with nothing but the standard's header (RIFF WAVE).
void writeSound(const QString& path) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    constexpr quint32 rate = 8000, bytes = 2 * rate * 2;
    QDataStream out(&file);
    out.setByteOrder(QDataStream::LittleEndian);
    out.writeRawData("RIFF", 4);
    out << quint32(36 + bytes);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << rate << rate * 2 << quint16(2) << quint16(16);
    out.writeRawData("data", 4);
    out << bytes;
    file.write(QByteArray(bytes, '\0'));
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
    static bool answers(quint16 port) {
        QTcpSocket socket;
        socket.connectToHost(L("127.0.0.2"), port);
        return socket.waitForConnected(5000);
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

    const auto guests = taken(host.guests());
    ASSERT_TRUE(guests);
    ASSERT_EQ(guests->size(), 1);
    ASSERT_TRUE(taken(host.endGuest(guests->first().id)));
    EXPECT_FALSE(taken(guest.me()));
    EXPECT_TRUE(taken(host.guests()).value().isEmpty());
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
    for (const auto& address : networkAddresses())
        EXPECT_FALSE(address.startsWith(L("127."))) << address.toStdString();
}

}  // namespace
}  // namespace marea::app
