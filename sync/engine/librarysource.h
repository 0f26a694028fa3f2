#pragma once

#include <memory>

#include "sync/engine/bytestream.h"
#include "sync/engine/synccontrol.h"
#include "sync/plan/plan.h"

namespace marea::sync {

// Where the files of a library come from: a folder, a server.
class LibrarySource {
public:
    virtual ~LibrarySource() = default;
    // From any thread. Conflict when the file is no longer the one that `item` describes.
    virtual core::Result<std::unique_ptr<ByteStream>> open(const LibraryItem& item) = 0;
    // The same, which `control` calls off where it takes long: Cancelled, which ends a run in order.
    virtual core::Result<std::unique_ptr<ByteStream>> openFor(const LibraryItem& item, SyncControl&) {
        return open(item);
    }
};

}  // namespace marea::sync
