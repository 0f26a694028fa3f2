#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

struct CollectionRow {
    core::Id id;
    std::string name, overview, sortKey;
    bool ofFiles = false;  // follows from .nfo files: not an owner's to change
    core::TimeMs createdAt = 0, updatedAt = 0;
};

struct CollectionChange {
    std::optional<std::string> name, overview;
    std::optional<std::vector<core::Id>> items;  // all of them, in their order
};

// The rows of collections, for use inside one transaction. Who may see which members is not asked here: read those by
// ItemQueries, which knows.
class Collections {
public:
    explicit Collections(core::db::Session& session) : session_(session) {}

    // In order of (sortKey, id), those after that place.
    core::Result<std::vector<CollectionRow>> after(const std::string& sortKey, const core::Id& id, int limit);
    core::Result<std::optional<CollectionRow>> read(const core::Id& id);
    core::Result<std::vector<CollectionRow>> ofItem(const core::Id& item);
    // Numbers of those that are there, in their order: an owner's, else by year and title.
    core::Result<std::vector<std::int64_t>> members(const core::Id& id, int limit);

    // Unprocessable: an item that is not there. `change` has a name.
    core::Result<core::Id> create(const CollectionChange& change, core::TimeMs now);
    core::Result<void> change(const CollectionRow& collection, const CollectionChange& change, core::TimeMs now);
    core::Result<void> remove(const core::Id& id);

    // What the .nfo file of an item says: the name of its set, empty for none.
    core::Result<void> follow(std::int64_t item, const std::string& set, const std::string& overview, core::TimeMs now);

private:
    core::Result<void> putItems(const core::Id& id, const std::vector<core::Id>& items);
    core::Result<core::Id> ofSet(const std::string& set, const std::string& overview, core::TimeMs now);

    core::db::Session& session_;
};

}  // namespace marea::server
