#pragma once

#include <functional>
#include <string>

#include "core/db/sqliteconnection.h"

namespace marea::core::db {

// Copies the database behind `source` page by page into the new file `path`, as it was when the copy began, while
// others read and write. The copy is made under a temporary name, synced and renamed, so that a file of the final name
// is whole. `stopped` is asked between steps. Conflict when `path` exists.
Result<void> copyDatabase(SqliteConnection& source, const std::string& path, const std::function<bool()>& stopped);

// Makes an empty file that only its owner may read, unless it is there.
Result<void> makePrivateFile(const std::string& path);

}  // namespace marea::core::db
