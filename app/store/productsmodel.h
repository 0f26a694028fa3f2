#pragma once

#include "app/store/pagedlist.h"
#include "app/store/storeapi.h"

namespace marea::app {

// Products of the store. GUI thread.
class ProductsModel : public PagedItems<StoreProduct> {
    Q_OBJECT
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

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const StoreQuery& query() const { return query_; }
    void setQuery(const StoreQuery& query);
    void setCurrency(const QString& currency);  // of the prices that are shown

private:
    Reply<StorePage> page(const QString& cursor) override { return store_.products(query_, cursor); }

    StoreApi store_;
    StoreQuery query_;
    QString currency_;
};

}  // namespace marea::app
