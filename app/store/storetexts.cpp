#include "app/store/storetexts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

#include "app/viewmodels/times.h"
#include "core/store/money.h"

namespace marea::app::storetexts {
namespace {

using L = QLatin1String;
using core::store::minorDigits;

struct StoreTexts {
    Q_DECLARE_TR_FUNCTIONS(StoreTexts)
};

constexpr int kMostDigits = 15;

QString symbol(const QString& currency) {
    static const QHash<QString, QString> kSymbols{{QStringLiteral("EUR"), QStringLiteral("€")},
                                                  {QStringLiteral("USD"), QStringLiteral("$")},
                                                  {QStringLiteral("GBP"), QStringLiteral("£")},
                                                  {QStringLiteral("JPY"), QStringLiteral("¥")}};
    return kSymbols.value(currency, currency);
}

QString amount(const StoreMoney& money, char point) {
    return QString::fromStdString(core::store::amountText({money.amount, money.currency.toStdString()}, point));
}

QString kindName(const StoreProduct& product) {
    if (product.kind == L("album"))
        return StoreTexts::tr("Album");
    if (product.kind == L("season"))
        return StoreTexts::tr("Season");
    if (product.kind == L("series"))
        return StoreTexts::tr("Series");
    if (product.kind == L("bundle"))
        return StoreTexts::tr("Bundle");
    if (product.mediaKind == L("track"))
        return StoreTexts::tr("Track");
    return product.mediaKind == L("audiobook") ? StoreTexts::tr("Audiobook") : StoreTexts::tr("Film");
}

QString countText(const StoreProduct& product) {
    if (product.count <= 0)
        return {};
    if (product.kind == L("album"))
        return StoreTexts::tr("%n track(s)", nullptr, product.count);
    if (product.kind == L("season"))
        return StoreTexts::tr("%n episode(s)", nullptr, product.count);
    return product.kind == L("bundle") ? StoreTexts::tr("%n title(s)", nullptr, product.count) : QString();
}

}  // namespace

QString money(const StoreMoney& money) {
    const bool comma = QLocale().decimalPoint() == L(",");
    return amount(money, comma ? ',' : '.') + QChar(0x00A0) + symbol(money.currency);
}

QString typed(const StoreMoney& money) {
    return amount(money, QLocale().decimalPoint() == L(",") ? ',' : '.');
}

std::optional<qint64> minorOf(const QString& text, const QString& currency) {
    const int digits = minorDigits(currency.toStdString());
    static const QRegularExpression form(QStringLiteral(R"(^(\d+)(?:[.,](\d*))?$)"));
    const auto found = form.match(text.trimmed());
    const QString whole = found.captured(1), part = found.captured(2);
    if (!found.hasMatch() || part.size() > digits || whole.size() + digits > kMostDigits)
        return std::nullopt;
    return (whole + part.leftJustified(digits, QLatin1Char('0'))).toLongLong();
}

QString kind(const StoreProduct& product) {
    QStringList parts;
    for (const auto& part : {product.artist, kindName(product), countText(product),
                             product.year > 0 ? QString::number(product.year) : QString()})
        if (!part.isEmpty())
            parts << part;
    return parts.join(QStringLiteral(" · "));
}

QString price(const StoreProduct& product, const QString& currency) {
    const auto* found = priceIn(product, currency);
    if (product.free() || (found && !product.choose() && found->now.amount == 0))
        return StoreTexts::tr("Free");
    if (!found)
        return StoreTexts::tr("Not sold");
    if (!product.choose())
        return money(found->now);
    return found->now.amount == 0 ? StoreTexts::tr("Pay what you like")
                                  : StoreTexts::tr("From %1").arg(money(found->now));
}

QString oldPrice(const StoreProduct& product, const QString& currency) {
    const auto* found = priceIn(product, currency);
    return found && found->percentOff > 0 ? money({found->list, found->now.currency}) : QString();
}

QString note(const StoreProduct& product, const QString& currency) {
    if (product.preorder)
        return StoreTexts::tr("Order ahead. It comes on %1.").arg(day(product.releaseAt));
    const auto* found = priceIn(product, currency);
    return found && found->percentOff > 0
               ? StoreTexts::tr("%1 % off until %2").arg(found->percentOff).arg(day(found->saleUntil))
               : QString();
}

QString day(qint64 at) {
    return at <= 0 ? QString() : times::day(QDateTime::fromMSecsSinceEpoch(at).date());
}

QString state(const StoreOrder& order) {
    if (order.disputed)
        return StoreTexts::tr("Payment disputed");
    if (order.disputeLost)
        return StoreTexts::tr("Payment taken back by the bank");
    if (order.refundPending)
        return StoreTexts::tr("Refund on its way");
    if (order.state == L("fulfilled"))
        return order.gift ? StoreTexts::tr("Given") : StoreTexts::tr("Bought");
    if (order.state == L("paid"))
        return StoreTexts::tr("Comes on %1").arg(day(order.startsAt));
    if (order.state == L("refunded"))
        return StoreTexts::tr("Refunded");
    if (order.state == L("failed"))
        return StoreTexts::tr("Not paid");
    return order.state == L("expired") ? StoreTexts::tr("Expired") : StoreTexts::tr("Waiting for payment");
}

QString withheld(const QString& why) {
    if (why == L("refund_pending"))
        return StoreTexts::tr("A refund is on its way. It is no longer in your library.");
    if (why == L("refunded"))
        return StoreTexts::tr("It was refunded, and is no longer in your library.");
    if (why == L("disputed"))
        return StoreTexts::tr(
            "Its payment is disputed with the bank. It is not in your library until that is decided.");
    return why == L("dispute_lost") ? StoreTexts::tr("The bank took its payment back. It is no longer in your library.")
                                    : QString();
}

QString fate(const StoreOrder& order) {
    if (order.disputed)
        return withheld(QStringLiteral("disputed"));
    if (order.disputeLost)
        return withheld(QStringLiteral("dispute_lost"));
    if (order.refundPending)
        return withheld(QStringLiteral("refund_pending"));
    if (order.state == L("refunded"))
        return withheld(QStringLiteral("refunded"));
    return order.partlyRefunded()
               ? StoreTexts::tr("%1 of it was given back.").arg(money({order.refunded, order.price.currency}))
               : QString();
}

QString provider(const QString& name) {
    if (name == L("wallet"))
        return StoreTexts::tr("Credit");
    return name == L("stripe") ? StoreTexts::tr("Card") : name;
}

}  // namespace marea::app::storetexts
