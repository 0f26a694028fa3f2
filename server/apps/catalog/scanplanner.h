#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/scanunit.h"

namespace marea::server {

// A unit on its way through a scan.
struct UnitWork {
    ScanUnit unit;
    std::vector<std::size_t> toRead;  // indices of files whose content has to be looked at
    std::size_t open = 0;             // of them, how many are not read yet
    bool abandoned = false;           // the reader was stopped: the unit is left for the next scan
};

struct ScanWork {
    std::vector<std::unique_ptr<UnitWork>> units;  // those that need no reading first
    std::int64_t files = 0, toRead = 0;
    bool anyKnown = false;  // the database knows files, so that a new one may be one that moved
};

// Walks the library (or the named folders) and compares with the database. Nothing is written.
core::Result<ScanWork> planWork(core::db::Database& database, const core::Id& library, const core::FileHandle& root,
                                const std::optional<std::set<std::string>>& folders, const std::atomic<bool>& stop);

}  // namespace marea::server
