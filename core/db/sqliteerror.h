#pragma once

#include <string_view>

#include "core/base/result.h"

struct sqlite3;

namespace marea::core::db {

// What SQLite said, as an Error: plain words for a person, its own message and extended code in `detail`. `what` names
// what was tried (a statement's text, never bound values, which may be secret). `connection` may be null.
Error sqliteError(int code, sqlite3* connection, std::string_view what);

}  // namespace marea::core::db
