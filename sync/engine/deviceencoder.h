#pragma once

#include <string>

#include "sync/engine/synccontrol.h"
#include "sync/plan/plan.h"

namespace marea::sync {

// Makes what a device plays out of a file of the library.
class DeviceEncoder {
public:
    virtual ~DeviceEncoder() = default;
    // Writes the file `path` of this computer, whole or not at all as far as the caller cares. Blocks; from threads of
    // the engine's own. Ends soon once `control` is cancelled.
    virtual core::Result<void> encode(const LibraryItem& item, const Encoding& encoding, const std::string& path,
                                      SyncControl& control) = 0;
    // Files that it makes at once, each on a thread of its own, for full speed.
    virtual std::size_t atOnce() const { return 1; }
};

}  // namespace marea::sync
