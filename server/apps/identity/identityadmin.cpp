// What the command line does to people: the parts of Identity that need no log-in.
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"
#include "server/apps/identity/viewerrights.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

Result<User> existingUser(Session& session, std::string_view username) {
    auto user = store::userByName(session, username);
    if (!user) {
        return errorOf(user);
    }
    if (!*user) {
        return core::fail(ErrorCode::NotFound, "There is no person of that name.");
    }
    return std::move(**user);
}

}  // namespace

Result<core::Id> Identity::addUser(std::string_view username, std::string_view password, const std::string& role) {
    auto name = checkedUsername(username);
    auto allowed = name ? checkPassword(password) : errorOf(name);
    auto hash = allowed ? passwords_.hash(password) : errorOf(allowed);
    if (!hash) {
        return errorOf(hash);
    }
    const User user{core::newId(clock_->now()), *name, *hash, role, clock_->now()};
    auto added = database_.write([&](Session& session) { return store::addUser(session, user); });
    return added ? Result<core::Id>(user.id) : errorOf(added);
}

Result<std::optional<User>> Identity::userById(const core::Id& id) {
    return database_.readValue<std::optional<User>>([&](Session& session) { return store::userById(session, id); });
}

Result<std::vector<User>> Identity::users() {
    return database_.readValue<std::vector<User>>(store::users);
}

Result<std::vector<Login>> Identity::endLoginsOf(Session& session, const core::Id& userId) {
    std::vector<Login> ended;
    while (true) {
        auto logins = store::loginsOf(session, userId, 0);
        if (!logins || logins->empty()) {
            return logins ? Result<std::vector<Login>>(std::move(ended)) : logins;
        }
        for (Login& login : *logins) {
            if (auto done = store::endLogin(session, login.id, revokedUntil(login)); !done) {
                return errorOf(done);
            }
            ended.push_back(std::move(login));
        }
    }
}

// Runs `change` with the user's log-ins ended in the same transaction; in memory they end once it is committed.
Result<void> Identity::changeUser(std::string_view username,
                                  const std::function<Result<void>(Session&, const User&)>& change) {
    auto ended = database_.writeValue<std::vector<Login>>([&](Session& session) -> Result<std::vector<Login>> {
        auto user = existingUser(session, username);
        auto logins = user ? endLoginsOf(session, user->id) : errorOf(user);
        auto changed = logins ? change(session, *user) : errorOf(logins);
        changed = changed ? ViewerRights::note(session) : changed;
        return changed ? logins : errorOf(changed);
    });
    if (!ended) {
        return errorOf(ended);
    }
    for (const Login& login : *ended) {
        forget(login);
    }
    return {};
}

Result<void> Identity::changePassword(std::string_view username, std::string_view password) {
    auto allowed = checkPassword(password);
    auto hash = allowed ? passwords_.hash(password) : errorOf(allowed);
    if (!hash) {
        return errorOf(hash);
    }
    return changeUser(username, [&](Session& session, const User& user) {
        // Whoever knew the old one is out, with what they made for their programs.
        auto removed = session.run("DELETE FROM app_passwords WHERE user_id = ?1", {user.id});
        return removed ? store::setPassword(session, user.id, *hash) : removed;
    });
}

Result<void> Identity::removeUser(std::string_view username) {
    return changeUser(username, [](Session& session, const User& user) -> Result<void> {
        auto removed = store::removeUser(session, user.id);
        auto owner = removed ? store::hasOwner(session) : errorOf(removed);
        if (!owner) {
            return errorOf(owner);
        }
        return *owner ? Result<void>() : core::fail(ErrorCode::Conflict, "The last owner cannot be removed.");
    });
}

Result<std::string> Identity::tokenFor(std::string_view username, core::TimeMs life, std::string_view device) {
    std::optional<Login> started;
    auto token = database_.writeValue<std::string>([&](Session& session) -> Result<std::string> {
        auto user = existingUser(session, username);
        auto login = user ? newLogin(session, *user, device, life, kCommandLineClient) : errorOf(user);
        const auto signer = keys_->signer(clock_->now());
        if (!login || !signer) {
            return login ? core::fail(ErrorCode::Internal, "Signing in failed.", "no key") : errorOf(login);
        }
        started = *login;
        auto noted = KeyStore::signedUntil(session, signer->id(), clock_->now() + life);
        return noted ? accessTokenFor(*login, life) : errorOf(noted);
    });
    if (token) {
        remember(*started);
    }
    return token;
}

}  // namespace marea::server
