#pragma once

#include <optional>
#include <QByteArray>
#include <QString>

namespace marea::app {

// What opens a protected title of this computer, for a time. It is kept in the keychain alone, as JSON.
struct KeptLicence {
    QString id, keyId;           // as the server calls it; what it is asked for by
    QByteArray secret;           // of the title's file
    qint64 from = 0, until = 0;  // UTC ms
    qint64 seen = 0;             // the latest time that this computer's clock has had with it
    bool operator==(const KeptLicence&) const = default;
};

QString toText(const KeptLicence& licence);
std::optional<KeptLicence> licenceFrom(const QString& text);  // nullopt: none of ours

// A clock that was put back does not give time back.
qint64 licenceTime(const KeptLicence& licence, qint64 now);
bool holds(const KeptLicence& licence, qint64 now);
// A day after it was given, so that one that is used seldom ends late, and one that was taken back is noticed.
bool wantsRenewal(const KeptLicence& licence, qint64 now);

}  // namespace marea::app
