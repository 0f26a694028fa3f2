#include "server/host/adminroutes.h"

#include <charconv>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::size_t kUsualLimit = 100;

// The document has checked that it is a number within its bounds.
std::optional<std::uint64_t> numberAt(const Request& request, std::string_view name) {
    const auto text = request.queryValue(name);
    std::uint64_t number = 0;
    const bool good = text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc();
    return good ? std::optional(number) : std::nullopt;
}

json::value recordJson(const core::LogRing::Record& record) {
    json::object out{{"seq", record.seq}};
    auto said = core::parseJson(record.json);
    if (said && said->is_object()) {
        for (const auto& field : said->get_object()) {
            out.insert(field);
        }
    }
    return out;
}

Response logs(const AdminPorts& ports, const Request& request) {
    const auto ring = ports.log();
    const auto least = core::logLevelOf(request.queryValue("level").value_or("debug"));
    const auto page = ring ? ring->page(numberAt(request, "after"), least.value_or(core::LogLevel::Debug),
                                        numberAt(request, "limit").value_or(kUsualLimit))
                           : core::LogRing::Page();
    json::array items;
    for (const core::LogRing::Record& record : page.records) {
        items.push_back(recordJson(record));
    }
    Response response =
        Response::json(200, json::object{{"items", std::move(items)}, {"last", page.last}, {"missed", page.missed}});
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response storage(const AdminPorts& ports) {
    const auto report = ports.storage();
    return report ? Response::json(200, toJson(*report)) : Response::problem(report.error());
}

Response reload(const AdminPorts& ports) {
    const auto change = ports.reload();
    return change ? Response::json(200, toJson(*change)) : Response::problem(change.error());
}

}  // namespace

json::object toJson(const ConfigChange& change) {
    return {{"taken", json::array(change.taken.begin(), change.taken.end())},
            {"needs_restart", json::array(change.needsRestart.begin(), change.needsRestart.end())}};
}

void addAdminRoutes(Router& router, WorkPool& pool, AdminPorts ports) {
    const auto shared = std::make_shared<const AdminPorts>(std::move(ports));
    router.add({Method::Get, "/api/v1/admin/logs", Access::Owner,
                pooled(pool, [shared](const Request& request) { return logs(*shared, request); })});
    router.add({Method::Get, "/api/v1/admin/storage", Access::Owner,
                pooled(pool, [shared](const Request&) { return storage(*shared); })});
    router.add({Method::Post, "/api/v1/admin/reload", Access::Owner,
                pooled(pool, [shared](const Request&) { return reload(*shared); })});
}

}  // namespace marea::server
