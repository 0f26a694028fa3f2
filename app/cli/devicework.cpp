#include "app/cli/devicework.h"

#include <algorithm>

namespace marea::app {

// On the signals' thread, perhaps before there is a device's thread.
void DeviceWork::interrupt() {
    control_->cancel();
    QMetaObject::invokeMethod(
        &here_, [this] { thread_.setPatience(std::min(patience_.usual, patience_.afterInterrupt)); },
        Qt::QueuedConnection);
}

// What goes on beside the device's thread has no use any more.
core::Error DeviceWork::noAnswer() {
    const bool isInterrupted = control_->isCancelled();
    control_->cancel();
    const std::string advice = "The device does not answer. Unplug it and plug it in again; the next run continues.";
    return isInterrupted
               ? core::Error{core::ErrorCode::Cancelled, "no sign of life", "The sync was cancelled. " + advice}
               : core::Error{core::ErrorCode::Timeout, "no sign of life", advice};
}

}  // namespace marea::app
