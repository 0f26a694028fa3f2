#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace marea::sync {

// A mounted volume that people carry about.
struct Volume {
    std::string path;        // where it is mounted
    std::string fileSystem;  // "vfat", "exfat", …: Linux's names for them, whatever the system
    std::string device;      // "/dev/sdb1"; on Windows "E:"
    std::string name;        // as file managers show it
};

// The volumes in the text of /proc/self/mountinfo (proc(5)): what is mounted below /media, /run/media or /mnt, of a
// file system that sticks and players have. Pure.
std::vector<Volume> volumesFrom(std::string_view mountInfo);
std::vector<Volume> carriedOf(std::vector<Volume> mounted);  // the same, of all that is mounted

// "FAT32", "msdos", "exFAT", … of whatever system as in Volume. Pure.
std::string fileSystemName(std::string_view said);
bool isCarriedFileSystem(std::string_view fileSystem);

// The file system of what is mounted as the device `number` ("8:17"); "" when it is not there. Pure.
std::string fileSystemOf(std::string_view mountInfo, std::string_view number);
bool isFat(std::string_view fileSystem);  // FAT with 32 bits or fewer, by the kernel or by a program ("fuse.fusefat")

inline constexpr std::int64_t kMaxFatFile = 0xFFFFFFFF;  // sizes have 32 bits there

}  // namespace marea::sync
