// What becomes of a log-in after its start: refreshed, listed, ended.
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

Result<TokenPair> Identity::refresh(std::string_view refreshToken) {
    const auto refused = core::fail(ErrorCode::Unauthorized, "Sign in again.", "refresh token refused");
    const Digest hash = sha256(refreshToken);
    auto exists = database_.readValue<bool>([&](Session& session) -> Result<bool> {
        auto found = store::refreshToken(session, hash);
        return found ? Result<bool>(found->has_value()) : errorOf(found);
    });
    if (!exists || !*exists) {  // strangers' guesses never reach the writer
        return exists ? Result<TokenPair>(refused) : errorOf(exists);
    }
    std::optional<Login> stolen;
    std::optional<TokenPair> pair;
    auto done = database_.write([&](Session& session) -> Result<void> {
        const core::TimeMs now = clock_->now();
        auto known = store::refreshToken(session, hash);
        auto login = known && *known ? store::login(session, (*known)->loginId) : Result<std::optional<Login>>(refused);
        if (!login || !*login || (*known)->expiresAt <= now) {
            return refused;
        }
        if ((*known)->used) {
            stolen = **login;
            return store::endLogin(session, stolen->id, revokedUntil(*stolen));
        }
        auto used = store::useRefreshToken(session, hash, now);
        auto touched = used ? store::touchLogin(session, (*login)->id, now, now + kRefreshLife) : used;
        auto made = touched ? newPair(session, **login) : errorOf(touched);
        if (!made) {
            return errorOf(made);
        }
        pair = std::move(*made);
        return {};
    });
    if (done && stolen) {
        forget(*stolen);
        logger_->warning("identity.refresh_reused", {{"user", stolen->userId}, {"session", stolen->id}});
        return refused;
    }
    return done ? Result<TokenPair>(std::move(*pair)) : errorOf(done);
}

Result<void> Identity::signOut(std::string_view token) {
    const Digest hash = sha256(token);
    auto found = database_.readValue<std::optional<Login>>([&](Session& session) -> Result<std::optional<Login>> {
        auto known = store::refreshToken(session, hash);
        if (!known) {
            return errorOf(known);
        }
        core::Id loginId;
        if (*known) {
            loginId = (*known)->loginId;
        } else if (auto claims = accessTokens_->verify(token, clock_->now())) {
            loginId = claims->sessionId;
        }
        return store::login(session, loginId);
    });
    if (!found || !*found) {
        return found ? Result<void>() : errorOf(found);
    }
    return removeDevice((*found)->userId, (*found)->id);
}

Result<std::vector<Login>> Identity::devices(const core::Id& userId) {
    return database_.readValue<std::vector<Login>>(
        [&](Session& session) { return store::loginsOf(session, userId, clock_->now()); });
}

Result<void> Identity::removeDevice(const core::Id& userId, const core::Id& loginId) {
    auto removed = database_.writeValue<Login>([&](Session& session) -> Result<Login> {
        auto login = store::login(session, loginId);
        if (!login) {
            return errorOf(login);
        }
        if (!*login || (*login)->userId != userId) {
            return core::fail(ErrorCode::NotFound, "There is no such device.");
        }
        auto ended = store::endLogin(session, loginId, revokedUntil(**login));
        return ended ? Result<Login>(std::move(**login)) : errorOf(ended);
    });
    if (!removed) {
        return errorOf(removed);
    }
    forget(*removed);
    logger_->info("identity.logged_out", {{"user", userId}, {"session", loginId}});
    return {};
}

}  // namespace marea::server
