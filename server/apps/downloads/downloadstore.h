#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "core/db/database.h"

namespace marea::server {

struct DownloadRow {
    core::Id id, userId, mediaId, fileId;
    std::string name, mimeType, quality, format;
    std::string key;  // empty: the media file as it is
    core::Id jobId;   // empty: nothing to be made
    std::string idempotencyKey;
    core::TimeMs createdAt = 0, updatedAt = 0;
};

// The table of downloads. Calls block; what is read of a user is asked for by that user.
class DownloadStore {
public:
    explicit DownloadStore(core::db::Database& database) : database_(database) {}

    // Conflict when the user has used the idempotency key; Busy when they have `most` already.
    core::Result<void> add(const DownloadRow& row, std::int64_t most);
    core::Result<std::optional<DownloadRow>> find(const core::Id& userId, const core::Id& id);
    core::Result<std::optional<DownloadRow>> byIdempotencyKey(const core::Id& userId, const std::string& key);
    // The user's newest of that file as it would be made, or of the media file as it is.
    core::Result<std::optional<DownloadRow>> same(const core::Id& userId, const core::Id& mediaId,
                                                  const core::Id& fileId, const std::string& key);
    // The newest first, those before `before` ("": from the newest).
    core::Result<std::vector<DownloadRow>> ofUser(const core::Id& userId, const core::Id& before, std::int64_t limit);
    core::Result<void> touch(const core::Id& userId, const core::Id& id, core::TimeMs now);
    core::Result<void> setJob(const core::Id& userId, const core::Id& id, const core::Id& job, core::TimeMs now);
    // Whether it was theirs, and its job when nobody else waits for that file.
    struct Removed {
        bool found = false;
        core::Id idleJob;
    };
    core::Result<Removed> remove(const core::Id& userId, const core::Id& id);
    core::Result<std::int64_t> removeUntouchedSince(core::TimeMs before);
    core::Result<std::set<std::string>> keys();
    // Everybody's of that file as it is made: to tell each of its own.
    core::Result<std::vector<DownloadRow>> withKey(const std::string& key);

private:
    core::db::Database& database_;
};

}  // namespace marea::server
