#include "server/farm/jobroutes.h"

#include <charconv>

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr std::int64_t kUsualLimit = 50;

struct Page {
    JobQueue::Filter filter;
    core::Id before;
    std::int64_t limit = kUsualLimit;
};

// The document has checked that it is a number within its bounds.
std::int64_t limitOf(const Request& request) {
    std::int64_t limit = kUsualLimit;
    if (const auto text = request.queryValue("limit")) {
        std::from_chars(text->data(), text->data() + text->size(), limit);
    }
    return limit;
}

// As it has checked the others, but for what a cursor is.
Result<Page> pageOf(const Request& request) {
    Page page;
    page.filter.state = jobStateOf(request.queryValue("state").value_or(""));
    page.filter.kind = request.queryValue("kind").value_or("");
    page.before = request.queryValue("cursor").value_or("");
    page.limit = limitOf(request);
    if (!page.before.empty() && !core::isId(page.before)) {
        return core::fail(core::ErrorCode::Invalid, "“cursor” is not one that this server gave.");
    }
    return page;
}

Response list(JobQueue& queue, const Request& request) {
    const auto page = pageOf(request);
    if (!page) {
        return Response::problem(page.error());
    }
    auto jobs = queue.list(page->filter, page->before, page->limit + 1);  // one more tells whether there are more
    if (!jobs) {
        return Response::problem(jobs.error());
    }
    json::value next;
    if (static_cast<std::int64_t>(jobs->size()) > page->limit) {
        jobs->pop_back();
        next = jobs->back().id;
    }
    json::array items;
    for (const Job& job : *jobs) {
        items.push_back(toJson(job));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

Response cancel(JobQueue& queue, const Request& request) {
    auto done = queue.cancel(core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace

json::object toJson(const Job& job) {
    return {{"id", job.id},
            {"kind", job.kind},
            {"key", job.key},
            {"user_id", core::jsonOrNull(job.userId.value_or(""))},
            {"priority", name(job.priority)},
            {"state", name(job.state)},
            {"payload", job.payload},
            {"progress", job.progress},
            {"attempts", job.attempts},
            {"max_attempts", job.maxAttempts},
            {"not_before", job.notBefore},
            {"created_at", job.createdAt},
            {"updated_at", job.updatedAt},
            {"worker", core::jsonOrNull(job.leaseOwner)},
            {"error", core::jsonOrNull(job.error)}};
}

void addJobRoutes(Router& router, JobQueue& queue, WorkPool& pool) {
    router.add({Method::Get, "/api/v1/admin/jobs", Access::Owner,
                pooled(pool, [&queue](const Request& request) { return list(queue, request); })});
    router.add({Method::Delete, "/api/v1/admin/jobs/{id}", Access::Owner,
                pooled(pool, [&queue](const Request& request) { return cancel(queue, request); })});
}

}  // namespace marea::server
