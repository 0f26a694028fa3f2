#pragma once

#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// The titles of a smart playlist as `userId` sees it now (ratings and plays are the viewer's own), from `offset` on.
core::Result<std::vector<core::Id>> smartTitles(core::db::Session& session, const core::Id& userId,
                                                std::string_view rules, int offset, int limit, core::TimeMs now);

}  // namespace marea::server
