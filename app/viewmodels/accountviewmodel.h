#pragma once

#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// One's own account: where one is signed in, and the passwords of programs that can send nothing better. GUI thread.
class AccountViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList devices READ devices NOTIFY changed)      // {id, name, detail, current}
    Q_PROPERTY(QVariantList passwords READ passwords NOTIFY changed)  // {id, name, detail}
    Q_PROPERTY(QVariantList accounts READ accounts NOTIFY changed)    // elsewhere, that let in here: {id, name, detail}
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString newPassword READ newPassword NOTIFY changed)  // just made: shown until it is put away
    Q_PROPERTY(QString newFor READ newFor NOTIFY changed)
public:
    AccountViewModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);

    QVariantList devices() const { return devices_; }
    QVariantList passwords() const { return passwords_; }
    QVariantList accounts() const { return accounts_; }
    bool loaded() const { return loaded_; }
    QString errorText() const { return error_; }
    QString newPassword() const { return newPassword_; }
    QString newFor() const { return newFor_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE void signOutDevice(const QString& id);
    Q_INVOKABLE void makePassword(const QString& name);
    Q_INVOKABLE void removePassword(const QString& id);
    Q_INVOKABLE void removeAccount(const QString& id);
    Q_INVOKABLE void putAway();
    void clear();

Q_SIGNALS:
    void changed();

private:
    using Taken = QVariantList AccountViewModel::*;
    void load(const char* path, Taken list, QVariantMap (*row)(const QJsonObject&));
    void remove(const QString& path);

    ApiClient& api_;
    Notices& notices_;
    QVariantList devices_, passwords_, accounts_;
    QString error_, newPassword_, newFor_;
    int asked_ = 0;  // what is answered to who has left is dropped
    bool loaded_ = false;
};

}  // namespace marea::app
