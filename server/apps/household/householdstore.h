#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/db/database.h"
#include "server/apps/household/householdrules.h"

namespace marea::server {

// The statements over user_rights, library_grants, member_requests and the household's settings; each is one part of
// the caller's transaction.
namespace householdstore {

using core::Result;
using core::db::Session;

Result<std::vector<Member>> members(Session& session, core::TimeMs now);  // in order of their coming
Result<std::optional<Member>> member(Session& session, const core::Id& id, core::TimeMs now);
// Unprocessable: there is no such library.
Result<void> saveRights(Session& session, const core::Id& id, const Rights& rights);

Result<std::vector<core::Id>> librariesNamed(Session& session, std::string_view nameOrId);

struct OwnLimits {
    std::optional<std::int64_t> devices, streams;
};
Result<OwnLimits> ownLimits(Session& session, const core::Id& id);

// Whom an owner's request with that Idempotency-Key made.
Result<std::optional<core::Id>> madeBy(Session& session, const core::Id& owner, std::string_view key);
Result<void> noteMade(Session& session, const core::Id& owner, std::string_view key, const core::Id& member);

Result<HouseholdSettings> settings(Session& session);
Result<void> saveSettings(Session& session, const HouseholdSettings& settings);

}  // namespace householdstore

}  // namespace marea::server
