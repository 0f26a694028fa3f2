#include "server/apps/oauth/authorizationcodes.h"

#include "server/apps/identity/errorof.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr core::TimeMs kRemembered = core::TimeMs{24} * 3600 * 1000;  // so that one that comes back is known

struct Code {
    std::string clientId, redirectUri, challenge;
    core::Id userId, loginId;
    core::TimeMs expiresAt = 0;
    bool used = false;
};

std::span<const std::uint8_t> bytes(const Digest& hash) {
    return hash;
}

Result<std::optional<Code>> find(Session& session, const Digest& hash) {
    return session.first(
        "SELECT client_id, redirect_uri, challenge, user_id, login_id, expires_at, used_at FROM authorization_codes "
        "WHERE code_hash = ?1",
        {bytes(hash)}, [](const Row& row) {
            return Code{row.string(0), row.string(1),  row.string(2), row.string(3),
                        row.string(4), row.integer(5), !row.isNull(6)};
        });
}

bool fits(const Code& code, const CodeExchange& asked, core::TimeMs now) {
    return code.expiresAt > now && code.clientId == asked.clientId && code.redirectUri == asked.redirectUri &&
           verifierFits(code.challenge, asked.verifier);
}

}  // namespace

Result<std::string> AuthorizationCodes::issue(const AuthorizationRequest& request, const User& user) {
    const std::string code = randomToken();
    const Digest hash = sha256(code);
    auto kept = database_.write([&](Session& session) {
        return store::stillSignedIn(session, user).and_then([&] {
            return session.run(
                "INSERT INTO authorization_codes(code_hash, client_id, redirect_uri, challenge, user_id, expires_at) "
                "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                {bytes(hash), request.clientId, request.redirectUri, request.challenge, user.id,
                 clock_->now() + kLife});
        });
    });
    return kept ? Result<std::string>(code) : errorOf(kept);
}

Result<TokenPair> AuthorizationCodes::exchange(const CodeExchange& asked) {
    const auto refused = core::fail(ErrorCode::Unauthorized, "The code is wrong, used or too old.", "code refused");
    const Digest hash = sha256(asked.code);
    auto known = database_.readValue<std::optional<Code>>([&](Session& session) { return find(session, hash); });
    if (!known || !*known) {  // strangers' guesses never reach the writer
        return known ? Result<TokenPair>(refused) : errorOf(known);
    }
    auto redeemed = database_.writeValue<Redeemed>([&](Session& session) { return redeem(session, hash, asked); });
    if (!redeemed) {
        return errorOf(redeemed);
    }
    if (redeemed->stolen) {
        identity_.ended(*redeemed->stolen, "identity.code_replayed");
    }
    if (!redeemed->started) {
        return refused;
    }
    identity_.begun(*redeemed->started);
    return std::move(redeemed->started->tokens);
}

Result<AuthorizationCodes::Redeemed> AuthorizationCodes::redeem(Session& session, const Digest& hash,
                                                                const CodeExchange& asked) {
    const core::TimeMs now = clock_->now();
    auto code = find(session, hash);
    if (!code || !*code) {
        return code ? Result<Redeemed>(Redeemed{}) : errorOf(code);
    }
    if ((*code)->used) {
        auto login = store::login(session, (*code)->loginId);
        auto ended = login && *login ? identity_.end(session, **login) : login.map([](const auto&) {});
        return ended ? Result<Redeemed>(Redeemed{{}, std::move(*login)}) : errorOf(ended);
    }
    auto used = session.run("UPDATE authorization_codes SET used_at = ?2 WHERE code_hash = ?1", {bytes(hash), now});
    auto user = used ? store::userById(session, (*code)->userId) : errorOf(used);
    if (!user || !*user || !fits(**code, asked, now)) {
        return user ? Result<Redeemed>(Redeemed{}) : errorOf(user);
    }
    auto begun = identity_.begin(session, **user, asked.deviceName, asked.clientId);
    auto noted = begun ? session.run("UPDATE authorization_codes SET login_id = ?2 WHERE code_hash = ?1",
                                     {bytes(hash), begun->login.id})
                       : errorOf(begun);
    return noted ? Result<Redeemed>(Redeemed{std::move(*begun), {}}) : errorOf(noted);
}

Result<void> AuthorizationCodes::prune(Session& session, core::TimeMs now) {
    return session.run("DELETE FROM authorization_codes WHERE expires_at <= ?1", {now - kRemembered});
}

}  // namespace marea::server
