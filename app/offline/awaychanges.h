#pragma once

#include <functional>
#include <QFuture>
#include <QList>
#include <QObject>
#include <QSet>
#include <QSettings>

#include "app/api/apiclient.h"

namespace marea::app {

// What somebody made of a title while the server was away.
struct AwayChange {
    QString account, mediaId;
    UserChange change;
    qint64 at = 0;  // UTC ms, by this computer's clock
    int plays = 0;
    bool kept = false;  // it is in the account's copy
};

// `later` on top of `earlier`, field by field.
UserChange merged(UserChange earlier, const UserChange& later);

// Keeps such changes in the settings until the server has them. Where this computer has a copy of the account's library
// they go into that at once, and with it to the server, so that they merge as those of every device do, whatever the
// clocks say. Without one the server is told how long ago each was made, and drops what is older than its own. GUI
// thread.
class AwayChanges : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<qint64()>;  // UTC ms
    struct Copy {
        std::function<QFuture<core::Result<void>>(const AwayChange&)> keep;
        std::function<QFuture<core::Result<void>>(const QString& account)> give;  // and takes
    };
    AwayChanges(ApiClient& api, QSettings& settings, Clock clock, QObject* parent = nullptr);

    void setAccount(const QString& account) { account_ = account; }
    void setCopy(Copy copy) { copy_ = std::move(copy); }
    // On the disk when it returns.
    void put(const QString& mediaId, const UserChange& change, int plays = 0);
    std::optional<UserChange> of(const QString& mediaId) const;
    QList<AwayChange> aside() const;  // those that nobody takes: not told again, and not shown. The latest
    // Tells the server, and again later what it could not hear. A copy takes what is new there as well.
    void send();

Q_SIGNALS:
    void sent(const QString& mediaId);
    void refused(const QString& why);  // none of them is taken just now; they are told again
    void gaveUp(const QString& mediaId, const marea::core::Error& why);  // this one is refused for good, and lies aside

private:
    QList<AwayChange> all() const;
    QList<AwayChange> read(const QString& key) const;
    void write(const QList<AwayChange>& list);
    void write(const QString& key, const QList<AwayChange>& list);
    void putAside(const AwayChange& change, const core::Error& why);
    qint64 freshTime(const QList<AwayChange>& among) const;
    void drop(const AwayChange& told);
    void keepAll();
    void onKept(const AwayChange& change, const core::Result<void>& done);
    void give();
    void onGiven(const QList<AwayChange>& given, const core::Result<void>& done);
    void tellByAge(const AwayChange& change);

    ApiClient& api_;
    QSettings& settings_;
    Clock clock_;
    Copy copy_;
    QString account_;
    QSet<QString> keeping_;
    bool giving_ = false, again_ = false, troubleSaid_ = false;
};

}  // namespace marea::app
