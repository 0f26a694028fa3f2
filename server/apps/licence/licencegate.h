#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

// Who wants the key of a title.
struct LicenceWish {
    Principal who;  // with a stream token perhaps without its user
    core::Id title;
    bool streamToken = false;  // asks with the token of a stream of that title; else with an access token
};

// Says who gets the keys of a title. Today whoever is playing it; an entitlement, its devices and its time are asked
// for here as well. Calls block; thread-safe.
class LicenceGate {
public:
    virtual ~LicenceGate() = default;
    // NotFound: not there, or not theirs.
    virtual core::Result<void> check(const LicenceWish& wish) = 0;
};

}  // namespace marea::server
