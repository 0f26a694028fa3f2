#include "server/apps/library/listparams.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;

core::Result<int> listLimit(const Request& request, int otherwise) {
    const auto text = request.queryValue("limit");
    const auto limit = text ? wholeNumber<int>(*text) : std::optional(otherwise);
    return limit && *limit >= 1 && *limit <= 200 ? core::Result<int>(*limit)
                                                 : fail(ErrorCode::Invalid, "limit must be from 1 to 200.");
}

core::unexpected<core::Error> wrongCursor() {
    return fail(ErrorCode::Invalid, "cursor is not one that was given out.");
}

}  // namespace marea::server
