#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/log.h"
#include "core/db/sqliteconnection.h"

namespace marea::core::db {

struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

// Those of core/db/schema, in order; generated at build time.
std::span<const Migration> builtInMigrations();

// The version that a database has when all of `migrations` have run; 0 for none.
int latestVersion(std::span<const Migration> migrations);

// What the file at `connection` is to us: its schema version, or why it is refused (newer than `latest`, or a
// database of another program).
Result<int> checkedVersion(SqliteConnection& connection, int latest);

// Runs those above the database's version in order, each in one transaction that also sets PRAGMA user_version.
Result<void> migrate(SqliteConnection& writer, std::span<const Migration> migrations, Logger& logger);

}  // namespace marea::core::db
