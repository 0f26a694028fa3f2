#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/accesstoken.h"
#include "server/apps/identity/attemptlimits.h"
#include "server/apps/identity/hmacstreamtokens.h"
#include "server/apps/identity/identitystore.h"
#include "server/apps/identity/keystore.h"
#include "server/apps/identity/onetimecodes.h"
#include "server/apps/identity/passwords.h"
#include "server/apps/identity/sessionregister.h"
#include "server/apps/identity/tickets.h"
#include "server/apps/identity/tokencache.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

struct IdentityOptions {
    std::string dataFolder;  // keys/ is made below it
    std::string publicUrl;   // where clients reach the server, without a last slash; empty: as they call it
    std::string serverName, version, commit;
    Passwords::Cost passwordCost = Passwords::Cost::Interactive;
};

struct TokenPair {
    std::string accessToken, refreshToken;
    core::TimeMs expiresIn = 0;
};

// Marea's own programs, which sign in at /api/v1/login too; and tokens made on the command line.
inline constexpr const char* kOwnClient = "marea";
inline constexpr const char* kCommandLineClient = "marea-server";

// A device's name as a person or a program gave it: plain text of bounded length; `otherwise` when nothing is left.
std::string cleanDeviceName(std::string_view given, std::string_view otherwise);

// A log-in that a transaction has begun, and those that made room for it.
struct StartedLogin {
    Login login;
    TokenPair tokens;
    std::vector<Login> replaced = {};
};

// How many devices somebody may be signed in on; nullopt: any number. Those of the command line do not count.
struct DeviceLimit {
    std::optional<std::int64_t> most;
    bool replaces = false;  // what was silent longest makes room; else one too many is a Conflict with kTooManyDevices
};
inline constexpr std::string_view kTooManyDevices = "too many devices";  // its detail

// People, log-ins and tokens. bearer() and stream() never block; everything else reads the database and is called from
// the work pool. Thread-safe.
class Identity final : public Authenticator {
public:
    static constexpr core::TimeMs kAccessLife = kAccessTokenLife;
    static constexpr core::TimeMs kRefreshLife = core::TimeMs{60} * 24 * 3600 * 1000;
    // So long a refresh token may be tried again when the answer to it was lost.
    static constexpr core::TimeMs kRefreshGrace = 60 * 1000;
    // No stream token outlives this (the wire's artwork URLs live longest: to the end of the day after next).
    static constexpr core::TimeMs kStreamLife = core::TimeMs{3} * 24 * 3600 * 1000;

    static core::Result<std::unique_ptr<Identity>> create(core::db::Database& database,
                                                          std::shared_ptr<const core::Clock> clock,
                                                          std::shared_ptr<core::Logger> logger,
                                                          IdentityOptions options);

    void addRoutes(Router& router, WorkPool& pool);

    core::Result<Principal> bearer(std::string_view token) override;
    // The log-in's Principal; for the token of a playback session one with nothing but its sessionId.
    core::Result<Principal> stream(std::string_view token, std::string_view path) override;
    core::Result<Principal> ticket(std::string_view ticket) override;

    std::string issueTicket(const Principal& principal) { return tickets_.issue(principal, clock_->now()); }
    // The log-in, while it lasts. Does not block.
    std::optional<Principal> signedIn(const core::Id& login) const { return sessions_->find(login); }
    // Told of each log-in that this process ends, on whichever thread. Set before the gateway starts.
    void onSignedOut(std::function<void(const core::Id& login)> told) { signedOut_ = std::move(told); }
    // Told of each person whose log-ins all ended here: removed, or given another password or role.
    void onShutOut(std::function<void(const core::Id& user)> told) { shutOut_ = std::move(told); }

    // Of the certificate that the server shows ("": none), for who wants to know it again. Any thread.
    void setTlsPin(std::string pin);
    std::string tlsPin() const;

    StreamTokens& streamTokens() { return *streamTokens_; }
    std::string setupCode() const;  // "" when there is an owner
    const core::Id& serverId() const { return serverId_; }
    const IdentityOptions& options() const { return options_; }
    const AccessTokens& accessTokens() const { return *accessTokens_; }

    core::Result<TokenPair> setup(std::string_view code, std::string_view username, std::string_view password,
                                  std::string_view device, const std::string& peer);
    // `instead`: a device of theirs that is signed out first; empty: none.
    core::Result<TokenPair> login(std::string_view username, std::string_view password, std::string_view device,
                                  const std::string& peer, const core::Id& instead = {});
    // A code that this person's name signs in with once, as with a password, within OneTimeCodes::kLife: for a device
    // beside the one that shows it. Who may have one is the caller's matter.
    std::string oneTimeCode(const core::Id& userId) { return codes_.issue(userId, clock_->now()); }
    void forgetOneTimeCodes() { codes_.clear(); }
    // Whose name and password, or one-time code, these are. Unauthorized, or Busy when it was tried too often.
    core::Result<User> authenticate(std::string_view username, std::string_view password, const std::string& peer);
    core::Result<std::optional<User>> userById(const core::Id& id);
    // Unauthorized: unknown, run out, another client's, or used before. The last ends the log-in that it belonged to,
    // unless the answer may have been lost: used less than kRefreshGrace ago, and what it gave not used at all. Then it
    // gives another, and what it gave first is the token whose use ends the log-in. `client` may be empty: our own.
    core::Result<TokenPair> refresh(std::string_view refreshToken, std::string_view client = {});
    // Of a refresh or an access token; fine when unknown. With a client's name, of its own tokens alone.
    core::Result<void> signOut(std::string_view token, std::string_view client = {});

    // Before the first request: who says how many devices somebody may have. Asked in a transaction.
    using FindDeviceLimit = std::function<core::Result<DeviceLimit>(core::db::Session&, const core::Id& userId)>;
    void limitDevices(FindDeviceLimit find) { deviceLimit_ = std::move(find); }

    // For other ways of signing in, inside the caller's transaction; each has its second half for after the commit.
    // Unauthorized: they are gone, or their password is no longer the one in `user`, where it has one.
    core::Result<StartedLogin> begin(core::db::Session& session, const User& user, std::string_view device,
                                     const std::string& client);
    void begun(const StartedLogin& started);
    core::Result<void> end(core::db::Session& session, const Login& login);
    void ended(const Login& login, const char* why);
    core::Result<std::vector<Login>> devices(const core::Id& userId);
    core::Result<void> removeDevice(const core::Id& userId, const core::Id& loginId);

    // What else belongs to a change of a person, in its transaction; of changeUser() before anything else.
    using Also = std::function<core::Result<void>(core::db::Session&, const User&)>;
    core::Result<core::Id> addUser(std::string_view username, std::string_view password, const std::string& role,
                                   const Also& also = {});
    core::Result<std::vector<User>> users();
    core::Result<core::Id> userNamed(std::string_view username);  // NotFound
    // What is absent stays. What is not ends every log-in of theirs; a new password the app passwords, too.
    struct UserChange {
        std::optional<std::string> password, role;
    };
    core::Result<void> changeUser(const core::Id& id, const UserChange& change, const Also& also = {});
    core::Result<void> removeUser(const core::Id& id);  // Conflict: the last owner, here and above
    // For the command line, beside a running server too.
    core::Result<void> changePassword(std::string_view username, std::string_view password);
    core::Result<std::string> tokenFor(std::string_view username, core::TimeMs life, std::string_view device);
    KeyStore& keyStore() { return *keyStore_; }

    // Takes in what other processes changed (revocations, log-ins) and forgets what has run out. Every few seconds.
    core::Result<void> maintain();

private:
    Identity(core::db::Database& database, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger, IdentityOptions options);
    core::Result<void> open();
    core::Result<void> takeIn();
    core::Result<void> takeInKeys();
    core::Result<void> checkCode(std::string_view code, const std::string& peer);
    core::Result<void> checkLimits(const std::string& pair, const std::string& address, const std::string& user) const;
    core::Result<Login> newLogin(core::db::Session& session, const User& user, std::string_view device,
                                 core::TimeMs life, const std::string& client);
    core::Result<TokenPair> newPair(core::db::Session& session, const Login& login);
    core::Result<std::string> accessTokenFor(const Login& login, core::TimeMs life) const;
    core::Result<TokenPair> startSession(const User& user, std::string_view device);
    core::Result<std::vector<Login>> makeRoom(core::db::Session& session, const core::Id& userId);
    core::Result<std::vector<Login>> endLoginsOf(core::db::Session& session, const core::Id& userId);
    core::Result<void> changeOf(const core::Id& id, bool endsLogins, const Also& change);
    core::Result<TokenPair> exchange(core::db::Session& session, const Digest& hash, const Login& login);
    core::TimeMs revokedUntil(const Login& login) const;
    void remember(const Login& login);
    void forget(const Login& login);

    core::db::Database& database_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    IdentityOptions options_;
    core::Id serverId_;
    std::shared_ptr<SessionRegister> sessions_ = std::make_shared<SessionRegister>();
    std::unique_ptr<KeyStore> keyStore_;
    std::shared_ptr<SigningKeys> keys_ = std::make_shared<SigningKeys>();
    std::unique_ptr<AccessTokens> accessTokens_;
    std::unique_ptr<HmacStreamTokens> streamTokens_;
    TokenCache cache_;
    Tickets tickets_;
    OneTimeCodes codes_;
    std::function<void(const core::Id&)> signedOut_, shutOut_;
    Passwords passwords_;
    AttemptLimits pairLimits_, addressLimits_, userLimits_, setupLimits_;
    FindDeviceLimit deviceLimit_;
    mutable std::mutex mutex_;
    std::string setupCode_, tlsPin_;
    core::Id newestLogin_;
    core::TimeMs lastPrune_ = 0;
};

}  // namespace marea::server
