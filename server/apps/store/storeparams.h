#pragma once

#include "core/base/result.h"
#include "server/apps/store/productstore.h"
#include "server/gateway/http.h"

namespace marea::server::store {

// The query of a list of products. Invalid with words.
core::Result<ProductQuery> parseProductQuery(const Request& request, bool owner);
// The client's own name for its request; what pays has to have one.
core::Result<std::string> orderKey(const Request& request);
// "cursor" of a list by id, empty: from the start.
core::Result<Id> idCursor(const Request& request);

}  // namespace marea::server::store
