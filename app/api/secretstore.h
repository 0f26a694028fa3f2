#pragma once

#include <QPromise>
#include <QString>
#include <QUrl>

#include "app/api/reply.h"

namespace marea::app {

// Where the refresh token rests between two starts. Errors: NotFound when there is no such secret, Unavailable when the
// system has no place for secrets. GUI thread.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    virtual Reply<QString> read(const QString& key) = 0;
    virtual Reply<bool> write(const QString& key, const QString& secret) = 0;
    virtual void remove(const QString& key) = 0;
};

// Under which the sign-in at a server rests.
inline QString refreshTokenKey(const QUrl& server) {
    return QStringLiteral("refresh-token@") + server.authority();
}

}  // namespace marea::app
