#include "app/viewmodels/computerviewmodel.h"

#include <algorithm>
#include <QDir>
#include <QSettings>

#include "app/platform/mediafolders.h"
#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using L = QLatin1String;

const QString kUsed = QStringLiteral("computer/used");
const QString kLibraries = QStringLiteral("/api/v1/admin/libraries");
constexpr int kWhileScanningMs = 1000, kIdleMs = 10'000;

bool isScanning(const LibraryInfo& folder) {
    return folder.state == L("scanning");
}

}  // namespace

QString libraryNameOf(const QString& path, const QStringList& taken) {
    const QString own = QDir(path).dirName();
    const QString name = own.isEmpty() ? path : own;
    QString free = name;
    for (int number = 2; taken.contains(free, Qt::CaseInsensitive); ++number)
        free = name + QLatin1Char(' ') + QString::number(number);
    return free;
}

QString folderPathOf(const QString& typed) {
    QString path = typed.trimmed();
    if (path.startsWith(L("file://")))
        path = QUrl(path).toLocalFile();
    if (path == L("~") || path.startsWith(L("~/")))
        path.replace(0, 1, QDir::homePath());
    return path.isEmpty() || !QDir::isAbsolutePath(path) ? QString() : QDir::cleanPath(path);
}

ComputerViewModel::ComputerViewModel(OwnLibrary* own, QSettings& settings, QObject* parent)
    : QObject(parent), own_(own), settings_(settings) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &ComputerViewModel::refresh);
}

bool ComputerViewModel::used() const {
    return own_ && settings_.value(kUsed).toBool();
}

QVariantList ComputerViewModel::chosen() const {
    QVariantList list;
    for (const auto& path : chosen_)
        list << QVariantMap{{L("path"), path}, {L("name"), libraryNameOf(path, {})}};
    return list;
}

QVariantList ComputerViewModel::folders() const {
    QVariantList list;
    for (const auto& folder : folders_)
        list << QVariantMap{
            {L("id"), folder.id},
            {L("name"), folder.name},
            {L("path"), folder.path},
            {L("scanning"), isScanning(folder)},
            {L("problem"), folder.problem},
            {L("progress"),
             isScanning(folder) && folder.total > 0 ? std::clamp(double(folder.scanned) / folder.total, 0.0, 1.0) : -1},
            {L("detail"), tr("%n file(s)", nullptr, folder.files)}};
    return list;
}

QStringList ComputerViewModel::names() const {
    QStringList list;
    for (const auto& folder : folders_)
        list << folder.name;
    return list + added_;
}

void ComputerViewModel::suggest() {
    if (chosen_.isEmpty() && !used())
        chosen_ = usualMediaFolders();
    Q_EMIT changed();
}

void ComputerViewModel::choose(const QString& typed) {
    const QString path = folderPathOf(typed);
    error_ = path.isEmpty() ? tr("A folder's path begins with a slash: /srv/media/Music.") : QString();
    if (!path.isEmpty() && !chosen_.contains(path))
        chosen_ << path;
    Q_EMIT changed();
}

void ComputerViewModel::unchoose(const QString& path) {
    chosen_.removeAll(path);
    Q_EMIT changed();
}

QStringList ComputerViewModel::foldersAmong(const QList<QUrl>& urls) const {
    return own_ ? app::foldersAmong(urls) : QStringList();
}

void ComputerViewModel::addChosen() {
    add(chosen_);
}

void ComputerViewModel::add(const QStringList& paths) {
    if (!own_ || busy_ || paths.isEmpty())
        return;
    busy_ = true;
    error_.clear();
    adding_ = paths;
    added_.clear();
    Q_EMIT changed();
    // Their names first, which the new ones must not have.
    deliver(own_->ask("GET", QStringLiteral("/api/v1/libraries")), this,
            [this](const core::Result<QJsonObject>& libraries) {
                if (!libraries) {
                    adding_.clear();
                    fail(libraries.error());
                    return ended();
                }
                folders_ = parseLibraries(*libraries);
                addNext();
            });
}

void ComputerViewModel::addNext() {
    if (adding_.isEmpty())
        return ended();
    const QString path = adding_.takeFirst(), name = libraryNameOf(path, names());
    deliver(own_->ask("POST", kLibraries, {{L("name"), name}, {L("path"), path}}), this,
            [this, path, name](const core::Result<QJsonObject>& done) {
                if (done) {
                    added_ << name;
                    chosen_.removeAll(path);
                } else {
                    fail(done.error());
                }
                addNext();
            });
}

void ComputerViewModel::ended() {
    busy_ = false;
    if (!added_.isEmpty()) {
        settings_.setValue(kUsed, true);
        Q_EMIT added(std::exchange(added_, {}));
        refresh();
    }
    Q_EMIT changed();
}

void ComputerViewModel::fail(const core::Error& error) {
    error_ = error.code == core::ErrorCode::Conflict && error.detail.starts_with("locked by")
                 ? tr("Another Marea that runs here has this computer's library open.")
                 : texts::error(error);
    Q_EMIT changed();
}

void ComputerViewModel::remove(const QString& id) {
    if (!own_)
        return;
    deliver(own_->ask("DELETE", kLibraries + QLatin1Char('/') + id), this,
            [this](const core::Result<QJsonObject>& done) {
                if (!done)
                    return fail(done.error());
                Q_EMIT removed();
                refresh();
            });
}

void ComputerViewModel::scan(const QString& id) {
    if (!own_)
        return;
    deliver(own_->ask("POST", kLibraries + QLatin1Char('/') + id + L("/scan")), this,
            [this](const core::Result<QJsonObject>& done) { done ? refresh() : fail(done.error()); });
}

void ComputerViewModel::setWatched(bool watched) {
    if (watched_ == watched)
        return;
    watched_ = watched;
    watched_&& used() ? refresh() : again_.stop();
    Q_EMIT changed();
}

void ComputerViewModel::refresh() {
    if (!own_ || !used())
        return;
    deliver(own_->ask("GET", QStringLiteral("/api/v1/libraries")), this,
            [this](const core::Result<QJsonObject>& libraries) {
                if (!libraries)
                    return fail(libraries.error());
                take(parseLibraries(*libraries));
            });
}

void ComputerViewModel::take(const QList<LibraryInfo>& folders) {
    folders_ = folders;
    loaded_ = true;
    const bool scanning = std::any_of(folders_.begin(), folders_.end(), isScanning);
    if (watched_)
        again_.start(scanning ? kWhileScanningMs : kIdleMs);
    Q_EMIT changed();
}

}  // namespace marea::app
