#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/apps/catalog/catalog.h"
#include "server/apps/catalog/mediaquery.h"
#include "server/apps/files/filespages.h"
#include "server/gateway/http.h"

namespace marea::server {

class TitleProtection;

// Which list somebody asks for, by the query of the page's address. What makes no sense counts as not asked.
struct FilesWish {
    std::string kind = "films", text, cursor;
    core::Id parent;
};
FilesWish filesWish(const Request& request);

// The lists of the pages, as somebody sees them. Blocks.
class FilesLists {
public:
    FilesLists(core::db::Database& database, Catalog& catalog, TitleProtection& protection)
        : database_(database), catalog_(catalog), protection_(protection) {}

    core::Result<FilesList> list(const Principal& who, const FilesWish& wish, const FilesWords& words);

private:
    struct Found {
        std::vector<Item> items;
        std::string cursor;
        bool isCut = false;  // more match than a search gives
    };
    core::Result<Found> search(const Viewer& viewer, const FilesWish& wish);
    core::Result<Found> page(const Viewer& viewer, const MediaQuery& query);
    core::Result<FilesEntry> entry(const Principal& who, const Viewer& viewer, const Item& item,
                                   const FilesWords& words);

    core::db::Database& database_;
    Catalog& catalog_;
    TitleProtection& protection_;
};

}  // namespace marea::server
