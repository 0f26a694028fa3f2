#pragma once

#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/store/offerdraft.h"

namespace marea::app {

// One product as its owner writes it: of which titles, for how much, when and where. GUI thread.
class OfferViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool isNew READ isNew NOTIFY changed)
    Q_PROPERTY(QString title READ title WRITE setTitle NOTIFY changed)
    Q_PROPERTY(QString overview READ overview WRITE setOverview NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(QString pricing READ pricing WRITE setPricing NOTIFY changed)
    Q_PROPERTY(QString kindText READ kindText NOTIFY changed)
    Q_PROPERTY(QVariantList titles READ titles NOTIFY changed)  // {id, title, detail}
    Q_PROPERTY(QVariantList prices READ prices NOTIFY changed)  // {currency, amount}
    Q_PROPERTY(QString salePercent READ salePercent WRITE setSalePercent NOTIFY changed)
    Q_PROPERTY(QString saleFrom READ saleFrom WRITE setSaleFrom NOTIFY changed)
    Q_PROPERTY(QString saleUntil READ saleUntil WRITE setSaleUntil NOTIFY changed)
    Q_PROPERTY(QString releaseDay READ releaseDay WRITE setReleaseDay NOTIFY changed)
    Q_PROPERTY(QString territories READ territories WRITE setTerritories NOTIFY changed)
    Q_PROPERTY(bool staffPick READ staffPick WRITE setStaffPick NOTIFY changed)
    Q_PROPERTY(QVariantList found READ found NOTIFY foundChanged)  // {id, title, detail}: to be added
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
public:
    // `productId` empty: a new one, of the title `mediaId` unless that is empty.
    OfferViewModel(ApiClient& api, const QString& productId, const QString& mediaId, QObject* parent = nullptr);

    bool isNew() const { return draft_.id.isEmpty(); }
    QString title() const { return draft_.title; }
    QString overview() const { return draft_.overview; }
    QString state() const { return draft_.state; }
    QString pricing() const { return draft_.pricing; }
    QString kindText() const;
    QVariantList titles() const;
    QVariantList prices() const;
    QString salePercent() const { return draft_.salePercent; }
    QString saleFrom() const { return draft_.saleFrom; }
    QString saleUntil() const { return draft_.saleUntil; }
    QString releaseDay() const { return draft_.releaseDay; }
    QString territories() const { return draft_.territories; }
    bool staffPick() const { return draft_.staffPick; }
    QVariantList found() const;
    bool busy() const { return busy_; }
    bool loaded() const { return loaded_; }
    QString problem() const { return problem_; }
    const OfferDraft& draft() const { return draft_; }

    void setTitle(const QString& text) { put(draft_.title, text); }
    void setOverview(const QString& text) { put(draft_.overview, text); }
    void setPricing(const QString& text) { put(draft_.pricing, text); }
    void setSalePercent(const QString& text) { put(draft_.salePercent, text); }
    void setSaleFrom(const QString& text) { put(draft_.saleFrom, text); }
    void setSaleUntil(const QString& text) { put(draft_.saleUntil, text); }
    void setReleaseDay(const QString& text) { put(draft_.releaseDay, text); }
    void setTerritories(const QString& text) { put(draft_.territories, text); }
    void setStaffPick(bool on);

    Q_INVOKABLE void load();  // again, after it could not be
    Q_INVOKABLE void setPrice(int row, const QString& currency, const QString& amount);
    Q_INVOKABLE void addPrice();
    Q_INVOKABLE void removePrice(int row);
    Q_INVOKABLE void look(const QString& words);  // for titles to add
    Q_INVOKABLE void add(const QString& mediaId);
    Q_INVOKABLE void drop(const QString& mediaId);
    Q_INVOKABLE void save(const QString& state);  // "draft", "active", "retired"

Q_SIGNALS:
    void changed();
    void foundChanged();
    void saved();

private:
    void put(QString& field, const QString& text);
    void learn(const QString& mediaId, bool names);
    void fail(const QString& text);

    ApiClient& api_;
    OfferDraft draft_;
    QList<OfferTitle> found_;
    QString problem_;
    int looked_ = 0;
    bool busy_ = false, loaded_ = false;
};

}  // namespace marea::app
