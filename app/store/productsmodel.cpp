#include "app/store/productsmodel.h"

#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using core::Result;

ProductsModel::ProductsModel(ApiClient& api, StoreQuery query, QObject* parent)
    : QAbstractListModel(parent), store_(api), query_(std::move(query)) {}

int ProductsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ProductsModel::roleNames() const {
    return {{IdRole, "productId"}, {TitleRole, "title"},       {DetailRole, "detail"},
            {PriceRole, "price"},  {OldPriceRole, "oldPrice"}, {ArtworkRole, "artwork"},
            {OwnedRole, "owned"},  {PreorderRole, "preorder"}, {KindRole, "kind"}};
}

QVariant ProductsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& product = items_[index.row()];
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

bool ProductsModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !loading_ && !failed_ && !cursor_.isEmpty();
}

void ProductsModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetch(cursor_);
}

void ProductsModel::reload() {
    fetch({});
}

void ProductsModel::setQuery(const StoreQuery& query) {
    query_ = query;
    fetch({});
}

void ProductsModel::setCurrency(const QString& currency) {
    currency_ = currency;
    retranslate();
}

void ProductsModel::fetch(const QString& cursor) {
    loading_ = true;
    failed_ = false;
    Q_EMIT changed();
    deliver(store_.products(query_, cursor), this,
            [this, asked = ++generation_, more = !cursor.isEmpty()](const Result<StorePage>& page) {
                if (asked != generation_)
                    return;
                loading_ = false;
                failed_ = !page;
                if (page)
                    take(*page, more);
                else
                    error_ = texts::error(page.error());
                Q_EMIT changed();
            });
}

void ProductsModel::take(const StorePage& page, bool more) {
    loaded_ = true;
    cursor_ = page.nextCursor;
    if (more) {
        beginInsertRows({}, count(), count() + static_cast<int>(page.items.size()) - 1);
        items_ << page.items;
        endInsertRows();
        return;
    }
    const auto same = [](const StoreProduct& a, const StoreProduct& b) { return a.id == b.id; };
    if (std::equal(items_.begin(), items_.end(), page.items.begin(), page.items.end(), same)) {  // each stays in place
        items_ = page.items;
        return retranslate();
    }
    beginResetModel();
    items_ = page.items;
    endResetModel();
}

void ProductsModel::clear() {
    ++generation_;
    beginResetModel();
    items_.clear();
    endResetModel();
    cursor_.clear();
    loading_ = loaded_ = failed_ = false;
    Q_EMIT changed();
}

void ProductsModel::retranslate() {
    if (!items_.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

}  // namespace marea::app
