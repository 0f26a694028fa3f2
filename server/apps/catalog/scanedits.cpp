// What owners show of an item in place of what its files say.
#include "server/apps/catalog/metadatafields.h"
#include "server/apps/catalog/rowvalues.h"
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

using core::Result;
using rowvalues::view;

// What is shown is written; what the files say stays in the row of the edits, and in `item`.
Result<void> ScanStore::updateEdited(const MetadataFields& edited, ItemRow& item) {
    auto done = session_.run("UPDATE metadata_edits SET own=?2 WHERE item=?1",
                             {item.num, view(core::json::serialize(covered(edited, item)))});
    ItemRow shown = item;
    lay(edited, shown);
    search_.unindex(item);
    search_.index(shown);
    item.searchRow = shown.searchRow;
    return done ? writeItem(shown, true) : done;
}

Result<void> ScanStore::saveEdits(ItemRow& item, const MetadataFields& edited, core::TimeMs now) {
    if (edited.empty()) {
        auto done = session_.run("DELETE FROM metadata_edits WHERE item=?1", {item.num});
        search_.unindex(item);
        search_.index(item);
        return done ? writeItem(item, true) : done;
    }
    auto done = session_.run(
        "INSERT INTO metadata_edits(item, edited, own, edited_at) VALUES (?1, ?2, '{}', ?3) ON CONFLICT(item) DO "
        "UPDATE "
        "SET edited=excluded.edited, edited_at=excluded.edited_at",
        {item.num, view(core::json::serialize(edited)), now});
    return done ? updateEdited(edited, item) : done;
}

}  // namespace marea::server
