#pragma once

#include <functional>
#include <QObject>
#include <QUrl>

#include "app/platform/certificatelook.h"

class QSettings;

namespace marea::app {

// Servers whose certificate nobody vouches for: shown by its pin, and known again once somebody has compared that. GUI
// thread.
class TrustViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString pin READ pin NOTIFY changed)   // to be compared; empty: there is nothing to ask
    Q_PROPERTY(bool other READ other NOTIFY changed)  // it was another the last time
public:
    using Look = std::function<Reply<ShownCertificate>(const QUrl& server)>;
    using Pin = std::function<void(const QUrl& server, const QByteArray& digest)>;
    // `pin` is told at once of every server that is trusted.
    TrustViewModel(QSettings& settings, Look look, Pin pin, QObject* parent = nullptr);

    QString pin() const { return shown_.pin; }
    bool other() const { return other_; }
    bool trusts(const QUrl& server, const QByteArray& digest) const;
    bool knows(const QUrl& server) const;  // by a certificate that somebody has compared

    // Whether what is at an address is the server that is known at another: who shows its certificate has its key.
    // Nothing is sent there. `done` is not called once `receiver` is gone.
    enum class Proof { Same, Other, Nobody };
    void prove(const QUrl& known, const QUrl& at, QObject* receiver, std::function<void(Proof)> done);
    void move(const QUrl& from, const QUrl& to);  // it is known there, too

    Q_INVOKABLE void look(const QString& address);  // after it could not be reached; anything but https is left alone
    Q_INVOKABLE void accept();
    Q_INVOKABLE void putAway();

Q_SIGNALS:
    void changed();
    void accepted(const QString& address);

private:
    void show(const QUrl& server, const ShownCertificate& certificate);

    QSettings& settings_;
    Look look_;
    Pin pin_;
    QString address_;
    QUrl server_;
    ShownCertificate shown_;
    bool other_ = false;
};

}  // namespace marea::app
