#include "core/db/sqlitemigrate.h"

#include <sqlite3.h>

namespace marea::core::db {

namespace {

constexpr std::int64_t kApplicationId = 0x4D415245;  // "MARE", in the file's header

Result<void> checkForeignKeys(SqliteConnection& writer) {
    auto broken = writer.first("PRAGMA foreign_key_check", {}, [](const Row& row) { return row.string(0); });
    if (!broken) {
        return unexpected<Error>(broken.error());
    }
    if (*broken) {
        return fail(ErrorCode::Corrupt, "The database could not be brought up to date.",
                    "rows of " + **broken + " refer to rows that are not there");
    }
    return {};
}

Result<void> apply(SqliteConnection& writer, const Migration& migration) {
    auto done = writer.transaction([&](Session&) -> Result<void> {
        if (auto ran = writer.script(migration.sql); !ran) {
            return ran;
        }
        // A COMMIT inside the file would have ended our transaction.
        if (sqlite3_get_autocommit(writer.handle()) != 0) {
            return fail(ErrorCode::Internal, "The database could not be brought up to date.",
                        "a migration must not end its transaction");
        }
        if (auto checked = checkForeignKeys(writer); !checked) {
            return checked;
        }
        return writer.script("PRAGMA user_version=" + std::to_string(migration.version) +
                             "; PRAGMA application_id=" + std::to_string(kApplicationId));
    });
    if (!done) {
        done.error().detail = "migration " + std::string(migration.name) + ": " + done.error().detail;
    }
    return done;
}

}  // namespace

int latestVersion(std::span<const Migration> migrations) {
    return migrations.empty() ? 0 : migrations.back().version;
}

Result<int> checkedVersion(SqliteConnection& connection, int latest) {
    const auto application = connection.pragma("application_id");
    const auto version = application ? connection.pragma("user_version") : application;
    if (!version) {
        return unexpected<Error>(version.error());
    }
    if (*application != kApplicationId && (*application != 0 || *version != 0)) {
        return fail(ErrorCode::Conflict, "The database file belongs to another program.",
                    "application_id " + std::to_string(*application));
    }
    if (*version > latest) {
        return fail(ErrorCode::Conflict,
                    "The database was made by a newer version of Marea. Update Marea, or restore an older backup.",
                    "schema " + std::to_string(*version) + ", known up to " + std::to_string(latest));
    }
    return static_cast<int>(*version);
}

Result<void> migrate(SqliteConnection& writer, std::span<const Migration> migrations, Logger& logger) {
    auto version = checkedVersion(writer, latestVersion(migrations));
    if (!version) {
        return unexpected<Error>(version.error());
    }
    // Off while tables are rebuilt (sqlite.org/lang_altertable.html section 7); each migration is checked as a whole.
    if (auto off = writer.script("PRAGMA foreign_keys=OFF"); !off) {
        return off;
    }
    for (const Migration& migration : migrations) {
        if (migration.version <= *version) {
            continue;
        }
        if (auto done = apply(writer, migration); !done) {
            return done;
        }
        logger.info("database.migrated", {{"version", migration.version}, {"name", migration.name}});
    }
    return writer.script("PRAGMA foreign_keys=ON");
}

}  // namespace marea::core::db
