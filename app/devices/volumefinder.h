#pragma once

#include <memory>
#include <QSocketNotifier>
#include <QTimer>

#include "app/devices/devicefinder.h"

namespace marea::app {

// Mounted volumes, and folders that people named as devices. On Linux the kernel tells when mounts change; elsewhere,
// and for folders, it is looked every few seconds.
class VolumeFinder final : public DeviceFinder {
    Q_OBJECT
public:
    explicit VolumeFinder(QObject* parent = nullptr);
    ~VolumeFinder() override;

    void setFolders(const QStringList& folders);
    void start() override;
    QList<FoundDevice> devices() const override { return devices_; }
    void look() override;

private:
    void watchMounts();

    QStringList folders_;
    QList<FoundDevice> devices_;
    QTimer timer_;
    int mounts_ = -1;
    std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace marea::app
