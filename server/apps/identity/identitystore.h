#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/identity/secrets.h"

namespace marea::server {

struct User {
    core::Id id;
    std::string username, passwordHash, role;
    core::TimeMs createdAt = 0;
};

// One device where a person is signed in.
struct Login {
    core::Id id, userId;
    std::string username, role, deviceName;
    core::TimeMs createdAt = 0, lastSeenAt = 0, expiresAt = 0;
    std::string clientId;  // the program that asked for it
};

struct Revocation {
    core::Id loginId;
    core::TimeMs until = 0;
};

// The statements over users, logins, refresh_tokens and revocations; each takes the session of the caller's
// transaction, so that several make one change.
namespace identitystore {

using core::Result;
using core::db::Session;

Result<std::optional<std::string>> setting(Session& session, std::string_view key);
Result<void> setSetting(Session& session, std::string_view key, std::string_view value);

Result<bool> hasOwner(Session& session);
Result<std::optional<User>> userByName(Session& session, std::string_view name);
Result<std::optional<User>> userById(Session& session, const core::Id& id);
// Unauthorized: somebody who was looked up before is gone since, or has another password.
Result<void> stillSignedIn(Session& session, const User& before);
Result<std::vector<User>> users(Session& session);
Result<void> addUser(Session& session, const User& user);  // Conflict: the name is taken
Result<void> setPassword(Session& session, const core::Id& userId, std::string_view hash);
Result<void> setRole(Session& session, const core::Id& userId, std::string_view role);
Result<void> removeUser(Session& session, const core::Id& userId);

Result<void> addLogin(Session& session, const Login& login);
Result<std::vector<Login>> loginsOf(Session& session, const core::Id& userId, core::TimeMs now);
Result<std::vector<Login>> loginsOfClient(Session& session, std::string_view clientId);  // 500 at most
Result<std::vector<Login>> loginsAfter(Session& session, const core::Id& lastKnown, core::TimeMs now);
Result<std::optional<Login>> login(Session& session, const core::Id& loginId);
Result<void> touchLogin(Session& session, const core::Id& loginId, core::TimeMs now, core::TimeMs expires);
// Ends the log-in and every token of it, and keeps that until `until`.
Result<void> endLogin(Session& session, const core::Id& loginId, core::TimeMs until);

struct RefreshToken {
    core::Id loginId;
    core::TimeMs expiresAt = 0;
    std::optional<core::TimeMs> usedAt;
    std::optional<Digest> successor;  // what it was exchanged for
};
Result<std::optional<RefreshToken>> refreshToken(Session& session, const Digest& hash);
Result<void> addRefreshToken(Session& session, const Digest& hash, const core::Id& loginId, core::TimeMs now,
                             core::TimeMs expires);
// Keeps the time of its first use. `successor`: null when it is given up without one.
Result<void> useRefreshToken(Session& session, const Digest& hash, core::TimeMs now, const Digest* successor);

Result<void> revoke(Session& session, const core::Id& loginId, core::TimeMs until);
Result<std::vector<Revocation>> revocations(Session& session, core::TimeMs now);
Result<void> prune(Session& session, core::TimeMs now);

}  // namespace identitystore

}  // namespace marea::server
