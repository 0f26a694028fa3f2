#pragma once

#include <cstdint>

#include "core/base/result.h"

// What systems do differently with a mounted volume. One implementation per system, in volumesystem_*.cpp.
namespace marea::sync {

std::int64_t maxFileSizeOf(int folder);      // of the file system of an open folder; 0: any, or unknown
core::Result<void> flushVolume(int folder);  // all that was written is on the medium
void forgetCached(int file);                 // so that reading it asks the medium, as far as the system lets one

}  // namespace marea::sync
