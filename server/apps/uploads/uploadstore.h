#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

struct UploadRow {
    core::Id id, userId, libraryId;
    std::string folder;  // of the library, absolute
    std::string path;    // in it
    std::int64_t size = 0;
    bool done = false;
    core::TimeMs createdAt = 0, updatedAt = 0;
};

// The uploads themselves. Every call is one transaction and blocks.
class UploadStore {
public:
    explicit UploadStore(core::db::Database& database) : database_(database) {}

    // Conflict when another unfinished one has that place; Busy when the user has `most` unfinished ones.
    core::Result<void> add(const UploadRow& row, std::int64_t most);
    // NotFound also when it is somebody else's.
    core::Result<UploadRow> find(const core::Id& userId, const core::Id& id);
    core::Result<std::vector<UploadRow>> ofUser(const core::Id& userId);
    core::Result<void> touch(const core::Id& id, core::TimeMs now);
    core::Result<void> setDone(const core::Id& id, core::TimeMs now);
    core::Result<void> remove(const core::Id& id);
    core::Result<std::vector<UploadRow>> untouchedSince(bool done, core::TimeMs before);

private:
    core::db::Database& database_;
};

}  // namespace marea::server
