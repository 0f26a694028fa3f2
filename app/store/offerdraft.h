#pragma once

#include <QJsonArray>

#include "app/store/storetypes.h"
#include "core/base/result.h"

namespace marea::app {

struct OfferTitle {
    QString id, kind, title, detail;
};

struct OfferPrice {
    QString currency, amount;  // as typed
};

// A product as its owner writes it down: texts, as they are typed.
struct OfferDraft {
    QString id, title, overview, state = QStringLiteral("draft"), pricing = QStringLiteral("fixed");
    QList<OfferTitle> titles;
    QList<OfferPrice> prices;
    QString salePercent, saleFrom, saleUntil;  // days, as 2026-12-24; no percent: no sale
    QString releaseDay;                        // empty: at once
    QString territories;                       // "ES, PT"; empty: everywhere
    bool staffPick = false;

    // What the server had, where the words above leave something open.
    qint64 releaseAt = 0, saleFromAt = 0, saleUntilAt = 0;
    int staffPlace = 1;
    QJsonArray moreSales;
};

// "album", "single", "season", "series", or "bundle" of several.
QString offerKind(const QList<OfferTitle>& titles);
// What the server is sent; Invalid with words that say what is wrong.
core::Result<QJsonObject> offerJson(const OfferDraft& draft);
// What the server has; of its titles the ids alone.
OfferDraft offerFrom(const QJsonObject& json);
// The day of a time, and its first moment here; empty and 0 for none.
QString dayText(qint64 at);
std::optional<qint64> dayStart(const QString& day);

}  // namespace marea::app
