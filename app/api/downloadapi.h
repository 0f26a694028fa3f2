#pragma once

#include <QByteArray>

#include "app/api/apiclient.h"

namespace marea::app {

// A title as a file to keep, as the server has it.
struct OrderedDownload {
    DownloadInfo info;
    QString keyId;  // of a protected title, whose file is sealed: what its licence is asked for by
};

struct LicenceInfo {  // to keep
    QString id, keyId;
    QByteArray secret;
    qint64 expiresAt = 0;  // UTC ms
};

// The routes of files to keep, also of protected titles. GUI thread.
class DownloadApi {
public:
    explicit DownloadApi(ApiClient& api) : api_(api) {}

    // `encrypted`: protected titles, too.
    Reply<OrderedDownload> order(const DownloadOrder& order, bool encrypted);
    Reply<OrderedDownload> download(const QString& id);
    Reply<LicenceInfo> licence(const QString& keyId);  // asked for again it is renewed
    Reply<bool> giveUp(const QString& licenceId);

private:
    ApiClient& api_;
};

}  // namespace marea::app
