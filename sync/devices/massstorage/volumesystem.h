#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "sync/devices/massstorage/volumes.h"

// What systems do differently with a mounted volume. One implementation per system, in volumesystem_*.cpp: they ask,
// and volumes.h, windowsvolumes.h and macvolumes.h decide.
namespace marea::sync {

std::int64_t maxFileSizeOf(int folder);           // of the file system of an open folder; 0: any, or unknown
std::string volumeId(const std::string& folder);  // of the file system that is mounted there: the same on any computer
                                                  // with this system; "" where nothing is mounted, or it has none
std::vector<Volume> mountedVolumes();             // which people carry about. Blocks while a medium wakes up
core::Result<void> flushVolume(int folder);       // all that was written is on the medium
// Of a file that is being written: `from` to `to` is on its way to the medium, and what was before is there, as far as
// the system lets one. Else the flush at its end takes as long as all of it.
void writeOut(int file, std::int64_t from, std::int64_t to);
std::string volumeHolder(const std::string& folder);  // a program that has something there open; "": not known

}  // namespace marea::sync
