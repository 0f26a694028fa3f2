#pragma once

#include "server/apps/catalog/catalog.h"
#include "server/apps/catalog/loudnessstore.h"
#include "server/farm/loudnessjobs.h"

namespace marea::server {

// The catalogue's sounds, for the farm that measures them.
class CatalogSounds final : public LibrarySounds {
public:
    CatalogSounds(Catalog& catalog, core::db::Database& database, std::shared_ptr<const core::Clock> clock)
        : catalog_(catalog), store_(database, std::move(clock)) {}

    core::Result<std::vector<core::SoundFile>> unmeasured(std::int64_t after, std::int64_t limit) override;
    core::Result<SegmentSource> open(const std::string& content) override;
    core::Result<void> keep(const std::string& content, const std::vector<core::SoundMeasure>& measures) override;
    core::Result<void> refresh() override;
    core::Result<void> sweep() override;

private:
    Catalog& catalog_;
    LoudnessStore store_;
};

}  // namespace marea::server
