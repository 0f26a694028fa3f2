#include "server/apps/household/household.h"

#include "server/apps/household/householdstore.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/identity/passwords.h"

namespace marea::server {

namespace store = householdstore;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::db::Session;

namespace {

core::unexpected<core::Error> nobody() {
    return fail(ErrorCode::NotFound, "There is no such person.");
}

Result<Member> existing(Session& session, const Id& id, core::TimeMs now) {
    auto found = store::member(session, id, now);
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<Member>(std::move(**found)) : nobody();
}

}  // namespace

Result<std::vector<Member>> Household::members() {
    return database_.readValue<std::vector<Member>>(
        [&](Session& session) { return store::members(session, clock_->now()); });
}

Result<Member> Household::member(const Id& id) {
    return database_.readValue<Member>([&](Session& session) { return existing(session, id, clock_->now()); });
}

Result<std::optional<Member>> Household::madeBefore(const MemberWish& wish, const Id& owner, const std::string& key) {
    return database_.readValue<std::optional<Member>>([&](Session& session) -> Result<std::optional<Member>> {
        auto known = key.empty() ? Result<std::optional<Id>>() : store::madeBy(session, owner, key);
        if (!known || !*known) {
            return known ? Result<std::optional<Member>>() : errorOf(known);
        }
        auto found = existing(session, **known, clock_->now());
        if (found && usernameKey(found->username) != usernameKey(wish.username.value_or(""))) {
            return fail(ErrorCode::Conflict, "This Idempotency-Key was used for another person.");
        }
        return found ? Result<std::optional<Member>>(std::move(*found)) : errorOf(found);
    });
}

Result<Household::Made> Household::add(const MemberWish& wish, const Id& owner, const std::string& key) {
    auto before = madeBefore(wish, owner, key);
    const auto rights = rightsAfter(wish, {}, {});
    if (!before || !rights) {
        return before ? errorOf(rights) : errorOf(before);
    }
    if (*before) {
        return Made{std::move(**before), false};
    }
    const auto id =
        identity_.addUser(wish.username.value_or(""), wish.password.value_or(""), wish.role.value_or("member"),
                          [&](Session& session, const User& user) {
                              auto kept = store::saveRights(session, user.id, *rights);
                              return kept && !key.empty() ? store::noteMade(session, owner, key, user.id) : kept;
                          });
    if (!id) {
        return errorOf(id);
    }
    logger_->info("household.added", {{"user", *id}, {"by", owner}});
    auto made = member(*id);
    return made ? Result<Made>(Made{std::move(*made), true}) : errorOf(made);
}

Result<Member> Household::change(const Id& id, const MemberWish& wish) {
    bool less = false;
    auto done = identity_.changeUser(id, {wish.password, wish.role}, [&](Session& session, const User& before) {
        auto member = existing(session, id, clock_->now());
        auto rights = member ? rightsAfter(wish, before.role, member->rights) : errorOf(member);
        auto kept = rights ? store::saveRights(session, id, *rights) : errorOf(rights);
        less = rights && takesAway(member->rights, *rights);
        return kept ? ViewerRights::note(session) : kept;
    });
    if (!done) {
        return errorOf(done);
    }
    viewers_.changed();
    if (less && takenAway_) {
        takenAway_(id);
    }
    logger_->info("household.changed", {{"user", id}});
    return member(id);
}

Result<void> Household::remove(const Id& id) {
    auto done = identity_.removeUser(id);
    if (done) {
        viewers_.changed();
        logger_->info("household.removed", {{"user", id}});
    }
    return done;
}

Result<Id> Household::libraryNamed(const std::string& name) {
    const auto ids =
        database_.readValue<std::vector<Id>>([&](Session& session) { return store::librariesNamed(session, name); });
    if (!ids) {
        return errorOf(ids);
    }
    if (ids->size() != 1) {
        return fail(ErrorCode::Unprocessable, ids->empty()
                                                  ? "There is no library \"" + name + "\"."
                                                  : "There are several libraries \"" + name + "\": say its id.");
    }
    return ids->front();
}

Result<HouseholdSettings> Household::settings() {
    return database_.readValue<HouseholdSettings>(store::settings);
}

Result<DeviceLimit> Household::deviceLimit(Session& session, const Id& id) {
    auto settings = store::settings(session);
    auto own = settings ? store::ownLimits(session, id) : errorOf(settings);
    return own ? Result<DeviceLimit>(
                     DeviceLimit{own->devices ? own->devices : settings->maxDevices, settings->replaceDevices})
               : errorOf(own);
}

Result<Household::Streams> Household::streams(const Id& id) {
    return database_.readValue<Streams>([&](Session& session) -> Result<Streams> {
        auto settings = store::settings(session);
        auto own = settings ? store::ownLimits(session, id) : errorOf(settings);
        return own ? Result<Streams>(
                         Streams{own->streams ? own->streams : settings->maxStreamsEach, settings->maxStreams})
                   : errorOf(own);
    });
}

Result<HouseholdSettings> Household::changeSettings(std::string_view body) {
    bool shares = false;  // more, or less, than before
    auto changed = database_.writeValue<HouseholdSettings>([&](Session& session) -> Result<HouseholdSettings> {
        auto before = store::settings(session);
        const std::string sharing = before ? before->sharePurchases : std::string();
        auto after = before ? changedSettings(std::move(*before), body) : before;
        auto kept = after ? store::saveSettings(session, *after) : errorOf(after);
        shares = after && after->sharePurchases != sharing;
        kept = kept && shares ? ViewerRights::note(session) : kept;
        return kept ? after : errorOf(kept);
    });
    if (changed && shares) {
        viewers_.changed();
    }
    return changed;
}

}  // namespace marea::server
