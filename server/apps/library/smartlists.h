#pragma once

#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// The titles of a smart playlist as `viewer` sees it now (ratings and plays are the viewer's own), from `offset` on.
core::Result<std::vector<core::Id>> smartTitles(core::db::Session& session, const Viewer& viewer,
                                                std::string_view rules, int offset, int limit, core::TimeMs now);

}  // namespace marea::server
