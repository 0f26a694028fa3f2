#pragma once

#include <memory>

#include "sync/engine/bytestream.h"
#include "sync/plan/plan.h"

namespace marea::sync {

// Where the files come from: a folder, a server.
class LibrarySource {
public:
    virtual ~LibrarySource() = default;
    virtual core::Result<std::vector<LibraryItem>> items() = 0;
    virtual core::Result<std::vector<LibraryPlaylist>> playlists() = 0;
    // From any thread. Conflict when the file is no longer the one that `item` describes.
    virtual core::Result<std::unique_ptr<ByteStream>> open(const LibraryItem& item) = 0;
};

}  // namespace marea::sync
