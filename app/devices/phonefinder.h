#pragma once

#include <functional>
#include <memory>
#include <QTimer>

#include "app/devices/devicefinder.h"
#include "app/devices/devicethread.h"

namespace marea::sync {
class UsbHotplug;
struct MtpDevice;
}  // namespace marea::sync

namespace marea::app {

// Phones and players over USB. The system tells when something was plugged in or pulled; then, a moment later, the bus
// is looked at on a thread of its own. One that is locked or held is looked at again until it is not.
class PhoneFinder final : public DeviceFinder {
    Q_OBJECT
public:
    explicit PhoneFinder(QObject* parent = nullptr);
    ~PhoneFinder() override;

    void start() override;
    QList<FoundDevice> devices() const override { return devices_; }
    void look() override;
    void setInUse(bool inUse) override;

private:
    void take(const QList<FoundDevice>& now);

    QList<FoundDevice> devices_;
    QTimer soon_, again_;
    bool inUse_ = false, looking_ = false, wanted_ = false;
    DeviceThread thread_;
    std::unique_ptr<sync::UsbHotplug> hotplug_;
};

// As the application knows it. `mounts`: the names in the file managers' folder of mounts. Pure.
FoundDevice phoneFrom(const sync::MtpDevice& device, const QStringList& mounts);

}  // namespace marea::app
