#pragma once

#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/item.h"

namespace marea::server {

// Which of the videos that are no titles of their own are trailers of a film or a series follows from where they lie
// (core/library/trailers.h): looked up when somebody asks, so that nothing has to be kept in step.
core::Result<std::vector<Trailer>> trailersOf(core::db::Session& session, const core::Id& item);

}  // namespace marea::server
