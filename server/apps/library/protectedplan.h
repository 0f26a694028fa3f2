#pragma once

#include "core/media/capabilities.h"
#include "server/apps/catalog/item.h"
#include "server/protection/outsidesystems.h"

namespace marea::server {

// How a protected title goes out to a client.
struct ProtectedPlan {
    ProtectionKind kind;
    core::Capabilities client;  // what it can play of that
};

// The first that the client names, the title goes out in, and that costs no new encoding of the picture; else the first
// at all. Kinds of systems outside only where the owner has a provider for one of them. Unprocessable, in words, when
// there is none. Pure.
core::Result<ProtectedPlan> planProtected(const ItemDetail& item, const core::Capabilities& client,
                                          const ProtectionSchemes& schemes, const OutsideSystems& outside = {});

}  // namespace marea::server
