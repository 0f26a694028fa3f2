#pragma once

#include <memory>
#include <QTimer>

#include "app/devices/devicefinder.h"
#include "app/devices/devicethread.h"
#include "app/devices/volumewatch.h"

namespace marea::app {

// Mounted volumes, and folders that people named as devices. The system tells when volumes come and go; for folders,
// and where it does not, it is looked every few seconds.
class VolumeFinder final : public DeviceFinder {
    Q_OBJECT
public:
    explicit VolumeFinder(QObject* parent = nullptr);

    void setFolders(const QStringList& folders);
    void start() override;
    QList<FoundDevice> devices() const override { return devices_; }
    void look() override;

private:
    void take(const QList<FoundDevice>& now);

    QStringList folders_;
    QList<FoundDevice> devices_;
    QTimer timer_;
    DeviceThread thread_;  // a disk that wakes up takes seconds
    bool looking_ = false, wanted_ = false;
    std::unique_ptr<VolumeWatch> watch_;
};

}  // namespace marea::app
