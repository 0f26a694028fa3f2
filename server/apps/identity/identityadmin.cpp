// What owners and the command line do to people: the parts of Identity that need no log-in.
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/identity.h"
#include "server/apps/identity/viewerrights.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

Result<User> existing(Result<std::optional<User>> user) {
    if (!user) {
        return errorOf(user);
    }
    return *user ? Result<User>(std::move(**user)) : core::fail(ErrorCode::NotFound, "There is no such person.");
}

// Part of a transaction that takes an owner away.
Result<void> anOwnerIsLeft(Session& session) {
    auto owner = store::hasOwner(session);
    if (!owner) {
        return errorOf(owner);
    }
    return *owner ? Result<void>() : core::fail(ErrorCode::Conflict, "There has to be an owner.");
}

// Whoever knew the old one is out, with what they made for their programs, the accounts elsewhere that they linked, and
// the programs and devices that they let in and that have not come for their tokens yet.
Result<void> setPassword(Session& session, const core::Id& id, const std::string& hash) {
    auto done = store::setPassword(session, id, hash);
    for (const char* table : {"app_passwords", "external_accounts", "authorization_codes", "device_grants"}) {
        done = done ? session.run("DELETE FROM " + std::string(table) + " WHERE user_id = ?1", {id}) : done;
    }
    return done;
}

}  // namespace

Result<core::Id> Identity::addUser(std::string_view username, std::string_view password, const std::string& role,
                                   const Also& also) {
    auto name = checkedUsername(username);
    auto allowed = name ? checkPassword(password) : errorOf(name);
    auto hash = allowed ? passwords_.hash(password) : errorOf(allowed);
    if (!hash) {
        return errorOf(hash);
    }
    const User user{core::newId(clock_->now()), *name, *hash, role, clock_->now()};
    auto added = database_.write([&](Session& session) {
        auto done = store::addUser(session, user);
        return done && also ? also(session, user) : done;
    });
    return added ? Result<core::Id>(user.id) : errorOf(added);
}

Result<std::optional<User>> Identity::userById(const core::Id& id) {
    return database_.readValue<std::optional<User>>([&](Session& session) { return store::userById(session, id); });
}

Result<std::vector<User>> Identity::users() {
    return database_.readValue<std::vector<User>>(store::users);
}

Result<core::Id> Identity::userNamed(std::string_view username) {
    return database_.readValue<core::Id>([&](Session& session) {
        return existing(store::userByName(session, username)).map([](const User& user) { return user.id; });
    });
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

// Runs `change` and, where it ends their log-ins, ends them in the same transaction; in memory once it is committed.
Result<void> Identity::changeOf(const core::Id& id, bool endsLogins, const Also& change) {
    auto ended = database_.writeValue<std::vector<Login>>([&](Session& session) -> Result<std::vector<Login>> {
        auto user = existing(store::userById(session, id));
        auto logins =
            user && endsLogins ? endLoginsOf(session, id) : user.map([](auto&&) { return std::vector<Login>(); });
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
    if (endsLogins && shutOut_) {
        shutOut_(id);
    }
    return {};
}

Result<void> Identity::changeUser(const core::Id& id, const UserChange& change, const Also& also) {
    auto allowed = change.password ? checkPassword(*change.password) : Result<void>();
    auto hash =
        allowed && change.password ? passwords_.hash(*change.password) : allowed.map([] { return std::string(); });
    if (!hash) {
        return errorOf(hash);
    }
    return changeOf(id, change.password || change.role, [&](Session& session, const User& user) -> Result<void> {
        auto done = also ? also(session, user) : Result<void>();
        done = done && change.password ? setPassword(session, id, *hash) : done;
        done = done && change.role ? store::setRole(session, id, *change.role) : done;
        return done && change.role ? anOwnerIsLeft(session) : done;
    });
}

Result<void> Identity::changePassword(std::string_view username, std::string_view password) {
    const auto id = userNamed(username);
    return id ? changeUser(*id, {std::string(password), std::nullopt}) : errorOf(id);
}

Result<void> Identity::removeUser(const core::Id& id) {
    return changeOf(id, true, [&](Session& session, const User&) {
        auto removed = store::removeUser(session, id);
        return removed ? anOwnerIsLeft(session) : removed;
    });
}

Result<std::string> Identity::tokenFor(std::string_view username, core::TimeMs life, std::string_view device) {
    std::optional<Login> started;
    auto token = database_.writeValue<std::string>([&](Session& session) -> Result<std::string> {
        auto user = existing(store::userByName(session, username));
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
