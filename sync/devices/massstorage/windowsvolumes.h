#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/devices/massstorage/volumes.h"

// What Windows says of drives, and what follows from it. Pure.
namespace marea::sync {

// learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdrivetypew
enum class DriveType : unsigned { Unknown, NoRoot, Removable, Fixed, Remote, CdRom, RamDisk };

struct WindowsDrive {
    char letter = 'C';
    DriveType type = DriveType::Unknown;
    bool hasWindows = false;  // the one that the system runs from
    // The answer to IOCTL_STORAGE_QUERY_PROPERTY for StorageDeviceProperty: a STORAGE_DEVICE_DESCRIPTOR; empty: none.
    std::vector<std::uint8_t> descriptor;
    std::string label, fileSystem;  // of GetVolumeInformationW; no file system: no medium, or one that is locked
};

// Where the drive hangs, by the descriptor; 0: it does not say.
unsigned busOf(std::span<const std::uint8_t> descriptor);

// Carried about, by how it is plugged in: only of such drives more is asked, so that no disk is woken up for nothing.
bool isCarried(const WindowsDrive& drive);
std::vector<Volume> volumesOf(const std::vector<WindowsDrive>& drives);

// A card leaves its reader, and a stick is let go of, as a medium; a disk that Windows calls fixed only as a device.
enum class EjectWay { Medium, Device };
EjectWay ejectWayOf(const WindowsDrive& drive);

// "\\?\USBSTOR#Disk&Ven_…#1234#{53f5…}", by which a disk is opened, is of the device "USBSTOR\Disk&Ven_…\1234".
std::string instanceOf(std::string_view path);

// Who did not let a device go, of what CM_Request_Device_Eject gives (PNP_VETO_TYPE and a name); "": no program that
// has a name.
std::string vetoHolder(int type, std::string_view name);

}  // namespace marea::sync
