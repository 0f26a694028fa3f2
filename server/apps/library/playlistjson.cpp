#include "server/apps/library/playlistjson.h"

#include "core/base/jsonfields.h"
#include "server/apps/library/listparams.h"
#include "server/apps/library/smartrules.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::Id;
using core::Result;
using core::unexpected;

constexpr std::size_t kLongestName = 200, kLongestDescription = 2000;

void checkVisibility(core::JsonFields& fields, const std::optional<std::string>& visibility) {
    if (visibility && *visibility != "private" && *visibility != "public" && *visibility != "collaborative") {
        fields.wrong("visibility", "must be private, public or collaborative");
    }
}

void checkName(core::JsonFields& fields, const std::optional<std::string>& name) {
    if (name && name->find_first_not_of(" \t\r\n") == std::string::npos) {
        fields.wrong("name", "must not be empty");
    }
}

// As they were sent, when they are right.
Result<std::optional<std::string>> rulesOf(core::JsonFields& fields) {
    const json::value* rules = fields.raw("rules");
    if (!rules || rules->is_null()) {
        return std::optional<std::string>();
    }
    const auto parsed = parseSmartRules(*rules);
    return parsed ? Result<std::optional<std::string>>(json::serialize(*rules)) : unexpected<Error>(parsed.error());
}

std::vector<Id> idsOf(core::JsonFields& fields) {
    auto ids = fields.texts("media_ids", kMostEntriesAtOnce, 64).value_or(std::vector<std::string>());
    for (const std::string& id : ids) {
        if (!core::isId(id)) {
            fields.wrong("media_ids", "must be ids of titles");
        }
    }
    return ids;
}

// "after": null is the start; neither is the end.
PlaylistPlace placeOf(core::JsonFields& fields) {
    PlaylistPlace place;
    const json::value* after = fields.raw("after");
    if (after && after->is_null()) {
        place.after = Id();
    } else {
        place.after = fields.text("after", 64);
    }
    place.before = fields.text("before", 64);
    if (place.after && place.before) {
        fields.wrong("before", "does not go together with after");
    }
    if ((place.before && place.before->empty()) || (after && after->is_string() && after->get_string().empty())) {
        fields.wrong("after", "must be the id of an entry");
    }
    return place;
}

}  // namespace

json::object playlistJson(const Playlist& list, const Id& userId) {
    const bool own = list.ownerId == userId;
    return {{"id", list.id},
            {"name", list.name},
            {"description", list.description},
            {"visibility", list.visibility},
            {"owner", json::object{{"id", list.ownerId}, {"username", list.ownerName}}},
            {"own", own},
            {"editable", list.rules.empty() && (own || list.visibility == "collaborative")},
            {"smart", !list.rules.empty()},
            {"rules", list.rules.empty() ? json::value(nullptr) : json::parse(list.rules)},
            {"entry_count", list.rules.empty() ? json::value(list.entryCount) : json::value(nullptr)},
            {"revision", list.revision},
            {"created_at", list.createdAt},
            {"updated_at", list.updatedAt}};
}

std::string playlistTag(const Playlist& list) {
    return "\"r" + std::to_string(list.revision) + "\"";
}

IfRevision ifRevision(const Request& request) {
    const auto given = request.headers.find("If-Match");
    if (!given || *given == "*") {
        return std::nullopt;
    }
    const std::string_view tag = *given;
    const bool formed = tag.size() > 3 && tag.starts_with("\"r") && tag.ends_with('"');
    return formed ? wholeNumber<std::int64_t>(tag.substr(2, tag.size() - 3)).value_or(-1) : -1;
}

Result<NewPlaylist> parseNewPlaylist(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("name");
    NewPlaylist made;
    const auto name = fields.text("name", kLongestName);
    const auto visibility = fields.text("visibility", 16);
    checkName(fields, name);
    checkVisibility(fields, visibility);
    made.list.name = name.value_or("");
    made.list.description = fields.text("description", kLongestDescription).value_or("");
    made.list.visibility = visibility.value_or("private");
    made.media = idsOf(fields);
    auto rules = rulesOf(fields);
    if (!rules) {
        return unexpected<Error>(rules.error());
    }
    made.list.rules = rules->value_or("");
    if (!made.list.rules.empty() && !made.media.empty()) {
        fields.wrong("media_ids", "does not go together with rules");
    }
    auto done = fields.finish();
    return done ? Result<NewPlaylist>(std::move(made)) : unexpected<Error>(done.error());
}

Result<std::string> parsePreview(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("rules");
    const auto rules = rulesOf(fields);
    if (!rules) {
        return unexpected<Error>(rules.error());
    }
    if (!*rules) {
        fields.wrong("rules", "must be rules");
    }
    auto done = fields.finish();
    return done ? Result<std::string>(**rules) : unexpected<Error>(done.error());
}

Result<PlaylistChange> parsePlaylistChange(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    PlaylistChange change;
    change.name = fields.text("name", kLongestName);
    change.description = fields.text("description", kLongestDescription);
    change.visibility = fields.text("visibility", 16);
    checkName(fields, change.name);
    checkVisibility(fields, change.visibility);
    auto rules = rulesOf(fields);
    if (!rules) {
        return unexpected<Error>(rules.error());
    }
    change.rules = std::move(*rules);
    if (fields.empty()) {
        fields.wrong("", "must change something");
    }
    auto done = fields.finish();
    return done ? Result<PlaylistChange>(std::move(change)) : unexpected<Error>(done.error());
}

Result<NewEntries> parseNewEntries(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("media_ids");
    NewEntries entries;
    entries.media = idsOf(fields);
    entries.place = placeOf(fields);
    if (entries.media.empty()) {
        fields.wrong("media_ids", "must not be empty");
    }
    auto done = fields.finish();
    return done ? Result<NewEntries>(std::move(entries)) : unexpected<Error>(done.error());
}

Result<PlaylistPlace> parsePlace(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    PlaylistPlace place = placeOf(fields);
    auto done = fields.finish();
    return done ? Result<PlaylistPlace>(std::move(place)) : unexpected<Error>(done.error());
}

}  // namespace marea::server
