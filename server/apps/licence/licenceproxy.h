#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "server/apps/licence/licencegate.h"
#include "server/apps/licence/titlekeystore.h"
#include "server/gateway/http.h"
#include "server/outbound/outbound.h"
#include "server/protection/outsidesystems.h"
#include "server/stream/answeredlater.h"

namespace marea::server {

struct LicenceProviders {
    std::map<OutsideSystem, std::string> urls;     // where each gives its licences
    std::string tokenHeader = "Authorization";     // that the entitlement goes in: there after "Bearer ", else alone
    std::string issuer;                            // of entitlements: this server
    core::TimeMs patience = 10'000;                // for an answer
    core::TimeMs holds = core::TimeMs{60} * 1000;  // so long is an entitlement good
};

// Licences of systems outside. Who asks is looked at as for Clear Key; then the player's message goes to the owner's
// provider as it is, with an entitlement, and the answer back as it is. Nothing of either is kept or logged. What it
// is given outlives it, and the last request.
//
// An entitlement is a JWT (RFC 7519) of type "entitlement+jwt", signed with ES256 by the key that `/oauth/jwks.json`
// has: iss, aud (the provider's host), sub and device (who asks and on what), household (whose, as what, and whether
// somebody else of it bought the title), region (where they buy), max_devices, content_id, kids (all of that title's,
// as UUIDs), system, iat, exp, jti.
class LicenceProxy {
public:
    using Sign = std::function<core::Result<std::string>(std::string_view type, std::string_view payload)>;
    struct Parts {
        TitleKeyStore& keys;
        TitleProtection& protection;
        LicenceGate& gate;
        Outbound& outbound;
        Sign sign;  // on the work pool
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    LicenceProxy(Parts parts, LicenceProviders providers)
        : parts_(std::move(parts)), providers_(std::move(providers)) {}

    static constexpr std::size_t kMostChallenge = std::size_t{64} * 1024, kMostAnswer = std::size_t{256} * 1024;

    // Both on the work pool; the answer comes later.
    void ofStream(const Request& request, const SharedReply& reply);  // POST /stream/…/e/{protection}/licence/{system}
    void ofDevice(const Request& request, const SharedReply& reply);  // POST /api/v1/drm/licence?system=&media_id=

private:
    struct Wish {
        OutsideSystem system = OutsideSystem::Widevine;
        core::Id title;
        bool streamToken = false;
    };
    core::Result<OutboundRequest> asked(const Request& request, const Wish& wish) const;
    core::Result<std::string> entitlement(const Principal& who, const Wish& wish, const std::string& url) const;
    core::Result<core::json::array> keyIdsOf(const core::Id& title) const;
    void ask(const Request& request, const core::Result<Wish>& wish, const SharedReply& reply) const;
    void answer(const Wish& wish, core::Result<OutboundAnswer> answer, const SharedReply& reply) const;

    const Parts parts_;
    const LicenceProviders providers_;
};

}  // namespace marea::server
