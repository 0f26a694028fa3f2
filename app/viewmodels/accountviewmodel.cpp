#include "app/viewmodels/accountviewmodel.h"

#include <QJsonArray>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

constexpr const char* kDevices = "/api/v1/me/devices";
constexpr const char* kPasswords = "/api/v1/me/app-passwords";
constexpr const char* kAccounts = "/api/v1/me/external-accounts";

QVariantMap deviceRow(const QJsonObject& device) {
    const bool current = device[L("current")].toBool();
    return {
        {L("id"), device[L("id")].toString()},
        {L("name"), device[L("name")].toString()},
        {L("detail"), current ? AccountViewModel::tr("this one")
                              : AccountViewModel::tr("seen %1").arg(times::ago(device[L("last_seen_at")].toInteger()))},
        {L("current"), current}};
}

QVariantMap passwordRow(const QJsonObject& password) {
    const auto used = password[L("last_used_at")].toInteger();
    return {{L("id"), password[L("id")].toString()},
            {L("name"), password[L("name")].toString()},
            {L("detail"),
             used > 0 ? AccountViewModel::tr("used %1").arg(times::ago(used)) : AccountViewModel::tr("not used yet")}};
}

QVariantMap accountRow(const QJsonObject& account) {
    const auto used = account[L("last_used_at")].toInteger();
    const QString host = QUrl(account[L("issuer")].toString()).host();
    return {{L("id"), account[L("id")].toString()},
            {L("name"), account[L("label")].toString()},
            {L("detail"), used > 0 ? AccountViewModel::tr("%1, used %2").arg(host, times::ago(used)) : host}};
}

}  // namespace

AccountViewModel::AccountViewModel(ApiClient& api, Notices& notices, QObject* parent)
    : QObject(parent), api_(api), notices_(notices) {}

void AccountViewModel::reload() {
    load(kDevices, &AccountViewModel::devices_, deviceRow);
    load(kPasswords, &AccountViewModel::passwords_, passwordRow);
    load(kAccounts, &AccountViewModel::accounts_, accountRow);
}

void AccountViewModel::load(const char* path, Taken list, QVariantMap (*row)(const QJsonObject&)) {
    deliver(api_.json({"GET", L(path)}), this, [this, list, row, asked = asked_](const Result<QJsonObject>& json) {
        if (asked != asked_)
            return;
        if (!json && json.error().code == core::ErrorCode::NotFound)
            return;  // an older server has no such list
        error_ = json ? QString() : texts::error(json.error());
        if (json) {
            loaded_ = true;
            (this->*list).clear();
            for (const auto& item : json->value(L("items")).toArray())
                this->*list << row(item.toObject());
        }
        Q_EMIT changed();
    });
}

void AccountViewModel::remove(const QString& path) {
    deliver(api_.json({"DELETE", path}), this, [this](const Result<QJsonObject>& done) {
        if (!done)
            notices_.warn(texts::error(done.error()));
        reload();
    });
}

void AccountViewModel::signOutDevice(const QString& id) {
    remove(L(kDevices) + QLatin1Char('/') + id);
}

void AccountViewModel::removePassword(const QString& id) {
    remove(L(kPasswords) + QLatin1Char('/') + id);
}

void AccountViewModel::removeAccount(const QString& id) {
    remove(L(kAccounts) + QLatin1Char('/') + id);
}

void AccountViewModel::makePassword(const QString& name) {
    const QJsonObject body{{L("name"), name.trimmed()}};
    deliver(api_.json({"POST", L(kPasswords), {}, body}), this, [this, name](const Result<QJsonObject>& made) {
        if (!made)
            return notices_.warn(texts::error(made.error()));
        newPassword_ = made->value(L("password")).toString();
        newFor_ = name.trimmed();
        reload();
    });
}

void AccountViewModel::putAway() {
    newPassword_.clear();
    newFor_.clear();
    Q_EMIT changed();
}

void AccountViewModel::clear() {
    ++asked_;
    devices_.clear();
    passwords_.clear();
    accounts_.clear();
    loaded_ = false;
    putAway();
}

}  // namespace marea::app
