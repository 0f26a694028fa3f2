#pragma once

#include <QJsonArray>
#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// The people of the household and what holds for all of them. Owners change it; others see the names. GUI thread.
class HouseholdViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList members READ members NOTIFY changed)  // {id, name, role, roleText, detail}
    Q_PROPERTY(QVariantMap limits READ limits NOTIFY changed)     // as the server has them
    Q_PROPERTY(QVariantList ages READ ages CONSTANT)              // {text, value}: what a child may be limited to
    Q_PROPERTY(bool limited READ limited NOTIFY changed)          // the limits are known, also where there is none
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    HouseholdViewModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);

    QVariantList members() const;
    QVariantMap limits() const { return limits_.toVariantMap(); }
    QVariantList ages() const;
    bool limited() const { return limited_; }
    bool loaded() const { return loaded_; }
    QString errorText() const { return error_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE QVariantMap member(const QString& id) const;  // all that the server said of one
    // `id` "": a new one. {username, password, role, libraries, age_limit, unrated, max_devices, max_streams}
    Q_INVOKABLE void save(const QString& id, const QVariantMap& wish);
    Q_INVOKABLE void remove(const QString& id);
    Q_INVOKABLE void setLimit(const QString& name, const QVariant& value);  // null: any number
    void clear();

Q_SIGNALS:
    void changed();
    void saved();
    void refused(const QString& text);

private:
    ApiClient& api_;
    Notices& notices_;
    QJsonArray members_;
    QJsonObject limits_;
    QString error_;
    int asked_ = 0;  // what is answered to who has left is dropped
    bool loaded_ = false, limited_ = false;
};

}  // namespace marea::app
