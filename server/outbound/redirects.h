#pragma once

#include <optional>

#include "server/outbound/outbound.h"

namespace marea::server {

// Where an answer to a GET leads on: nullopt when it does not, Forbidden when it leads elsewhere than to the same
// scheme on a host that the request allows. On to another host go no fields that may be secrets. Pure.
core::Result<std::optional<OutboundRequest>> redirected(const OutboundRequest& request, const OutboundAnswer& answer);

}  // namespace marea::server
