#include "sync/devices/mtp/usbholder.h"

namespace marea::sync {

std::string usbHolder(const UsbPlace&) {
    return "";
}

std::string usbSerial(const UsbPlace&) {
    return "";
}

}  // namespace marea::sync
