#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "server/apps/catalog/catalog.h"

namespace marea::server {

// The file system that a folder is on, for this process.
struct VolumeSpace {
    std::int64_t free = 0, total = 0;
};
std::optional<VolumeSpace> spaceOf(const std::string& folder);  // nullopt: it is not there at the moment

struct StoredFile {
    std::string name;
    std::int64_t bytes = 0;
    core::TimeMs modified = 0;
};
struct CacheUse {
    std::string name;
    std::int64_t bytes = 0;
    std::optional<std::int64_t> limit = {};
};

// What is kept where, and what room there is.
struct StorageReport {
    std::string folder;
    std::optional<VolumeSpace> space;
    std::int64_t databaseBytes = 0;  // with its log
    std::vector<StoredFile> backups;
    std::vector<CacheUse> caches;
    struct Library {
        Catalog::LibrarySize size;
        std::optional<VolumeSpace> space;
    };
    std::vector<Library> libraries;
};
core::json::object toJson(const StorageReport& report);

// All files below a folder, of the first `most`.
std::int64_t bytesBelow(const std::string& folder, std::size_t most = 200'000);
// Copies of the database that lie beside it: those made before it was brought up to date or restored.
std::vector<StoredFile> databaseCopies(const std::string& dataFolder);
std::int64_t databaseBytes(const std::string& dataFolder);

}  // namespace marea::server
