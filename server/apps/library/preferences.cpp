#include "server/apps/library/preferences.h"

#include <algorithm>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

constexpr std::size_t kLongestKey = 64;

bool isKey(std::string_view key) {
    return !key.empty() && key.size() <= kLongestKey && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

struct Wish {
    std::optional<std::string> user, device;  // JSON
};

Result<std::optional<std::string>> objectOf(core::JsonFields& fields, std::string_view name) {
    const json::value* value = fields.raw(name);
    if (!value) {
        return std::optional<std::string>();
    }
    auto checked = checkPreferences(*value, std::string(name));
    return checked ? Result<std::optional<std::string>>(json::serialize(*value)) : unexpected<Error>(checked.error());
}

Result<Wish> parseWish(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    auto user = objectOf(fields, "user");
    auto device = objectOf(fields, "device");
    if (!user || !device) {
        return unexpected<Error>(user ? device.error() : user.error());
    }
    if (fields.empty()) {
        fields.wrong("", "must have user or device");
    }
    auto done = fields.finish();
    return done ? Result<Wish>(Wish{std::move(*user), std::move(*device)}) : unexpected<Error>(done.error());
}

Result<json::value> stored(Session& session, const Id& userId, const Id& loginId) {
    const auto body = session.first("SELECT body FROM preferences WHERE user_id = ?1 AND login_id = ?2",
                                    {userId, loginId}, [](const Row& row) { return row.string(0); });
    if (!body) {
        return unexpected<Error>(body.error());
    }
    return *body ? core::parseJson(**body) : Result<json::value>(json::object());
}

Result<void> store(Session& session, const Id& userId, const Id& loginId, const std::optional<std::string>& body,
                   core::TimeMs now) {
    return body ? session.run(
                      "INSERT INTO preferences VALUES (?1, ?2, ?3, ?4) ON CONFLICT(user_id, login_id) DO UPDATE SET "
                      "body = excluded.body, updated_at = excluded.updated_at",
                      {userId, loginId, std::string_view(*body), now})
                : Result<void>();
}

Result<json::object> both(Session& session, const Principal& who) {
    auto user = stored(session, who.userId, {});
    auto device = user ? stored(session, who.userId, who.sessionId) : unexpected<Error>(user.error());
    return device ? Result<json::object>(json::object{{"user", std::move(*user)}, {"device", std::move(*device)}})
                  : unexpected<Error>(device.error());
}

Response answer(const Result<json::object>& preferences) {
    return preferences ? Response::json(200, *preferences) : Response::problem(preferences.error());
}

}  // namespace

Result<void> checkPreferences(const json::value& value, const std::string& where) {
    if (!value.is_object() || value.get_object().size() > kMostPreferences) {
        return fail(ErrorCode::Invalid, where + " must be an object of at most 200 keys.");
    }
    for (const auto& field : value.get_object()) {
        if (!isKey(field.key())) {
            return fail(ErrorCode::Invalid, where + " has a key that is no word of a-z, 0-9, _, . and -.");
        }
    }
    return json::serialize(value).size() <= kLargestPreferences
               ? Result<void>()
               : fail(ErrorCode::TooLarge, where + " is larger than 16 KiB.");
}

Response PreferenceHandlers::get(const Request& request) {
    return answer(
        database_.readValue<json::object>([&](Session& session) { return both(session, *request.principal); }));
}

Response PreferenceHandlers::put(const Request& request) {
    const auto wish = parseWish(request.body);
    if (!wish) {
        return Response::problem(wish.error());
    }
    const Principal& who = *request.principal;
    const core::TimeMs now = clock_->now();
    return answer(database_.writeValue<json::object>([&](Session& session) -> Result<json::object> {
        auto done = store(session, who.userId, {}, wish->user, now).and_then([&] {
            return store(session, who.userId, who.sessionId, wish->device, now);
        });
        return done ? both(session, who) : unexpected<Error>(done.error());
    }));
}

}  // namespace marea::server
