#pragma once

#include "server/apps/catalog/catalog.h"
#include "server/apps/prepared/prepared.h"

namespace marea::server {

// The catalogue's films, for whoever has them made ahead, and for the farm that does it.
class CatalogPrepared final : public PreparedLibrary {
public:
    explicit CatalogPrepared(Catalog& catalog) : catalog_(catalog) {}

    core::Result<StreamTitlePtr> open(const core::Id& user, const core::Id& media, const core::Id& file) override;
    core::Result<Choice> choose(const core::Id& user, const core::Id& media, const core::Id& file,
                                const core::Capabilities& client, StreamProfilePtr profile) override;
    core::Result<std::map<core::Id, Place>> places(const std::set<core::Id>& files) override;

private:
    Catalog& catalog_;
};

}  // namespace marea::server
