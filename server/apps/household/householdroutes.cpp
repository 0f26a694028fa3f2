// Household over HTTP. Owners find the same people at /api/v1/admin/users.
#include <algorithm>

#include "server/apps/household/household.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;

namespace {

constexpr std::size_t kBody = 64 * 1024, kLongestKey = 255;

// RFC draft Idempotency-Key: a text of the client's own choice.
Result<std::string> idempotencyKey(const Request& request) {
    const std::string key(request.headers.find("Idempotency-Key").value_or(""));
    const bool plain = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return plain && key.size() <= kLongestKey
               ? Result<std::string>(key)
               : fail(ErrorCode::Invalid, "“Idempotency-Key” is a text of at most 255 characters.");
}

// People see one another's names, and of themselves what was laid down; owners see all of it.
bool seesWhole(const Request& request, const Id& id) {
    return request.principal->isOwner() || request.principal->userId == id;
}

Response answered(int status, const Result<Member>& member, bool whole = true) {
    return member ? Response::json(status, memberJson(*member, whole)) : Response::problem(member.error());
}

Response list(Household& household, const Request& request) {
    const auto members = household.members();
    if (!members) {
        return Response::problem(members.error());
    }
    json::array items;
    for (const Member& member : *members) {
        items.push_back(memberJson(member, seesWhole(request, member.id)));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response show(Household& household, const Request& request) {
    const Id id(request.param("id"));
    return answered(200, household.member(id), seesWhole(request, id));
}

Response create(Household& household, const Request& request) {
    const auto wish = parseNewMember(request.body);
    const auto key = idempotencyKey(request);
    if (!wish || !key) {
        return Response::problem(wish ? key.error() : wish.error());
    }
    const auto made = household.add(*wish, request.principal->userId, *key);
    if (!made) {
        return Response::problem(made.error());
    }
    Response response = Response::json(made->isNew ? 201 : 200, memberJson(made->member, true));
    response.headers.set("Location", request.path + "/" + made->member.id);
    return response;
}

Response change(Household& household, const Request& request) {
    const auto wish = parseMemberChange(request.body);
    return wish ? answered(200, household.change(Id(request.param("id")), *wish)) : Response::problem(wish.error());
}

Response remove(Household& household, const Request& request) {
    const auto done = household.remove(Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

Response answered(const Result<HouseholdSettings>& settings) {
    return settings ? Response::json(200, settingsJson(*settings)) : Response::problem(settings.error());
}

Response settings(Household& household, const Request&) {
    return answered(household.settings());
}

Response changeSettings(Household& household, const Request& request) {
    return answered(household.changeSettings(request.body));
}

}  // namespace

void Household::addRoutes(Router& router, WorkPool& pool) {
    using Call = Response (*)(Household&, const Request&);
    const auto add = [&](Method method, const char* pattern, Access access, Call call) {
        router.add({method, pattern, access,
                    pooled(pool, [this, call](const Request& request) { return call(*this, request); }), kBody});
    };
    add(Method::Get, "/api/v1/household", Access::User, marea::server::settings);
    add(Method::Put, "/api/v1/household", Access::Owner, marea::server::changeSettings);
    add(Method::Get, "/api/v1/household/members", Access::User, list);
    add(Method::Post, "/api/v1/household/members", Access::Owner, create);
    add(Method::Get, "/api/v1/household/members/{id}", Access::User, show);
    add(Method::Put, "/api/v1/household/members/{id}", Access::Owner, marea::server::change);
    add(Method::Delete, "/api/v1/household/members/{id}", Access::Owner, marea::server::remove);
    add(Method::Get, "/api/v1/admin/users", Access::Owner, list);
    add(Method::Post, "/api/v1/admin/users", Access::Owner, create);
    add(Method::Get, "/api/v1/admin/users/{id}", Access::Owner, show);
    add(Method::Put, "/api/v1/admin/users/{id}", Access::Owner, marea::server::change);
    add(Method::Delete, "/api/v1/admin/users/{id}", Access::Owner, marea::server::remove);
}

}  // namespace marea::server
