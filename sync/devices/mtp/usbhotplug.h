#pragma once

#include <atomic>
#include <functional>
#include <thread>

struct libusb_context;

namespace marea::sync {

// Tells, on a thread of its own, that a USB device came or went. Where the system does not tell, nothing is told, and
// `works` says so. The function must not block for long.
class UsbHotplug {
public:
    explicit UsbHotplug(std::function<void()> changed);
    ~UsbHotplug();
    UsbHotplug(const UsbHotplug&) = delete;
    UsbHotplug& operator=(const UsbHotplug&) = delete;
    bool works() const { return thread_.joinable(); }

private:
    void run();

    std::function<void()> changed_;
    libusb_context* context_ = nullptr;
    int handle_ = 0;
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace marea::sync
