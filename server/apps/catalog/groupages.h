#pragma once

#include <set>
#include <string_view>

#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// For which age something of a group is (media_items.age, .unrated): as its parts that are there have it. Each set of
// groups in a call of its own, parts before wholes; part of the caller's transaction.
class GroupAges {
public:
    explicit GroupAges(core::db::Session& session) : session_(session) {}

    // First gives episodes without a rating that of their series.
    core::Result<void> series(const std::set<core::Id>& ids);
    core::Result<void> seasons(const std::set<core::Id>& ids);
    core::Result<void> albums(const std::set<core::Id>& ids);
    core::Result<void> artists(const std::set<core::Id>& ids);

private:
    core::Result<void> rateEpisodes(const core::Id& series);
    core::Result<void> sum(const std::set<core::Id>& ids, std::string_view ofParts);

    core::db::Session& session_;
};

}  // namespace marea::server
