#pragma once

#include <atomic>
#include <functional>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QUrlQuery>
#include <utility>
#include <vector>

#include "app/viewmodels/appcontext.h"
#include "core/http/httpclient.h"
#include "tests/support/fakeengine.h"
#include "tests/unit/app/fakeownlibrary.h"

namespace marea::app::test {

// A server in memory: answers by "METHOD /path", remembers what was asked.
class FakeHttp final : public core::HttpClient {
public:
    using Answer = std::function<core::HttpResponse(const core::HttpRequest&)>;

    QFuture<core::Result<core::HttpResponse>> send(const core::HttpRequest& request) override {
        const auto key = QString::fromLatin1(request.method) + QLatin1Char(' ') + request.url.path();
        asked << request;
        QPromise<core::Result<core::HttpResponse>> promise;
        promise.start();
        if (holds && holds(request)) {
            held_.push_back({key, request, std::move(promise)});
            return held_.back().promise.future();
        }
        answer(key, request, promise);
        return promise.future();
    }
    // Those that were held get their answers.
    void release() {
        for (auto& one : std::exchange(held_, {}))
            answer(one.key, one.request, one.promise);
    }
    // Files by path, in any part; on a thread of its own, as the real one. None where there is no such file.
    std::unique_ptr<core::HttpCall> stream(const core::HttpRequest& request, core::HttpSink sink) override {
        if (down || !files.contains(request.url.path()))
            return nullptr;
        const QByteArray body = files[request.url.path()];
        const auto from = core::headerValue(request.headers, "Range").mid(6).chopped(1).toLongLong();
        streamed << from;
        auto call = std::make_unique<Call>();
        QThreadPool::globalInstance()->start([body, from, sink, cancelled = call->cancelled] {
            if (*cancelled)
                return;
            const auto size = QByteArray::number(body.size());
            sink.head(206, {{"ETag", "\"v1\""},
                            {"Content-Range", "bytes " + QByteArray::number(from) + "-" +
                                                  QByteArray::number(body.size() - 1) + "/" + size}});
            for (qint64 at = from; at < body.size() && !*cancelled; at += 65536)
                sink.data(body.mid(at, 65536));
            if (!*cancelled)
                sink.done({});
        });
        return call;
    }

    void on(const char* key, int status, const QJsonObject& body) {
        answers[QLatin1String(key)] = [=](const core::HttpRequest&) {
            return core::HttpResponse{status, {}, QJsonDocument(body).toJson()};
        };
    }
    int count(const char* method, const QString& path) const {
        int n = 0;
        for (const auto& r : asked)
            n += r.method == method && r.url.path() == path;
        return n;
    }

    struct Call final : core::HttpCall {
        void cancel() override { *cancelled = true; }
        void setPaused(bool) override {}
        std::shared_ptr<std::atomic<bool>> cancelled = std::make_shared<std::atomic<bool>>(false);
    };
    QHash<QString, QByteArray> files;
    QList<qint64> streamed;  // where each began
    QHash<QString, Answer> answers;
    std::function<bool(const core::HttpRequest&)> holds;  // whose answer waits for release()
    QList<core::HttpRequest> asked;
    bool down = false;

private:
    struct Held {
        QString key;
        core::HttpRequest request;
        QPromise<core::Result<core::HttpResponse>> promise;
    };
    void answer(const QString& key, const core::HttpRequest& request,
                QPromise<core::Result<core::HttpResponse>>& promise) {
        if (down)
            promise.addResult(
                core::Result<core::HttpResponse>(tl::unexpect, core::Error{core::ErrorCode::Unavailable, {}, {}}));
        else
            promise.addResult(core::Result<core::HttpResponse>(
                answers.contains(key) ? answers[key](request) : core::HttpResponse{404, {}, "{}"}));
        promise.finish();
    }
    std::vector<Held> held_;
};

// The server's events, told by the test; `said` is what the program told it.
class FakeChannel final : public EventChannel {
    Q_OBJECT
public:
    void start() override { started = true; }
    void stop() override { started = false; }
    void send(const QJsonObject& message) override { said << message; }

    void tell(const QByteArray& json) { Q_EMIT message(QJsonDocument::fromJson(json).object()); }
    QList<QJsonObject> of(const char* type) const {
        QList<QJsonObject> found;
        for (const auto& message : said)
            if (message[QLatin1String("type")].toString() == QLatin1String(type))
                found << message;
        return found;
    }
    QList<QJsonObject> said;
    bool started = false;
};

class FakeSecrets final : public SecretStore {
public:
    Reply<QString> read(const QString& key) override {
        if (silent) {
            waiting.emplace_back(key, QPromise<core::Result<QString>>());
            waiting.back().second.start();
            return waiting.back().second.future();
        }
        if (broken)
            return done<QString>(core::fail(core::ErrorCode::Unavailable, "no keychain"));
        if (!kept.contains(key))
            return done<QString>(core::fail(core::ErrorCode::NotFound, "nothing"));
        return done<QString>(kept[key]);
    }
    Reply<bool> write(const QString& key, const QString& secret) override {
        if (broken)
            return done<bool>(core::fail(core::ErrorCode::Unavailable, "no keychain"));
        kept[key] = secret;
        return done<bool>(true);
    }
    void remove(const QString& key) override { kept.remove(key); }

    // What was asked while it was silent.
    void answer() {
        silent = false;
        for (auto& [key, promise] : waiting) {
            promise.addResult(read(key).result());
            promise.finish();
        }
        waiting.clear();
    }

    QHash<QString, QString> kept;
    bool broken = false, silent = false;
    std::vector<std::pair<QString, QPromise<core::Result<QString>>>> waiting;

private:
    template <class T>
    static Reply<T> done(core::Result<T> result) {
        QPromise<core::Result<T>> promise;
        promise.start();
        promise.addResult(std::move(result));
        promise.finish();
        return promise.future();
    }
};

inline QJsonObject tokens(const char* access = "a1") {
    return {{QStringLiteral("access_token"), QLatin1String(access)},
            {QStringLiteral("refresh_token"), QStringLiteral("r2")},
            {QStringLiteral("expires_in"), 900}};
}

inline QJsonObject film(const QString& id, const QString& title) {
    return {{QStringLiteral("id"), id},           {QStringLiteral("kind"), QStringLiteral("movie")},
            {QStringLiteral("title"), title},     {QStringLiteral("year"), 2019},
            {QStringLiteral("duration"), 6720.0}, {QStringLiteral("status"), QStringLiteral("ok")}};
}

inline QJsonObject listOf(const QList<QJsonObject>& items, const QJsonValue& cursor = QJsonValue::Null) {
    QJsonArray array;
    for (const auto& item : items)
        array << item;
    return {{QStringLiteral("items"), array},
            {QStringLiteral("next_cursor"), cursor},
            {QStringLiteral("total"), items.size()}};
}

// A list of 500 in pages, as the server gives it: A has 300, N 150, Ñ 10, S 40.
inline core::HttpResponse lettered(const core::HttpRequest& request) {
    const QUrlQuery query(request.url);
    const int from = query.queryItemValue(QStringLiteral("cursor")).toInt();
    const int end = std::min(500, from + query.queryItemValue(QStringLiteral("limit")).toInt());
    QList<QJsonObject> items;
    for (int i = from; i < end; ++i)
        items << film(QString::number(i), QString::number(i));
    auto page = listOf(items, end < 500 ? QJsonValue(QString::number(end)) : QJsonValue());
    page[QStringLiteral("total")] = 500;
    QJsonArray letters;
    const QList<std::pair<QString, int>> counts{
        {QStringLiteral("A"), 300}, {QStringLiteral("N"), 150}, {QStringLiteral("Ñ"), 10}, {QStringLiteral("S"), 40}};
    for (const auto& [letter, count] : counts)
        letters << QJsonObject{{QStringLiteral("letter"), letter}, {QStringLiteral("count"), count}};
    if (query.queryItemValue(QStringLiteral("fields")) == QLatin1String("letters"))
        page[QStringLiteral("letters")] = letters;
    return {200, {}, QJsonDocument(page).toJson()};
}

// The whole application on doubles; with or without a library of this computer.
struct World {
    explicit World(bool withOwn = false) : context{api, engine, secrets, settings, channel, withOwn ? &own : nullptr} {
        http.on("GET /api/v1/server", 200,
                {{QStringLiteral("name"), QStringLiteral("Casa")}, {QStringLiteral("setup_needed"), false}});
        http.on("POST /api/v1/login", 200, tokens());
        http.on("GET /api/v1/me", 200,
                {{QStringLiteral("username"), QStringLiteral("marina")},
                 {QStringLiteral("role"), QStringLiteral("owner")}});
        http.on("GET /api/v1/libraries", 200, listOf({}));
        http.on("GET /api/v1/library", 200, listOf({}));
        http.on("GET /api/v1/home", 200, {});
        http.on("GET /api/v1/media", 200,
                listOf({film(QStringLiteral("f1"), QStringLiteral("Foghorn")),
                        film(QStringLiteral("f2"), QStringLiteral("Estuary"))}));
        http.on("GET /api/v1/media/f1", 200, film(QStringLiteral("f1"), QStringLiteral("Foghorn")));
        http.on("GET /api/v1/search", 200, listOf({film(QStringLiteral("f1"), QStringLiteral("Foghorn"))}));
        settings.setValue(QStringLiteral("downloads/folder"), folder.filePath(QStringLiteral("downloads")));
        settings.setValue(QStringLiteral("devices/folder"), folder.filePath(QStringLiteral("devices")));
        api.setServer(QUrl(QStringLiteral("http://casa:8470/")));
    }
    bool signIn() {
        context.session()->start(QStringLiteral("casa"), {});
        if (!QTest::qWaitFor([&] { return context.session()->state() == SessionViewModel::State::Ask; }))
            return false;
        context.session()->signIn(QStringLiteral("marina"), QStringLiteral("secret"));
        return QTest::qWaitFor([&] { return context.session()->state() == SessionViewModel::State::SignedIn; });
    }

    QTemporaryDir folder;
    FakeHttp http;
    FakeSecrets secrets;
    QSettings settings{folder.filePath(QStringLiteral("marea.conf")), QSettings::IniFormat};
    player::FakeEngine engine;
    ApiClient api{http};
    FakeChannel channel;
    FakeOwnLibrary own;
    AppContext context;
};

}  // namespace marea::app::test
