#include "app/viewmodels/librariesviewmodel.h"

#include <algorithm>
#include <numeric>
#include <QLocale>
#include <QVariantMap>

#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

constexpr int kWhileScanningMs = 1000;
constexpr int kIdleMs = 15000;

template <class F>
int sum(const QList<LibraryInfo>& list, F field) {
    return std::accumulate(list.begin(), list.end(), 0,
                           [&](int total, const LibraryInfo& l) { return total + field(l); });
}

bool isScanning(const LibraryInfo& l) {
    return l.state == QLatin1String("scanning");
}

}  // namespace

LibrariesViewModel::LibrariesViewModel(ApiClient& api, QObject* parent) : QObject(parent), api_(api) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &LibrariesViewModel::refresh);
}

bool LibrariesViewModel::scanning() const {
    return std::any_of(libraries_.begin(), libraries_.end(), isScanning);
}
int LibrariesViewModel::broken() const {
    return sum(libraries_, [](const auto& l) { return l.broken; });
}
int LibrariesViewModel::items() const {
    return sum(libraries_, [](const auto& l) { return l.items; });
}

double LibrariesViewModel::progress() const {
    const int total = sum(libraries_, [](const auto& l) { return isScanning(l) ? l.total : 0; });
    const int done = sum(libraries_, [](const auto& l) { return isScanning(l) ? l.scanned : 0; });
    return total > 0 ? std::clamp(double(done) / total, 0.0, 1.0) : -1;
}

QString LibrariesViewModel::progressText() const {
    const int total = sum(libraries_, [](const auto& l) { return isScanning(l) ? l.total : 0; });
    const int done = sum(libraries_, [](const auto& l) { return isScanning(l) ? l.scanned : 0; });
    if (!scanning())
        return {};
    return total > 0 ? tr("Scanning: %1 of %2 files").arg(done).arg(total) : tr("Scanning: %1 files").arg(done);
}

QString LibrariesViewModel::scanText(const LibraryInfo& l) const {
    const QLocale locale;
    return l.total > 0 ? tr("%1 of %2 files").arg(locale.toString(l.scanned), locale.toString(l.total))
                       : tr("%n file(s)", nullptr, l.scanned);
}

QVariantList LibrariesViewModel::entries() const {
    QVariantList list;
    for (const auto& l : libraries_)
        list << QVariantMap{
            {QStringLiteral("id"), l.id},
            {QStringLiteral("name"), l.name},
            {QStringLiteral("path"), l.path},
            {QStringLiteral("scanning"), isScanning(l)},
            {QStringLiteral("problem"), l.problem},
            {QStringLiteral("progress"), isScanning(l) && l.total > 0 ? double(l.scanned) / l.total : -1},
            {QStringLiteral("detail"), tr("%n file(s)", nullptr, l.files)}};
    return list;
}

void LibrariesViewModel::refresh() {
    deliver(api_.libraries(), this, [this, asked = asked_](const core::Result<QList<LibraryInfo>>& libraries) {
        if (asked != asked_)
            return;
        if (libraries)
            take(*libraries);
        else {
            error_ = texts::error(libraries.error());
            Q_EMIT changed();
            timer_.start(kIdleMs);
        }
    });
}

void LibrariesViewModel::take(const QList<LibraryInfo>& libraries) {
    const bool first = !loaded_;
    const bool wasScanning = scanning();
    const int hadItems = items();
    libraries_ = libraries;
    loaded_ = true;
    error_.clear();
    Q_EMIT changed();
    if (!first && (items() != hadItems || (wasScanning && !scanning())))
        Q_EMIT contentChanged();
    timer_.start(scanning() ? kWhileScanningMs : kIdleMs);
}

void LibrariesViewModel::rescan() {
    for (const auto& l : libraries_)
        scan(l.id);
}

void LibrariesViewModel::scan(const QString& id) {
    deliver(api_.scan(id), this, [this](const core::Result<bool>& begun) { onScan(begun); });
}

void LibrariesViewModel::onScan(const core::Result<bool>& begun) {
    if (begun)
        return refresh();
    error_ = texts::error(begun.error());
    Q_EMIT changed();
}

void LibrariesViewModel::remove(const QString& id) {
    deliver(api_.json({"DELETE", QStringLiteral("/api/v1/admin/libraries/") + id}), this,
            [this](const core::Result<QJsonObject>& done) {
                if (!done)
                    error_ = texts::error(done.error());
                Q_EMIT changed();
                refresh();
            });
}

void LibrariesViewModel::add(const QString& name, const QString& path) {
    deliver(api_.addLibrary(name, path), this, [this, name](const core::Result<LibraryInfo>& library) {
        if (!library) {
            error_ = texts::error(library.error());
            Q_EMIT changed();
            return;
        }
        Q_EMIT added(name);
        refresh();
    });
}

void LibrariesViewModel::clear() {
    ++asked_;
    timer_.stop();
    libraries_.clear();
    error_.clear();
    loaded_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
