#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <tuple>

#include "core/base/json.h"
#include "server/web/documentpolicies.h"
#include "server/web/openapi.h"

namespace marea::server {
namespace {

// A router with a route for every operation of our own document.
Router routerOf(const core::json::object& document) {
    Router router;
    for (const auto& [path, operations] : document.at("paths").as_object()) {
        for (const auto& [name, operation] : operations.as_object()) {
            for (const Method method :
                 {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options}) {
                std::string upper(name);
                for (char& c : upper) {
                    c = static_cast<char>(c - 'a' + 'A');
                }
                const std::string pattern(path);
                if (upper == methodText(method)) {
                    router.add(Route{method, pattern, pattern.starts_with("/stream/") ? Access::Stream : Access::User,
                                     inlined([](const Request&) { return Response::empty(); })});
                }
            }
        }
    }
    return router;
}

TEST(Document, IsUnderstoodWhole) {
    const auto document = core::json::parse(openApiDocument()).as_object();
    const Router router = routerOf(document);
    const auto begun = std::chrono::steady_clock::now();
    const auto policies = documentPolicies(openApiDocument(), router);
    const auto took = std::chrono::steady_clock::now() - begun;
    ASSERT_TRUE(policies) << policies.error().detail;
    std::size_t checked = 0;
    for (const RoutePolicy& policy : *policies) {
        checked += policy.check ? 1 : 0;
    }
    EXPECT_GT(checked, 60U);
    std::printf("%zu of %zu operations, compiled in %.1f ms\n", checked, policies->size(),
                std::chrono::duration<double, std::milli>(took).count());
}

Request requestOf(std::vector<std::pair<std::string, std::string>> query, std::string body) {
    Request request;
    request.query = std::move(query);
    request.body = std::move(body);
    return request;
}

// What it costs, for whoever looks at the output; slow machines are no failure.
TEST(Document, IsAskedQuickly) {
    const Router router = routerOf(core::json::parse(openApiDocument()).as_object());
    const auto policies = documentPolicies(openApiDocument(), router);
    ASSERT_TRUE(policies) << policies.error().detail;
    const auto list = requestOf({{"kind", "movie"}, {"sort", "title"}, {"limit", "50"}}, "");
    const auto start = requestOf({}, R"({"capabilities": {"preset": "chromium", "containers": ["mp4", "webm"]}})");
    const std::vector<std::tuple<const char*, Method, const Request*>> asked = {
        {"/api/v1/me", Method::Get, &start},
        {"/api/v1/media", Method::Get, &list},
        {"/api/v1/media/{id}/playback", Method::Post, &start}};
    for (const auto& [pattern, method, request] : asked) {
        std::size_t place = 0;
        while (router.routes().at(place).pattern != pattern || router.routes()[place].method != method) {
            ++place;
        }
        const RequestCheck& check = *policies->at(place).check;
        constexpr int kRounds = 2000;
        const auto begun = std::chrono::steady_clock::now();
        for (int i = 0; i < kRounds; ++i) {
            ASSERT_FALSE(check.query(*request)) << pattern;
            ASSERT_FALSE(check.body(*request)) << pattern;
        }
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
        std::printf("%s: %.2f us\n", pattern, took.count() / kRounds);
    }
}

}  // namespace
}  // namespace marea::server
