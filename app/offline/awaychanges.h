#pragma once

#include <functional>
#include <QList>
#include <QObject>
#include <QSettings>

#include "app/api/apiclient.h"

namespace marea::app {

// What somebody made of a title while the server was away.
struct AwayChange {
    QString account, mediaId;
    UserChange change;
    qint64 at = 0;  // UTC ms, by this computer's clock
};

// `later` on top of `earlier`, field by field.
UserChange merged(UserChange earlier, const UserChange& later);

// Keeps such changes in the settings until the server has them; it drops those that are older than its own. GUI thread.
class AwayChanges : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<qint64()>;  // UTC ms
    AwayChanges(ApiClient& api, QSettings& settings, Clock clock, QObject* parent = nullptr);

    void setAccount(const QString& account) { account_ = account; }
    void put(const QString& mediaId, const UserChange& change);  // on the disk when it returns
    std::optional<UserChange> of(const QString& mediaId) const;
    // Tells the server, and again later what it could not hear.
    void send();

Q_SIGNALS:
    void sent(const QString& mediaId);

private:
    QList<AwayChange> all() const;
    void write(const QList<AwayChange>& list);
    void drop(const AwayChange& told);

    ApiClient& api_;
    QSettings& settings_;
    Clock clock_;
    QString account_;
};

}  // namespace marea::app
