#include "app/viewmodels/downloadsmodel.h"

#include <algorithm>
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "app/viewmodels/times.h"

namespace marea::app {

using State = OfflineTask::State;
using Why = OfflineTask::Why;
using L = QLatin1String;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DownloadsModel)
};

QString stateName(State state) {
    return toJson([state] {
               OfflineTask task;
               task.state = state;
               return task;
           }())[L("state")]
        .toString();
}

QString pausedWords(Why why) {
    switch (why) {
        case Why::DiskFull:
            return Words::tr("Paused: there is no room on the disk. It goes on when there is.");
        case Why::Limit:
            return Words::tr("Paused: the limit for downloads is reached. Raise it, or remove something.");
        default:
            return Words::tr("Paused");
    }
}

// A licence that is not read from the keychain yet is known by its time.
QString doneWords(const OfflineTask& task) {
    if (!task.isProtected())
        return task.ahead ? Words::tr("Fetched ahead") : Words::tr("On this computer");
    if (task.until == 0)
        return task.problem.isEmpty() ? Words::tr("Protected. Connect to your server to play it.") : task.problem;
    const auto until = QDateTime::fromMSecsSinceEpoch(task.until);
    const auto day =
        times::day(until.date()) + QLatin1Char(' ') + QLocale().toString(until.time(), QLocale::ShortFormat);
    return QDateTime::currentMSecsSinceEpoch() < task.until
               ? Words::tr("On this computer, to be played until %1").arg(day)
               : Words::tr("Its licence ended on %1. Connect to your server to renew it.").arg(day);
}

int rankOf(const OfflineTask& task) {
    return task.state == State::Done ? 2 : task.state == State::Waiting ? 1 : 0;
}

}  // namespace

QString sizeText(qint64 bytes) {
    return bytes < 0 ? QString() : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString qualityName(const QString& quality, const QString& format) {
    if (format == L("original"))
        return Words::tr("Original");
    const bool sound = format == L("m4a") || format == L("mp3") || format == L("opus");
    return sound ? Words::tr("%1, %2 kbit/s").arg(format.toUpper(), quality) : quality;
}

double progressOf(const OfflineTask& task) {
    if (task.state == State::Preparing)
        return task.prepared;
    return task.size > 0 ? static_cast<double>(task.received) / static_cast<double>(task.size) : -1;
}

QString statusOf(const OfflineTask& task, bool reachable) {
    switch (task.state) {
        case State::Done:
            return doneWords(task);
        case State::Paused:
            return pausedWords(task.why);
        case State::Failed:
            return task.problem;
        case State::Preparing:
            return Words::tr("The server makes the file");
        default:
            break;
    }
    if (!reachable)
        return Words::tr("Goes on when the server is there");
    if (task.state == State::Waiting)
        return task.problem.isEmpty() ? Words::tr("Waiting") : task.problem;
    return task.size > 0 ? Words::tr("%1 of %2").arg(sizeText(task.received), sizeText(task.size))
                         : sizeText(task.received);
}

DownloadsModel::DownloadsModel(Downloads& downloads, QObject* parent)
    : QAbstractListModel(parent), downloads_(downloads) {
    connect(&downloads_, &Downloads::listChanged, this, &DownloadsModel::follow);
    connect(&downloads_, &Downloads::taskChanged, this, &DownloadsModel::tell);
    connect(&downloads_, &Downloads::completed, this, &DownloadsModel::follow);
}

int DownloadsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> DownloadsModel::roleNames() const {
    return {{MediaIdRole, "mediaId"},   {KindRole, "kind"},       {TitleRole, "title"},
            {SubtitleRole, "subtitle"}, {ArtworkRole, "artwork"}, {QualityRole, "quality"},
            {SizeTextRole, "sizeText"}, {StatusRole, "status"},   {StateRole, "taskState"},
            {ProgressRole, "progress"}, {MusicRole, "music"},     {AheadRole, "ahead"}};
}

const OfflineTask* DownloadsModel::taskAt(int row) const {
    return downloads_.find(order_.value(row));
}

QVariant DownloadsModel::data(const QModelIndex& index, int role) const {
    const auto* task = taskAt(index.row());
    if (!task)
        return {};
    switch (role) {
        case MediaIdRole:
            return task->mediaId;
        case KindRole:
            return task->kind;
        case TitleRole:
            return task->title;
        case SubtitleRole:
            return task->subtitle;
        case ArtworkRole:
            return downloads_.artworkPath(task->mediaId);
        case QualityRole:
            return qualityName(task->quality, task->format);
        case SizeTextRole:
            return sizeText(task->done() ? task->received : task->size);
        case StatusRole:
            return statusOf(*task, reachable_);
        case StateRole:
            return stateName(task->state);
        case ProgressRole:
            return progressOf(*task);
        case MusicRole:
            return task->music;
        case AheadRole:
            return task->ahead;
        default:
            return {};
    }
}

void DownloadsModel::follow() {
    auto tasks = downloads_.tasks();
    std::stable_sort(tasks.begin(), tasks.end(), [](const auto& a, const auto& b) { return rankOf(a) < rankOf(b); });
    QStringList now;
    for (const auto& task : tasks)
        now << task.mediaId;
    if (now != order_) {
        beginResetModel();
        order_ = now;
        endResetModel();
    }
    Q_EMIT changed();
}

void DownloadsModel::tell(int task) {
    const auto row = order_.indexOf(downloads_.tasks().value(task).mediaId);
    if (row >= 0)
        Q_EMIT dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
    Q_EMIT changed();
}

void DownloadsModel::setReachable(bool reachable) {
    reachable_ = reachable;
    retranslate();
}

void DownloadsModel::retranslate() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

}  // namespace marea::app
