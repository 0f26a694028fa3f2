#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "sync/devices/mtp/usbholder.h"

namespace marea::sync {

namespace fs = std::filesystem;

namespace {

std::string firstLine(const fs::path& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line);
    return line;
}

bool hasOpen(const fs::path& process, const fs::path& node) {
    std::error_code error;
    for (const auto& file : fs::directory_iterator(process / "fd", error)) {
        std::error_code problem;
        if (fs::read_symlink(file.path(), problem) == node) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string usbHolder(const UsbPlace& place) {
    std::array<char, 64> node{};
    std::snprintf(node.data(), node.size(), "/dev/bus/usb/%03u/%03u", static_cast<unsigned>(place.bus),
                  static_cast<unsigned>(place.number));
    const std::string self = std::to_string(::getpid());
    std::error_code error;
    for (const auto& process : fs::directory_iterator("/proc", error)) {
        const std::string name = process.path().filename().string();
        const bool isProcess = name.find_first_not_of("0123456789") == std::string::npos;
        if (isProcess && name != self && hasOpen(process.path(), node.data())) {
            return firstLine(process.path() / "comm");
        }
    }
    return "";
}

std::string usbSerial(const UsbPlace& place) {
    std::error_code error;
    for (const auto& device : fs::directory_iterator("/sys/bus/usb/devices", error)) {
        if (firstLine(device.path() / "busnum") == std::to_string(place.bus) &&
            firstLine(device.path() / "devnum") == std::to_string(place.number)) {
            return firstLine(device.path() / "serial");
        }
    }
    return "";
}

}  // namespace marea::sync
