#pragma once

#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/db/database.h"
#include "core/library/playlistfile.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/library/playlists.h"

namespace marea::server {

// Which titles, of those that the viewer sees, the entries of another program's playlist are: by our own id, else by
// the end of the path, else by title and artist. In their order; empty ids are those that were not found. Every file
// and title is looked at once at most.
core::Result<std::vector<core::Id>> matchedTitles(core::db::Session& session, const Viewer& viewer,
                                                  const std::vector<core::library::PlaylistFileEntry>& entries);

// The titles as another program reads them: paths below their library.
core::Result<std::vector<core::library::PlaylistFileEntry>> entriesForOthers(core::db::Session& session,
                                                                             const std::vector<core::Id>& titles);

}  // namespace marea::server
