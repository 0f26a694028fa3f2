#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::server {

// What an owner lays down for a person. Pure values and decisions; the database is householdstore.h.
struct Rights {
    std::optional<std::vector<core::Id>> libraries;      // nullopt: all of them, also those to come
    int ageLimit = 0;                                    // of children: years
    bool unrated = false;                                // of children: also what has no rating
    std::optional<std::int64_t> maxDevices, maxStreams;  // nullopt: as the household has it
    bool operator==(const Rights&) const = default;
};

// Whether somebody may see less than before.
bool takesAway(const Rights& before, const Rights& after);

// Those of somebody for whom nothing was laid down.
Rights usualRights(std::string_view role);

struct Member {
    core::Id id;
    std::string username, role;  // "owner", "member", "child"
    core::TimeMs createdAt = 0;
    Rights rights;
    std::int64_t devices = 0;  // signed in, tokens of the command line apart
    std::optional<core::TimeMs> lastSeenAt;
};

// What is asked for in a body; what is absent stays, or is as usual.
struct MemberWish {
    std::optional<std::string> username, password, role;
    std::optional<std::optional<std::vector<core::Id>>> libraries;
    std::optional<int> ageLimit;
    std::optional<bool> unrated;
    std::optional<std::optional<std::int64_t>> maxDevices, maxStreams;
};
// Invalid with what is wrong and where.
core::Result<MemberWish> parseNewMember(std::string_view body);
core::Result<MemberWish> parseMemberChange(std::string_view body);

// What somebody with `before` as `oldRole` has after the wish; `oldRole` is empty for somebody new. Unprocessable where
// it does not go together: owners see everything, and only children have a limit of age.
core::Result<Rights> rightsAfter(const MemberWish& wish, std::string_view oldRole, const Rights& before);

// `whole`: for owners, and for people themselves; else the name alone.
core::json::object memberJson(const Member& member, bool whole);

// What holds for all of them.
struct HouseholdSettings {
    std::string sharePurchases = "nobody";  // with whom: "nobody", "members", "everybody"
    // Signed in, and played at once by each person, where nothing else was laid down; played by all of them together.
    // nullopt: any number.
    std::optional<std::int64_t> maxDevices, maxStreamsEach, maxStreams;
    bool replaceDevices = false;  // one device too many signs out the one that was silent longest; else it is refused
    bool operator==(const HouseholdSettings&) const = default;
};
core::Result<HouseholdSettings> changedSettings(HouseholdSettings settings, std::string_view body);
core::json::object settingsJson(const HouseholdSettings& settings);
HouseholdSettings settingsFromText(std::string_view text);  // as settingsJson() told it; the usual ones for others

}  // namespace marea::server
