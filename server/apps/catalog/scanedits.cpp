// What is shown of an item in place of what its files say: by owners, or looked up.
#include "server/apps/catalog/metadatafields.h"
#include "server/apps/catalog/rowvalues.h"
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

using core::Result;
using core::db::Row;
using rowvalues::view;

Result<std::optional<MetadataOverlay>> ScanStore::overlay(const ItemRow& item) {
    return session_.first("SELECT edited, provided FROM metadata_edits WHERE item=?1", {item.num}, [](const Row& row) {
        return MetadataOverlay{metadataFromText(row.text(0)), metadataFromText(row.text(1))};
    });
}

// What is shown is written; what the files say stays in the row of the edits, and in `item`.
Result<void> ScanStore::updateOverlay(const MetadataOverlay& overlay, ItemRow& item) {
    auto done = session_.run("UPDATE metadata_edits SET own=?2 WHERE item=?1",
                             {item.num, view(core::json::serialize(coveredBy(overlay, item)))});
    ItemRow shown = item;
    lay(shownFields(overlay, item), shown);
    search_.unindex(item);
    search_.index(shown);
    item.searchRow = shown.searchRow;
    return done ? writeItem(shown, true) : done;
}

Result<void> ScanStore::saveOverlay(ItemRow& item, const MetadataOverlay& overlay, core::TimeMs editedAt) {
    if (overlay.empty()) {
        auto done = session_.run("DELETE FROM metadata_edits WHERE item=?1", {item.num});
        search_.unindex(item);
        search_.index(item);
        return done ? writeItem(item, true) : done;
    }
    auto done = session_.run(
        "INSERT INTO metadata_edits(item, edited, provided, own, edited_at) VALUES (?1, ?2, ?3, '{}', ?4) "
        "ON CONFLICT(item) DO UPDATE SET edited=excluded.edited, provided=excluded.provided, "
        "edited_at=CASE WHEN ?4 > 0 THEN ?4 ELSE edited_at END",
        {item.num, view(core::json::serialize(overlay.edited)), view(core::json::serialize(overlay.provided)),
         editedAt});
    return done ? updateOverlay(overlay, item) : done;
}

Result<void> ScanStore::saveEdits(ItemRow& item, const MetadataFields& edited, core::TimeMs now) {
    auto laid = overlay(item);
    return laid ? saveOverlay(item, {edited, *laid ? (*laid)->provided : MetadataFields()}, now)
                : core::unexpected<core::Error>(laid.error());
}

Result<void> ScanStore::saveProvided(ItemRow& item, const MetadataFields& provided) {
    auto laid = overlay(item);
    return laid ? saveOverlay(item, {*laid ? (*laid)->edited : MetadataFields(), provided}, 0)
                : core::unexpected<core::Error>(laid.error());
}

}  // namespace marea::server
