#include "sync/devices/mtp/usbhotplug.h"

#include <libusb.h>

namespace marea::sync {

namespace {

int LIBUSB_CALL onEvent(libusb_context*, libusb_device*, libusb_hotplug_event, void* data) {
    (*static_cast<std::function<void()>*>(data))();
    return 0;  // and go on
}

}  // namespace

UsbHotplug::UsbHotplug(std::function<void()> changed) : changed_(std::move(changed)) {
    if (!libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) || libusb_init(&context_) != 0) {
        return;
    }
    const int events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
    const int done = libusb_hotplug_register_callback(
        context_, static_cast<libusb_hotplug_event>(events), static_cast<libusb_hotplug_flag>(0),
        LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, onEvent, &changed_, &handle_);
    if (done == LIBUSB_SUCCESS) {
        thread_ = std::thread([this] { run(); });
    }
}

UsbHotplug::~UsbHotplug() {
    ended_ = true;
    if (thread_.joinable()) {
        libusb_hotplug_deregister_callback(context_, handle_);
        libusb_interrupt_event_handler(context_);
        thread_.join();
    }
    if (context_) {
        libusb_exit(context_);
    }
}

void UsbHotplug::run() {
    while (!ended_) {
        timeval most{1, 0};
        libusb_handle_events_timeout_completed(context_, &most, nullptr);
    }
}

}  // namespace marea::sync
