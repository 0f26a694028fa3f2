#pragma once

#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/collections.h"

namespace marea::server {

// Routes of collections. One of which somebody may see nothing is not there for them; owners see their empty ones.
class CollectionHandlers {
public:
    CollectionHandlers(Catalog& catalog, Catalog::Impl& impl) : catalog_(catalog), impl_(impl) {}

    Response list(const Request& request);
    Response read(const Request& request);
    Response create(const Request& request);
    Response change(const Request& request);
    Response remove(const Request& request);

private:
    Response ofItem(const core::Id& item, const Principal& who);
    core::Result<std::optional<core::json::object>> told(core::db::Session& session, const CollectionRow& collection,
                                                         const Principal& who, bool withItems);
    Response answer(int status, const core::Id& id, const Principal& who);

    Catalog& catalog_;
    Catalog::Impl& impl_;
};

void addCollectionRoutes(Router& router, Catalog& catalog, Catalog::Impl& impl);

}  // namespace marea::server
