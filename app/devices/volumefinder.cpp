#include "app/devices/volumefinder.h"

#include <algorithm>
#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

#include "app/devices/opendevice.h"
#include "sync/devices/massstorage/volumes.h"
#include "sync/devices/massstorage/volumesystem.h"

namespace marea::app {
namespace {

constexpr int kEveryMs = 4000;

// What people carry about: not the disks that somebody has mounted below /mnt for good.
bool isCarried(const sync::Volume& volume) {
    const auto& fs = volume.fileSystem;
    return volume.path.compare(0, 5, "/mnt/") != 0 || sync::isFat(fs) || fs == "exfat" || fs == "fuse.exfat";
}

void addRoom(FoundDevice& device) {
    const QStorageInfo storage(device.place);
    device.total = storage.bytesTotal();
    device.free = storage.bytesAvailable();
    device.readOnly = storage.isReadOnly();
}

FoundDevice deviceAt(const QString& folder) {
    FoundDevice device;
    device.place = QDir(folder).absolutePath();
    device.key = QString::fromStdString(volumeKey(device.place.toStdString()));
    device.name = device.model = QFileInfo(device.place).fileName();
    addRoom(device);
    return device;
}

QList<FoundDevice> mounted() {
    QList<FoundDevice> found;
    for (const auto& volume : sync::mountedVolumes()) {
        if (!isCarried(volume))
            continue;
        auto device = deviceAt(QString::fromStdString(volume.path));
        device.name = device.model = QString::fromStdString(volume.name);
        device.node = QString::fromStdString(volume.device);
        device.fileSystem = QString::fromStdString(volume.fileSystem);
        found << device;
    }
    return found;
}

QList<FoundDevice> volumesAnd(const QStringList& folders) {
    auto now = mounted();
    for (const auto& folder : folders) {
        const bool known = std::any_of(now.begin(), now.end(), [&](const auto& d) { return d.place == folder; });
        if (!known && QFileInfo(folder).isDir())
            now << deviceAt(folder);
    }
    return now;
}

}  // namespace

VolumeFinder::VolumeFinder(QObject* parent) : DeviceFinder(parent) {
    timer_.setInterval(kEveryMs);
    connect(&timer_, &QTimer::timeout, this, &VolumeFinder::look);
    connect(&thread_, &DeviceThread::abandoned, this, [this] { looking_ = false; });
}

void VolumeFinder::setFolders(const QStringList& folders) {
    folders_ = folders;
    if (timer_.isActive())
        look();
}

void VolumeFinder::start() {
    watch_ = watchVolumes([this] { look(); });
    timer_.start();
    look();
}

void VolumeFinder::look() {
    wanted_ = looking_;
    if (looking_)
        return;
    looking_ = true;
    thread_.run(
        [folders = folders_, pulse = thread_.pulse()] {
            pulse->asked();
            auto found = volumesAnd(folders);
            pulse->answered();
            return found;
        },
        [this](const QList<FoundDevice>& now) { take(now); });
}

void VolumeFinder::take(const QList<FoundDevice>& now) {
    looking_ = false;
    if (now != devices_) {
        devices_ = now;
        Q_EMIT changed();
    }
    if (wanted_)
        look();
}

}  // namespace marea::app
