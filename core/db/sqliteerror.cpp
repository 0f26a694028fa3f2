#include "core/db/sqliteerror.h"

#include <sqlite3.h>

#include <string>

namespace marea::core::db {

namespace {

struct Meaning {
    ErrorCode code;
    const char* text;
};

Meaning meaning(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return {ErrorCode::Unavailable, "The disk is full. Free some space and try again."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::Unavailable, "The database is in use by another program. Try again."};
        case SQLITE_INTERRUPT:
        case SQLITE_ABORT:
            return {ErrorCode::Cancelled, "The work was stopped."};
        case SQLITE_CONSTRAINT:
            return {ErrorCode::Conflict, "That clashes with what is stored already."};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::Corrupt, "The database file is damaged. Restore it from a backup."};
        case SQLITE_TOOBIG:
            return {ErrorCode::TooLarge, "That is too large to be stored."};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_NOLFS:
            return {ErrorCode::Io, "The database file cannot be read or written."};
        case SQLITE_NOMEM:
            return {ErrorCode::Unavailable, "Not enough memory. Try again."};
        default:
            return {ErrorCode::Internal, "The database refused a statement."};
    }
}

}  // namespace

Error sqliteError(int code, sqlite3* connection, std::string_view what) {
    const Meaning known = meaning(code);
    std::string detail = "sqlite " + std::to_string(code) + ": ";
    detail += connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    if (!what.empty()) {
        detail.append(" in: ").append(what.substr(0, 200));
    }
    return Error{known.code, std::move(detail), known.text};
}

}  // namespace marea::core::db
