#pragma once

#include <cstdint>
#include <vector>

#include "core/db/database.h"
#include "server/apps/store/order.h"

// The statements over how much of what was bought was sent; each is one part of the caller's transaction.
namespace marea::server::store::deliverystore {

using core::Result;
using core::db::Session;

struct Holder {
    Id user;
    std::uint64_t parts = 0;  // that were sent before
};

// Who bought the title, has it and used nothing of it: `user` alone where that is one of them, else, where people have
// what others bought, all of those.
Result<std::vector<Holder>> holders(Session& session, const Id& user, const Id& media, bool shares);
Result<void> add(Session& session, const Id& user, const Id& media, std::uint64_t parts);

}  // namespace marea::server::store::deliverystore
