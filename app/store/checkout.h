#pragma once

#include <functional>
#include <QTimer>
#include <QUrl>
#include <QVariantList>

#include "app/api/eventchannel.h"
#include "app/store/storeapi.h"
#include "app/store/wallet.h"

namespace marea::app {

// What somebody is about to pay. Pure.
struct Bill {
    StoreMoney total;
    bool fits = false;  // an amount that can be charged
    QString problem;    // why not, in words
};
// `typed`: where people choose what they pay.
Bill billOf(const StoreProduct& product, const QString& currency, const QString& typed);

// Buying one product: what it costs, how it is paid, for whom; then the order, until what was bought is there. A wish
// keeps its key over all its tries, so that it is bought once. GUI thread.
class Checkout : public QObject {
    Q_OBJECT
    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString kindText READ kindText NOTIFY changed)
    Q_PROPERTY(QString artwork READ artwork NOTIFY changed)
    Q_PROPERTY(bool choosesAmount READ choosesAmount NOTIFY changed)
    Q_PROPERTY(QString amount READ amount NOTIFY changed)        // as typed
    Q_PROPERTY(QString leastText READ leastText NOTIFY changed)  // what it is at least, where people choose
    Q_PROPERTY(QString totalText READ totalText NOTIFY changed)  // empty: no such amount
    Q_PROPERTY(bool free READ isFree NOTIFY changed)
    Q_PROPERTY(QVariantList currencies READ currencies NOTIFY changed)  // {value, text}
    Q_PROPERTY(QString currency READ currency NOTIFY changed)
    Q_PROPERTY(QVariantList providers READ providers NOTIFY changed)  // {value, text}
    Q_PROPERTY(QString provider READ provider NOTIFY changed)
    Q_PROPERTY(QString balanceText READ balanceText NOTIFY changed)
    Q_PROPERTY(bool lacksCredit READ lacksCredit NOTIFY changed)
    Q_PROPERTY(QString giftTo READ giftTo NOTIFY changed)
    Q_PROPERTY(bool isGift READ isGift NOTIFY changed)
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(QString rule READ rule NOTIFY changed)  // of giving it back
    Q_PROPERTY(QString note READ note NOTIFY changed)  // when it comes, or that it is a sale
    Q_PROPERTY(QString doneText READ doneText NOTIFY changed)
    Q_PROPERTY(bool playable READ playable NOTIFY changed)  // it is here, and one's own
    Q_PROPERTY(QString mediaId READ mediaId NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
public:
    enum class Step { Closed, Loading, Asking, Buying, Pending, Done };
    Q_ENUM(Step)
    using Browser = std::function<bool(const QUrl&)>;

    Checkout(ApiClient& api, EventChannel& channel, Wallet& wallet, QObject* parent = nullptr);
    void setBrowser(Browser browser) { browser_ = std::move(browser); }

    Step step() const { return step_; }
    QString title() const { return product_.title; }
    QString kindText() const;
    QString artwork() const { return product_.artworkUrl; }
    bool choosesAmount() const { return product_.choose(); }
    QString amount() const { return amount_; }
    QString leastText() const;
    QString totalText() const;
    bool isFree() const { return bill().fits && bill().total.amount == 0; }
    QVariantList currencies() const;
    QString currency() const { return currency_; }
    QVariantList providers() const;
    QString provider() const;
    QString balanceText() const;
    bool lacksCredit() const;
    QString giftTo() const { return giftTo_; }
    bool isGift() const { return gift_; }
    bool ready() const;
    QString rule() const;
    QString note() const;
    QString doneText() const;
    bool playable() const;
    QString mediaId() const { return product_.mediaIds.value(0); }
    QString problem() const { return problem_; }

    Q_INVOKABLE void open(const QString& productId, const QString& currency);
    Q_INVOKABLE void setAmount(const QString& typed);
    Q_INVOKABLE void setCurrency(const QString& currency);
    Q_INVOKABLE void setProvider(const QString& provider);
    Q_INVOKABLE void setGift(bool on, const QString& name);
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void openPage();  // where it is paid, once more
    Q_INVOKABLE void close();

Q_SIGNALS:
    void changed();
    void bought(const QString& productId);

private:
    Bill bill() const;
    StoreOrderWish wish() const;
    void set(Step step, const QString& problem = {});
    void onOrder(const core::Result<StoreOrder>& order);
    void follow(const StoreOrder& order);
    void look();  // what became of the order
    void onMessage(const QJsonObject& message);

    StoreApi store_;
    Wallet& wallet_;
    Browser browser_;
    QTimer again_;
    StoreProduct product_;
    StoreAbout about_;
    StoreOrder order_;
    StoreOrderWish keyed_;  // what the key is of
    QByteArray key_;
    QString currency_, provider_, amount_, giftTo_, problem_;
    Step step_ = Step::Closed;
    int generation_ = 0;
    bool gift_ = false;
};

}  // namespace marea::app
