#pragma once

#include "server/apps/catalog/catalog.h"
#include "server/apps/downloads/downloads.h"
#include "server/farm/downloadjobs.h"
#include "server/stream/protection.h"

namespace marea::server {

// The catalogue's titles, for downloads: for who asks for them, and for the farm that makes them.
class CatalogDownloads final : public DownloadTitles, public DownloadLibrary {
public:
    CatalogDownloads(Catalog& catalog, TitleProtection& protection, TitleKeys& keys)
        : catalog_(catalog), protection_(protection), keys_(keys) {}

    core::Result<ItemDetail> item(const core::Id& userId, const core::Id& itemId) override;
    core::Result<std::vector<Item>> titlesOf(const core::Id& userId, const core::Id& itemId, int most) override;
    core::Result<OpenedFile> openFile(const core::Id& userId, const core::Id& fileId) override;
    core::Result<void> inTheClear(const core::Id& itemId) override;
    core::Result<std::optional<DownloadSeal>> sealOf(const core::Id& itemId) override;
    core::Result<bool> hides(const core::Id& userId, const core::Id& itemId) override;

    core::Result<Opened> open(const DownloadOrder& order) override;
    void cover(const DownloadOrder& order, std::function<void(std::string, std::string)> done) override;
    core::Result<StreamTitlePtr> openSidecar(const DownloadOrder& order, std::size_t number) override;

private:
    Catalog& catalog_;
    TitleProtection& protection_;
    TitleKeys& keys_;
};

}  // namespace marea::server
