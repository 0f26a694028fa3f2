#pragma once

#include "server/apps/catalog/catalog.h"
#include "server/farm/indexjobs.h"

namespace marea::server {

// The catalogue's films, for the farm that reads long ones through.
class CatalogIndexes final : public IndexedFilms {
public:
    explicit CatalogIndexes(Catalog& catalog) : catalog_(catalog) {}

    core::Result<std::vector<IndexedFilm>> films(std::int64_t after, std::int64_t limit) override;
    core::Result<SegmentSource> open(const core::Id& file) override;

private:
    Catalog& catalog_;
};

}  // namespace marea::server
