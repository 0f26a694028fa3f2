#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server::subsonic {

struct PlayQueue {
    std::vector<core::Id> titles;
    std::int64_t current = 0;   // which of them
    std::int64_t position = 0;  // milliseconds
    core::TimeMs changedAt = 0;
    std::string changedBy;
};

struct Bookmark {
    core::Id mediaId;
    std::int64_t position = 0;  // milliseconds
    std::string comment;
    core::TimeMs createdAt = 0, changedAt = 0;
};

struct RadioStation {
    core::Id id;
    std::string name, streamUrl, homePage;
};

constexpr std::int64_t kMostBookmarks = 1000;  // of a user
constexpr std::int64_t kMostStations = 1000;
constexpr std::size_t kLongestQueue = 10'000;

// The repository of what players keep here, each user's own: one queue, bookmarks; and of the radio stations, which
// are everybody's. Every function is one part of the caller's transaction.
core::Result<std::optional<PlayQueue>> playQueue(core::db::Session& session, const core::Id& user);
core::Result<void> savePlayQueue(core::db::Session& session, const core::Id& user, const PlayQueue& queue);
core::Result<void> clearPlayQueue(core::db::Session& session, const core::Id& user);

core::Result<std::vector<Bookmark>> bookmarks(core::db::Session& session, const core::Id& user);
// Conflict: there are too many. One that is there keeps when it was made.
core::Result<void> saveBookmark(core::db::Session& session, const core::Id& user, const Bookmark& bookmark);
core::Result<void> removeBookmark(core::db::Session& session, const core::Id& user, const core::Id& media);

core::Result<std::vector<RadioStation>> radioStations(core::db::Session& session);
core::Result<void> addRadioStation(core::db::Session& session, const RadioStation& station, core::TimeMs now);
core::Result<void> changeRadioStation(core::db::Session& session, const RadioStation& station);  // NotFound
core::Result<void> removeRadioStation(core::db::Session& session, const core::Id& id);           // NotFound

}  // namespace marea::server::subsonic
