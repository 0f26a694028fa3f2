#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/household/householdrules.h"
#include "server/apps/identity/identity.h"
#include "server/apps/identity/viewerrights.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// The people of a server: who they are, what they may see, and what they share. What is taken from somebody is gone at
// once; a new password or role, as a removal, also signs them out everywhere. Calls block; thread-safe.
class Household {
public:
    Household(core::db::Database& database, Identity& identity, ViewerRights& viewers,
              std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger)
        : database_(database),
          identity_(identity),
          viewers_(viewers),
          clock_(std::move(clock)),
          logger_(std::move(logger)) {}

    void addRoutes(Router& router, WorkPool& pool);
    // Told of each person from whom something was taken, once it is gone. Before the first request.
    void onTakenAway(std::function<void(const core::Id& user)> told) { takenAway_ = std::move(told); }

    core::Result<std::vector<Member>> members();
    core::Result<Member> member(const core::Id& id);  // NotFound
    struct Made {
        Member member;
        bool isNew = true;
    };
    // `key` of the owner's request, empty without one: the same again is answered with who was made by it. Conflict:
    // the name is taken, or the key was used for another name.
    core::Result<Made> add(const MemberWish& wish, const core::Id& owner, const std::string& key);
    core::Result<Member> change(const core::Id& id, const MemberWish& wish);  // Conflict: the last owner
    core::Result<void> remove(const core::Id& id);                            // with all that is theirs

    // By its name or its id. Unprocessable: there is none, or several.
    core::Result<core::Id> libraryNamed(const std::string& name);

    core::Result<HouseholdSettings> settings();
    // What holds for one of them: their own limits, else the household's.
    static core::Result<DeviceLimit> deviceLimit(core::db::Session& session, const core::Id& id);
    struct Streams {
        std::optional<std::int64_t> own, household;
    };
    core::Result<Streams> streams(const core::Id& id);
    core::Result<HouseholdSettings> changeSettings(std::string_view body);

private:
    core::Result<std::optional<Member>> madeBefore(const MemberWish& wish, const core::Id& owner,
                                                   const std::string& key);

    core::db::Database& database_;
    Identity& identity_;
    ViewerRights& viewers_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    std::function<void(const core::Id&)> takenAway_;
};

}  // namespace marea::server
