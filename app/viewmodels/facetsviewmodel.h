#pragma once

#include <QHash>
#include <QPointer>
#include <QVariantList>

#include "app/viewmodels/elsewhere.h"

namespace marea::app {

// What a list of titles can be narrowed by: which genres and decades there are, and how many titles each leaves; of a
// list of several libraries what any of them has, as soon as it tells; an error where none does. Asks when it is first
// wanted, and again when the list asks another question. GUI thread.
class FacetsViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(marea::app::MediaModel* model READ model WRITE setModel NOTIFY changed)
    Q_PROPERTY(QVariantList genres READ genres NOTIFY changed)    // {text, detail, value, checked}
    Q_PROPERTY(QVariantList decades READ decades NOTIFY changed)  // likewise; value: the first year, 0 for any
    Q_PROPERTY(QVariantList ratings READ ratings NOTIFY changed)  // likewise; value: of 10, 0 for any
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QStringList missing READ missing NOTIFY changed)  // as MediaModel's
public:
    explicit FacetsViewModel(ApiClient& api, QObject* parent = nullptr);

    void setElsewhere(Elsewhere* elsewhere);  // other libraries
    MediaModel* model() const { return model_; }
    void setModel(MediaModel* model);
    QVariantList genres() const;
    QVariantList decades() const;
    QVariantList ratings() const;
    bool loaded() const { return loaded_; }
    QString errorText() const { return told_.isEmpty() && open_ == 0 ? error_ : QString(); }
    QStringList missing() const { return told_.isEmpty() ? QStringList() : missing_; }

    Q_INVOKABLE void load();
    Q_INVOKABLE void toggleGenre(const QString& genre);
    Q_INVOKABLE void setDecade(int year);

Q_SIGNALS:
    void changed();

private:
    void onQuery();
    void loadElsewhere(int asked);
    void onAnswer(int asked, const QString& place, const core::Result<Facets>& facets);

    ApiClient& api_;
    QPointer<Elsewhere> elsewhere_;
    QPointer<MediaModel> model_;
    QList<Facets> told_;  // by each library that answered
    QStringList missing_;
    Facets facets_;
    QString error_;  // of one that did not, and of the one in use before others
    int asked_ = 0, open_ = 0;
    bool wanted_ = false, loaded_ = false;
};

}  // namespace marea::app
