#include "app/store/productsmodel.h"

#include "app/store/storetexts.h"

namespace marea::app {

ProductsModel::ProductsModel(ApiClient& api, StoreQuery query, QObject* parent)
    : PagedItems(parent), store_(api), query_(std::move(query)) {}

QHash<int, QByteArray> ProductsModel::roleNames() const {
    return {{IdRole, "productId"}, {TitleRole, "title"},       {DetailRole, "detail"},
            {PriceRole, "price"},  {OldPriceRole, "oldPrice"}, {ArtworkRole, "artwork"},
            {OwnedRole, "owned"},  {PreorderRole, "preorder"}, {KindRole, "kind"}};
}

QVariant ProductsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& product = items()[index.row()];
    switch (role) {
        case IdRole:
            return product.id;
        case TitleRole:
            return product.title;
        case DetailRole:
            return storetexts::kind(product);
        case PriceRole:
            return storetexts::price(product, currency_);
        case OldPriceRole:
            return storetexts::oldPrice(product, currency_);
        case ArtworkRole:
            return product.artworkUrl;
        case OwnedRole:
            return product.owned;
        case PreorderRole:
            return product.preorder;
        case KindRole:
            return product.mediaKind;
        default:
            return {};
    }
}

void ProductsModel::setQuery(const StoreQuery& query) {
    query_ = query;
    reload();
}

void ProductsModel::setCurrency(const QString& currency) {
    currency_ = currency;
    retranslate();
}

}  // namespace marea::app
