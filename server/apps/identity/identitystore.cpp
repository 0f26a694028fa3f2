#include "server/apps/identity/identitystore.h"

#include <algorithm>

#include "server/apps/identity/passwords.h"

namespace marea::server::identitystore {

namespace {

using core::db::Row;

constexpr const char* kLoginColumns =
    "SELECT l.id, l.user_id, u.username, u.role, l.device_name, l.created_at, l.last_seen_at, l.expires_at, "
    "l.client_id "
    "FROM logins l JOIN users u ON u.id = l.user_id ";

User userOf(const Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.string(3), row.integer(4)};
}

Login loginOf(const Row& row) {
    return {row.string(0),  row.string(1),  row.string(2),  row.string(3), row.string(4),
            row.integer(5), row.integer(6), row.integer(7), row.string(8)};
}

std::optional<Digest> digestOf(std::span<const std::uint8_t> bytes) {
    Digest digest;
    if (bytes.size() != digest.size()) {
        return std::nullopt;
    }
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::string loginsWhere(const char* condition) {
    return std::string(kLoginColumns) + condition;
}

}  // namespace

Result<std::optional<std::string>> setting(Session& session, std::string_view key) {
    return session.first("SELECT value FROM settings WHERE key = ?1", {key},
                         [](const Row& row) { return row.string(0); });
}

Result<void> setSetting(Session& session, std::string_view key, std::string_view value) {
    return session.run(
        "INSERT INTO settings(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        {key, value});
}

Result<bool> hasOwner(Session& session) {
    auto found = session.first("SELECT 1 FROM users WHERE role = 'owner' LIMIT 1", {}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : core::unexpected<core::Error>(found.error());
}

Result<std::optional<User>> userByName(Session& session, std::string_view name) {
    return session.first("SELECT id, username, password_hash, role, created_at FROM users WHERE username_key = ?1",
                         {usernameKey(name)}, userOf);
}

Result<std::optional<User>> userById(Session& session, const core::Id& id) {
    return session.first("SELECT id, username, password_hash, role, created_at FROM users WHERE id = ?1", {id}, userOf);
}

Result<void> stillSignedIn(Session& session, const User& before) {
    const auto now = userById(session, before.id);
    if (!now) {
        return core::unexpected<core::Error>(now.error());
    }
    return *now && (*now)->passwordHash == before.passwordHash
               ? Result<void>()
               : core::fail(core::ErrorCode::Unauthorized, "Sign in again.", "the password changed meanwhile");
}

Result<std::vector<User>> users(Session& session) {
    return session.all("SELECT id, username, '', role, created_at FROM users ORDER BY created_at, id", {}, userOf);
}

Result<void> addUser(Session& session, const User& user) {
    const std::string key = usernameKey(user.username);
    auto added = session.run(
        "INSERT INTO users(id, username, username_key, password_hash, role, created_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        {user.id, user.username, key, user.passwordHash, user.role, user.createdAt});
    if (!added && added.error().code == core::ErrorCode::Conflict) {
        added.error().text = "There is already a person of that name.";
    }
    return added;
}

Result<void> setPassword(Session& session, const core::Id& userId, std::string_view hash) {
    return session.run("UPDATE users SET password_hash = ?2 WHERE id = ?1", {userId, hash});
}

Result<void> setRole(Session& session, const core::Id& userId, std::string_view role) {
    return session.run("UPDATE users SET role = ?2 WHERE id = ?1", {userId, role});
}

Result<void> removeUser(Session& session, const core::Id& userId) {
    return session.run("DELETE FROM users WHERE id = ?1", {userId});
}

Result<void> addLogin(Session& session, const Login& login) {
    return session.run(
        "INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at, client_id) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {login.id, login.userId, login.deviceName, login.createdAt, login.lastSeenAt, login.expiresAt, login.clientId});
}

Result<std::vector<Login>> loginsOf(Session& session, const core::Id& userId, core::TimeMs now) {
    static const std::string sql =
        loginsWhere("WHERE l.user_id = ?1 AND l.expires_at > ?2 ORDER BY l.last_seen_at DESC, l.id DESC LIMIT 500");
    return session.all(sql, {userId, now}, loginOf);
}

Result<std::vector<Login>> loginsOfClient(Session& session, std::string_view clientId) {
    static const std::string sql = loginsWhere("WHERE l.client_id = ?1 LIMIT 500");
    return session.all(sql, {clientId}, loginOf);
}

Result<std::vector<Login>> loginsAfter(Session& session, const core::Id& lastKnown, core::TimeMs now) {
    static const std::string sql = loginsWhere("WHERE l.id > ?1 AND l.expires_at > ?2 ORDER BY l.id");
    return session.all(sql, {lastKnown, now}, loginOf);
}

Result<std::optional<Login>> login(Session& session, const core::Id& loginId) {
    static const std::string sql = loginsWhere("WHERE l.id = ?1");
    return session.first(sql, {loginId}, loginOf);
}

Result<void> touchLogin(Session& session, const core::Id& loginId, core::TimeMs now, core::TimeMs expires) {
    return session.run("UPDATE logins SET last_seen_at = ?2, expires_at = ?3 WHERE id = ?1", {loginId, now, expires});
}

Result<void> endLogin(Session& session, const core::Id& loginId, core::TimeMs until) {
    auto ended = session.run("DELETE FROM logins WHERE id = ?1", {loginId});
    return ended ? revoke(session, loginId, until) : ended;
}

Result<std::optional<RefreshToken>> refreshToken(Session& session, const Digest& hash) {
    return session.first(
        "SELECT login_id, expires_at, used_at, successor FROM refresh_tokens WHERE token_hash = ?1",
        {std::span<const std::uint8_t>(hash)}, [](const Row& row) {
            return RefreshToken{row.string(0), row.integer(1), row.optionalInteger(2), digestOf(row.blob(3))};
        });
}

Result<void> addRefreshToken(Session& session, const Digest& hash, const core::Id& loginId, core::TimeMs now,
                             core::TimeMs expires) {
    return session.run("INSERT INTO refresh_tokens(token_hash, login_id, issued_at, expires_at) VALUES(?1, ?2, ?3, ?4)",
                       {std::span<const std::uint8_t>(hash), loginId, now, expires});
}

Result<void> useRefreshToken(Session& session, const Digest& hash, core::TimeMs now, const Digest* successor) {
    return session.run(
        "UPDATE refresh_tokens SET used_at = coalesce(used_at, ?2), successor = ?3 WHERE token_hash = ?1",
        {std::span<const std::uint8_t>(hash), now,
         successor ? core::db::Value(std::span<const std::uint8_t>(*successor)) : core::db::Value(nullptr)});
}

Result<void> revoke(Session& session, const core::Id& loginId, core::TimeMs until) {
    return session.run(
        "INSERT INTO revocations(login_id, until) VALUES(?1, ?2) "
        "ON CONFLICT(login_id) DO UPDATE SET until = max(until, excluded.until)",
        {loginId, until});
}

Result<std::vector<Revocation>> revocations(Session& session, core::TimeMs now) {
    return session.all("SELECT login_id, until FROM revocations WHERE until > ?1", {now}, [](const Row& row) {
        return Revocation{row.string(0), row.integer(1)};
    });
}

Result<void> prune(Session& session, core::TimeMs now) {
    for (const char* sql : {"DELETE FROM revocations WHERE until <= ?1", "DELETE FROM logins WHERE expires_at <= ?1",
                            "DELETE FROM refresh_tokens WHERE expires_at <= ?1"}) {
        if (auto done = session.run(sql, {now}); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace marea::server::identitystore
