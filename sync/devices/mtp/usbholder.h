#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Who else has a USB device open. One implementation per system, in usbholder_*.cpp.
namespace marea::sync {

struct UsbPlace {
    std::uint32_t bus = 0;
    std::uint8_t number = 0;
    bool operator==(const UsbPlace&) const = default;
};

// The name of the program that has the device open; "" when it is nobody whom one may know of.
std::string usbHolder(const UsbPlace& place);
std::string usbSerial(const UsbPlace& place);  // as the device tells the system; "" when it tells none

// Which of the mounts of a file manager (the names in its folder: "mtp:host=Google_Pixel_8_0A1B") is of the device, as
// the address by which it is released ("mtp://Google_Pixel_8_0A1B/"); "" when none is. Pure.
std::string mtpMountOf(const std::vector<std::string>& names, const UsbPlace& place, std::string_view serial);

}  // namespace marea::sync
