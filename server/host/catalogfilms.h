#pragma once

#include "server/apps/catalog/catalog.h"
#include "server/farm/spritejobs.h"

namespace marea::server {

// The catalogue's films, for the farm's thumbnails.
class CatalogFilms final : public SpriteFilms {
public:
    explicit CatalogFilms(Catalog& catalog) : catalog_(catalog) {}

    core::Result<std::vector<SpriteFilm>> films(std::int64_t after, std::int64_t limit) override;
    core::Result<SegmentSource> open(const core::Id& file) override;

private:
    Catalog& catalog_;
};

}  // namespace marea::server
