#pragma once

#include <string>

#include "core/db/database.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// One field of a CSV line (RFC 4180). What a spreadsheet would take for a formula is text there.
std::string csvField(std::string_view text);

// What was paid from `from` until before `until`, a line each, with a head line; at most so many.
core::Result<std::string> salesReport(core::db::Session& session, TimeMs from, TimeMs until, int most);

}  // namespace marea::server::store
