#pragma once

#include <functional>

#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/metadataedits.h"

namespace marea::server {

// Routes by which owners say what items are in place of their files.
class MetadataHandlers {
public:
    explicit MetadataHandlers(Catalog::Impl& impl) : impl_(impl) {}

    Response read(const Request& request);
    Response change(const Request& request);
    Response reset(const Request& request);
    Response resetPicture(const Request& request);
    // The picture is read by a worker, and answered for from one of the pool's threads.
    void setPicture(const Request& request, Reply reply);

private:
    using Work = std::function<core::Result<ItemMetadata>(MetadataEdits&)>;
    core::Result<ItemMetadata> write(const core::Id& item, const Work& work);  // and tells who counts and spells
    Response answer(const core::Result<ItemMetadata>& metadata);
    Response keep(const core::Id& item, const core::Result<core::Image>& image);

    Catalog::Impl& impl_;
};

void addMetadataRoutes(Router& router, Catalog::Impl& impl);

}  // namespace marea::server
