#pragma once

#include <functional>

#include "server/apps/catalog/catalog.h"
#include "server/apps/catalog/rungstore.h"
#include "server/farm/rungjobs.h"
#include "server/host/catalogsounds.h"

namespace marea::server {

// The catalogue's pictures, for the farm that measures what they need in the ladder.
class CatalogPictures final : public LibraryPictures {
public:
    // `onKept`: whenever something was measured; on a worker's thread.
    CatalogPictures(Catalog& catalog, core::db::Database& database, const std::shared_ptr<const core::Clock>& clock,
                    std::function<void()> onKept)
        : files_(catalog, database, clock), store_(database, clock), onKept_(std::move(onKept)) {}

    core::Result<std::vector<core::PictureFile>> unmeasured(std::int64_t after, std::int64_t limit) override;
    core::Result<SegmentSource> open(const std::string& content) override;
    core::Result<core::MediaInfo> info(const std::string& content) override;
    core::Result<void> keep(const std::string& content, const std::vector<core::RungMeasure>& rungs,
                            const std::string& problem) override;
    core::Result<void> sweep() override;

private:
    CatalogSounds files_;  // which opens files by their content
    RungStore store_;
    const std::function<void()> onKept_;
};

}  // namespace marea::server
