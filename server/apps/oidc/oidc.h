#pragma once

#include <memory>
#include <string>

#include "server/apps/oauth/oauth.h"
#include "server/apps/oidc/externalaccounts.h"
#include "server/apps/oidc/oidcclient.h"
#include "server/apps/oidc/pendinglogins.h"
#include "server/gateway/auditor.h"

namespace marea::server {

// Signing in with an account elsewhere, on the pages of this server: the issuer's word takes the place of the password,
// everything after it is as with one. OpenID Connect by authorization code with PKCE, state and nonce.
class Oidc {
public:
    struct Parts {
        core::db::Database& database;
        Identity& identity;
        OAuth& oauth;
        Outbound& outbound;
        WorkPool& pool;
        Auditor& auditor;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    // What it is given outlives it. Without an issuer it only lists the accounts that were linked before.
    Oidc(Parts parts, OidcOptions options);
    void addRoutes(Router& router);

private:
    struct Visit;  // a request of a browser on its way through the issuer
    using Shared = std::shared_ptr<Visit>;

    void begin(const Shared& visit);
    void sendAway(const Shared& visit, const std::string& returnTo, const OidcProvider& provider);
    void back(const Shared& visit);
    void finish(const Shared& visit, const std::string& returnTo, const core::Result<ExternalPerson>& person);
    void enter(const Shared& visit, const std::string& returnTo, const ExternalPerson& person);
    void failed(const Shared& visit, const core::Error& error);
    void later(const Shared& visit, std::function<void()> task);
    void signedIn(const std::string& cookie, std::string_view account, const User& user);
    void audit(const Request& request, const char* action, const User& user, const std::string& subject, int status);
    std::string name() const;
    Response listed(const Request& request);
    Response removed(const Request& request);

    Parts parts_;
    OidcOptions options_;
    OidcClient client_;
    ExternalAccounts accounts_;
    PendingLogins pending_;
};

}  // namespace marea::server
