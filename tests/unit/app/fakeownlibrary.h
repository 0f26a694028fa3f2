#pragma once

#include <algorithm>
#include <QJsonArray>
#include <QPromise>
#include <vector>

#include "app/viewmodels/ownlibrary.h"

namespace marea::app::test {

// This computer's library in memory.
class FakeOwnLibrary final : public OwnLibrary {
public:
    struct Question {
        QByteArray method;
        QString path;
        QJsonObject body;
    };

    Reply<LibraryEntrance> enter() override {
        ++entered;
        if (!silent)
            return answer(entrance());
        waiting_.emplace_back().start();
        return waiting_.back().future();
    }
    // Those who wait to enter may.
    void speak() {
        silent = false;
        for (auto& promise : waiting_) {
            promise.addResult(core::Result<LibraryEntrance>(entrance()));
            promise.finish();
        }
        waiting_.clear();
    }
    Reply<QJsonObject> ask(const QByteArray& method, const QString& path, const QJsonObject& body) override {
        asked << Question{method, path, body};
        if (method == "POST" && path == QLatin1String("/api/v1/admin/libraries"))
            return add(body);
        if (method == "DELETE")
            remove(path.section(QLatin1Char('/'), -1));
        return answer(method == "GET" ? QJsonObject{{QStringLiteral("items"), libraries}} : QJsonObject());
    }
    Reply<SharedAt> share(const SharingWish& wish) override {
        wishes << wish;
        return answer(SharedAt{{QStringLiteral("https://192.168.1.20:8470")}, 8470, pin, QStringLiteral("guest")});
    }
    Reply<bool> stopSharing() override {
        ++stopped;
        return answer(true);
    }
    Reply<QString> guestCode() override { return answer(QStringLiteral("K7QF-2MZX-9HTW")); }
    Reply<QList<LibraryGuest>> guests() override { return answer(guestList); }
    Reply<bool> endGuest(const QString& id) override {
        guestList.removeIf([&](const LibraryGuest& guest) { return guest.id == id; });
        return answer(true);
    }

    QStringList names() const {
        QStringList list;
        for (const auto& library : libraries)
            list << library.toObject()[QStringLiteral("name")].toString();
        return list;
    }
    int count(const char* method, const QString& path) const {
        return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const Question& question) {
            return question.method == method && question.path == path;
        }));
    }

    QString pin = QStringLiteral("sha256//pin=");
    QJsonArray libraries;
    QList<Question> asked;
    QList<SharingWish> wishes;
    QList<LibraryGuest> guestList;
    std::optional<core::Error> refusal;  // of everything
    int entered = 0, stopped = 0;
    bool silent = false;  // nobody enters before speak()

private:
    static LibraryEntrance entrance() {
        return {QUrl(QStringLiteral("http://127.0.0.1:4711/")),
                {QStringLiteral("own-access"), QStringLiteral("own-refresh"), 900}};
    }
    Reply<QJsonObject> add(const QJsonObject& body) {
        const auto path = body[QStringLiteral("path")].toString();
        if (path.contains(QLatin1String("missing")))
            return answer<QJsonObject>(core::fail(core::ErrorCode::Unprocessable, "There is no such folder."));
        libraries << QJsonObject{{QStringLiteral("id"), QStringLiteral("l%1").arg(libraries.size() + 1)},
                                 {QStringLiteral("name"), body[QStringLiteral("name")]},
                                 {QStringLiteral("path"), path},
                                 {QStringLiteral("state"), QStringLiteral("scanning")},
                                 {QStringLiteral("scanned"), 5},
                                 {QStringLiteral("total"), 20}};
        return answer(libraries.last().toObject());
    }
    void remove(const QString& id) {
        for (qsizetype i = libraries.size(); i-- > 0;)
            if (libraries[i].toObject()[QStringLiteral("id")].toString() == id)
                libraries.removeAt(i);
    }
    template <class T>
    Reply<T> answer(core::Result<T> result) {
        QPromise<core::Result<T>> promise;
        promise.start();
        promise.addResult(refusal ? core::Result<T>(tl::unexpect, *refusal) : std::move(result));
        promise.finish();
        return promise.future();
    }
    template <class T>
    Reply<T> answer(T value) {
        return answer<T>(core::Result<T>(std::move(value)));
    }

    std::vector<QPromise<core::Result<LibraryEntrance>>> waiting_;
};

}  // namespace marea::app::test
