#pragma once

#include "app/api/apiclient.h"
#include "app/api/eventchannel.h"
#include "app/viewmodels/librariesviewmodel.h"
#include "app/viewmodels/runningwork.h"

namespace marea::app {

// Scans of the libraries.
class ScanWork : public WorkSource {
    Q_OBJECT
public:
    explicit ScanWork(LibrariesViewModel& libraries, QObject* parent = nullptr);
    QList<WorkItem> items() const override;

private:
    LibrariesViewModel& libraries_;
};

// What the server makes in the background, as its events tell owners. Many small jobs of a kind are one line.
class JobWork : public WorkSource {
    Q_OBJECT
public:
    JobWork(ApiClient& api, EventChannel& channel, QObject* parent = nullptr);
    QList<WorkItem> items() const override;
    void cancel(const QString& id) override;  // all of that kind which are known
    void clear();

private:
    struct Job {
        QString kind;
        double progress = 0;
    };
    void onMessage(const QJsonObject& message);

    ApiClient& api_;
    QHash<QString, Job> jobs_;  // under way, by id
};

QString jobKindText(const QString& kind);

}  // namespace marea::app
