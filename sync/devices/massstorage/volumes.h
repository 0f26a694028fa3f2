#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace marea::sync {

// A mounted volume that people carry about.
struct Volume {
    std::string path;        // where it is mounted
    std::string fileSystem;  // "vfat", "exfat", …
    std::string device;      // "/dev/sdb1"
    std::string name;        // the last part of the path, as file managers show it
};

// The volumes in the text of /proc/self/mountinfo (proc(5)): what is mounted below /media, /run/media or /mnt, of a
// file system that sticks and players have. Pure.
std::vector<Volume> volumesFrom(std::string_view mountInfo);

// The file system of what is mounted as the device `number` ("8:17"); "" when it is not there. Pure.
std::string fileSystemOf(std::string_view mountInfo, std::string_view number);
bool isFat(std::string_view fileSystem);  // FAT with 32 bits or fewer, by the kernel or by a program ("fuse.fusefat")

}  // namespace marea::sync
