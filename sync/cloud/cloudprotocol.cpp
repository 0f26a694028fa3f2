#include "sync/cloud/cloudprotocol.h"

#include <charconv>

#include "core/base/httpstatus.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "sync/merge/wire.h"

namespace marea::sync {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

int statusOf(ErrorCode code) {
    for (const int status : {401, 403, 404, 409, 413, 422, 429, 503}) {
        if (core::errorOfStatus(status) == code) {
            return status;
        }
    }
    return code == ErrorCode::Invalid ? 400 : 500;
}

std::optional<std::uint64_t> wholeFrom(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && number <= static_cast<std::uint64_t>(WireLimits::number) ? std::optional(number) : std::nullopt;
}

core::unexpected<Error> strange() {
    return fail(ErrorCode::Corrupt, "The server's answer about syncing cannot be read.");
}

// RFC 9457: `detail` is for people.
Result<json::object> bodyOf(const CloudLink::Answer& answer) {
    const bool isOk = answer.status >= 200 && answer.status < 300;
    const auto value = core::parseJson(answer.body);
    const json::object* object = value ? value->if_object() : nullptr;
    if (isOk) {
        return object ? Result<json::object>(*object) : strange();
    }
    const json::value* detail = object ? object->if_contains("detail") : nullptr;
    const std::string words = detail && detail->is_string() ? core::cleanText(detail->get_string(), 500) : "";
    return fail(core::errorOfStatus(answer.status), words.empty() ? "The server cannot sync now." : words,
                "status " + std::to_string(answer.status));
}

std::optional<std::uint64_t> numberAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const std::int64_t* number = value ? value->if_int64() : nullptr;
    return number && *number >= 0 && *number <= WireLimits::number ? std::optional(static_cast<std::uint64_t>(*number))
                                                                   : std::nullopt;
}

std::optional<ReplicaId> idAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? core::idBytes(value->get_string()) : std::nullopt;
}

std::string nameAt(const json::object& object) {
    const json::value* name = object.if_contains("name");
    return name && name->is_string() ? core::cleanText(name->get_string(), kLongestDeviceName) : std::string();
}

json::array idsJson(const std::vector<ReplicaId>& ids) {
    json::array list;
    for (const ReplicaId& id : ids) {
        list.emplace_back(core::idText(id));
    }
    return list;
}

// What is none is left out, as are more than anybody has.
std::vector<ReplicaId> idsAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const json::array* list = value ? value->if_array() : nullptr;
    std::vector<ReplicaId> ids;
    for (std::size_t i = 0; list && i < list->size() && i < kMostFormer; ++i) {
        const auto id = (*list)[i].is_string() ? core::idBytes((*list)[i].get_string()) : std::nullopt;
        if (id) {
            ids.push_back(*id);
        }
    }
    return ids;
}

}  // namespace

std::string registration(const Registration& is, const std::string& name) {
    json::object body{{"id", core::idText(is.replica)}, {"name", name}, {"kind", "desktop"}};
    if (is.port != 0) {
        body["port"] = is.port;
    }
    if (!is.former.empty()) {
        body["replaces"] = idsJson(is.former);
    }
    if (is.knows) {
        body["knows"] = json::object{{"id", core::idText(*is.knows)}, {"taken", static_cast<std::int64_t>(is.taken)}};
    }
    return json::serialize(body);
}

std::optional<Registration> registrationFrom(std::string_view body) {
    const auto value = core::parseJson(body);
    const json::object* object = value ? value->if_object() : nullptr;
    const auto replica = object ? idAt(*object, "id") : std::nullopt;
    if (!replica) {
        return std::nullopt;
    }
    const auto port = numberAt(*object, "port").value_or(0);
    Registration is{*replica, static_cast<std::uint16_t>(port <= 65535 ? port : 0), idsAt(*object, "replaces")};
    is.name = nameAt(*object);
    const json::value* knows = object->if_contains("knows");
    if (knows && knows->is_object()) {
        is.knows = idAt(knows->get_object(), "id");
        is.taken = numberAt(knows->get_object(), "taken").value_or(0);
    }
    return is;
}

std::string changesTarget(const Since& since, std::size_t limit, const ReplicaId& replica) {
    return "/api/v1/sync/changes?since=" + std::to_string(since.after) + "." + std::to_string(since.horizon) +
           "&limit=" + std::to_string(limit) + "&device=" + core::idText(replica);
}

std::optional<ChangesAsked> changesAsked(std::string_view target) {
    constexpr std::string_view kStart = "/api/v1/sync/changes?since=", kLimit = "&limit=";
    const std::size_t limit = target.find(kLimit);
    if (target.substr(0, kStart.size()) != kStart || limit == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view since = target.substr(kStart.size(), limit - kStart.size());
    const std::size_t point = since.find('.');
    const std::string_view rest = target.substr(limit + kLimit.size());
    const auto after = wholeFrom(since.substr(0, point));
    const auto horizon = point == std::string_view::npos ? std::nullopt : wholeFrom(since.substr(point + 1));
    const auto most = wholeFrom(rest.substr(0, rest.find('&')));
    const bool isGood = after && horizon && most && *most >= 1 && *most <= WireLimits::records;
    return isGood ? std::optional(ChangesAsked{{*after, *horizon}, static_cast<std::size_t>(*most)}) : std::nullopt;
}

std::string deviceAnswer(const CloudDevice& device) {
    json::object body{{"server_id", core::idText(device.server)}, {"taken", static_cast<std::int64_t>(device.taken)}};
    if (!device.former.empty()) {
        body["replaces"] = idsJson(device.former);
    }
    if (!device.name.empty()) {
        body["name"] = device.name;
    }
    return json::serialize(body);
}

std::string takenAnswer(const CloudTaken& taken) {
    return json::serialize(json::object{{"taken", static_cast<std::int64_t>(taken.taken)},
                                        {"before", static_cast<std::int64_t>(taken.before)},
                                        {"place", static_cast<std::int64_t>(taken.place)},
                                        {"same", taken.isSame}});
}

CloudLink::Answer problemAnswer(const Error& error) {
    return {statusOf(error.code), json::serialize(json::object{{"detail", error.text}})};
}

Result<CloudDevice> deviceFrom(const CloudLink::Answer& answer) {
    const auto body = bodyOf(answer);
    if (!body) {
        return unexpected<Error>(body.error());
    }
    const auto server = idAt(*body, "server_id");
    const auto taken = numberAt(*body, "taken");
    return server && taken ? Result<CloudDevice>(CloudDevice{*server, *taken, idsAt(*body, "replaces"), nameAt(*body)})
                           : strange();
}

Result<CloudTaken> takenFrom(const CloudLink::Answer& answer) {
    const auto body = bodyOf(answer);
    if (!body) {
        return unexpected<Error>(body.error());
    }
    const auto taken = numberAt(*body, "taken"), before = numberAt(*body, "before"), place = numberAt(*body, "place");
    const json::value* same = body->if_contains("same");
    if (!taken || !before || !place || !same || !same->is_bool()) {
        return strange();
    }
    return CloudTaken{*taken, *before, *place, same->get_bool()};
}

Result<Changes> changesFrom(const CloudLink::Answer& answer) {
    const bool isOk = answer.status == 200;
    if (!isOk) {
        const auto body = bodyOf(answer);
        return body ? strange() : unexpected<Error>(body.error());
    }
    return changesFromWire(answer.body);
}

}  // namespace marea::sync
