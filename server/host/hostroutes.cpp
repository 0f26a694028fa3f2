#include "server/host/hostroutes.h"

#include "server/web/openapi.h"

namespace marea::server {

namespace json = core::json;

namespace {

Response uncached(Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response readyAnswer(const Readiness& readiness) {
    const auto word = [](bool ok) { return ok ? "ok" : "unavailable"; };
    if (readiness.ready()) {
        return uncached(Response::json(200, json::object{{"status", "ok"}, {"database", "ok"}, {"workers", "ok"}}));
    }
    Response response = Response::problem(
        core::Error{core::ErrorCode::Unavailable, "not ready",
                    std::string("database: ") + word(readiness.database) + ", workers: " + word(readiness.workers)});
    response.headers.set("Retry-After", "5");
    return uncached(std::move(response));
}

}  // namespace

void addHostRoutes(Router& router, std::function<Readiness()> readiness, std::function<Metrics()> metrics) {
    router.add({Method::Get, "/healthz", Access::Public, inlined([](const Request&) {
                    return uncached(Response::json(200, json::object{{"status", "ok"}}));
                })});
    router.add({Method::Get, "/readyz", Access::Public,
                inlined([readiness](const Request&) { return readyAnswer(readiness()); })});
    router.add({Method::Get, "/metrics", Access::Owner, inlined([metrics](const Request&) {
                    return uncached(
                        Response::text(200, "text/plain; version=0.0.4; charset=utf-8", prometheusText(metrics())));
                })});
}

void addApiDocumentRoute(Router& router) {
    const auto document = std::make_shared<const std::string>(openApiDocument());
    router.add({Method::Get, "/api/v1/openapi.json", Access::Public, inlined([document](const Request&) {
                    Response response;
                    response.headers.set("Content-Type", "application/json");
                    response.headers.set("Cache-Control", "no-cache");
                    response.body = document;
                    return response;
                })});
}

}  // namespace marea::server
