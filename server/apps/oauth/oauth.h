#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/identity.h"
#include "server/apps/oauth/apiclients.h"
#include "server/apps/oauth/authorizationcodes.h"
#include "server/apps/oauth/browsersessions.h"
#include "server/apps/oauth/devicegrants.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// Another way to sign in on the pages, beside the password.
struct ExternalSignIn {
    std::string name;  // of where, for people; empty: there is none
    // The account from there that waits for somebody to sign in with a password in the browser of that cookie, as pages
    // that tell of it name it in their forms; "": none does.
    std::function<std::string(const std::string& cookie)> waits;
    // Somebody did, by a page that told of `account`; `cookie`: as it was before.
    std::function<void(const std::string& cookie, std::string_view account, const User& user)> signedIn;
};

// The authorization server (OAuth 2.1): programs and devices get the tokens of Identity, with a person's consent, which
// is given on pages of this server. Thread-safe.
class OAuth {
public:
    OAuth(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock,
          std::shared_ptr<core::Logger> logger);

    void addRoutes(Router& router, WorkPool& pool);
    // Forgets what has run out. Every few seconds.
    core::Result<void> maintain();

    // Before the first request.
    void offer(ExternalSignIn external) { external_ = std::move(external); }
    const ExternalSignIn& external() const { return external_; }

    Identity& identity() { return identity_; }
    ApiClients& clients() { return clients_; }
    AuthorizationCodes& codes() { return codes_; }
    DeviceGrants& devices() { return devices_; }
    BrowserSessions& browsers() { return browsers_; }
    core::TimeMs now() const { return clock_->now(); }
    core::Logger& logger() { return *logger_; }

private:
    core::db::Database& database_;
    Identity& identity_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    ApiClients clients_;
    AuthorizationCodes codes_;
    DeviceGrants devices_;
    BrowserSessions browsers_;
    ExternalSignIn external_;
    std::mutex mutex_;
    core::TimeMs lastPrune_ = 0;
};

// Where the client reaches us, without a last slash: the public URL when one is configured, else what it called us; ""
// when that is no host name.
std::string baseUrl(const Identity& identity, const Request& request);
// An error of RFC 6749 section 5.2, with the fields of a problem document beside it.
Response oauthProblem(const OAuthError& error, const Request& request);
// Another error, with Retry-After where one is told to wait.
Response problemOf(const core::Error& error);

// The routes by what they are about.
using OAuthCall = Response (*)(OAuth&, const Request&);
Response authorizePage(OAuth& oauth, const Request& request);
Response authorizeAnswer(OAuth& oauth, const Request& request);
Response devicePage(OAuth& oauth, const Request& request);
Response deviceAnswer(OAuth& oauth, const Request& request);
Response deviceQr(OAuth& oauth, const Request& request);
Response deviceStart(OAuth& oauth, const Request& request);
Response token(OAuth& oauth, const Request& request);
Response revoke(OAuth& oauth, const Request& request);
Response metadata(OAuth& oauth, const Request& request);
Response keySet(OAuth& oauth, const Request& request);
Response clientList(OAuth& oauth, const Request& request);
Response addClient(OAuth& oauth, const Request& request);
Response removeClient(OAuth& oauth, const Request& request);

}  // namespace marea::server
