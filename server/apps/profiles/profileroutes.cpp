#include "core/base/jsonfields.h"
#include "server/apps/profiles/profiles.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::size_t kLargestBody = 64 * 1024;

json::object entryJson(const Profiles::Entry& entry) {
    json::object out{{"id", entry.profile->name}, {"origin", name(entry.origin)}};
    for (auto& field : toJson(*entry.profile)) {
        out.insert(std::move(field));
    }
    return out;
}

// A profile as it was got can be sent back: what only the server says is passed over.
Result<StreamProfile> profileOf(const Request& request, std::string name = {}) {
    auto value = core::parseJson(request.body);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    if (value->is_object()) {
        value->get_object().erase("id");
        value->get_object().erase("origin");
    }
    return parseStreamProfile(*value, std::move(name));
}

Response listJson(json::array items) {
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response answer(int status, const Result<Profiles::Entry>& entry) {
    if (!entry) {
        return Response::problem(entry.error());
    }
    Response response = Response::json(status, entryJson(*entry));
    if (status == 201) {
        response.headers.set("Location", "/api/v1/admin/profiles/" + entry->profile->name);
    }
    return response;
}

// What a user can ask for by name.
Response answerNames(const Profiles& profiles) {
    json::array items;
    for (const Profiles::Entry& entry : profiles.all()) {
        items.push_back(json::object{{"name", entry.profile->name}, {"description", entry.profile->description}});
    }
    return listJson(std::move(items));
}

Response answerList(const Profiles& profiles) {
    json::array items;
    for (const Profiles::Entry& entry : profiles.all()) {
        items.push_back(entryJson(entry));
    }
    return listJson(std::move(items));
}

Response answerShow(const Profiles& profiles, const Request& request) {
    const auto entry = profiles.entry(request.param("id"));
    return answer(200, entry ? Result<Profiles::Entry>(*entry)
                             : core::fail(core::ErrorCode::NotFound, "There is no such profile."));
}

Response answerCreate(Profiles& profiles, const Request& request) {
    auto profile = profileOf(request);
    return profile ? answer(201, profiles.add(std::move(*profile))) : Response::problem(profile.error());
}

Response answerReplace(Profiles& profiles, const Request& request) {
    const std::string id(request.param("id"));
    if (!profiles.find(id)) {
        return answerShow(profiles, request);
    }
    auto profile = profileOf(request, id);
    return profile ? answer(200, profiles.replace(std::move(*profile))) : Response::problem(profile.error());
}

Response answerRemove(Profiles& profiles, const Request& request) {
    auto done = profiles.remove(request.param("id"));
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace

void Profiles::addRoutes(Router& router) {
    const auto add = [&](Method method, const char* pattern, Access access, PlainHandler handler) {
        router.add(Route{method, pattern, access, pooled(pool_, std::move(handler)), kLargestBody});
    };
    add(Method::Get, "/api/v1/profiles", Access::User, [this](const Request&) { return answerNames(*this); });
    add(Method::Get, "/api/v1/admin/profiles", Access::Owner, [this](const Request&) { return answerList(*this); });
    add(Method::Post, "/api/v1/admin/profiles", Access::Owner,
        [this](const Request& r) { return answerCreate(*this, r); });
    add(Method::Get, "/api/v1/admin/profiles/{id}", Access::Owner,
        [this](const Request& r) { return answerShow(*this, r); });
    add(Method::Put, "/api/v1/admin/profiles/{id}", Access::Owner,
        [this](const Request& r) { return answerReplace(*this, r); });
    add(Method::Delete, "/api/v1/admin/profiles/{id}", Access::Owner,
        [this](const Request& r) { return answerRemove(*this, r); });
}

}  // namespace marea::server
