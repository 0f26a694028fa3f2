#pragma once

#include "app/offline/downloads.h"
#include "app/viewmodels/runningwork.h"

namespace marea::app {

// Titles on their way to this computer.
class DownloadWork : public WorkSource {
    Q_OBJECT
public:
    explicit DownloadWork(Downloads& downloads, QObject* parent = nullptr);

    QList<WorkItem> items() const override;
    void setPaused(const QString& mediaId, bool paused) override;
    void cancel(const QString& mediaId) override;

private:
    Downloads& downloads_;
};

}  // namespace marea::app
