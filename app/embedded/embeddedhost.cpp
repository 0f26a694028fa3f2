#include "app/embedded/embeddedhost.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QPromise>
#include <QSysInfo>

#include "app/api/apiclient.h"
#include "app/embedded/networkaddresses.h"
#include "marea_version.h"
#include "server/host/homehost.h"

namespace marea::app {
namespace {

using core::Result;
using server::HomeHost;

constexpr int kDrainSeconds = 1;

std::string plain(const QString& text) {
    return text.toStdString();
}

HomeHost::Place placeOf(const EmbeddedHost::Options& options) {
    const QString computer = QSysInfo::machineHostName();
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return {QDir::toNativeSeparators(options.folder).toStdString(),
            plain(computer),
            plain(user),
            plain(QStringLiteral("Marea, ") + computer),
            plain(options.workerProgram),
            options.ease};
}

server::Method methodOf(const QByteArray& name) {
    return name == "POST"     ? server::Method::Post
           : name == "PUT"    ? server::Method::Put
           : name == "DELETE" ? server::Method::Delete
                              : server::Method::Get;
}

std::optional<std::vector<core::Id>> idsOf(const std::optional<QStringList>& libraries) {
    if (!libraries)
        return std::nullopt;
    std::vector<core::Id> ids;
    for (const auto& library : *libraries)
        ids.push_back(plain(library));
    return ids;
}

sync::dns::ServerNotice noticeOf(const HomeHost& host, const server::Host::Shared& shared) {
    return {plain(QSysInfo::machineHostName()), host.id(), MAREA_VERSION, true, shared.pin};
}

SharedAt sharedAt(const server::Host::Shared& shared) {
    return {sharedUrls(reachedAddresses(networkAddresses(), QString::fromStdString(shared.host)), shared.port),
            shared.port, QString::fromStdString(shared.pin), QString::fromLatin1(HomeHost::kGuest)};
}

}  // namespace

EmbeddedHost::EmbeddedHost(Options options) : options_(std::move(options)) {
    thread_.setObjectName(QStringLiteral("own library"));
    desk_.moveToThread(&thread_);
}

EmbeddedHost::~EmbeddedHost() {
    shutDown(std::chrono::hours(1));
}

bool EmbeddedHost::shutDown(std::chrono::milliseconds patience) {
    if (!thread_.isRunning())
        return true;
    QMetaObject::invokeMethod(&desk_, [this] {
        ended_ = true;
        if (options_.announcer)
            options_.announcer->withdraw();
        if (host_)
            host_->stop(kDrainSeconds);
        host_.reset();
        thread_.quit();
    });
    return thread_.wait(QDeadlineTimer(patience));
}

Result<HomeHost*> EmbeddedHost::running() {
    if (ended_)
        return core::fail(core::ErrorCode::Cancelled, "The program ends.");
    if (!host_) {
        auto opened = HomeHost::open(placeOf(options_));
        if (!opened)
            return tl::make_unexpected(opened.error());
        host_ = std::move(*opened);
    }
    return host_.get();
}

void EmbeddedHost::begin() {
    run<bool>([](HomeHost&) -> Result<bool> { return true; });
}

template <class T>
Reply<T> EmbeddedHost::run(std::function<Result<T>(HomeHost&)> work) {
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    if (!thread_.isRunning())
        thread_.start();
    QMetaObject::invokeMethod(&desk_, [this, promise, work = std::move(work)] {
        auto host = running();
        promise->addResult(host ? work(**host) : Result<T>(tl::unexpect, host.error()));
        promise->finish();
    });
    return promise->future();
}

Reply<LibraryEntrance> EmbeddedHost::enter() {
    return run<LibraryEntrance>([](HomeHost& host) {
        return host.enter().map([&](const server::TokenPair& pair) {
            return LibraryEntrance{QUrl(QString::fromStdString(host.url())),
                                   {QString::fromStdString(pair.accessToken), QString::fromStdString(pair.refreshToken),
                                    static_cast<int>(pair.expiresIn / 1000)}};
        });
    });
}

Reply<QJsonObject> EmbeddedHost::ask(const QByteArray& method, const QString& path, const QJsonObject& body) {
    const auto text = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    return run<QJsonObject>([=](HomeHost& host) {
        const auto answer = host.ask(methodOf(method), plain(path), text.toStdString());
        return readAnswer(core::HttpResponse{answer.status, {}, QByteArray::fromStdString(answer.body)});
    });
}

Reply<SharedAt> EmbeddedHost::share(const SharingWish& wish) {
    return run<SharedAt>([this, wish](HomeHost& host) {
        return host.share(idsOf(wish.libraries), wish.port).map([&](const server::Host::Shared& shared) {
            const auto at = sharedAt(shared);
            if (options_.announcer)
                options_.announcer->announce(noticeOf(host, shared), at.port);
            return at;
        });
    });
}

Reply<bool> EmbeddedHost::stopSharing() {
    return run<bool>([this](HomeHost& host) -> Result<bool> {
        if (options_.announcer)
            options_.announcer->withdraw();
        host.stopSharing();
        return true;
    });
}

Reply<QString> EmbeddedHost::guestCode() {
    return run<QString>([](HomeHost& host) {
        return host.guestCode().map([](const std::string& code) { return QString::fromStdString(code); });
    });
}

Reply<QList<LibraryGuest>> EmbeddedHost::guests() {
    return run<QList<LibraryGuest>>([](HomeHost& host) {
        return host.guests().map([](const std::vector<server::Login>& logins) {
            QList<LibraryGuest> guests;
            for (const auto& login : logins)
                guests << LibraryGuest{QString::fromStdString(login.id), QString::fromStdString(login.deviceName),
                                       static_cast<qint64>(login.lastSeenAt)};
            return guests;
        });
    });
}

Reply<bool> EmbeddedHost::endGuest(const QString& id) {
    return run<bool>([id = plain(id)](HomeHost& host) { return host.endGuest(id).map([] { return true; }); });
}

}  // namespace marea::app
