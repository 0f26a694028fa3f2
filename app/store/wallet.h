#pragma once

#include "app/store/storeapi.h"

namespace marea::app {

// One's credit with the server, and vouchers that become credit. GUI thread.
class Wallet : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString text READ text NOTIFY changed)  // "12.30 €", of each currency; empty: none
    Q_PROPERTY(bool known READ known NOTIFY changed)   // the server has said it
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString told READ told NOTIFY changed)  // what the last voucher was worth
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    explicit Wallet(ApiClient& api, QObject* parent = nullptr);

    QString text() const;
    bool known() const { return known_; }
    bool busy() const { return busy_; }
    QString told() const { return told_; }
    QString errorText() const { return error_; }
    qint64 in(const QString& currency) const;  // minor units
    const QList<StoreMoney>& balances() const { return balances_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE void redeem(const QString& code);
    Q_INVOKABLE void forget();  // what was told of the last voucher
    void clear();

Q_SIGNALS:
    void changed();
    void redeemed();

private:
    StoreApi store_;
    QList<StoreMoney> balances_;
    QString told_, error_;
    int generation_ = 0;  // of the person; what another one's server says later is dropped
    bool busy_ = false, known_ = false;
};

}  // namespace marea::app
