#include "server/apps/licence/readytowrap.h"

namespace marea::server {

core::Result<void> readyToWrap(core::db::Session& session, KeyWrapper& wrapper) {
    const auto any = session.first(
        "SELECT 1 FROM title_keys UNION ALL SELECT 1 FROM seal_keys UNION ALL SELECT 1 FROM orders WHERE master IS NOT "
        "NULL LIMIT 1",
        {}, [](const core::db::Row&) { return true; });
    if (!any) {
        return core::unexpected<core::Error>(any.error());
    }
    return *any ? core::Result<void>() : wrapper.prepare();
}

}  // namespace marea::server
