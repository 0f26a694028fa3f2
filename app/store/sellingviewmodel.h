#pragma once

#include <QJsonArray>
#include <QUrl>
#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// What an owner sells: the products, the libraries that are for sale, vouchers, and what was sold. GUI thread.
class SellingViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList products READ products NOTIFY changed)    // {id, title, detail, state, stateText, active}
    Q_PROPERTY(QVariantList libraries READ libraries NOTIFY changed)  // {id, name, forSale}
    Q_PROPERTY(QVariantList vouchers READ vouchers NOTIFY changed)    // {id, title, detail, open}
    Q_PROPERTY(QStringList codes READ codes NOTIFY changed)           // that were just made: told once
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool more READ more NOTIFY changed)  // than are shown
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)  // of the vouchers that were asked for
    Q_PROPERTY(QUrl folder READ folder CONSTANT)
public:
    SellingViewModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);

    QVariantList products() const;
    QVariantList libraries() const { return libraries_; }
    QVariantList vouchers() const;
    QStringList codes() const { return codes_; }
    bool loaded() const { return loaded_; }
    bool more() const { return !cursor_.isEmpty(); }
    QString errorText() const { return error_; }
    QString problem() const { return problem_; }
    QUrl folder() const;

    Q_INVOKABLE void reload();
    Q_INVOKABLE void showMore();
    Q_INVOKABLE void setForSale(const QString& libraryId, bool on);
    Q_INVOKABLE void setState(const QString& productId, const QString& state);
    Q_INVOKABLE void remove(const QString& productId);
    // `count` and `amount` as typed; `lastDay` may be empty.
    Q_INVOKABLE void makeVouchers(const QString& label, const QString& count, const QString& amount,
                                  const QString& currency, const QString& lastDay);
    Q_INVOKABLE void cancelVouchers(const QString& batchId);
    Q_INVOKABLE void saveCodes(const QUrl& file);
    Q_INVOKABLE void putCodesAway();
    Q_INVOKABLE void saveSales(const QString& from, const QString& until, const QUrl& file);  // days; empty: all
    void clear();
    void retranslate() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();
    void vouchersMade();
    void shelvesChanged();  // what the store shows is another

private:
    void readProducts(const QString& cursor);
    void readLibraries();
    void readVouchers();
    void readSale(const QString& id, const QString& name);
    void takeVouchers(const QJsonObject& batch);
    void write(const QUrl& file, const QByteArray& bytes, const QString& told);
    void afterwards(const core::Result<QJsonObject>& done);

    ApiClient& api_;
    Notices& notices_;
    QJsonArray products_, batches_;
    QVariantList libraries_;
    QStringList codes_;
    QString cursor_, error_, problem_;
    int asked_ = 0;       // for products; answers to older questions are dropped
    int generation_ = 0;  // of the person; what another one's server says later is dropped
    bool loaded_ = false;
};

}  // namespace marea::app
