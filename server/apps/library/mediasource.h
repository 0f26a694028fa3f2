#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/catalog/item.h"
#include "server/apps/identity/viewer.h"
#include "server/protection/schemes.h"

namespace marea::server {

// What playback asks of the catalogue, and of what else is known of its items. Calls block and are thread-safe; answers
// are the asking user's view.
class MediaSource {
public:
    virtual ~MediaSource() = default;
    virtual Viewer viewer(const core::Id& userId) = 0;  // for statements of one's own over media_items
    virtual core::Result<ItemDetail> item(const core::Id& userId, const core::Id& itemId) = 0;
    virtual core::Result<std::vector<Item>> items(const core::Id& userId, const std::vector<core::Id>& itemIds) = 0;
    virtual core::Result<OpenedFile> openFile(const core::Id& userId, const core::Id& fileId) = 0;
    virtual core::Result<OpenedFile> openSidecar(const core::Id& userId, const core::Id& sidecarId) = 0;
    virtual core::Result<OpenedFile> openVobSubData(const core::Id& userId, const core::Id& sidecarId) = 0;
    // In what a title goes out, and in nothing else; nullopt: in the clear.
    virtual core::Result<std::optional<ProtectionSchemes>> protection(const core::Id& itemId) = 0;
    virtual void played(const core::Id& itemId) = 0;  // how often it was played has changed
    virtual core::json::object toJson(const Item& item, const core::Id& loginId) const = 0;
    virtual std::string artworkUrl(const Item& item, const core::Id& loginId) const = 0;
};

}  // namespace marea::server
