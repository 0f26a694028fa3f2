#pragma once

#include <optional>
#include <string>

#include "server/outbound/outbound.h"

namespace marea::server {

// An answer that is kept.
struct KeptAnswer {
    int status = 0;
    std::string contentType, etag, body;
    core::TimeMs freshUntil = 0;
};

// How long an answer may be kept, in ms: as it says (RFC 9111), else as the request wishes. nullopt: not at all. Pure.
std::optional<core::TimeMs> freshFor(const OutboundRequest& request, const OutboundAnswer& answer);
KeptAnswer keptAnswer(const OutboundAnswer& answer, core::TimeMs freshUntil);
OutboundAnswer answerOf(const KeptAnswer& kept);

}  // namespace marea::server
