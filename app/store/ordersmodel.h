#pragma once

#include <functional>
#include <QUrl>

#include "app/store/pagedlist.h"
#include "app/store/storeapi.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// What somebody ordered, the newest first; receipts, and giving back. GUI thread.
class OrdersModel : public PagedItems<StoreOrder> {
    Q_OBJECT
    Q_PROPERTY(QString rule READ rule NOTIFY changed)  // of giving back
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        TitleRole,
        DetailRole,
        PriceRole,
        StateRole,
        FateRole,  // what became of the money and of what was bought, in a sentence
        ProductRole,
        ArtworkRole,
        MediaRole,
        HasReceiptRole,
        RefundableRole,  // as far as it can be seen here: the server decides
        WaitsRole,
        TroubledRole,  // it is not there although it was paid
        HereRole       // one's own, and to be played
    };
    using Opener = std::function<bool(const QUrl&)>;

    OrdersModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);
    void setOpener(Opener opener) { opener_ = std::move(opener); }
    // Where receipts are kept; the folder of downloads unless it is told.
    void setFolder(const QString& folder) { folder_ = folder; }

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString rule() const;

    void reload() override;
    Q_INVOKABLE void openReceipt(const QString& orderId);
    Q_INVOKABLE void refund(const QString& orderId);
    Q_INVOKABLE void pay(const QString& orderId);  // the page for it, once more
    void retranslate() override;

Q_SIGNALS:
    void refunded();

private:
    Reply<StoreOrders> page(const QString& cursor) override { return store_.orders(cursor); }
    void keepReceipt(const StoreOrder& order, const QByteArray& page);
    const StoreOrder* orderOf(const QString& id) const;

    StoreApi store_;
    Notices& notices_;
    Opener opener_;
    QString folder_;
    StoreAbout about_;
};

}  // namespace marea::app
