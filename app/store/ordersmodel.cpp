#include "app/store/ordersmodel.h"

#include <QDesktopServices>
#include <QDir>
#include <QLocale>
#include <QSaveFile>
#include <QStandardPaths>

#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

QString detailOf(const StoreOrder& order) {
    QStringList parts{storetexts::day(order.paidAt > 0 ? order.paidAt : order.createdAt)};
    if (order.gift)
        parts << OrdersModel::tr("A gift");
    if (order.receipt > 0)
        parts << OrdersModel::tr("Receipt %1").arg(order.receipt);
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

OrdersModel::OrdersModel(ApiClient& api, Notices& notices, QObject* parent)
    : PagedItems(parent),
      store_(api),
      notices_(notices),
      opener_(&QDesktopServices::openUrl),
      folder_(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)) {}

QHash<int, QByteArray> OrdersModel::roleNames() const {
    return {
        {IdRole, "orderId"},      {TitleRole, "title"}, {DetailRole, "detail"},         {PriceRole, "price"},
        {StateRole, "stateText"}, {FateRole, "fate"},   {TroubledRole, "troubled"},     {ProductRole, "productId"},
        {ArtworkRole, "artwork"}, {MediaRole, "media"}, {HasReceiptRole, "hasReceipt"}, {RefundableRole, "refundable"},
        {WaitsRole, "waits"},     {HereRole, "here"}};
}

QVariant OrdersModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& order = items()[index.row()];
    switch (role) {
        case IdRole:
            return order.id;
        case TitleRole:
            return order.title;
        case DetailRole:
            return detailOf(order);
        case PriceRole:
            return order.price.amount == 0 ? tr("Free") : storetexts::money(order.price);
        case StateRole:
            return storetexts::state(order);
        case FateRole:
            return storetexts::fate(order);
        case TroubledRole:
            return order.withheld() || order.disputeLost;
        case ProductRole:
            return order.productId;
        case ArtworkRole:
            return order.artworkUrl;
        case MediaRole:
            return order.mediaIds.value(0);  // the first; its page has the rest of an album
        case HasReceiptRole:
            return order.receipt > 0;
        case RefundableRole:
            return order.held() && !order.withheld();
        case WaitsRole:
            return order.waits();
        case HereRole:
            return order.state == L("fulfilled") && !order.gift && !order.withheld();
        default:
            return {};
    }
}

QString OrdersModel::rule() const {
    return tr(
        "What was paid comes back, and it leaves your library at once. This is possible for %n day(s), while nothing "
        "of it was downloaded and no more than a quarter of it was played.",
        nullptr, about_.refundDays);
}

void OrdersModel::reload() {
    PagedItems::reload();
    deliver(store_.about(), this, [this](const Result<StoreAbout>& about) {
        if (about)
            about_ = *about;
        Q_EMIT changed();
    });
}

const StoreOrder* OrdersModel::orderOf(const QString& id) const {
    for (const auto& order : items())
        if (order.id == id)
            return &order;
    return nullptr;
}

// Browsers print it; a file is what they can be given.
void OrdersModel::openReceipt(const QString& orderId) {
    const auto* found = orderOf(orderId);
    if (!found)
        return;
    deliver(store_.receipt(orderId, QLocale().bcp47Name().toLatin1()), this,
            [this, order = *found](const Result<QByteArray>& page) {
                page ? keepReceipt(order, *page) : notices_.warn(texts::error(page.error()));
            });
}

void OrdersModel::keepReceipt(const StoreOrder& order, const QByteArray& page) {
    const QString path = QDir(folder_).filePath(tr("Receipt %1").arg(order.receipt) + QStringLiteral(".html"));
    QSaveFile file(path);
    const bool kept = QDir().mkpath(folder_) && file.open(QIODevice::WriteOnly) && file.write(page) == page.size() &&
                      file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.commit();
    if (!kept)
        return notices_.warn(tr("The receipt could not be written to %1.").arg(QDir::toNativeSeparators(folder_)));
    opener_(QUrl::fromLocalFile(path));
    notices_.tell(tr("The receipt is in %1.").arg(QDir::toNativeSeparators(path)));
}

void OrdersModel::refund(const QString& orderId) {
    deliver(store_.refund(orderId), this, [this](const Result<StoreOrder>& order) {
        if (!order)
            return notices_.warn(texts::error(order.error()));
        notices_.tell(order->refundPending && order->state != L("refunded")
                          ? tr("%1 is being refunded.").arg(order->title)
                          : tr("%1 was refunded.").arg(order->title));
        reload();
        Q_EMIT refunded();
    });
}

void OrdersModel::pay(const QString& orderId) {
    deliver(store_.order(orderId), this, [this](const Result<StoreOrder>& order) {
        const QUrl page(order ? order->checkoutUrl : QString(), QUrl::StrictMode);
        if (page.scheme() != L("https") || !opener_(page))
            notices_.warn(order ? tr("The page for paying could not be opened in a browser.")
                                : texts::error(order.error()));
    });
}

void OrdersModel::retranslate() {
    PagedItems::retranslate();
    Q_EMIT changed();
}

}  // namespace marea::app
