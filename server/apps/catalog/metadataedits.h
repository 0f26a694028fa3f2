#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/metadatafields.h"

namespace marea::server {

class ScanStore;

// A picture among the files of an item, which may be chosen for it.
struct PictureChoice {
    core::Id id;
    std::string name;
};

struct ItemMetadata {
    ItemRow own;              // what the files say
    MetadataFields edited;    // what is shown in its place
    MetadataFields provided;  // what was looked up, shown where neither of them says anything
    std::optional<core::TimeMs> editedAt;
    std::vector<PictureChoice> pictures;
};

// What owners say of items in place of their files. For use inside one transaction; items that are missing are theirs
// too, since they may come back.
class MetadataEdits {
public:
    explicit MetadataEdits(core::db::Session& session) : session_(session) {}

    core::Result<ItemMetadata> read(const core::Id& item);  // NotFound
    // Unprocessable: a picture that the item does not have.
    core::Result<ItemMetadata> change(const core::Id& item, MetadataChange change, core::TimeMs now);
    core::Result<ItemMetadata> setPicture(const core::Id& item, const std::string& source, const std::string& version,
                                          core::TimeMs now);
    core::Result<ItemMetadata> reset(const core::Id& item, core::TimeMs now);  // all of it
    // What was looked up, in place of all that was before; empty: nothing any more.
    core::Result<ItemMetadata> provide(const core::Id& item, const MetadataFields& provided);

private:
    core::Result<ItemMetadata> save(ItemMetadata metadata, core::TimeMs now);
    core::Result<ItemMetadata> saved(ScanStore& store, const ItemMetadata& metadata, const core::Result<void>& done);
    core::Result<void> rateAround(const ItemRow& item);
    core::Result<void> choosePicture(const core::Id& picture, ItemMetadata& metadata);

    core::db::Session& session_;
};

// The wire's form.
core::json::object metadataJson(const ItemMetadata& metadata);

// The file of an uploaded picture that is shown, empty when it is none.
std::string uploadedPicture(const MetadataFields& edited);

}  // namespace marea::server
