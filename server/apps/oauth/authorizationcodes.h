#pragma once

#include <string>

#include "core/db/database.h"
#include "server/apps/identity/identity.h"
#include "server/apps/oauth/authorizationrequest.h"

namespace marea::server {

// What a program says to turn a code into tokens.
struct CodeExchange {
    std::string code, clientId, redirectUri, verifier, deviceName;
};

// Authorization codes: each is for one client, one redirect address and one verifier, for a minute, and for one try.
// Blocks. Thread-safe.
class AuthorizationCodes {
public:
    static constexpr core::TimeMs kLife = 60 * 1000;

    AuthorizationCodes(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock)
        : database_(database), identity_(identity), clock_(std::move(clock)) {}

    // Unauthorized: the password changed since they were looked up.
    core::Result<std::string> issue(const AuthorizationRequest& request, const User& user);
    // Unauthorized unless all of it fits. A code that comes a second time ends the log-in that it gave (RFC 6749
    // section 4.1.2): one of the two who have it has stolen it.
    core::Result<TokenPair> exchange(const CodeExchange& asked);
    static core::Result<void> prune(core::db::Session& session, core::TimeMs now);

private:
    struct Redeemed {
        std::optional<StartedLogin> started;
        std::optional<Login> stolen;
    };
    // Neither: refused, and the code is used up.
    core::Result<Redeemed> redeem(core::db::Session& session, const Digest& hash, const CodeExchange& asked);

    core::db::Database& database_;
    Identity& identity_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
