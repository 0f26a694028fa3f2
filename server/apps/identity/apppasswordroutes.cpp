// /api/v1/me/app-passwords
#include "server/apps/identity/apppasswords.h"
#include "server/apps/identity/requestfields.h"

namespace marea::server {

namespace json = core::json;

namespace {

json::object jsonOf(const AppPassword& entry) {
    return {{"id", entry.id},
            {"name", entry.name},
            {"created_at", entry.createdAt},
            {"last_used_at", entry.lastUsedAt ? json::value(*entry.lastUsedAt) : json::value(nullptr)}};
}

Response listed(AppPasswords& passwords, const Request& request) {
    auto all = passwords.all(request.principal->userId);
    if (!all) {
        return Response::problem(all.error());
    }
    json::array items;
    for (const AppPassword& entry : *all) {
        items.push_back(jsonOf(entry));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response made(AppPasswords& passwords, const Request& request) {
    auto fields = RequestFields::json(request, {{"name"}});
    const Principal& who = *request.principal;
    auto result = fields ? passwords.make(who.userId, (*fields)["name"], passwords.endsWith(who))
                         : core::unexpected<core::Error>(fields.error());
    if (!result) {
        return Response::problem(result.error());
    }
    json::object answer = jsonOf(result->entry);
    answer["password"] = result->password;  // here, and never again
    Response response = Response::json(201, answer);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response removed(AppPasswords& passwords, const Request& request) {
    auto done = passwords.remove(request.principal->userId, core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace

void AppPasswords::addRoutes(Router& router, WorkPool& pool) {
    using Call = Response (*)(AppPasswords&, const Request&);
    const auto blocking = [this, &pool](Call call) {
        return pooled(pool, [this, call](const Request& request) { return call(*this, request); });
    };
    constexpr std::size_t small = 8 * 1024;
    router.add({Method::Get, "/api/v1/me/app-passwords", Access::User, blocking(listed)});
    router.add({Method::Post, "/api/v1/me/app-passwords", Access::User, blocking(made), small});
    router.add({Method::Delete, "/api/v1/me/app-passwords/{id}", Access::User, blocking(removed), small});
}

}  // namespace marea::server
