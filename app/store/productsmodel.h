#pragma once

#include <QAbstractListModel>

#include "app/store/storeapi.h"

namespace marea::app {

// Products of the store, fetched page by page as the view comes near the end. GUI thread.
class ProductsModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        TitleRole,
        DetailRole,
        PriceRole,
        OldPriceRole,
        ArtworkRole,
        OwnedRole,
        PreorderRole,
        KindRole
    };

    ProductsModel(ApiClient& api, StoreQuery query, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(items_.size()); }
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }
    const QList<StoreProduct>& items() const { return items_; }
    const StoreQuery& query() const { return query_; }

    Q_INVOKABLE void reload();
    void setQuery(const StoreQuery& query);
    void setCurrency(const QString& currency);  // of the prices that are shown
    void clear();
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void fetch(const QString& cursor);
    void take(const StorePage& page, bool more);

    StoreApi store_;
    StoreQuery query_;
    QList<StoreProduct> items_;
    QString cursor_, error_, currency_;
    int generation_ = 0;  // answers to older questions are dropped
    bool loading_ = false, loaded_ = false, failed_ = false;
};

}  // namespace marea::app
