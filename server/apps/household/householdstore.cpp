#include "server/apps/household/householdstore.h"

#include "server/apps/identity/identity.h"

namespace marea::server::householdstore {

namespace {

using core::Error;
using core::Id;
using core::unexpected;
using core::db::orNull;
using core::db::Row;

constexpr std::string_view kSettings = "household";

// ?1: now, ?2: the clients that are no devices.
constexpr std::string_view kMembers =
    "SELECT u.id, u.username, u.role, u.created_at, r.all_libraries, r.age_limit, r.unrated, r.max_devices, "
    "r.max_streams, (SELECT count(*) FROM logins l WHERE l.user_id = u.id AND l.expires_at > ?1 AND l.client_id <> "
    "?2), "
    "(SELECT max(l.last_seen_at) FROM logins l WHERE l.user_id = u.id) "
    "FROM users u LEFT JOIN user_rights r ON r.user_id = u.id ";

Member memberOf(const Row& row) {
    Member member;
    member.id = row.string(0);
    member.username = row.string(1);
    member.role = row.string(2);
    member.createdAt = row.integer(3);
    member.rights = usualRights(member.role);
    if (!row.isNull(4)) {
        member.rights.libraries = row.boolean(4) ? std::nullopt : std::optional(std::vector<Id>());
        member.rights.ageLimit = static_cast<int>(row.integer(5));
        member.rights.unrated = row.boolean(6);
    }
    member.rights.maxDevices = row.optionalInteger(7);
    member.rights.maxStreams = row.optionalInteger(8);
    member.devices = row.integer(9);
    member.lastSeenAt = row.optionalInteger(10);
    return member;
}

Result<void> addGrants(Session& session, Member& member) {
    if (!member.rights.libraries) {
        return {};
    }
    return session.each("SELECT library_id FROM library_grants WHERE user_id = ?1 ORDER BY library_id", {member.id},
                        [&](const Row& row) {
                            member.rights.libraries->push_back(row.string(0));
                            return true;
                        });
}

Result<void> grant(Session& session, const Id& user, const Id& library) {
    auto done = session.run(
        "INSERT OR IGNORE INTO library_grants(user_id, library_id) SELECT ?1, id FROM libraries WHERE id = ?2",
        {user, library});
    if (!done) {
        return done;
    }
    auto there = session.first("SELECT 1 FROM libraries WHERE id = ?1", {library}, [](const Row&) { return true; });
    if (!there) {
        return unexpected<Error>(there.error());
    }
    return *there ? Result<void>() : core::fail(core::ErrorCode::Unprocessable, "There is no such library.");
}

}  // namespace

Result<std::vector<Member>> members(Session& session, core::TimeMs now) {
    auto all = session.all(std::string(kMembers) + "ORDER BY u.created_at, u.id", {now, kCommandLineClient}, memberOf);
    for (std::size_t i = 0; all && i < all->size(); ++i) {
        if (auto done = addGrants(session, (*all)[i]); !done) {
            return unexpected<Error>(done.error());
        }
    }
    return all;
}

Result<std::optional<Member>> member(Session& session, const Id& id, core::TimeMs now) {
    auto found = session.first(std::string(kMembers) + "WHERE u.id = ?3", {now, kCommandLineClient, id}, memberOf);
    auto done = found && *found ? addGrants(session, **found) : Result<void>();
    return done ? found : unexpected<Error>(done.error());
}

Result<void> saveRights(Session& session, const Id& id, const Rights& rights) {
    auto done = session.run(
        "INSERT INTO user_rights(user_id, all_libraries, age_limit, unrated, max_devices, max_streams) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(user_id) DO UPDATE SET all_libraries = excluded.all_libraries, "
        "age_limit = excluded.age_limit, unrated = excluded.unrated, max_devices = excluded.max_devices, "
        "max_streams = excluded.max_streams",
        {id, std::int64_t{!rights.libraries}, std::int64_t{rights.ageLimit}, std::int64_t{rights.unrated},
         orNull(rights.maxDevices), orNull(rights.maxStreams)});
    done = done ? session.run("DELETE FROM library_grants WHERE user_id = ?1", {id}) : done;
    for (const Id& library : rights.libraries.value_or(std::vector<Id>())) {
        done = done ? grant(session, id, library) : done;
    }
    return done;
}

Result<std::vector<Id>> librariesNamed(Session& session, std::string_view nameOrId) {
    return session.all("SELECT id FROM libraries WHERE name = ?1 OR id = ?1", {nameOrId},
                       [](const Row& row) { return row.string(0); });
}

Result<OwnLimits> ownLimits(Session& session, const Id& id) {
    auto found =
        session.first("SELECT max_devices, max_streams FROM user_rights WHERE user_id = ?1", {id}, [](const Row& row) {
            return OwnLimits{row.optionalInteger(0), row.optionalInteger(1)};
        });
    return found ? Result<OwnLimits>(found->value_or(OwnLimits{})) : unexpected<Error>(found.error());
}

Result<std::optional<Id>> madeBy(Session& session, const Id& owner, std::string_view key) {
    return session.first("SELECT member_id FROM member_requests WHERE owner_id = ?1 AND idempotency_key = ?2",
                         {owner, key}, [](const Row& row) { return row.string(0); });
}

Result<void> noteMade(Session& session, const Id& owner, std::string_view key, const Id& member) {
    return session.run("INSERT INTO member_requests(owner_id, idempotency_key, member_id) VALUES (?1, ?2, ?3)",
                       {owner, key, member});
}

Result<HouseholdSettings> settings(Session& session) {
    auto text = identitystore::setting(session, kSettings);
    return text ? Result<HouseholdSettings>(settingsFromText(text->value_or(""))) : unexpected<Error>(text.error());
}

Result<void> saveSettings(Session& session, const HouseholdSettings& settings) {
    return identitystore::setSetting(session, kSettings, core::json::serialize(settingsJson(settings)));
}

}  // namespace marea::server::householdstore
