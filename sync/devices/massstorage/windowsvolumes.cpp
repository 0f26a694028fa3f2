#include "sync/devices/massstorage/windowsvolumes.h"

#include <algorithm>

namespace marea::sync {

namespace {

// STORAGE_DEVICE_DESCRIPTOR of winioctl.h: Version and Size, four bytes, four offsets, then the bus.
constexpr std::size_t kBusAt = 28;
// STORAGE_BUS_TYPE
constexpr unsigned kFireWire = 4, kUsb = 7;
// PNP_VETO_TYPE of cfg.h
constexpr int kVetoApp = 3, kVetoService = 4;

unsigned numberAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    return bytes[at] | (unsigned{bytes[at + 1]} << 8) | (unsigned{bytes[at + 2]} << 16) |
           (unsigned{bytes[at + 3]} << 24);
}

std::string driveName(const WindowsDrive& drive) {
    return {drive.letter, ':'};
}

}  // namespace

unsigned busOf(std::span<const std::uint8_t> descriptor) {
    return descriptor.size() >= kBusAt + 4 ? numberAt(descriptor, kBusAt) : 0;
}

// Built-in storage hangs on SD and MMC, too: a card in a reader is known by being removable.
bool isCarried(const WindowsDrive& drive) {
    const unsigned bus = busOf(drive.descriptor);
    const bool isOutside = bus == kUsb || bus == kFireWire;
    return !drive.hasWindows && (drive.type == DriveType::Removable || (drive.type == DriveType::Fixed && isOutside));
}

std::vector<Volume> volumesOf(const std::vector<WindowsDrive>& drives) {
    std::vector<Volume> volumes;
    for (const WindowsDrive& drive : drives) {
        const std::string letter = driveName(drive), fileSystem = fileSystemName(drive.fileSystem);
        if (isCarried(drive) && isCarriedFileSystem(fileSystem)) {
            volumes.push_back({letter + "/", fileSystem, letter, drive.label.empty() ? letter : drive.label});
        }
    }
    return volumes;
}

EjectWay ejectWayOf(const WindowsDrive& drive) {
    return drive.type == DriveType::Removable ? EjectWay::Medium : EjectWay::Device;
}

std::string instanceOf(std::string_view path) {
    constexpr std::string_view kBegin = R"(\\?\)";
    path = path.substr(0, path.rfind("#{"));
    std::string id(path.starts_with(kBegin) ? path.substr(kBegin.size()) : path);
    std::replace(id.begin(), id.end(), '#', '\\');
    return id;
}

// Other kinds name devices and drivers, which nobody can close.
std::string vetoHolder(int type, std::string_view name) {
    return type == kVetoApp || type == kVetoService ? std::string(name.substr(name.find_last_of("\\/") + 1)) : "";
}

}  // namespace marea::sync
