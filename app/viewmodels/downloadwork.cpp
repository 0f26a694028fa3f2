#include "app/viewmodels/downloadwork.h"

#include "app/viewmodels/downloadsmodel.h"

namespace marea::app {
namespace {

using State = OfflineTask::State;

WorkItem itemOf(const OfflineTask& task) {
    WorkItem item;
    item.id = task.mediaId;
    item.icon = QStringLiteral("download");
    item.title = task.title;
    item.progress = progressOf(task);
    item.paused = task.state == State::Paused;
    item.canPause = item.canCancel = true;
    if (task.state == State::Loading) {
        item.bytes = task.received;
        item.size = task.size;
    } else if (!item.paused) {
        item.detail = statusOf(task, true);
    }
    return item;
}

}  // namespace

DownloadWork::DownloadWork(Downloads& downloads, QObject* parent) : WorkSource(parent), downloads_(downloads) {
    connect(&downloads_, &Downloads::listChanged, this, &DownloadWork::changed);
    connect(&downloads_, &Downloads::taskChanged, this, &DownloadWork::changed);
}

QList<WorkItem> DownloadWork::items() const {
    QList<WorkItem> items;
    for (const auto& task : downloads_.tasks())
        if (!task.done() && task.state != State::Failed)
            items << itemOf(task);
    return items;
}

void DownloadWork::setPaused(const QString& mediaId, bool paused) {
    paused ? downloads_.pause(mediaId) : downloads_.resume(mediaId);
}

void DownloadWork::cancel(const QString& mediaId) {
    downloads_.remove(mediaId);
}

}  // namespace marea::app
