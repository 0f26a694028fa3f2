#pragma once

#include <QVariantList>

#include "app/store/storeapi.h"

namespace marea::app {

// The page of one product: what is in it, what it costs, what buyers say. GUI thread.
class ProductViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString productId READ productId CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString kindText READ kindText NOTIFY changed)
    Q_PROPERTY(QString mediaKind READ mediaKind NOTIFY changed)
    Q_PROPERTY(QString mediaId READ mediaId NOTIFY changed)  // of its first title
    Q_PROPERTY(QString overview READ overview NOTIFY changed)
    Q_PROPERTY(QString genres READ genres NOTIFY changed)
    Q_PROPERTY(QString artwork READ artwork NOTIFY changed)
    Q_PROPERTY(QString price READ price NOTIFY changed)
    Q_PROPERTY(QString oldPrice READ oldPrice NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(QString actionText READ actionText NOTIFY changed)  // "Buy for 9.99 €", "Get", "Order ahead"
    Q_PROPERTY(bool sold READ sold NOTIFY changed)
    Q_PROPERTY(bool owned READ owned NOTIFY changed)
    Q_PROPERTY(QString keepable READ keepable NOTIFY changed)          // the one title that may be downloaded; or empty
    Q_PROPERTY(bool here READ here NOTIFY changed)                     // owned, and to be had now
    Q_PROPERTY(QString withheldText READ withheldText NOTIFY changed)  // why one has it no longer; empty: nothing is so
    Q_PROPERTY(bool preorder READ preorder NOTIFY changed)
    Q_PROPERTY(bool guarded READ guarded NOTIFY changed)  // it leaves the server encrypted alone
    Q_PROPERTY(bool hasTrailer READ hasTrailer NOTIFY changed)
    Q_PROPERTY(QVariantList parts READ parts NOTIFY changed)  // {mediaId, lead, title, detail, time, preview}
    Q_PROPERTY(double stars READ stars NOTIFY changed)        // mean, 0: nobody said anything
    Q_PROPERTY(QString starsText READ starsText NOTIFY changed)
    Q_PROPERTY(QVariantList reviews READ reviews NOTIFY changed)  // {name, stars, text, when, own}
    Q_PROPERTY(int ownStars READ ownStars NOTIFY changed)         // 0: one has not said anything
    Q_PROPERTY(QString ownText READ ownText NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(QString reviewsError READ reviewsError NOTIFY changed)  // why they could not be read
    Q_PROPERTY(bool reviewsLoaded READ reviewsLoaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString reviewError READ reviewError NOTIFY changed)
public:
    ProductViewModel(ApiClient& api, QString id, QString currency, QObject* parent = nullptr);

    QString productId() const { return id_; }
    QString title() const { return product_.title; }
    QString kindText() const;
    QString mediaKind() const { return product_.mediaKind; }
    QString mediaId() const { return product_.mediaIds.value(0); }
    QString overview() const { return product_.overview; }
    QString genres() const { return product_.genres.join(QStringLiteral(" · ")); }
    QString artwork() const { return product_.artworkUrl; }
    QString price() const;
    QString oldPrice() const;
    QString note() const;
    QString actionText() const;
    bool sold() const { return product_.free() || !product_.prices.isEmpty(); }
    bool owned() const { return product_.owned; }
    QString keepable() const;
    bool here() const { return product_.owned && !product_.preorder && product_.withheld.isEmpty(); }
    QString withheldText() const;
    bool preorder() const { return product_.preorder; }
    bool guarded() const { return product_.isProtected; }
    bool hasTrailer() const { return product_.trailer; }
    QVariantList parts() const;
    double stars() const { return product_.stars; }
    QString starsText() const;
    QVariantList reviews() const;
    int ownStars() const;
    QString ownText() const;
    bool loading() const { return loading_; }
    QString reviewsError() const { return reviewsError_; }
    bool reviewsLoaded() const { return reviewsLoaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }
    QString reviewError() const { return reviewError_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE void review(int stars, const QString& text);
    Q_INVOKABLE void removeReview();
    void setCurrency(const QString& currency);
    void retranslate() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();
    void reviewed();

private:
    void readReviews();
    void onReviewed(const core::Result<bool>& done);
    const StoreReview* own() const;

    StoreApi store_;
    QString id_, currency_, error_, reviewError_;
    StoreProduct product_;
    QList<StoreReview> reviews_;
    QString reviewsError_;
    bool loading_ = false, failed_ = false, reviewsLoaded_ = false;
};

}  // namespace marea::app
