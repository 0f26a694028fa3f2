#include "app/viewmodels/runningwork.h"

#include <algorithm>
#include <cmath>
#include <QLocale>

namespace marea::app {
namespace {

constexpr qint64 kWindowMs = 15'000;  // that a rate is of
constexpr qint64 kLeastMs = 2'000;    // before which there is none to tell

QString durationText(double seconds) {
    const int minutes = static_cast<int>(std::ceil(seconds / 60));
    if (seconds < 60)
        return RunningWork::tr("less than a minute");
    if (minutes < 60)
        return RunningWork::tr("about %n minute(s)", nullptr, minutes);
    return RunningWork::tr("about %n hour(s)", nullptr, static_cast<int>(std::ceil(minutes / 60.0)));
}

QString percent(double share) {
    return QLocale().toString(std::lround(share * 100)) + QStringLiteral(" %");
}

}  // namespace

void RateMeter::add(qint64 milliseconds, double done) {
    if (!points_.isEmpty() && done < points_.last().done)
        points_.clear();  // it began anew
    points_ << Point{milliseconds, done};
    while (points_.size() > 2 && milliseconds - points_.first().at > kWindowMs)
        points_.removeFirst();
}

std::optional<double> RateMeter::rate() const {
    if (points_.size() < 2 || points_.last().at - points_.first().at < kLeastMs)
        return {};
    return (points_.last().done - points_.first().done) * 1000 / double(points_.last().at - points_.first().at);
}

std::optional<double> RateMeter::remaining(double left) const {
    const auto speed = rate();
    return speed && *speed > 0 ? std::optional(left / *speed) : std::nullopt;
}

RunningWork::RunningWork(QObject* parent) : QAbstractListModel(parent) {
    clock_.start();
}

void RunningWork::add(WorkSource* source) {
    sources_ << source;
    connect(source, &WorkSource::changed, this, &RunningWork::refresh);
    refresh();
}

int RunningWork::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> RunningWork::roleNames() const {
    return {{KeyRole, "key"},           {IconRole, "icon"},          {TitleRole, "title"},
            {DetailRole, "detail"},     {ProgressRole, "progress"},  {PausedRole, "paused"},
            {CanPauseRole, "canPause"}, {CanCancelRole, "canCancel"}};
}

QString RunningWork::detail(const Row& row) const {
    const auto& item = row.item;
    QStringList parts;
    if (!item.detail.isEmpty())
        parts << item.detail;
    else if (item.progress >= 0)
        parts << percent(item.progress);
    if (item.paused)
        return (parts << tr("paused")).join(QStringLiteral(" · "));
    const auto& meter = meters_[row.key];
    const bool bytes = item.bytes >= 0;
    if (const auto rate = meter.rate(); rate && bytes)
        parts << tr("%1/s").arg(QLocale().formattedDataSize(std::llround(*rate)));
    const double left = bytes && item.size > 0         ? double(item.size - item.bytes)
                        : !bytes && item.progress >= 0 ? 1 - item.progress
                                                       : -1;
    if (const auto remaining = left >= 0 ? meter.remaining(left) : std::nullopt)
        parts << durationText(*remaining);
    return parts.join(QStringLiteral(" · "));
}

QVariant RunningWork::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& row = rows_[index.row()];
    switch (role) {
        case KeyRole:
            return row.key;
        case IconRole:
            return row.item.icon;
        case TitleRole:
            return row.item.title;
        case DetailRole:
            return detail(row);
        case ProgressRole:
            return row.item.progress;
        case PausedRole:
            return row.item.paused;
        case CanPauseRole:
            return row.item.canPause;
        case CanCancelRole:
            return row.item.canCancel;
        default:
            return {};
    }
}

QString RunningWork::summary() const {
    return rows_.isEmpty() ? QString() : rows_.first().item.title;
}

double RunningWork::progress() const {
    double sum = 0;
    int known = 0;
    for (const auto& row : rows_)
        if (row.item.progress >= 0) {
            sum += row.item.progress;
            ++known;
        }
    return known > 0 ? sum / known : -1;
}

void RunningWork::refresh() {
    QList<Row> rows;
    for (int i = 0; i < sources_.size(); ++i)
        for (const auto& item : sources_[i]->items())
            rows << Row{sources_[i], item, QString::number(i) + QLatin1Char('/') + item.id};
    for (const auto& row : rows)
        meters_[row.key].add(clock_.elapsed(),
                             row.item.bytes >= 0 ? double(row.item.bytes) : std::max(0.0, row.item.progress));
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
                                 [](const Row& a, const Row& b) { return a.key == b.key; });
    if (same) {
        rows_ = rows;
        if (!rows_.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
    } else {
        beginResetModel();
        rows_ = rows;
        endResetModel();
        meters_.removeIf([&](auto it) {
            return std::none_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.key == it.key(); });
        });
    }
    Q_EMIT changed();
}

void RunningWork::setPaused(int row, bool paused) {
    if (row >= 0 && row < count())
        rows_[row].source->setPaused(rows_[row].item.id, paused);
}

void RunningWork::cancel(int row) {
    if (row >= 0 && row < count())
        rows_[row].source->cancel(rows_[row].item.id);
}

}  // namespace marea::app
