#include "server/apps/oidc/externalaccounts.h"

#include "server/apps/identity/errorof.h"

namespace marea::server {

using core::ErrorCode;
using core::Id;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

ExternalAccount accountFrom(const Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.integer(3), row.optionalInteger(4)};
}

Result<std::optional<Id>> ownerOf(Session& session, const ExternalPerson& person) {
    return session.first("SELECT user_id FROM external_accounts WHERE issuer = ?1 AND subject = ?2",
                         {person.issuer, person.subject}, [](const Row& row) { return row.string(0); });
}

Result<void> insert(Session& session, const Id& userId, const ExternalPerson& person, core::TimeMs now) {
    return session.run(
        "INSERT INTO external_accounts(id, user_id, issuer, subject, label, created_at, last_used_at) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        {core::newId(now), userId, person.issuer, person.subject, person.label, now});
}

}  // namespace

Result<std::optional<User>> ExternalAccounts::find(const ExternalPerson& person) {
    return database_.writeValue<std::optional<User>>([&](Session& session) -> Result<std::optional<User>> {
        const auto owner = ownerOf(session, person);
        if (!owner || !*owner) {
            return owner ? Result<std::optional<User>>(std::nullopt) : errorOf(owner);
        }
        auto noted =
            session.run("UPDATE external_accounts SET last_used_at = ?3, label = ?4 WHERE issuer = ?1 AND subject = ?2",
                        {person.issuer, person.subject, clock_->now(), person.label});
        return noted ? identitystore::userById(session, **owner) : errorOf(noted);
    });
}

// A new password ends what the old one linked: it may have been given while the old one was checked.
Result<void> ExternalAccounts::link(const User& user, const ExternalPerson& person) {
    return database_.write([&](Session& session) -> Result<void> {
        const auto now = identitystore::userById(session, user.id);
        const auto owner = now ? ownerOf(session, person) : errorOf(now);
        if (!owner) {
            return errorOf(owner);
        }
        if (!*now || (*now)->passwordHash != user.passwordHash) {
            return core::fail(ErrorCode::Unauthorized, "The name or the password is wrong.");
        }
        if (*owner && **owner != user.id) {
            return core::fail(ErrorCode::Conflict, "That account is linked to somebody else here.");
        }
        return *owner ? Result<void>() : insert(session, user.id, person, clock_->now());
    });
}

Result<User> ExternalAccounts::create(const ExternalPerson& person) {
    const std::string& wished = person.username.empty() ? person.label : person.username;
    const auto linked = [&](Session& session, const User& user) {
        return insert(session, user.id, person, clock_->now());
    };
    auto id = identity_.addUser(wished.substr(0, wished.find('@')), randomToken(), "member", linked);
    auto user = id ? identity_.userById(*id) : errorOf(id);
    if (!user || !*user) {
        return user ? Result<User>(core::fail(ErrorCode::Internal, "The account could not be made.")) : errorOf(user);
    }
    return std::move(**user);
}

Result<std::vector<ExternalAccount>> ExternalAccounts::all(const Id& userId) {
    return database_.readValue<std::vector<ExternalAccount>>([&](Session& session) {
        return session.all(
            "SELECT id, issuer, label, created_at, last_used_at FROM external_accounts WHERE user_id = ?1 "
            "ORDER BY created_at, id",
            {userId}, accountFrom);
    });
}

Result<void> ExternalAccounts::remove(const Id& userId, const Id& id) {
    return database_.write([&](Session& session) -> Result<void> {
        auto done = session.run("DELETE FROM external_accounts WHERE id = ?1 AND user_id = ?2", {id, userId});
        return done && session.changes() == 0 ? core::fail(ErrorCode::NotFound, "There is no such account.") : done;
    });
}

}  // namespace marea::server
