#pragma once

#include "app/devices/folderfarm.h"

namespace marea::app {

// Farms of this program's own, by what the server in it makes files with, which keep so many cores busy. One runs at a
// time, and ends with the last who uses it.
FolderFarms embeddedFarms(int cores);

}  // namespace marea::app
