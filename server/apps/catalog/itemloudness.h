#pragma once

#include <cstdint>
#include <vector>

#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// The rows of item_loudness, inside a transaction. An item's is that of its best file: measured, else by its tags. An
// album's is gated over the blocks of all its tracks when all have been measured, else by their tags.

struct StaleItem {
    std::int64_t num = 0;
    core::Id id;
};

// Tracks, films and the like whose row is missing or taken from something else, in order of `num`, those after it.
core::Result<std::vector<StaleItem>> staleItems(core::db::Session& session, std::int64_t after, std::int64_t limit);
core::Result<std::vector<core::Id>> staleAlbums(core::db::Session& session);

core::Result<void> refreshItemLoudness(core::db::Session& session, const core::Id& item);
core::Result<void> refreshAlbumLoudness(core::db::Session& session, const core::Id& album);

}  // namespace marea::server
