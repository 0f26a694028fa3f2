#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include "app/api/apiclient.h"
#include "app/devices/serveritems.h"
#include "app/offline/filetransfer.h"
#include "sync/engine/synccontrol.h"

namespace marea::app {

// One file of the server on its way to a folder of this computer: ordered, waited for while it is made, brought. GUI
// thread.
class ServerFetch : public QObject {
    Q_OBJECT
public:
    struct Wish {
        QString mediaId;
        DownloadForm form;
        QString folder;  // of its PartFile
    };
    ServerFetch(ApiClient& api, Wish wish, QObject* parent = nullptr);
    void start();

Q_SIGNALS:
    // One of them, once.
    void came();
    void failed(const marea::core::Error& error);

private:
    void order();
    void take(const core::Result<DownloadInfo>& info);
    void ask();
    void load();
    void onBroke(const core::Error& error);
    void again(const core::Error& error);
    void end(const core::Result<void>& result);

    ApiClient& api_;
    Wish wish_;
    DownloadInfo info_;
    FileTransfer transfer_;
    QTimer later_;
    std::function<void()> next_;
    int attempts_ = 0;
    bool hasEnded_ = false;
};

// Brings files of the server for threads that wait for them; one file is brought to one of them at a time. Made and
// destroyed on the GUI thread.
class ServerFetcher : public QObject {
    Q_OBJECT
public:
    ServerFetcher(ApiClient& api, QString folder, QObject* parent = nullptr);

    // For other threads: blocks until the file is there or `control` is cancelled, and gives its path, in a folder that
    // is the caller's to remove. May be called when this object is gone.
    using Fetch = std::function<core::Result<QString>(const QString& mediaId, const DownloadForm& form,
                                                      sync::SyncControl& control)>;
    Fetch fetch();

private:
    struct Errand;
    using ErrandPtr = std::shared_ptr<Errand>;
    void begin(const ErrandPtr& errand);
    void start(const ErrandPtr& errand);
    void end(const ErrandPtr& errand, const core::Result<QString>& with);
    void leave(const ErrandPtr& errand);
    void callOff(const ErrandPtr& errand);
    core::Result<QString> handOver(const QString& folder);

    ApiClient& api_;
    QString folder_;
    QHash<QString, QList<ErrandPtr>> rows_;  // by the folder that a file comes to; the first is under way
    int given_ = 0;                          // files that were handed over
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace marea::app
