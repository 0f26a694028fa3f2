#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

// How somebody comes to the keys of a title, for systems outside that are told of it.
struct LicenceStanding {
    std::string role;                        // in the household: "owner", "member", "child"; empty: not known
    bool forSale = false;                    // the title is; else whoever sees it has it
    bool shared = false;                     // somebody else of the household bought it
    std::string region;                      // where they buy, ISO 3166-1; empty: not known
    std::optional<std::int64_t> maxDevices;  // that have the keys at once; nullopt: any number
};

// Says who gets the keys of a title. Today whoever is playing it; an entitlement, its devices and its time are asked
// for here as well. Calls block; thread-safe.
class LicenceGate {
public:
    virtual ~LicenceGate() = default;
    // NotFound: not there, or not theirs. Forbidden, in words: not now, or not on one more device.
    virtual core::Result<void> check(const LicenceWish& wish) = 0;
    // Of somebody whom check() let through. NotFound: that holds no longer.
    virtual core::Result<LicenceStanding> standing(const LicenceWish&) { return LicenceStanding{}; }
};

}  // namespace marea::server
