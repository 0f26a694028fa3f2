#include <algorithm>
#include <charconv>

#include "core/base/json.h"
#include "core/base/jsonfields.h"
#include "server/apps/downloads/downloadrules.h"
#include "server/apps/downloads/downloads.h"

namespace marea::server {

namespace json = core::json;
using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kUsualLimit = 50, kMostLimit = 200;
constexpr std::size_t kMostLanguages = 16, kLongestLanguage = 64, kLongestKey = 255;

core::unexpected<core::Error> invalid(std::string text) {
    return core::fail(core::ErrorCode::Invalid, std::move(text));
}

json::object toJson(const Downloads::State& state) {
    const DownloadRow& row = state.row;
    return {{"id", row.id},
            {"media_id", row.mediaId},
            {"file_id", row.fileId},
            {"file_name", row.name},
            {"mime_type", row.mimeType},
            {"quality", row.quality},
            {"format", row.format},
            {"state", state.state},
            {"progress", state.progress},
            {"size", state.size ? json::value(*state.size) : json::value()},
            {"url", "/api/v1/downloads/" + row.id + "/file"},
            {"key_id", state.keyName.empty() ? json::value() : json::value(state.keyName)},
            {"error", state.error.empty() ? json::value() : json::value(state.error)},
            {"created_at", row.createdAt},
            {"expires_at", state.expiresAt}};
}

// RFC draft Idempotency-Key: a text of the client's own choice.
Result<std::string> idempotencyKey(const Request& request) {
    const std::string key(request.headers.find("Idempotency-Key").value_or(""));
    const bool plain = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return plain && key.size() <= kLongestKey ? Result<std::string>(key)
                                              : invalid("“Idempotency-Key” is a text of at most 255 characters.");
}

Result<Downloads::Order> orderOf(const Request& request) {
    auto value = core::parseJson(request.body);
    if (!value) {
        return unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "the download");
    fields.require("media_id");
    Downloads::Order order;
    order.media = core::Id(fields.text("media_id", 64).value_or(""));
    order.file = core::Id(fields.text("file_id", 64).value_or(""));
    order.quality = fields.text("quality", 32).value_or("original");
    order.format = fields.text("format", 32).value_or("original");
    const std::vector<std::string> none;
    auto wish = downloadWish(order.quality, order.format,
                             fields.texts("audio", kMostLanguages, kLongestLanguage).value_or(none),
                             fields.texts("subtitles", kMostLanguages, kLongestLanguage).value_or(none));
    order.encrypted = fields.boolean("encrypted").value_or(false);
    auto key = idempotencyKey(request);
    if (auto done = fields.finish(); !done) {
        return unexpected<core::Error>(done.error());
    }
    if (!wish || !key) {
        return unexpected<core::Error>(wish ? key.error() : wish.error());
    }
    order.wish = std::move(*wish);
    order.idempotencyKey = std::move(*key);
    return order;
}

Response answerAll(const Downloads::Order& order, const Downloads::OrderedAll& all) {
    json::array items, refused;
    for (const Downloads::State& state : all.states) {
        items.push_back(toJson(state));
    }
    for (const Downloads::Refused& one : all.refused) {
        refused.push_back(json::object{{"media_id", one.media}, {"title", one.title}, {"reason", one.reason}});
    }
    return Response::json(
        all.isNew ? 201 : 200,
        json::object{{"media_id", order.media}, {"items", std::move(items)}, {"refused", std::move(refused)}});
}

Response answerCreate(Downloads& downloads, const Request& request) {
    const auto order = orderOf(request);
    const core::Id& user = request.principal->userId;
    const auto all = order ? downloads.orderAll(user, *order)
                           : Result<std::optional<Downloads::OrderedAll>>(unexpected<core::Error>(order.error()));
    if (all && *all) {
        return answerAll(*order, **all);
    }
    const auto made =
        all ? downloads.order(user, *order) : Result<Downloads::Ordered>(unexpected<core::Error>(all.error()));
    if (!made) {
        return Response::problem(made.error());
    }
    Response response = Response::json(made->isNew ? 201 : 200, toJson(made->state));
    response.headers.set("Location", "/api/v1/downloads/" + made->state.row.id);
    return response;
}

Result<std::int64_t> limitOf(const Request& request) {
    const auto text = request.queryValue("limit");
    std::int64_t limit = kUsualLimit;
    if (!text) {
        return limit;
    }
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
    const bool good = error == std::errc() && end == text->data() + text->size() && limit >= 1 && limit <= kMostLimit;
    return good ? Result<std::int64_t>(limit) : invalid("“limit” is a number from 1 to 200.");
}

Response answerList(Downloads& downloads, const Request& request) {
    const auto limit = limitOf(request);
    const core::Id before(request.queryValue("cursor").value_or(""));
    if (!limit || (!before.empty() && !core::isId(before))) {
        return Response::problem(
            limit ? core::Error{core::ErrorCode::Invalid, {}, "“cursor” is not one that this server gave."}
                  : limit.error());
    }
    auto states = downloads.ofUser(request.principal->userId, before, *limit + 1);  // one more tells whether there are
    if (!states) {
        return Response::problem(states.error());
    }
    json::value next;
    if (static_cast<std::int64_t>(states->size()) > *limit) {
        states->pop_back();
        next = states->back().row.id;
    }
    json::array items;
    for (const Downloads::State& state : *states) {
        if (!state.hidden) {
            items.push_back(toJson(state));
        }
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

Response answerShow(Downloads& downloads, const Request& request) {
    const auto state = downloads.find(request.principal->userId, core::Id(request.param("id")));
    return state ? Response::json(200, toJson(*state)) : Response::problem(state.error());
}

Response answerRemove(Downloads& downloads, const Request& request) {
    auto done = downloads.remove(request.principal->userId, core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

Response answerFile(Downloads& downloads, const Request& request) {
    const core::Id id(request.param("id"));
    const bool encrypted = request.queryValue("encrypted").value_or("") == "true";
    const auto state = downloads.find(request.principal->userId, id);
    auto response = state ? downloads.file(request.principal->userId, id, encrypted)
                          : Result<Response>(unexpected<core::Error>(state.error()));
    if (!response) {
        return Response::problem(response.error());
    }
    response->headers.set("Cache-Control", "private, no-cache");
    response->headers.set("Content-Disposition", contentDisposition(state->row.name));
    return std::move(*response);
}

}  // namespace

void Downloads::addRoutes(Router& router) {
    const auto route = [this](auto function) {
        return pooled(pool_, [this, function](const Request& request) { return function(*this, request); });
    };
    router.add({Method::Post, "/api/v1/downloads", Access::User, route(answerCreate)});
    router.add({Method::Get, "/api/v1/downloads", Access::User, route(answerList)});
    router.add({Method::Get, "/api/v1/downloads/{id}", Access::User, route(answerShow)});
    router.add({Method::Delete, "/api/v1/downloads/{id}", Access::User, route(answerRemove)});
    router.add({Method::Get, "/api/v1/downloads/{id}/file", Access::User, route(answerFile)});
}

}  // namespace marea::server
