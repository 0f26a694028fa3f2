#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

// What systems do differently with a mounted volume. One implementation per system, in volumesystem_*.cpp.
namespace marea::sync {

std::int64_t maxFileSizeOf(int folder);           // of the file system of an open folder; 0: any, or unknown
std::string volumeId(const std::string& folder);  // of the file system that is mounted there: the same on any computer;
                                                  // "" where nothing is mounted, or it has none
std::string readMounts();                         // /proc/self/mountinfo; "" where there is none
core::Result<void> flushVolume(int folder);       // all that was written is on the medium
// Of a file that is being written: `from` to `to` is on its way to the medium, and what was before is there, as far as
// the system lets one. Else the flush at its end takes as long as all of it.
void writeOut(int file, std::int64_t from, std::int64_t to);
void forgetCached(int file);  // so that reading it asks the medium, as far as the system lets one

}  // namespace marea::sync
