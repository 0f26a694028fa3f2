#pragma once

#include <functional>
#include <QHash>
#include <QObject>
#include <QSet>

#include "app/api/downloadapi.h"
#include "app/api/secretstore.h"
#include "app/offline/keptlicence.h"

namespace marea::app {

// The licences of the protected titles of this computer, one account's: asked of the server, kept in the keychain and
// nowhere else, renewed while the server is there. Without a keychain there are none. GUI thread.
class OfflineLicences : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<qint64()>;  // UTC ms
    OfflineLicences(ApiClient& api, SecretStore& secrets, Clock clock, QObject* parent = nullptr);

    void open(const QString& account);  // an empty one: none
    void read(const QString& mediaId);  // from the keychain, once; then changed(), also when nothing is there
    const KeptLicence* find(const QString& mediaId) const;  // also one that has ended
    bool holds(const QString& mediaId) const;
    // Asks the server for one, or has it renewed; ends in changed() or refused(). Nothing while it asks already.
    void ask(const QString& mediaId, const QString& keyId);
    void renew(const QString& mediaId, const QString& keyId);  // where it is time for that, or there is none
    void used(const QString& mediaId);                         // the clock's time is noted
    void giveUp(const QString& mediaId);                       // here, and with the server as far as it is there
    void forget(const QString& mediaId);                       // here

Q_SIGNALS:
    void changed(const QString& mediaId);  // there is one, another one, or none any more
    // NotFound: the title is not theirs (any more), and what was here of it is gone. Unavailable, Timeout: the server
    // is away; what is here stays. Forbidden: there is no keychain, or as the server says, like others.
    void refused(const QString& mediaId, const marea::core::Error& error);

private:
    QString nameOf(const QString& mediaId) const;
    bool isAsking(const QString& mediaId, int asked) const;
    void take(const QString& mediaId, const LicenceInfo& info, int asked);
    void returnLate(const QString& mediaId, const QString& licenceId, int asked);

    DownloadApi api_;
    SecretStore& secrets_;
    Clock clock_;
    QString account_;
    QHash<QString, KeptLicence> licences_;  // by title
    QHash<QString, int> asking_;            // by title: which of the askings
    QSet<QString> read_;
    QHash<QString, qint64> askedAt_;  // by renew()
    int asked_ = 0, firstAsked_ = 1;  // askings so far, the first of this account's
    int generation_ = 0;              // of the account
};

}  // namespace marea::app
