#pragma once

#include <functional>
#include <QAbstractListModel>
#include <QUrl>

#include "app/store/storeapi.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// What somebody ordered, the newest first; receipts, and giving back. GUI thread.
class OrdersModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString rule READ rule NOTIFY changed)  // of giving back
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        TitleRole,
        DetailRole,
        PriceRole,
        StateRole,
        ProductRole,
        MediaRole,
        HasReceiptRole,
        RefundableRole,  // as far as it can be seen here: the server decides
        WaitsRole,
        HereRole  // one's own, and to be played
    };
    using Opener = std::function<bool(const QUrl&)>;

    OrdersModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);
    void setOpener(Opener opener) { opener_ = std::move(opener); }
    // Where receipts are kept; the folder of downloads unless it is told.
    void setFolder(const QString& folder) { folder_ = folder; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(orders_.size()); }
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }
    QString rule() const;

    Q_INVOKABLE void reload();
    Q_INVOKABLE void openReceipt(const QString& orderId);
    Q_INVOKABLE void refund(const QString& orderId);
    Q_INVOKABLE void pay(const QString& orderId);  // the page for it, once more
    void clear();
    void retranslate();

Q_SIGNALS:
    void changed();
    void refunded();

private:
    void fetch(const QString& cursor);
    void keepReceipt(const StoreOrder& order, const QByteArray& page);
    const StoreOrder* orderOf(const QString& id) const;

    StoreApi store_;
    Notices& notices_;
    Opener opener_;
    QString folder_, cursor_, error_;
    QList<StoreOrder> orders_;
    StoreAbout about_;
    int generation_ = 0;
    bool loading_ = false, loaded_ = false, failed_ = false;
};

}  // namespace marea::app
