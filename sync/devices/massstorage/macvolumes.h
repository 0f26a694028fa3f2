#pragma once

#include <string>
#include <vector>

#include "sync/devices/massstorage/volumes.h"

// What macOS says of a mounted volume, and what follows from it. Pure.
namespace marea::sync {

struct MacDisk {
    std::string path;        // statfs: f_mntonname
    std::string device;      // f_mntfromname: "/dev/disk4s1"
    std::string fileSystem;  // f_fstypename: "msdos", "exfat", "hfs", "apfs"
    bool isLocal = true;     // MNT_LOCAL
    bool isShown = true;     // without MNT_DONTBROWSE: those of the system itself are not
    // Disk Arbitration's description
    std::string name;      // of the volume
    std::string protocol;  // of the device: "USB", "Secure Digital", "PCI-Express", "Virtual Interface"
    bool isInternal = false;
    bool isRemovable = false;  // its medium
    bool isEjectable = false;  // its medium
};

bool isCarried(const MacDisk& disk);
std::vector<Volume> volumesOf(const std::vector<MacDisk>& disks);

}  // namespace marea::sync
