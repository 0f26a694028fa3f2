#include <charconv>

#include "core/base/json.h"
#include "core/base/jsonfields.h"
#include "server/apps/prepared/prepared.h"
#include "server/stream/answeredlater.h"

namespace marea::server {

namespace json = core::json;
using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kUsualLimit = 50, kMostLimit = 200;

json::object toJson(const Prepared::State& state) {
    const PreparedRow& row = state.row;
    json::array renditions;
    for (const HeldRendition& rendition : row.content.renditions) {
        renditions.emplace_back(rendition.name);
    }
    const auto wish = core::parseJson(row.wish);
    const json::object* asked = wish ? wish->if_object() : nullptr;
    const auto part = [&](const char* name) {
        const json::value* value = asked ? asked->if_contains(name) : nullptr;
        return value ? *value : json::value();
    };
    return {{"id", row.id},
            {"media_id", row.mediaId},
            {"file_id", row.fileId},
            {"file_name", row.name},
            {"capabilities", part("capabilities")},
            {"profile", part("profile")},
            {"state", state.state},
            {"progress", state.progress},
            {"renditions", std::move(renditions)},
            {"size", row.bytes ? json::value(*row.bytes) : json::value()},
            {"most_size", row.mostBytes},
            {"error", state.error.empty() ? json::value() : json::value(state.error)},
            {"created_at", row.createdAt},
            {"updated_at", row.updatedAt}};
}

json::array toJson(const std::vector<Prepared::State>& states) {
    json::array items;
    for (const Prepared::State& state : states) {
        items.push_back(toJson(state));
    }
    return items;
}

Response listOf(json::array items, json::value next) {
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

void answerWant(Prepared& prepared, const Request& request, const SharedReply& reply) {
    const auto value = core::parseJson(request.body);
    core::Id file;
    const auto wish =
        value ? parsePreparedWish(*value, file) : Result<PreparedWish>(unexpected<core::Error>(value.error()));
    if (!wish) {
        return (*reply)(Response::problem(wish.error()));
    }
    prepared.want(request.principal->userId, core::Id(request.param("id")), file, *wish,
                  [reply](Result<Prepared::State> state) {
                      (*reply)(state ? Response::json(state->state == "ready" ? 200 : 202, toJson(*state))
                                     : sourceProblem(state.error()));
                  });
}

Response answerOfTitle(Prepared& prepared, const Request& request) {
    const auto states = prepared.ofTitle(core::Id(request.param("id")));
    return states ? listOf(toJson(*states), nullptr) : Response::problem(states.error());
}

Response answerGiveUp(Prepared& prepared, const Request& request) {
    const auto done = prepared.giveUp(core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

Result<std::int64_t> limitOf(const Request& request) {
    const auto text = request.queryValue("limit");
    std::int64_t limit = kUsualLimit;
    if (!text) {
        return limit;
    }
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
    const bool good = error == std::errc() && end == text->data() + text->size() && limit >= 1 && limit <= kMostLimit;
    return good ? Result<std::int64_t>(limit)
                : core::fail(core::ErrorCode::Invalid, "“limit” is a number from 1 to 200.");
}

Response answerAll(Prepared& prepared, const Request& request) {
    const auto limit = limitOf(request);
    const core::Id before(request.queryValue("cursor").value_or(""));
    if (!limit || (!before.empty() && !core::isId(before))) {
        return Response::problem(
            limit ? core::Error{core::ErrorCode::Invalid, {}, "“cursor” is not one that this server gave."}
                  : limit.error());
    }
    auto page = prepared.page(before, *limit + 1);  // one more tells whether there are more
    if (!page) {
        return Response::problem(page.error());
    }
    json::value next;
    if (static_cast<std::int64_t>(page->size()) > *limit) {
        page->pop_back();
        next = page->back().row.id;
    }
    return listOf(toJson(*page), std::move(next));
}

}  // namespace

void Prepared::addRoutes(Router& router) {
    const auto route = [this](auto function) {
        return pooled(parts_.pool, [this, function](const Request& request) { return function(*this, request); });
    };
    router.add({Method::Put, "/api/v1/admin/media/{id}/prepared", Access::Owner,
                answeredLater(parts_.pool, [this](const Request& request, const SharedReply& reply) {
                    answerWant(*this, request, reply);
                })});
    router.add({Method::Get, "/api/v1/admin/media/{id}/prepared", Access::Owner, route(answerOfTitle)});
    router.add({Method::Delete, "/api/v1/admin/media/{id}/prepared", Access::Owner, route(answerGiveUp)});
    router.add({Method::Get, "/api/v1/admin/prepared", Access::Owner, route(answerAll)});
}

}  // namespace marea::server
