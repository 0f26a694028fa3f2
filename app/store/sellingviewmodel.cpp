#include "app/store/sellingviewmodel.h"

#include <QDateTime>
#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>

#include "app/store/offerdraft.h"
#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"
#include "core/store/money.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

const QString kProducts = QStringLiteral("/api/v1/admin/products");
const QString kVouchers = QStringLiteral("/api/v1/admin/vouchers");
constexpr int kMostCodes = 1000;

QString salePath(const QString& libraryId) {
    return QStringLiteral("/api/v1/admin/libraries/%1/sale").arg(libraryId);
}

QString stateText(const QString& state) {
    if (state == L("active"))
        return SellingViewModel::tr("On sale");
    return state == L("retired") ? SellingViewModel::tr("Withdrawn") : SellingViewModel::tr("Draft");
}

QString priceText(const QJsonObject& product) {
    if (product[L("pricing")].toString() == L("free"))
        return SellingViewModel::tr("Free");
    QStringList prices;
    for (const auto& price : product[L("prices")].toArray())
        prices << storetexts::money(parseStoreMoney(price.toObject()));
    const QString all = prices.join(QStringLiteral(", "));
    return product[L("pricing")].toString() == L("choose") ? SellingViewModel::tr("from %1").arg(all) : all;
}

QString batchDetail(const QJsonObject& batch) {
    QStringList parts{
        SellingViewModel::tr("%1 of %n used", nullptr, batch[L("codes")].toInt()).arg(batch[L("redeemed")].toInt())};
    if (batch[L("cancelled_at")].toInteger() > 0)
        parts << SellingViewModel::tr("cancelled");
    else if (const auto until = batch[L("expires_at")].toInteger(); until > 0)
        parts << SellingViewModel::tr("good until %1").arg(storetexts::day(until));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

SellingViewModel::SellingViewModel(ApiClient& api, Notices& notices, QObject* parent)
    : QObject(parent), api_(api), notices_(notices) {}

QUrl SellingViewModel::folder() const {
    return QUrl::fromLocalFile(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
}

QVariantList SellingViewModel::products() const {
    QVariantList list;
    for (const auto& value : products_) {
        const auto product = value.toObject();
        const QString state = product[L("state")].toString();
        QStringList detail{stateText(state), priceText(product)};
        if (const int sold = product[L("sold")].toInt(); sold > 0)
            detail << tr("%n sold", nullptr, sold);
        list << QVariantMap{{L("id"), product[L("id")].toString()},
                            {L("title"), product[L("title")].toString()},
                            {L("detail"), detail.join(QStringLiteral(" · "))},
                            {L("state"), state},
                            {L("active"), state == L("active")}};
    }
    return list;
}

QVariantList SellingViewModel::vouchers() const {
    QVariantList list;
    for (const auto& value : batches_) {
        const auto batch = value.toObject();
        const auto worth = storetexts::money(parseStoreMoney(batch[L("worth")].toObject()));
        const QString label = batch[L("label")].toString();
        list << QVariantMap{{L("id"), batch[L("id")].toString()},
                            {L("title"), label.isEmpty() ? worth : label + QStringLiteral(" · ") + worth},
                            {L("detail"), batchDetail(batch)},
                            {L("open"), batch[L("cancelled_at")].toInteger() == 0}};
    }
    return list;
}

void SellingViewModel::reload() {
    readProducts({});
    readLibraries();
    readVouchers();
}

void SellingViewModel::showMore() {
    if (more())
        readProducts(cursor_);
}

void SellingViewModel::readProducts(const QString& cursor) {
    QUrlQuery query;
    if (!cursor.isEmpty())
        query.addQueryItem(L("cursor"), QString::fromLatin1(QUrl::toPercentEncoding(cursor)));
    deliver(api_.json({"GET", kProducts, query}), this,
            [this, cursor, asked = ++asked_](const Result<QJsonObject>& json) {
                if (asked != asked_)
                    return;
                error_ = json ? QString() : texts::error(json.error());
                if (json) {
                    loaded_ = true;
                    if (cursor.isEmpty())
                        products_ = {};
                    for (const auto& product : (*json)[L("items")].toArray())
                        products_ << product;
                    cursor_ = (*json)[L("next_cursor")].toString();
                }
                Q_EMIT changed();
            });
}

void SellingViewModel::readLibraries() {
    deliver(api_.libraries(), this, [this, mine = generation_](const Result<QList<LibraryInfo>>& libraries) {
        if (!libraries || mine != generation_)
            return;
        QVariantList now;
        for (const auto& library : *libraries) {
            bool sold = false;  // as it was known, until it is told
            for (const auto& before : std::as_const(libraries_))
                sold =
                    sold || (before.toMap()[L("id")].toString() == library.id && before.toMap()[L("forSale")].toBool());
            now << QVariantMap{{L("id"), library.id}, {L("name"), library.name}, {L("forSale"), sold}};
        }
        libraries_ = now;
        for (const auto& library : *libraries)
            readSale(library.id, library.name);
    });
}

void SellingViewModel::readSale(const QString& id, const QString& name) {
    deliver(api_.json({"GET", salePath(id)}), this, [this, id, name](const Result<QJsonObject>& json) {
        for (auto& library : libraries_)
            if (json && library.toMap()[L("id")].toString() == id)
                library =
                    QVariantMap{{L("id"), id}, {L("name"), name}, {L("forSale"), (*json)[L("for_sale")].toBool()}};
        Q_EMIT changed();
    });
}

void SellingViewModel::readVouchers() {
    deliver(api_.json({"GET", kVouchers}), this, [this, mine = generation_](const Result<QJsonObject>& json) {
        if (mine != generation_)
            return;
        if (json)
            batches_ = (*json)[L("items")].toArray();
        Q_EMIT changed();
    });
}

// Whatever became of it: what is shown is what is.
void SellingViewModel::afterwards(const Result<QJsonObject>& done) {
    if (!done)
        notices_.warn(texts::error(done.error()));
    reload();
    Q_EMIT shelvesChanged();
}

void SellingViewModel::setForSale(const QString& libraryId, bool on) {
    deliver(api_.json({"PUT", salePath(libraryId), {}, QJsonObject{{L("for_sale"), on}}}), this,
            [this](const Result<QJsonObject>& done) { afterwards(done); });
}

void SellingViewModel::setState(const QString& productId, const QString& state) {
    deliver(api_.json({"PUT", kProducts + QLatin1Char('/') + productId, {}, QJsonObject{{L("state"), state}}}), this,
            [this](const Result<QJsonObject>& done) { afterwards(done); });
}

void SellingViewModel::remove(const QString& productId) {
    deliver(api_.json({"DELETE", kProducts + QLatin1Char('/') + productId}), this,
            [this](const Result<QJsonObject>& done) { afterwards(done); });
}

void SellingViewModel::makeVouchers(const QString& label, const QString& count, const QString& amount,
                                    const QString& currency, const QString& lastDay) {
    const QString code = currency.trimmed().toUpper();
    const auto minor = storetexts::minorOf(amount, code);
    const auto until = dayStart(lastDay);
    const int many = count.trimmed().toInt();
    problem_ = !core::store::isCurrency(code.toStdString()) ? tr("A currency is a code of three letters, such as EUR.")
               : !minor || *minor == 0                      ? tr("Say what each is worth, such as 10.00.")
               : many < 1 || many > kMostCodes              ? tr("1 to 1000 can be made at once.")
               : !until                                     ? tr("A day is written as 2026-12-24.")
                                                            : QString();
    Q_EMIT changed();
    if (!problem_.isEmpty())
        return;
    QJsonObject body{{L("amount"), *minor}, {L("currency"), code}, {L("count"), many}};
    if (!label.trimmed().isEmpty())
        body[L("label")] = label.trimmed();
    if (*until > 0)
        body[L("expires_at")] = *until;
    deliver(api_.json({"POST", kVouchers, {}, body}), this,
            [this, mine = generation_](const Result<QJsonObject>& batch) {
                if (mine != generation_)
                    return;
                problem_ = batch ? QString() : texts::error(batch.error());
                if (batch)
                    takeVouchers(*batch);
                Q_EMIT changed();
            });
}

void SellingViewModel::takeVouchers(const QJsonObject& batch) {
    codes_.clear();
    for (const auto& code : batch[L("vouchers")].toArray())
        codes_ << code.toString();
    readVouchers();
    Q_EMIT vouchersMade();
}

void SellingViewModel::cancelVouchers(const QString& batchId) {
    deliver(api_.json({"DELETE", kVouchers + QLatin1Char('/') + batchId}), this,
            [this](const Result<QJsonObject>& done) {
                if (!done)
                    notices_.warn(texts::error(done.error()));
                readVouchers();
            });
}

// As a table of one column, which programs for cards and mail read.
void SellingViewModel::saveCodes(const QUrl& file) {
    write(file, "code\r\n" + codes_.join(QStringLiteral("\r\n")).toUtf8() + "\r\n", tr("The vouchers are in %1."));
}

void SellingViewModel::putCodesAway() {
    codes_.clear();
    Q_EMIT changed();
}

void SellingViewModel::saveSales(const QString& from, const QString& until, const QUrl& file) {
    const auto first = dayStart(from), last = dayStart(until);
    if (!first || !last)
        return notices_.warn(tr("A day is written as 2026-12-24."));
    QUrlQuery query;
    if (*first > 0)
        query.addQueryItem(L("from"), QString::number(*first));
    if (*last > 0)  // that day, too
        query.addQueryItem(L("until"),
                           QString::number(QDateTime::fromMSecsSinceEpoch(*last).addDays(1).toMSecsSinceEpoch()));
    deliver(api_.answer({"GET", QStringLiteral("/api/v1/admin/store/sales"), query}), this,
            [this, file](const Result<core::HttpResponse>& answer) {
                if (!answer || !answer->ok())
                    return notices_.warn(texts::error(answer ? core::errorOf(*answer) : answer.error()));
                write(file, answer->body, tr("What was sold is in %1."));
            });
}

void SellingViewModel::write(const QUrl& file, const QByteArray& bytes, const QString& told) {
    QSaveFile out(file.toLocalFile());
    const bool written = out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() &&
                         out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && out.commit();
    const QString path = QDir::toNativeSeparators(file.toLocalFile());
    written ? notices_.tell(told.arg(path)) : notices_.warn(tr("%1 could not be written.").arg(path));
}

void SellingViewModel::clear() {
    ++generation_;
    ++asked_;
    products_ = batches_ = {};
    libraries_.clear();
    codes_.clear();
    cursor_.clear();
    problem_.clear();
    error_.clear();
    loaded_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
