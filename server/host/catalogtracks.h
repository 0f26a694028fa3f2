#pragma once

#include <optional>

#include "server/apps/catalog/catalog.h"
#include "server/apps/scrobbling/scrobblerules.h"

namespace marea::server {

// A song as services for listens know it, with the MusicBrainz ids of its file's tags. nullopt: it is no song.
// NotFound: it has gone. Blocks.
core::Result<std::optional<ScrobbledTrack>> scrobbledTrack(Catalog& catalog, const core::Id& mediaId);

}  // namespace marea::server
