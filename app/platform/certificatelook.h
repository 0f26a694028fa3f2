#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include "app/api/reply.h"

namespace marea::app {

// What a server shows when one connects by TLS.
struct ShownCertificate {
    QByteArray digest;     // SHA-256 of the certificate (DER)
    QString pin;           // "sha256//…" of its public key (RFC 7469 section 2.4), as the other side tells it
    bool vouched = false;  // by an authority that this system trusts, for this name
};

// Connects, looks, and hangs up: nothing is sent. Unavailable or Timeout where there is no TLS. GUI thread.
Reply<ShownCertificate> lookAtCertificate(const QUrl& server);

}  // namespace marea::app
