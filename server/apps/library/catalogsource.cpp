// The catalogue as playback's source, and the constructor that takes one: apart, so that tests link neither.
#include "server/apps/catalog/catalog.h"
#include "server/apps/library/picturesidecars.h"
#include "server/apps/library/playback.h"

namespace marea::server {

namespace {

class CatalogSource final : public MediaSource {
public:
    CatalogSource(Catalog& catalog, TitleProtection& protection) : catalog_(catalog), protection_(protection) {}

    Viewer viewer(const core::Id& userId) override { return catalog_.viewer(userId); }
    core::Result<ItemDetail> item(const core::Id& userId, const core::Id& itemId) override {
        auto item = catalog_.item(userId, itemId);
        if (item) {
            addPictureSidecars(*item);
        }
        return item;
    }
    core::Result<std::vector<Item>> items(const core::Id& userId, const std::vector<core::Id>& itemIds) override {
        return catalog_.items(userId, itemIds);
    }
    core::Result<OpenedFile> openFile(const core::Id& userId, const core::Id& fileId) override {
        return catalog_.openFile(userId, fileId);
    }
    core::Result<OpenedFile> openSidecar(const core::Id& userId, const core::Id& sidecarId) override {
        return catalog_.openSidecar(userId, sidecarId);
    }
    core::Result<OpenedFile> openVobSubData(const core::Id& userId, const core::Id& sidecarId) override {
        return catalog_.openVobSubData(userId, sidecarId);
    }
    core::Result<std::optional<ProtectionSchemes>> protection(const core::Id& itemId) override {
        return protection_.of(itemId);
    }
    void played(const core::Id& itemId) override { catalog_.played(itemId); }
    core::json::object toJson(const Item& item, const core::Id& loginId) const override {
        return catalog_.toJson(item, loginId);
    }
    std::string artworkUrl(const Item& item, const core::Id& loginId) const override {
        return catalog_.artworkUrl(item, loginId);
    }

private:
    Catalog& catalog_;
    TitleProtection& protection_;
};

}  // namespace

Playback::Playback(core::db::Database& database, Catalog& catalog, TitleProtection& protection, TitleKeys& keys,
                   StreamTokens& tokens, StreamService& streams, std::shared_ptr<const core::Clock> clock,
                   std::shared_ptr<core::Logger> logger, WorkPool& pool, PlaybackOptions options, FindProfile profiles)
    : Playback(database, std::make_unique<CatalogSource>(catalog, protection), keys, tokens, streams, std::move(clock),
               std::move(logger), pool, options, std::move(profiles)) {}

}  // namespace marea::server
