#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "core/db/database.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// A film that is made ahead. What it consists of never changes under its id.
struct PreparedRow {
    core::Id id, mediaId, fileId, userId;
    std::string name;  // of the file, for people
    std::string wish;  // JSON, the asker's
    HeldFile content;
    std::string build;
    std::int64_t mostBytes = 0;         // room spoken for
    std::optional<std::int64_t> bytes;  // when all of it is there
    double progress = 0;
    bool present = true;  // the file is there; else nothing is kept for it
    core::Id jobId;       // of the last making
    std::string problem;  // why there is no plan, in words
    core::TimeMs createdAt = 0, updatedAt = 0;
};

// The tables of films that are made ahead: they are the truth about what stays in the cache. Calls block; thread-safe.
class PreparedStore {
public:
    explicit PreparedStore(core::db::Database& database) : database_(database) {}

    // In place of what there was of the same file, under its new id. TooLarge, in words: with all others it would take
    // more than `most` bytes.
    core::Result<void> put(const PreparedRow& row, std::int64_t most);
    core::Result<std::vector<PreparedRow>> all();
    core::Result<std::vector<PreparedRow>> ofTitle(const core::Id& media);
    core::Result<std::optional<PreparedRow>> find(const core::Id& id);
    core::Result<std::optional<PreparedRow>> ofFile(const core::Id& file);
    core::Result<bool> remove(const core::Id& id);

    // These do nothing when it is gone, or was planned anew.
    core::Result<void> setJob(const core::Id& id, const core::Id& job, double progress, core::TimeMs now);
    core::Result<void> finished(const core::Id& id, std::int64_t bytes, core::TimeMs now);
    core::Result<void> unfinished(const core::Id& id, core::TimeMs now);  // something of it was lost
    core::Result<void> setPresent(const core::Id& id, bool present, core::TimeMs now);

private:
    core::Result<std::vector<PreparedRow>> rows(const std::string& sql, core::db::Session::Values values);
    core::Result<std::optional<PreparedRow>> first(const std::string& sql, core::db::Session::Values values);
    core::Result<void> change(std::string_view sql, core::db::Session::Values values);

    core::db::Database& database_;
};

}  // namespace marea::server
