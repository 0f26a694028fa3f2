#include "server/apps/household/householdrules.h"

#include <algorithm>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr int kOldest = 21, kFirstLimit = 6;
constexpr std::int64_t kMostDevices = 1000, kMostStreams = 1000;
constexpr std::size_t kMostLibraries = 500, kLongestName = 256, kLongestPassword = 1024;

bool isRole(const std::string& role) {
    return role == "owner" || role == "member" || role == "child";
}

// A number, or null.
std::optional<std::optional<std::int64_t>> numberOrNull(core::JsonFields& fields, const char* name, std::int64_t most) {
    const json::value* given = fields.raw(name);
    if (!given) {
        return std::nullopt;
    }
    if (given->is_null()) {
        return std::optional<std::int64_t>();
    }
    const auto number = fields.integer(name, 1, most);
    return number ? std::optional(number) : std::nullopt;
}

// Ids of libraries; null: all of them.
std::optional<std::optional<std::vector<core::Id>>> librariesOf(core::JsonFields& fields) {
    const json::value* given = fields.raw("libraries");
    if (!given) {
        return std::nullopt;
    }
    if (given->is_null()) {
        return std::optional<std::vector<core::Id>>();
    }
    auto ids = fields.texts("libraries", kMostLibraries, 64);
    if (ids && !std::all_of(ids->begin(), ids->end(), [](const auto& id) { return core::isId(id); })) {
        fields.wrong("libraries", "must be ids of libraries");
    }
    return ids ? std::optional(std::move(ids)) : std::nullopt;
}

MemberWish readWish(core::JsonFields& fields) {
    MemberWish wish;
    wish.password = fields.text("password", kLongestPassword);
    wish.role = fields.text("role", 16);
    if (wish.role && !isRole(*wish.role)) {
        fields.wrong("role", "must be owner, member or child");
    }
    wish.libraries = librariesOf(fields);
    if (const auto age = fields.integer("age_limit", 0, kOldest)) {
        wish.ageLimit = static_cast<int>(*age);
    }
    wish.unrated = fields.boolean("unrated");
    wish.maxDevices = numberOrNull(fields, "max_devices", kMostDevices);
    wish.maxStreams = numberOrNull(fields, "max_streams", kMostStreams);
    return wish;
}

Result<MemberWish> parse(std::string_view body, bool isNew) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    if (isNew) {
        fields.require("username");
        fields.require("password");
    } else if (fields.empty()) {
        fields.wrong("", "must change something");
    }
    MemberWish wish = readWish(fields);
    if (isNew) {
        wish.username = fields.text("username", kLongestName);
    }
    auto done = fields.finish();
    return done ? Result<MemberWish>(std::move(wish)) : unexpected<Error>(done.error());
}

}  // namespace

bool takesAway(const Rights& before, const Rights& after) {
    const auto stays = [&](const core::Id& library) {
        return std::find(after.libraries->begin(), after.libraries->end(), library) != after.libraries->end();
    };
    const bool fewer = after.libraries &&
                       (!before.libraries || !std::all_of(before.libraries->begin(), before.libraries->end(), stays));
    return fewer || after.ageLimit < before.ageLimit || (before.unrated && !after.unrated);
}

Rights usualRights(std::string_view role) {
    Rights rights;
    if (role == "child") {
        rights.libraries.emplace();
        rights.ageLimit = kFirstLimit;
    }
    return rights;
}

Result<MemberWish> parseNewMember(std::string_view body) {
    return parse(body, true);
}

Result<MemberWish> parseMemberChange(std::string_view body) {
    return parse(body, false);
}

Result<Rights> rightsAfter(const MemberWish& wish, std::string_view oldRole, const Rights& before) {
    const std::string role = wish.role.value_or(oldRole.empty() ? "member" : std::string(oldRole));
    Rights after = oldRole.empty() ? usualRights(role) : before;
    after.libraries = wish.libraries.value_or(after.libraries);
    after.maxDevices = wish.maxDevices.value_or(after.maxDevices);
    after.maxStreams = wish.maxStreams.value_or(after.maxStreams);
    if (role == "owner" && wish.libraries && wish.libraries->has_value()) {
        return fail(ErrorCode::Unprocessable, "Owners see every library.");
    }
    if (role == "owner") {
        after.libraries.reset();
    }
    if (role != "child" && (wish.ageLimit || wish.unrated)) {
        return fail(ErrorCode::Unprocessable, "Only children have a limit of age.");
    }
    const bool becomesChild = role == "child" && oldRole != "child";
    const Rights usual = usualRights(role);
    after.ageLimit = wish.ageLimit.value_or(becomesChild || role != "child" ? usual.ageLimit : before.ageLimit);
    after.unrated = wish.unrated.value_or(becomesChild || role != "child" ? usual.unrated : before.unrated);
    return after;
}

json::object memberJson(const Member& member, bool whole) {
    json::object out{{"id", member.id}, {"username", member.username}, {"role", member.role}};
    if (!whole) {
        return out;
    }
    const Rights& rights = member.rights;
    const bool child = member.role == "child";
    out["created_at"] = member.createdAt;
    out["libraries"] = rights.libraries ? json::value(json::array(rights.libraries->begin(), rights.libraries->end()))
                                        : json::value(nullptr);
    out["age_limit"] = child ? json::value(rights.ageLimit) : json::value(nullptr);
    out["unrated"] = child ? rights.unrated : true;
    out["max_devices"] = core::jsonOrNull(rights.maxDevices);
    out["max_streams"] = core::jsonOrNull(rights.maxStreams);
    out["devices"] = member.devices;
    out["last_seen_at"] = core::jsonOrNull(member.lastSeenAt);
    return out;
}

Result<HouseholdSettings> changedSettings(HouseholdSettings settings, std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    const auto share = fields.text("share_purchases", 16);
    if (share && *share != "nobody" && *share != "members" && *share != "everybody") {
        fields.wrong("share_purchases", "must be nobody, members or everybody");
    }
    const auto full = fields.text("when_full", 16);
    if (full && *full != "refuse" && *full != "replace") {
        fields.wrong("when_full", "must be refuse or replace");
    }
    settings.sharePurchases = share.value_or(settings.sharePurchases);
    settings.replaceDevices = full ? *full == "replace" : settings.replaceDevices;
    settings.maxDevices = numberOrNull(fields, "max_devices", kMostDevices).value_or(settings.maxDevices);
    settings.maxStreamsEach = numberOrNull(fields, "max_streams_each", kMostStreams).value_or(settings.maxStreamsEach);
    settings.maxStreams = numberOrNull(fields, "max_streams", kMostStreams).value_or(settings.maxStreams);
    auto done = fields.finish();
    return done ? Result<HouseholdSettings>(std::move(settings)) : unexpected<Error>(done.error());
}

json::object settingsJson(const HouseholdSettings& settings) {
    return {{"share_purchases", settings.sharePurchases},
            {"max_devices", core::jsonOrNull(settings.maxDevices)},
            {"max_streams_each", core::jsonOrNull(settings.maxStreamsEach)},
            {"max_streams", core::jsonOrNull(settings.maxStreams)},
            {"when_full", settings.replaceDevices ? "replace" : "refuse"}};
}

HouseholdSettings settingsFromText(std::string_view text) {
    return changedSettings({}, text.empty() ? "{}" : text).value_or(HouseholdSettings());
}

}  // namespace marea::server
