#pragma once

#include <memory>
#include <string>

#include "core/base/log.h"
#include "core/db/database.h"

namespace marea::core::db {

struct SqliteOptions {
    int readers = 4;             // connections for reading
    bool migrate = true;         // bring the schema up to date, after a backup beside the file when it is older
    std::string backupFolder{};  // where that backup goes; empty: beside the database
};

// Opens or makes the database at `path` (":memory:" is not supported: readers share a file). Runs the numbered
// migrations compiled in from core/db/schema/NNNN_name.sql, each in one transaction, and refuses a database whose
// version is newer than this program knows.
Result<std::unique_ptr<Database>> openSqlite(const std::string& path, SqliteOptions options,
                                             std::shared_ptr<Logger> logger);

}  // namespace marea::core::db
