#include "app/viewmodels/serverviewmodel.h"

#include <algorithm>
#include <QJsonArray>
#include <QLocale>

#include "app/viewmodels/serverwork.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

constexpr int kAgainMs = 5000;

QString size(const QJsonValue& bytes) {
    return QLocale().formattedDataSize(bytes.toInteger());
}

QVariantList sessionRows(const QJsonObject& json) {
    QVariantList rows;
    for (const auto& value : json[L("items")].toArray()) {
        const auto session = value.toObject();
        const double duration = session[L("duration")].toDouble();
        const QString device = session[L("device")].toString();
        QString who = session[L("username")].toString();
        if (!device.isEmpty())
            who += QStringLiteral(" · ") + device;
        rows << QVariantMap{{L("id"), session[L("id")].toString()},
                            {L("title"), session[L("title")].toString()},
                            {L("who"), who},
                            {L("how"), texts::deliveryMode(session[L("mode")].toString())},
                            {L("progress"), duration > 0 ? session[L("position")].toDouble() / duration : -1}};
    }
    return rows;
}

QString jobDetail(const QJsonObject& job) {
    const QString state = job[L("state")].toString();
    if (state == L("leased"))
        return QLocale().toString(qRound(job[L("progress")].toDouble() * 100)) + QStringLiteral(" %");
    if (state == L("queued"))
        return ServerViewModel::tr("waits");
    if (state == L("failed"))
        return job[L("error")].toString();
    const QString when = times::ago(job[L("updated_at")].toInteger());
    return state == L("done") ? ServerViewModel::tr("done %1").arg(when)
                              : ServerViewModel::tr("called off %1").arg(when);
}

QVariantList jobRows(const QJsonObject& json) {
    QVariantList rows;
    for (const auto& value : json[L("items")].toArray()) {
        const auto job = value.toObject();
        const QString state = job[L("state")].toString();
        rows << QVariantMap{{L("id"), job[L("id")].toString()},
                            {L("text"), jobKindText(job[L("kind")].toString())},
                            {L("detail"), jobDetail(job)},
                            {L("progress"), state == L("leased") ? job[L("progress")].toDouble() : -1},
                            {L("failed"), state == L("failed")},
                            {L("running"), state == L("leased") || state == L("queued")}};
    }
    return rows;
}

QVariantMap place(const QString& name, const QJsonValue& bytes, const QJsonObject& where) {
    const double total = where[L("total")].toDouble(), free = where[L("free")].toDouble();
    const QString detail =
        total > 0 ? ServerViewModel::tr("%1; %2 free").arg(size(bytes), size(where[L("free")])) : size(bytes);
    return {{L("name"), name}, {L("detail"), detail}, {L("share"), total > 0 ? (total - free) / total : -1}};
}

QVariantList storageRows(const QJsonObject& json) {
    QVariantList rows;
    for (const auto& value : json[L("libraries")].toArray())
        rows << place(value[L("name")].toString(), value[L("bytes")], value.toObject());
    rows << place(ServerViewModel::tr("Database"), json[L("database")][L("bytes")], json[L("data")].toObject());
    for (const auto& value : json[L("caches")].toArray()) {
        const double limit = value[L("limit")].toDouble(), bytes = value[L("bytes")].toDouble();
        rows << QVariantMap{
            {L("name"), ServerViewModel::tr("Cache: %1").arg(value[L("name")].toString())},
            {L("detail"), limit > 0
                              ? ServerViewModel::tr("%1 of %2").arg(size(value[L("bytes")]), size(value[L("limit")]))
                              : size(value[L("bytes")])},
            {L("share"), limit > 0 ? std::min(1.0, bytes / limit) : -1}};
    }
    return rows;
}

}  // namespace

ServerViewModel::ServerViewModel(ApiClient& api, Notices& notices, QObject* parent)
    : QObject(parent), api_(api), notices_(notices) {
    timer_.setInterval(kAgainMs);
    connect(&timer_, &QTimer::timeout, this, &ServerViewModel::reload);
}

void ServerViewModel::setWatched(bool watched) {
    if (watched_ == watched)
        return;
    watched_ = watched;
    Q_EMIT watchedChanged();
    if (!watched)
        return timer_.stop();
    reload();
    timer_.start();
}

void ServerViewModel::reload() {
    load("/api/v1/admin/sessions", &ServerViewModel::sessions_, sessionRows);
    load("/api/v1/admin/jobs", &ServerViewModel::jobs_, jobRows);
    load("/api/v1/admin/storage", &ServerViewModel::storage_, storageRows);
}

void ServerViewModel::load(const char* path, QVariantList ServerViewModel::*list,
                           QVariantList (*rows)(const QJsonObject&)) {
    deliver(api_.json({"GET", L(path)}), this, [=, this, asked = asked_](const Result<QJsonObject>& json) {
        if (asked != asked_)
            return;
        const bool absent = !json && json.error().code == ErrorCode::NotFound;  // an older server
        errors_[L(path)] = json || absent ? QString() : texts::error(json.error());
        if (json)
            this->*list = rows(*json);
        loaded_ = loaded_ || json;
        Q_EMIT changed();
    });
}

QString ServerViewModel::errorText() const {
    for (const auto& error : errors_)
        if (!error.isEmpty())
            return error;
    return {};
}

void ServerViewModel::remove(const QString& path) {
    deliver(api_.json({"DELETE", path}), this, [this](const Result<QJsonObject>& done) {
        if (!done)
            notices_.warn(texts::error(done.error()));
        reload();
    });
}

void ServerViewModel::endSession(const QString& id) {
    remove(L("/api/v1/admin/sessions/") + id);
}

void ServerViewModel::cancelJob(const QString& id) {
    remove(L("/api/v1/admin/jobs/") + id);
}

void ServerViewModel::clear() {
    setWatched(false);
    ++asked_;
    errors_.clear();
    sessions_.clear();
    jobs_.clear();
    storage_.clear();
    loaded_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
