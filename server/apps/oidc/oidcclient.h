#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "server/apps/oidc/oidcrules.h"

namespace marea::server {

// What this server asks an issuer, step by step. Answers come on the outbound thread, or at once. Thread-safe.
class OidcClient {
public:
    OidcClient(OidcOptions options, Outbound& outbound, std::shared_ptr<const core::Clock> clock)
        : options_(std::move(options)), outbound_(outbound), clock_(std::move(clock)) {}

    // What the issuer says of itself, an hour old at the most.
    void discover(std::function<void(core::Result<OidcProvider>)> done) const;
    // Who has the code: the token is fetched and checked from end to end.
    struct Exchange {
        std::string code, verifier, nonce;
    };
    using Done = std::function<void(core::Result<ExternalPerson>)>;
    void exchange(Exchange exchange, Done done) const;

private:
    struct Step {
        OidcProvider provider;
        Exchange asked;
        OidcTokens tokens;
        OidcSigner signer;
        Done done;
    };
    using Shared = std::shared_ptr<Step>;
    void fetchTokens(const Shared& step) const;
    void fetchKeys(const Shared& step, bool fresh) const;
    void check(const Shared& step, std::string_view keySet, bool fresh) const;
    void fetchUserInfo(const Shared& step, core::json::object claims) const;

    OidcOptions options_;
    Outbound& outbound_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
