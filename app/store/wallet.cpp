#include "app/store/wallet.h"

#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using core::Result;

Wallet::Wallet(ApiClient& api, QObject* parent) : QObject(parent), store_(api) {}

QString Wallet::text() const {
    QStringList parts;
    for (const auto& money : balances_)
        if (money.amount != 0)
            parts << storetexts::money(money);
    return parts.join(QStringLiteral(" · "));
}

qint64 Wallet::in(const QString& currency) const {
    for (const auto& money : balances_)
        if (money.currency == currency)
            return money.amount;
    return 0;
}

void Wallet::reload() {
    deliver(store_.balances(), this, [this, mine = generation_](const Result<QList<StoreMoney>>& balances) {
        if (mine != generation_)
            return;
        if (balances)
            balances_ = *balances;
        else
            error_ = texts::error(balances.error());
        known_ = known_ || balances;
        Q_EMIT changed();
    });
}

void Wallet::redeem(const QString& code) {
    if (busy_ || code.trimmed().isEmpty())
        return;
    busy_ = true;
    forget();
    deliver(store_.redeem(code.trimmed()), this, [this, mine = generation_](const Result<StoreMoney>& worth) {
        if (mine != generation_)
            return;
        busy_ = false;
        if (worth)
            told_ = tr("%1 of credit came.").arg(storetexts::money(*worth));
        else
            error_ = worth.error().code == core::ErrorCode::NotFound ? tr("There is no such voucher, or it was used.")
                                                                     : texts::error(worth.error());
        Q_EMIT changed();
        if (!worth)
            return;
        Q_EMIT redeemed();
        reload();
    });
}

void Wallet::forget() {
    told_.clear();
    error_.clear();
    Q_EMIT changed();
}

void Wallet::clear() {
    ++generation_;
    busy_ = known_ = false;
    balances_.clear();
    forget();
}

}  // namespace marea::app
