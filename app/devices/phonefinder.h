#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <QTimer>

#include "app/devices/devicefinder.h"
#include "app/devices/devicethread.h"

namespace marea::sync {
class UsbHotplug;
struct MtpDevice;
}  // namespace marea::sync

namespace marea::app {

// Phones and players over USB. The system tells when something was plugged in or pulled; then, a moment later, the bus
// is looked at on a thread of its own. One that is locked or held is looked at again until it is not; a bus that did
// not answer, some times, later and later: each time may leave a thread behind that hangs.
class PhoneFinder final : public DeviceFinder {
    Q_OBJECT
public:
    using Look = std::function<QList<FoundDevice>()>;  // on another thread; may outlive this object
    struct Waits {
        std::chrono::milliseconds patience{120'000};
        std::chrono::milliseconds again{60'000};  // after the first time that nothing answered
    };
    explicit PhoneFinder(QObject* parent = nullptr);
    PhoneFinder(Look bus, Waits waits, QObject* parent = nullptr);
    ~PhoneFinder() override;

    void start() override;
    QList<FoundDevice> devices() const override { return devices_; }
    void look() override;
    void setInUse(bool inUse) override;

private:
    void take(const QList<FoundDevice>& now);
    void onAbandoned();

    const Look bus_;
    const Waits waits_;
    QList<FoundDevice> devices_;
    QTimer soon_, again_, later_;
    int abandoned_ = 0;  // looks in a row
    bool inUse_ = false, looking_ = false, wanted_ = false;
    DeviceThread thread_;
    std::unique_ptr<sync::UsbHotplug> hotplug_;
};

// How long after so many looks in a row that were abandoned the next one is; nothing: when a device comes or goes.
// Pure.
std::optional<std::chrono::milliseconds> phoneLookAfter(int abandoned, std::chrono::milliseconds first);

// As the application knows it. `mounts`: the names in the file managers' folder of mounts. Pure.
FoundDevice phoneFrom(const sync::MtpDevice& device, const QStringList& mounts);

}  // namespace marea::app
