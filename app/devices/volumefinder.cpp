#include "app/devices/volumefinder.h"

#include <fcntl.h>
#include <unistd.h>

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
    for (const auto& volume : sync::volumesFrom(sync::readMounts())) {
        if (!isCarried(volume))
            continue;
        auto device = deviceAt(QString::fromStdString(volume.path));
        device.node = QString::fromStdString(volume.device);
        device.fileSystem = QString::fromStdString(volume.fileSystem);
        found << device;
    }
    return found;
}

}  // namespace

VolumeFinder::VolumeFinder(QObject* parent) : DeviceFinder(parent) {
    timer_.setInterval(kEveryMs);
    connect(&timer_, &QTimer::timeout, this, &VolumeFinder::look);
}

VolumeFinder::~VolumeFinder() {
    notifier_.reset();
    if (mounts_ >= 0)
        ::close(mounts_);
}

void VolumeFinder::setFolders(const QStringList& folders) {
    folders_ = folders;
    if (timer_.isActive())
        look();
}

void VolumeFinder::start() {
    watchMounts();
    timer_.start();
    look();
}

// proc(5): the file is readable out of band when something was mounted or unmounted.
void VolumeFinder::watchMounts() {
    mounts_ = ::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    if (mounts_ < 0)
        return;
    notifier_ = std::make_unique<QSocketNotifier>(mounts_, QSocketNotifier::Exception);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &VolumeFinder::look);
}

void VolumeFinder::look() {
    auto now = mounted();
    for (const auto& folder : folders_) {
        const bool known = std::any_of(now.begin(), now.end(), [&](const auto& d) { return d.place == folder; });
        if (!known && QFileInfo(folder).isDir())
            now << deviceAt(folder);
    }
    if (now == devices_)
        return;
    devices_ = now;
    Q_EMIT changed();
}

}  // namespace marea::app
