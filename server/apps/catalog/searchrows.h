#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/scanrows.h"

namespace marea::server {

// Where an item stands in `search`: the most wanted first. Kinds that stand for many others come before them, and
// what was played more often climbs.
std::int64_t searchRowid(const std::string& kind, std::int64_t popularity, std::int64_t num);

// All of these kinds stand before it; no kinds: everything does.
std::int64_t searchRowsEnd(const std::vector<std::string>& kinds);

// Whether what the search indexes is the same.
bool sameSearchText(const ItemRow& a, const ItemRow& b);

// What a transaction changes in the table `search`, collected until its end.
class SearchRows {
public:
    void index(ItemRow& item);  // sets searchRow
    void unindex(const ItemRow& item);
    core::Result<void> save(core::db::Session& session);

private:
    struct Text {
        std::string title, people, more, kind;
        std::int64_t item = 0;
    };
    struct Change {
        bool inTable = false;      // there is an old row to be removed
        std::optional<Text> text;  // of the new row
    };
    std::map<std::int64_t, Change> rows_;  // by rowid
};

}  // namespace marea::server
