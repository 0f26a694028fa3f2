#pragma once

#include "core/media/capabilities.h"
#include "server/apps/catalog/item.h"
#include "server/protection/schemes.h"

namespace marea::server {

// How a protected title goes out to a client.
struct ProtectedPlan {
    ProtectionKind kind;
    core::Capabilities client;  // what it can play of that
};

// The first that the client names, the title goes out in, and that costs no new encoding of the picture; else the first
// at all. Unprocessable, in words, when there is none. Pure.
core::Result<ProtectedPlan> planProtected(const ItemDetail& item, const core::Capabilities& client,
                                          const ProtectionSchemes& schemes);

}  // namespace marea::server
