#pragma once

#include <optional>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

#include "app/api/reply.h"
#include "app/api/types.h"

namespace marea::app {

// The way into a library: where it answers, and as whom.
struct LibraryEntrance {
    QUrl server;
    Tokens tokens;
};

// What others on the network are let in to.
struct SharingWish {
    std::optional<QStringList> libraries;  // ids; nullopt: all, also those to come
    quint16 port = 0;                      // taken when it is free; 0: any
};
struct SharedAt {
    QStringList addresses;  // "https://192.168.1.20:8470"
    quint16 port = 0;
    QString pin;   // of the certificate, as curl --pinnedpubkey takes it
    QString user;  // the name to sign in with
};

// Somebody who signed in to what is shared.
struct LibraryGuest {
    QString id, device;
    qint64 seenAt = 0;  // UTC milliseconds
};

// The library of this computer's own folders, which a server inside this program keeps. Whatever is asked starts that
// server, where it does not run yet; nothing here blocks. Errors are Conflict where another program has the library
// open. GUI thread.
class OwnLibrary {
public:
    virtual ~OwnLibrary() = default;

    virtual Reply<LibraryEntrance> enter() = 0;  // as its owner; nobody types anything
    // A request of the API as its owner makes it.
    virtual Reply<QJsonObject> ask(const QByteArray& method, const QString& path, const QJsonObject& body = {}) = 0;

    virtual Reply<SharedAt> share(const SharingWish& wish) = 0;  // again: the wish is another
    virtual Reply<bool> stopSharing() = 0;                       // ends what others have open
    virtual Reply<QString> guestCode() = 0;                      // lets one device in, once, for some minutes
    virtual Reply<QList<LibraryGuest>> guests() = 0;
    virtual Reply<bool> endGuest(const QString& id) = 0;
};

}  // namespace marea::app
