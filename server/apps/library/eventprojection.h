#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/db/database.h"
#include "server/apps/library/libraryevents.h"

namespace marea::server {

// One statement and its own values.
struct Statement {
    using Field = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
    std::string_view sql;  // lives for ever
    std::vector<Field> values;
};

// What an event does to the read tables. Pure. Of HistoryUndone only what is left to do when its subject was made
// anew: by `forgetting` it, and doing again what still counts.
std::vector<Statement> projection(const LibraryEvent& event);
std::vector<Statement> forgetting(const LibraryEvent& undone);

core::Result<void> run(core::db::Session& session, const std::vector<Statement>& statements);

}  // namespace marea::server
