#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

struct LibraryRow {
    core::Id id;
    std::string name, path;
    std::optional<core::TimeMs> lastScanAt;
    std::int64_t items = 0, files = 0, broken = 0;
};

// The libraries themselves. Every call is one transaction.
class LibraryStore {
public:
    explicit LibraryStore(core::db::Database& database) : database_(database) {}
    core::Result<std::vector<LibraryRow>> all();  // without counts, as are these
    core::Result<std::vector<LibraryRow>> visibleTo(const Viewer& viewer);
    core::Result<void> count(LibraryRow& library, const Viewer& viewer);  // what of it is theirs to see
    // Conflict when a library has that folder, holds it, or lies within it.
    core::Result<LibraryRow> add(const std::string& name, const std::string& path, core::TimeMs now);
    core::Result<bool> remove(const core::Id& id);  // false: there is none
    core::Result<std::vector<Catalog::LibrarySize>> sizes();
    core::Result<bool> exists(const core::Id& id);

private:
    core::db::Database& database_;
};

// An absolute path of an existing folder in its canonical form.
core::Result<std::string> canonicalFolder(const std::string& path);

}  // namespace marea::server
