#pragma once

#include "core/db/database.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

struct Review {
    Id user;
    std::string username, words;
    std::int64_t stars = 0;  // 1 to 5
    TimeMs createdAt = 0, updatedAt = 0;
};

struct Stars {
    std::int64_t count = 0;
    double mean = 0;
};

// The statements over reviews; each is one part of the caller's transaction.
namespace reviewstore {

using core::Result;
using core::db::Session;

Result<Stars> stars(Session& session, const Id& product);
// The last changed first; `after` is where a list goes on, as it gave it.
Result<std::vector<Review>> ofProduct(Session& session, const Id& product, const std::string& after, int limit);
std::string placeOf(const Review& review);
// False: whoever did not buy it, or has given it back, says nothing of it.
Result<bool> save(Session& session, const Id& product, const Review& review);
Result<bool> remove(Session& session, const Id& product, const Id& user);

}  // namespace reviewstore

}  // namespace marea::server::store
