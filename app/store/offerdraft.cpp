#include "app/store/offerdraft.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include "app/store/storetexts.h"
#include "core/store/money.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

struct OfferTexts {
    Q_DECLARE_TR_FUNCTIONS(OfferTexts)
};

core::unexpected<core::Error> wrong(const QString& text) {
    return core::fail(ErrorCode::Invalid, text.toStdString());
}

Result<QJsonArray> pricesOf(const OfferDraft& draft) {
    QJsonArray prices;
    QStringList seen;
    for (const auto& price : draft.prices) {
        const QString code = price.currency.trimmed().toUpper();
        if (code.isEmpty() && price.amount.trimmed().isEmpty())
            continue;
        if (!core::store::isCurrency(code.toStdString()))
            return wrong(OfferTexts::tr("A currency is a code of three letters, such as EUR."));
        const auto minor = storetexts::minorOf(price.amount, code);
        if (!minor)
            return wrong(OfferTexts::tr("“%1” is no amount.").arg(price.amount));
        if (seen.contains(code))
            return wrong(OfferTexts::tr("%1 has two prices.").arg(code));
        seen << code;
        prices << QJsonObject{{L("currency"), code}, {L("amount"), *minor}};
    }
    if (prices.isEmpty() && draft.pricing != L("free"))
        return wrong(OfferTexts::tr("It needs a price, or to be free."));
    return prices;
}

// A day that was not changed keeps its hour.
std::optional<qint64> momentOf(const QString& day, qint64 was) {
    return was > 0 && day.trimmed() == dayText(was) ? std::optional(was) : dayStart(day);
}

Result<QJsonArray> salesOf(const OfferDraft& draft) {
    if (draft.salePercent.trimmed().isEmpty())
        return draft.moreSales;
    bool good = false;
    const int percent = draft.salePercent.trimmed().toInt(&good);
    const auto from = momentOf(draft.saleFrom, draft.saleFromAt), until = momentOf(draft.saleUntil, draft.saleUntilAt);
    if (!good || percent < 1 || percent > 100)
        return wrong(OfferTexts::tr("A sale is of 1 to 100 percent."));
    if (!from || !until || *from == 0 || *until <= *from)
        return wrong(
            OfferTexts::tr("A sale needs its first day and a later one on which it is over, such as 2026-12-24."));
    QJsonArray sales = draft.moreSales;
    sales.prepend(QJsonObject{{L("percent"), percent}, {L("from"), *from}, {L("until"), *until}});
    return sales;
}

Result<QJsonArray> territoriesOf(const OfferDraft& draft) {
    static const QRegularExpression between(QStringLiteral(R"([\s,;]+)"));
    static const QRegularExpression form(QStringLiteral("^[A-Z]{2}$"));
    QJsonArray codes;
    for (const auto& code : draft.territories.toUpper().split(between, Qt::SkipEmptyParts)) {
        if (!form.match(code).hasMatch())
            return wrong(OfferTexts::tr("“%1” is no country's code of two letters.").arg(code));
        codes << code;
    }
    return codes;
}

}  // namespace

QString dayText(qint64 at) {
    return at <= 0 ? QString() : QDateTime::fromMSecsSinceEpoch(at).date().toString(Qt::ISODate);
}

std::optional<qint64> dayStart(const QString& day) {
    if (day.trimmed().isEmpty())
        return 0;
    const QDate date = QDate::fromString(day.trimmed(), Qt::ISODate);
    return date.isValid() ? std::optional(date.startOfDay().toMSecsSinceEpoch()) : std::nullopt;
}

QString offerKind(const QList<OfferTitle>& titles) {
    if (titles.size() != 1)
        return QStringLiteral("bundle");
    const QString& kind = titles.first().kind;
    return kind == L("album") || kind == L("season") || kind == L("series") ? kind : QStringLiteral("single");
}

Result<QJsonObject> offerJson(const OfferDraft& draft) {
    if (draft.titles.isEmpty())
        return wrong(OfferTexts::tr("Choose what is sold first."));
    if (draft.title.trimmed().isEmpty())
        return wrong(OfferTexts::tr("It needs a name."));
    const auto prices = pricesOf(draft), sales = salesOf(draft), territories = territoriesOf(draft);
    const auto release = momentOf(draft.releaseDay, draft.releaseAt);
    if (!prices || !sales || !territories)
        return tl::make_unexpected((!prices ? prices : !sales ? sales : territories).error());
    if (!release)
        return wrong(OfferTexts::tr("A day is written as 2026-12-24."));
    QJsonArray ids;
    for (const auto& title : draft.titles)
        ids << title.id;
    return QJsonObject{{L("kind"), offerKind(draft.titles)},
                       {L("title"), draft.title.trimmed()},
                       {L("overview"), draft.overview.trimmed()},
                       {L("state"), draft.state},
                       {L("media_ids"), ids},
                       {L("pricing"), draft.pricing},
                       {L("prices"), *prices},
                       {L("sales"), *sales},
                       {L("territories"), *territories},
                       {L("release_at"), *release > 0 ? QJsonValue(*release) : QJsonValue(QJsonValue::Null)},
                       {L("staff_pick"), draft.staffPick ? draft.staffPlace : 0}};
}

OfferDraft offerFrom(const QJsonObject& json) {
    OfferDraft draft;
    draft.id = json[L("id")].toString();
    draft.title = json[L("title")].toString();
    draft.overview = json[L("overview")].toString();
    draft.state = json[L("state")].toString();
    draft.pricing = json[L("pricing")].toString();
    for (const auto& id : json[L("media_ids")].toArray())
        draft.titles << OfferTitle{id.toString(), {}, {}, {}};
    for (const auto& price : json[L("prices")].toArray()) {
        const auto money = parseStoreMoney(price.toObject());
        draft.prices << OfferPrice{money.currency, storetexts::typed(money)};
    }
    draft.moreSales = json[L("sales")].toArray();
    const auto sale = draft.moreSales.at(0).toObject();
    if (!sale.isEmpty()) {
        draft.salePercent = QString::number(sale[L("percent")].toInt());
        draft.saleFrom = dayText(sale[L("from")].toInteger());
        draft.saleFromAt = sale[L("from")].toInteger();
        draft.saleUntilAt = sale[L("until")].toInteger();
        draft.saleUntil = dayText(draft.saleUntilAt);
        draft.moreSales.removeFirst();
    }
    draft.releaseAt = json[L("release_at")].toInteger();
    draft.releaseDay = dayText(draft.releaseAt);
    QStringList codes;
    for (const auto& code : json[L("territories")].toArray())
        codes << code.toString();
    draft.territories = codes.join(QStringLiteral(", "));
    draft.staffPick = json[L("staff_pick")].toInt() > 0;
    draft.staffPlace = std::max(1, json[L("staff_pick")].toInt());
    return draft;
}

}  // namespace marea::app
