#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

struct OfflineTerms {
    core::Id licence;
    core::TimeMs expiresAt = 0;
};

// Gives licences to keep: a device plays a title without a server until one has run out, and has it renewed by asking
// again. Calls block; thread-safe.
class OfflineLicences {
public:
    virtual ~OfflineLicences() = default;
    // NotFound: not there, or not theirs. Forbidden: it is on as many devices as it may be.
    virtual core::Result<OfflineTerms> grant(const Principal& who, const core::Id& title) = 0;
};

}  // namespace marea::server
