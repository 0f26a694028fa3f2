// What becomes of a log-in after its start: refreshed, listed, ended.
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

// Whether the answer to a token that is tried again may have been lost: nobody has used what it gave.
Result<bool> mayBeLost(Session& session, const store::RefreshToken& token, core::TimeMs now) {
    const bool lately = *token.usedAt <= now && now - *token.usedAt <= Identity::kRefreshGrace;
    if (!lately || !token.successor) {
        return false;
    }
    auto next = store::refreshToken(session, *token.successor);
    return next ? Result<bool>(*next && !(*next)->usedAt) : errorOf(next);
}

bool isOf(const Login& login, std::string_view client) {
    return client.empty() ? login.clientId == kOwnClient : login.clientId == client;
}

}  // namespace

Result<TokenPair> Identity::refresh(std::string_view refreshToken, std::string_view client) {
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
        auto known = store::refreshToken(session, hash);
        auto login = known && *known ? store::login(session, (*known)->loginId) : Result<std::optional<Login>>(refused);
        if (!login || !*login || (*known)->expiresAt <= clock_->now() || !isOf(**login, client)) {
            return refused;
        }
        auto lost = (*known)->usedAt ? mayBeLost(session, **known, clock_->now()) : Result<bool>(true);
        if (lost && !*lost) {
            stolen = **login;
            return end(session, *stolen);
        }
        auto given = lost && (*known)->successor
                         ? store::useRefreshToken(session, *(*known)->successor, clock_->now(), nullptr)
                         : lost.map([](bool) {});
        auto made = given ? exchange(session, hash, **login) : errorOf(given);
        if (!made) {
            return errorOf(made);
        }
        pair = std::move(*made);
        return {};
    });
    if (done && stolen) {
        ended(*stolen, "identity.refresh_reused");
        return refused;
    }
    return done ? Result<TokenPair>(std::move(*pair)) : errorOf(done);
}

Result<TokenPair> Identity::exchange(Session& session, const Digest& hash, const Login& login) {
    const core::TimeMs now = clock_->now();
    auto made = newPair(session, login);
    if (!made) {
        return made;
    }
    const Digest next = sha256(made->refreshToken);
    auto used = store::useRefreshToken(session, hash, now, &next);
    auto touched = used ? store::touchLogin(session, login.id, now, now + kRefreshLife) : used;
    return touched ? made : errorOf(touched);
}

Result<void> Identity::end(Session& session, const Login& login) {
    return store::endLogin(session, login.id, revokedUntil(login));
}

void Identity::ended(const Login& login, const char* why) {
    forget(login);
    logger_->warning(why, {{"user", login.userId}, {"session", login.id}});
}

Result<void> Identity::signOut(std::string_view token, std::string_view client) {
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
    // RFC 7009 section 2.1: a client revokes its own tokens only. One without a name shows none but the token.
    const bool ours = found && *found && (client.empty() || (*found)->clientId == client);
    if (!ours) {
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
