#pragma once

#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/item.h"

namespace marea::server {

// Numbers of the items most like `item`, best first, at most `most`: ranked among a bounded number of those that share
// a genre, a person, an artist or a collection with it. Of an episode or a season, those like its series. Who may see
// them is not asked here: ItemQueries::byNumbers leaves out the others, so ask for some more than are needed.
core::Result<std::vector<std::int64_t>> similarNumbers(core::db::Session& session, const Item& item, std::size_t most);

}  // namespace marea::server
