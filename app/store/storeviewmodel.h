#pragma once

#include <QPointer>
#include <QSettings>
#include <QVariantList>

#include "app/api/eventchannel.h"
#include "app/store/checkout.h"
#include "app/store/offerviewmodel.h"
#include "app/store/ordersmodel.h"
#include "app/store/productsmodel.h"
#include "app/store/productviewmodel.h"
#include "app/store/sampleplayer.h"
#include "app/store/sellingviewmodel.h"
#include "app/store/wallet.h"

namespace marea::app {

// The server's store: whether there is one, its shelves, what is looked for in it, and what is bought. GUI thread.
class StoreViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool available READ available NOTIFY changed)  // there is something to see for this person
    Q_PROPERTY(bool empty READ empty NOTIFY changed)          // nothing is for sale yet
    Q_PROPERTY(bool owner READ owner NOTIFY changed)
    Q_PROPERTY(marea::app::ProductsModel* newest READ newest CONSTANT)
    Q_PROPERTY(marea::app::ProductsModel* best READ best CONSTANT)
    Q_PROPERTY(marea::app::ProductsModel* staff READ staff CONSTANT)
    Q_PROPERTY(marea::app::ProductsModel* found READ found CONSTANT)
    Q_PROPERTY(bool searching READ searching NOTIFY queryChanged)  // words or filters: `found` is what counts
    Q_PROPERTY(QString words READ words WRITE setWords NOTIFY queryChanged)
    Q_PROPERTY(QString kind READ kind NOTIFY queryChanged)
    Q_PROPERTY(QString genre READ genre NOTIFY queryChanged)
    Q_PROPERTY(QString sort READ sort NOTIFY queryChanged)
    Q_PROPERTY(double priceTo READ priceTo NOTIFY queryChanged)      // minor units, -1: any
    Q_PROPERTY(QVariantList kinds READ kinds NOTIFY queryChanged)    // {value, text, checked}
    Q_PROPERTY(QVariantList genres READ genres NOTIFY queryChanged)  // likewise: of what was seen
    Q_PROPERTY(QVariantList prices READ prices NOTIFY queryChanged)
    Q_PROPERTY(QVariantList sorts READ sorts NOTIFY queryChanged)
    Q_PROPERTY(QString currency READ currency NOTIFY changed)
    Q_PROPERTY(QVariantList currencies READ currencies NOTIFY changed)  // {value, text, checked}: of what was seen
    Q_PROPERTY(marea::app::Checkout* checkout READ checkout CONSTANT)
    Q_PROPERTY(marea::app::Wallet* wallet READ wallet CONSTANT)
    Q_PROPERTY(marea::app::OrdersModel* orders READ orders CONSTANT)
    Q_PROPERTY(marea::app::SamplePlayer* samples READ samples CONSTANT)
    Q_PROPERTY(marea::app::SellingViewModel* selling READ selling CONSTANT)  // for owners
public:
    StoreViewModel(ApiClient& api, EventChannel& channel, PlayerViewModel& player, QSettings& settings,
                   Notices& notices, QObject* parent = nullptr);

    bool available() const { return inside_ && newest_.loaded() && (owner_ || newest_.count() > 0); }
    bool anything() const { return available() && newest_.count() > 0; }
    bool empty() const { return newest_.loaded() && newest_.count() == 0; }
    bool owner() const { return owner_; }
    ProductsModel* newest() { return &newest_; }
    ProductsModel* best() { return &best_; }
    ProductsModel* staff() { return &staff_; }
    ProductsModel* found() { return &found_; }
    bool searching() const { return query_.narrowed(); }
    QString words() const { return query_.words; }
    void setWords(const QString& words);
    QString kind() const { return query_.kinds; }
    QString genre() const { return query_.genre; }
    QString sort() const { return query_.sort; }
    double priceTo() const { return static_cast<double>(query_.priceTo); }
    QVariantList kinds() const;
    QVariantList genres() const;
    QVariantList prices() const;
    QVariantList sorts() const;
    QString currency() const;
    QVariantList currencies() const;
    Checkout* checkout() { return &checkout_; }
    Wallet* wallet() { return &wallet_; }
    OrdersModel* orders() { return &orders_; }
    SamplePlayer* samples() { return &samples_; }
    SellingViewModel* selling() { return &selling_; }

    void enter(bool owner,
               bool here);  // somebody is signed in; `here`: on this computer's own library, which sells nothing
    void clear();
    void retranslate();

    Q_INVOKABLE void reload();
    Q_INVOKABLE void setKind(const QString& kind);
    Q_INVOKABLE void setGenre(const QString& genre);
    Q_INVOKABLE void setPriceTo(double minor);
    Q_INVOKABLE void setSort(const QString& sort);
    Q_INVOKABLE void setCurrency(const QString& currency);
    Q_INVOKABLE void clearFilters();
    Q_INVOKABLE marea::app::ProductViewModel* product(const QString& id);  // owned by the page that asked
    // Likewise: one that there is, or a new one of a title.
    Q_INVOKABLE marea::app::OfferViewModel* offer(const QString& productId, const QString& mediaId);

Q_SIGNALS:
    void changed();
    void queryChanged();
    void ownedChanged();  // something was bought or given back, here or elsewhere: the library is another

private:
    QList<ProductsModel*> models() { return {&newest_, &best_, &staff_, &found_}; }
    void ask();
    void passCurrency();
    void onMessage(const QJsonObject& message);
    void onOwned();
    void sayLost(const QString& mediaId);

    ApiClient& api_;
    StoreApi store_;
    QSettings& settings_;
    Notices& notices_;
    Wallet wallet_;
    Checkout checkout_;
    OrdersModel orders_;
    SamplePlayer samples_;
    SellingViewModel selling_;
    ProductsModel newest_, best_, staff_, found_;
    StoreQuery query_;
    QTimer soon_, ownedSoon_;
    QList<QPointer<ProductViewModel>> pages_;
    bool owner_ = false, inside_ = false;
};

}  // namespace marea::app
