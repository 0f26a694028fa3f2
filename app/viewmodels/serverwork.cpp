#include "app/viewmodels/serverwork.h"

#include <algorithm>
#include <QCoreApplication>
#include <QMap>

namespace marea::app {
namespace {

using L = QLatin1String;

struct Jobs {
    Q_DECLARE_TR_FUNCTIONS(Jobs)
};

}  // namespace

QString jobKindText(const QString& kind) {
    if (kind == L("sprites"))
        return Jobs::tr("Thumbnails");
    if (kind == L("loudness"))
        return Jobs::tr("Loudness");
    if (kind == L("download"))
        return Jobs::tr("Download");
    if (kind == L("prepare"))
        return Jobs::tr("Film made ahead");
    if (kind == L("rungs"))
        return Jobs::tr("Picture quality");
    if (kind == L("index"))
        return Jobs::tr("Reading through");
    return Jobs::tr("Other work");
}

ScanWork::ScanWork(LibrariesViewModel& libraries, QObject* parent) : WorkSource(parent), libraries_(libraries) {
    connect(&libraries_, &LibrariesViewModel::changed, this, &ScanWork::changed);
}

QList<WorkItem> ScanWork::items() const {
    QList<WorkItem> items;
    for (const auto& value : libraries_.entries()) {
        const auto entry = value.toMap();
        if (!entry[L("scanning")].toBool())
            continue;
        WorkItem item;
        item.id = entry[L("id")].toString();
        item.icon = L("activity");
        item.title = tr("Reading %1").arg(entry[L("name")].toString());
        item.detail = entry[L("scanText")].toString();
        item.progress = entry[L("progress")].toDouble();
        items << item;
    }
    return items;
}

JobWork::JobWork(ApiClient& api, EventChannel& channel, QObject* parent) : WorkSource(parent), api_(api) {
    connect(&channel, &EventChannel::message, this, &JobWork::onMessage);
}

void JobWork::onMessage(const QJsonObject& message) {
    if (message[L("type")].toString() != L("job"))
        return;
    const QString id = message[L("id")].toString(), state = message[L("state")].toString();
    if (state == L("queued") || state == L("leased"))
        jobs_[id] = {message[L("kind")].toString(), message[L("progress")].toDouble()};
    else
        jobs_.remove(id);
    Q_EMIT changed();
}

QList<WorkItem> JobWork::items() const {
    QMap<QString, QList<double>> kinds;
    for (const auto& job : jobs_)
        kinds[job.kind] << job.progress;
    QList<WorkItem> items;
    for (auto it = kinds.cbegin(); it != kinds.cend(); ++it) {
        WorkItem item;
        item.id = it.key();
        item.icon = L("server");
        item.title = it->size() == 1
                         ? jobKindText(it.key())
                         : tr("%1: %n title(s)", nullptr, static_cast<int>(it->size())).arg(jobKindText(it.key()));
        item.progress = *std::max_element(it->begin(), it->end());
        item.canCancel = true;
        items << item;
    }
    return items;
}

void JobWork::cancel(const QString& kind) {
    for (auto it = jobs_.cbegin(); it != jobs_.cend(); ++it)
        if (it->kind == kind)
            api_.json({"DELETE", L("/api/v1/admin/jobs/") + it.key()});
}

void JobWork::clear() {
    jobs_.clear();
    Q_EMIT changed();
}

}  // namespace marea::app
