#include "app/viewmodels/householdviewmodel.h"

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

const QString kHousehold = QStringLiteral("/api/v1/household");
const QString kMembers = QStringLiteral("/api/v1/household/members");

QString roleText(const QString& role) {
    if (role == L("owner"))
        return HouseholdViewModel::tr("Owner");
    return role == L("child") ? HouseholdViewModel::tr("Child") : HouseholdViewModel::tr("Member");
}

QString detailOf(const QJsonObject& member) {
    QStringList parts{roleText(member[L("role")].toString())};
    if (member[L("role")].toString() == L("child") && member[L("age_limit")].isDouble())
        parts << HouseholdViewModel::tr("up to %n year(s)", nullptr, member[L("age_limit")].toInt());
    if (member[L("libraries")].isArray())
        parts << HouseholdViewModel::tr("%n librar(y/ies)", nullptr,
                                        static_cast<int>(member[L("libraries")].toArray().size()));
    if (const auto seen = member[L("last_seen_at")].toInteger(); seen > 0)
        parts << HouseholdViewModel::tr("seen %1").arg(times::ago(seen));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

HouseholdViewModel::HouseholdViewModel(ApiClient& api, Notices& notices, QObject* parent)
    : QObject(parent), api_(api), notices_(notices) {}

QVariantList HouseholdViewModel::members() const {
    QVariantList list;
    for (const auto& value : members_) {
        const auto member = value.toObject();
        list << QVariantMap{{L("id"), member[L("id")].toString()},
                            {L("name"), member[L("username")].toString()},
                            {L("role"), member[L("role")].toString()},
                            {L("detail"), detailOf(member)}};
    }
    return list;
}

QVariantList HouseholdViewModel::ages() const {
    QVariantList list;
    for (const int age : {0, 6, 12, 16, 18})
        list << QVariantMap{{L("value"), age}, {L("text"), QString::number(age)}};
    return list;
}

void HouseholdViewModel::reload() {
    deliver(api_.json({"GET", kMembers}), this, [this, asked = asked_](const Result<QJsonObject>& json) {
        if (asked != asked_)
            return;
        error_ = json ? QString() : texts::error(json.error());
        loaded_ = loaded_ || json;
        if (json)
            members_ = json->value(L("items")).toArray();
        Q_EMIT changed();
    });
    deliver(api_.json({"GET", kHousehold}), this, [this, asked = asked_](const Result<QJsonObject>& json) {
        if (asked != asked_)
            return;
        if (json)
            limits_ = *json;
        limited_ = limited_ || json;
        Q_EMIT changed();
    });
}

QVariantMap HouseholdViewModel::member(const QString& id) const {
    for (const auto& value : members_)
        if (value[L("id")].toString() == id)
            return value.toObject().toVariantMap();
    return {};
}

void HouseholdViewModel::save(const QString& id, const QVariantMap& wish) {
    auto body = QJsonObject::fromVariantMap(wish);
    if (body[L("password")].toString().isEmpty())
        body.remove(L("password"));  // stays as it is
    if (body[L("role")].toString() != L("child")) {
        body.remove(L("age_limit"));
        body.remove(L("unrated"));
    }
    if (!id.isEmpty())
        body.remove(L("username"));
    const ApiCall call =
        id.isEmpty() ? ApiCall{"POST", kMembers, {}, body} : ApiCall{"PUT", kMembers + QLatin1Char('/') + id, {}, body};
    deliver(api_.json(call), this, [this](const Result<QJsonObject>& done) {
        if (!done) {
            Q_EMIT refused(texts::error(done.error()));
            return;
        }
        Q_EMIT saved();
        reload();
    });
}

void HouseholdViewModel::remove(const QString& id) {
    const QString name = member(id)[L("username")].toString();
    deliver(api_.json({"DELETE", kMembers + QLatin1Char('/') + id}), this,
            [this, name](const Result<QJsonObject>& done) {
                done ? notices_.tell(tr("%1 was removed.").arg(name)) : notices_.warn(texts::error(done.error()));
                reload();
            });
}

void HouseholdViewModel::setLimit(const QString& name, const QVariant& value) {
    const QJsonObject body{{name, QJsonValue::fromVariant(value)}};
    deliver(api_.json({"PUT", kHousehold, {}, body}), this, [this](const Result<QJsonObject>& json) {
        if (json)
            limits_ = *json;
        else
            notices_.warn(texts::error(json.error()));
        Q_EMIT changed();
    });
}

void HouseholdViewModel::clear() {
    ++asked_;
    members_ = {};
    limits_ = {};
    loaded_ = limited_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
