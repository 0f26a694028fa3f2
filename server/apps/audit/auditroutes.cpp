#include <charconv>

#include "server/apps/audit/auditlog.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::int64_t kUsualLimit = 50;

// The document has checked that it is a number within its bounds.
std::optional<std::int64_t> numberAt(const Request& request, std::string_view name) {
    const auto text = request.queryValue(name);
    std::int64_t number = 0;
    const bool good = text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc();
    return good ? std::optional(number) : std::nullopt;
}

AuditLog::Filter filterOf(const Request& request) {
    AuditLog::Filter filter;
    filter.action = request.queryValue("action").value_or("");
    filter.userId = request.queryValue("user_id").value_or("");
    filter.since = numberAt(request, "since");
    filter.until = numberAt(request, "until");
    filter.before = numberAt(request, "cursor").value_or(0);
    return filter;
}

Response answerList(const AuditLog& log, const Request& request) {
    const std::int64_t limit = numberAt(request, "limit").value_or(kUsualLimit);
    auto entries = log.list(filterOf(request), limit + 1);  // one more tells whether there are more
    if (!entries) {
        return Response::problem(entries.error());
    }
    json::value next;
    if (static_cast<std::int64_t>(entries->size()) > limit) {
        entries->pop_back();
        next = std::to_string(entries->back().seq);
    }
    json::array items;
    for (const AuditEntry& entry : *entries) {
        items.push_back(toJson(entry));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

}  // namespace

json::object toJson(const AuditEntry& entry) {
    const AuditedRequest& request = entry.request;
    return {{"seq", entry.seq},
            {"at", entry.at},
            {"action", request.action},
            {"user_id", core::jsonOrNull(request.userId)},
            {"username", core::jsonOrNull(request.username)},
            {"subject", core::jsonOrNull(request.subject)},
            {"peer", core::jsonOrNull(request.peer)},
            {"request_id", core::jsonOrNull(request.requestId)},
            {"status", request.status}};
}

void AuditLog::addRoutes(Router& router, WorkPool& pool) {
    router.add({Method::Get, "/api/v1/admin/audit", Access::Owner,
                pooled(pool, [this](const Request& request) { return answerList(*this, request); })});
}

}  // namespace marea::server
