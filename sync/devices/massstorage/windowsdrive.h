#pragma once

#include <string>

#include "core/io/filehandle.h"
#include "sync/devices/massstorage/windowsvolumes.h"

// For the files that are compiled for Windows alone: drives by their letters.
namespace marea::sync {

std::wstring rootOf(char letter);                               // "E:\"
core::FileHandle openDrive(char letter, unsigned long access);  // the volume itself; none: errno
WindowsDrive driveAt(char letter);                              // without label and file system

}  // namespace marea::sync
