#include "app/viewmodels/scrobblingviewmodel.h"

#include <QJsonArray>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr const char* kPath = "/api/v1/me/scrobbling";

QString hostOf(const QString& address) {
    const QString host = QUrl(address).host();
    return host.isEmpty() ? address : host;
}

}  // namespace

ScrobblingViewModel::ScrobblingViewModel(ApiClient& api, QObject* parent) : QObject(parent), api_(api) {}

QString ScrobblingViewModel::service() const {
    return hostOf(address_);
}

QString ScrobblingViewModel::detail() const {
    QStringList parts;
    if (lastToldAt_ > 0)
        parts << tr("last told %1").arg(times::ago(lastToldAt_));
    else if (on())
        parts << tr("nothing told yet");
    if (waiting_ > 0)
        parts << tr("%n listen(s) waiting", nullptr, static_cast<int>(waiting_));
    return parts.join(QStringLiteral(" · "));
}

void ScrobblingViewModel::reload() {
    ask({"GET", L(kPath)}, false);
}

void ScrobblingViewModel::start(const QString& token, const QString& address) {
    QJsonObject body{{L("token"), token.trimmed()}};
    if (!address.isEmpty())
        body.insert(L("address"), address);
    ask({"PUT", L(kPath), {}, body}, true);
}

void ScrobblingViewModel::stop() {
    busy_ = true;
    Q_EMIT changed();
    deliver(api_.json({"DELETE", L(kPath)}), this, [this](const core::Result<QJsonObject>& done) {
        busy_ = false;
        error_ = done ? QString() : texts::error(done.error());
        if (!done)
            return Q_EMIT changed();
        reload();
    });
}

void ScrobblingViewModel::ask(const ApiCall& call, bool starts) {
    busy_ = true;
    Q_EMIT changed();
    deliver(api_.json(call), this, [this, starts](const core::Result<QJsonObject>& json) {
        busy_ = false;
        error_ = json ? QString() : texts::error(json.error());
        if (json)
            take(*json);
        Q_EMIT changed();
        if (json && starts)
            Q_EMIT started();
    });
}

void ScrobblingViewModel::take(const QJsonObject& json) {
    state_ = json[L("state")].toString();
    address_ = json[L("address")].toString();
    problem_ = json[L("problem")].toString();
    waiting_ = json[L("waiting")].toInteger();
    lastToldAt_ = json[L("last_told_at")].toInteger();
    services_.clear();
    for (const auto& address : json[L("services")].toArray())
        services_ << QVariantMap{{L("value"), address.toString()}, {L("text"), hostOf(address.toString())}};
}

void ScrobblingViewModel::clear() {
    error_.clear();
    take({});
    Q_EMIT changed();
}

}  // namespace marea::app
