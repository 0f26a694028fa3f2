#include "server/apps/identity/identity.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "server/apps/identity/errorof.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

constexpr std::size_t kLongestDeviceName = 100;

tl::unexpected<core::Error> wrongCredentials() {
    return core::fail(ErrorCode::Unauthorized, "The name or the password is wrong.", "log-in refused");
}

// Busy, with the seconds to wait as the only content of `detail`, for Retry-After.
tl::unexpected<core::Error> tooManyTries(core::TimeMs wait) {
    return core::fail(ErrorCode::Busy, "Too many tries. Wait a little and try again.",
                      std::to_string((wait + 999) / 1000));
}

}  // namespace

std::string cleanDeviceName(std::string_view given, std::string_view otherwise) {
    const std::string name = core::cleanText(given, kLongestDeviceName);
    return name.empty() ? std::string(otherwise) : name;
}

Identity::Identity(core::db::Database& database, std::shared_ptr<const core::Clock> clock,
                   std::shared_ptr<core::Logger> logger, IdentityOptions options)
    : database_(database),
      clock_(std::move(clock)),
      logger_(std::move(logger)),
      options_(std::move(options)),
      passwords_(options_.passwordCost),
      pairLimits_({.allowed = 5}),
      addressLimits_({.allowed = 20}),
      userLimits_({.allowed = 50, .firstWait = 5'000, .maxWait = 60'000}),
      setupLimits_({.allowed = 5}) {}

std::string Identity::setupCode() const {
    const std::lock_guard lock(mutex_);
    return setupCode_;
}

void Identity::setTlsPin(std::string pin) {
    const std::lock_guard lock(mutex_);
    tlsPin_ = std::move(pin);
}

std::string Identity::tlsPin() const {
    const std::lock_guard lock(mutex_);
    return tlsPin_;
}

Result<Principal> Identity::bearer(std::string_view token) {
    const core::TimeMs now = clock_->now();
    auto principal = cache_.find(token, now);
    if (!principal) {
        auto claims = accessTokens_->verify(token, now);
        if (!claims) {
            return errorOf(claims);
        }
        cache_.keep(token, *claims, now);
        principal = claims->principal();
    }
    if (sessions_->isRevoked(principal->sessionId)) {
        return core::fail(ErrorCode::Unauthorized, "Sign in again.", "access token: revoked");
    }
    return *principal;
}

Result<Principal> Identity::stream(std::string_view token, std::string_view path) {
    auto grant = streamTokens_->check(token, path, clock_->now());
    if (!grant) {
        return errorOf(grant);
    }
    if (auto principal = sessions_->find(grant->session)) {
        return *principal;
    }
    Principal session;
    session.sessionId = grant->session;
    return session;
}

Result<Principal> Identity::ticket(std::string_view ticket) {
    const auto principal = tickets_.take(ticket, clock_->now());
    const auto login = principal ? sessions_->find(principal->sessionId) : std::nullopt;
    return login ? Result<Principal>(*login)
                 : core::fail(ErrorCode::Unauthorized, "This ticket was used, or has run out. Ask for another.");
}

Result<void> Identity::checkCode(std::string_view code, const std::string& peer) {
    const std::string address = addressKey(peer);
    const core::TimeMs now = clock_->now();
    if (const auto wait = setupLimits_.wait(address, now)) {
        return tooManyTries(*wait);
    }
    const std::string expected = setupCode();
    if (expected.empty()) {
        return core::fail(ErrorCode::Conflict, "This server has an owner already. Sign in instead.");
    }
    if (!equalInConstantTime(sha256(normalisedCode(code)), sha256(normalisedCode(expected)))) {
        setupLimits_.failed(address, now);
        return core::fail(ErrorCode::Forbidden, "That is not the setup code.", "wrong setup code");
    }
    return {};
}

Result<TokenPair> Identity::setup(std::string_view code, std::string_view username, std::string_view password,
                                  std::string_view device, const std::string& peer) {
    if (auto checked = checkCode(code, peer); !checked) {
        return errorOf(checked);
    }
    auto name = checkedUsername(username);
    auto allowed = name ? checkPassword(password) : errorOf(name);
    auto hash = allowed ? passwords_.hash(password) : errorOf(allowed);
    if (!hash) {
        return errorOf(hash);
    }
    const User owner{core::newId(clock_->now()), *name, *hash, "owner", clock_->now()};
    auto added = database_.write([&](Session& session) -> Result<void> {
        auto exists = store::hasOwner(session);
        if (!exists) {
            return errorOf(exists);
        }
        if (*exists) {
            return core::fail(ErrorCode::Conflict, "This server has an owner already. Sign in instead.");
        }
        return store::addUser(session, owner);
    });
    if (!added) {
        return errorOf(added);
    }
    {
        const std::lock_guard lock(mutex_);
        setupCode_.clear();
    }
    logger_->info("identity.set_up", {{"user", owner.id}});
    return startSession(owner, device);
}

Result<void> Identity::checkLimits(const std::string& pair, const std::string& address, const std::string& user) const {
    const core::TimeMs now = clock_->now();
    const auto longest =
        std::max({pairLimits_.wait(pair, now), addressLimits_.wait(address, now), userLimits_.wait(user, now)});
    return longest ? Result<void>(tooManyTries(*longest)) : Result<void>();
}

Result<TokenPair> Identity::login(std::string_view username, std::string_view password, std::string_view device,
                                  const std::string& peer, const core::Id& instead) {
    auto user = authenticate(username, password, peer);
    auto room = user && !instead.empty() ? removeDevice(user->id, instead) : user.map([](const User&) {});
    return room ? startSession(*user, device) : errorOf(room);
}

Result<User> Identity::authenticate(std::string_view username, std::string_view password, const std::string& peer) {
    const std::string user = usernameKey(username.substr(0, 256)), address = addressKey(peer);
    const std::string pair = user + '\n' + address;
    if (auto limits = checkLimits(pair, address, user); !limits) {
        return errorOf(limits);
    }
    auto found =
        database_.readValue<std::optional<User>>([&](Session& session) { return store::userByName(session, user); });
    if (!found) {
        return errorOf(found);
    }
    const std::string_view tried = password.substr(0, 1024);
    if (*found && codes_.take((*found)->id, tried, clock_->now())) {
        return std::move(**found);
    }
    auto matches = *found ? passwords_.matches((*found)->passwordHash, tried)
                          : passwords_.pretend(tried).map([] { return false; });
    if (!matches) {
        return errorOf(matches);
    }
    if (!*matches) {
        const core::TimeMs now = clock_->now();
        pairLimits_.failed(pair, now);
        addressLimits_.failed(address, now);
        userLimits_.failed(user, now);
        logger_->warning("identity.login_refused", {{"peer", peer}});
        return wrongCredentials();
    }
    pairLimits_.succeeded(pair);
    return std::move(**found);
}

Result<TokenPair> Identity::startSession(const User& user, std::string_view device) {
    auto started =
        database_.writeValue<StartedLogin>([&](Session& session) { return begin(session, user, device, kOwnClient); });
    if (!started) {
        return errorOf(started);
    }
    begun(*started);
    return std::move(started->tokens);
}

// Who they are is looked at anew: it takes a while to check a password, and what a change of it, or of the role, ends
// are the log-ins that there are by then.
Result<StartedLogin> Identity::begin(Session& session, const User& user, std::string_view device,
                                     const std::string& client) {
    const auto now = store::userById(session, user.id);
    if (!now) {
        return errorOf(now);
    }
    if (!*now || (!user.passwordHash.empty() && (*now)->passwordHash != user.passwordHash)) {
        return wrongCredentials();
    }
    auto replaced = makeRoom(session, user.id);
    auto login = replaced ? newLogin(session, **now, device, kRefreshLife, client) : errorOf(replaced);
    auto pair = login ? newPair(session, *login) : errorOf(login);
    return pair ? Result<StartedLogin>(StartedLogin{std::move(*login), std::move(*pair), std::move(*replaced)})
                : errorOf(pair);
}

// Ends what was silent longest, where that is wished for.
Result<std::vector<Login>> Identity::makeRoom(Session& session, const core::Id& userId) {
    const auto limit = deviceLimit_ ? deviceLimit_(session, userId) : Result<DeviceLimit>(DeviceLimit{});
    auto logins = limit && limit->most ? store::loginsOf(session, userId, clock_->now())
                                       : limit.map([](const DeviceLimit&) { return std::vector<Login>(); });
    if (!logins) {
        return logins;
    }
    std::erase_if(*logins, [](const Login& login) { return login.clientId == kCommandLineClient; });
    const auto most = static_cast<std::size_t>(limit->most.value_or(0));
    if (!limit->most || logins->size() < most) {
        return std::vector<Login>();
    }
    if (!limit->replaces) {
        return core::fail(ErrorCode::Conflict,
                          "You are signed in on as many devices as you may be. Sign one of them out first.",
                          std::string(kTooManyDevices));
    }
    logins->erase(logins->begin(), logins->begin() + static_cast<std::ptrdiff_t>(most - 1));  // the latest stay
    for (const Login& login : *logins) {
        if (auto done = end(session, login); !done) {
            return errorOf(done);
        }
    }
    return logins;
}

void Identity::begun(const StartedLogin& started) {
    for (const Login& login : started.replaced) {
        ended(login, "identity.device_replaced");
    }
    remember(started.login);
    logger_->info("identity.logged_in", {{"user", started.login.userId}, {"session", started.login.id}});
}

Result<Login> Identity::newLogin(Session& session, const User& user, std::string_view device, core::TimeMs life,
                                 const std::string& client) {
    const core::TimeMs now = clock_->now();
    Login login{
        core::newId(now), user.id, user.username, user.role, cleanDeviceName(device, "Unnamed device"), now, now,
        now + life,       client};
    auto added = store::addLogin(session, login);
    return added ? Result<Login>(std::move(login)) : errorOf(added);
}

Result<TokenPair> Identity::newPair(Session& session, const Login& login) {
    const core::TimeMs now = clock_->now();
    TokenPair pair{"", randomToken(), kAccessLife / 1000};
    auto kept = store::addRefreshToken(session, sha256(pair.refreshToken), login.id, now, now + kRefreshLife);
    auto access = kept ? accessTokenFor(login, kAccessLife) : errorOf(kept);
    if (!access) {
        return errorOf(access);
    }
    pair.accessToken = std::move(*access);
    return pair;
}

Result<std::string> Identity::accessTokenFor(const Login& login, core::TimeMs life) const {
    const core::TimeMs now = clock_->now();
    return accessTokens_->issue(
        {login.userId, login.id, core::newId(now), login.username, login.role, login.clientId, now, now + life});
}

core::TimeMs Identity::revokedUntil(const Login& login) const {
    return std::max(login.expiresAt, clock_->now() + kStreamLife);
}

void Identity::remember(const Login& login) {
    sessions_->add({login.userId, login.id, login.username, login.role});
    const std::lock_guard lock(mutex_);
    newestLogin_ = std::max(newestLogin_, login.id);
}

void Identity::forget(const Login& login) {
    sessions_->revoke(login.id, revokedUntil(login));
    if (signedOut_) {
        signedOut_(login.id);
    }
}

}  // namespace marea::server
