#include "server/apps/sync/synchandlers.h"

#include <algorithm>

#include "server/apps/library/listparams.h"
#include "server/apps/sync/syncbodies.h"
#include "sync/merge/wire.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr int kUsualPage = 500, kLargestPage = static_cast<int>(sync::WireLimits::records);

LibraryActor actor(const Request& request) {
    return {request.principal->userId, request.principal->sessionId};
}

json::object deviceJson(const sync::SyncLink& link, const Principal& who) {
    return {{"id", core::idText(link.replica)},
            {"name", link.name},
            {"kind", link.kind},
            {"current", link.loginId == who.sessionId},
            {"created_at", link.createdAt},
            {"synced_at", link.syncedAt ? json::value(*link.syncedAt) : json::value(nullptr)},
            {"taken", static_cast<std::int64_t>(link.taken.after)}};
}

Result<int> parseLimit(const Request& request) {
    const auto text = request.queryValue("limit");
    const auto limit = text ? wholeNumber<int>(*text) : std::optional(kUsualPage);
    return limit && *limit >= 1 && *limit <= kLargestPage
               ? Result<int>(*limit)
               : fail(ErrorCode::Invalid, "limit must be a number from 1 to 1000.");
}

json::value valueJson(const sync::Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        return *flag;
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&value);
    return text ? json::value(*text) : json::value(nullptr);
}

json::object sideJson(const sync::Conflict::Side& side, const SyncService::Questions& page) {
    const auto known = page.names.find(side.replica);
    json::value name = nullptr;  // a device that is signed out for long
    if (known != page.names.end()) {
        name = json::value(known->second);
    }
    const bool isServer = std::find(page.servers.begin(), page.servers.end(), side.replica) != page.servers.end();
    return {
        {"value", valueJson(side.value)},
        {"device", json::object{{"id", core::idText(side.replica)}, {"name", std::move(name)}, {"server", isServer}}},
        {"at", side.at}};
}

json::object questionJson(const SyncService::Question& question, const SyncService::Questions& page) {
    json::array sides;
    for (const sync::Conflict::Side& side : question.conflict.sides) {
        sides.push_back(sideJson(side, page));
    }
    return {{"id", question.id},
            {"kind", question.conflict.key.kind},
            {"record_id", question.conflict.key.id},
            {"cell", question.conflict.cell},
            {"asks", question.asks},
            {"shown", question.shown},
            {"sides", std::move(sides)}};
}

}  // namespace

Response SyncHandlers::devices(const Request& request) {
    const auto found = service_.devices(request.principal->userId);
    if (!found) {
        return Response::problem(found.error());
    }
    json::array items;
    for (const sync::SyncLink& link : found->devices) {
        items.push_back(deviceJson(link, *request.principal));
    }
    return Response::json(
        200, json::object{{"server_id", found->server}, {"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response SyncHandlers::add(const Request& request) {
    const auto wish = parseDevice(request.body);
    if (!wish) {
        return Response::problem(wish.error());
    }
    const auto made = service_.add(actor(request), *wish);
    if (!made) {
        return Response::problem(made.error());
    }
    json::object body = deviceJson(made->device, *request.principal);
    body["server_id"] = made->server;
    return Response::json(made->isNew ? 201 : 200, body);
}

Response SyncHandlers::pair(const Request& request) {
    const auto wish = parsePair(request.body);
    const auto others =
        wish ? service_.pair(actor(request), wish->device, wish->certificate) : unexpected<Error>(wish.error());
    if (!others) {
        return Response::problem(others.error());
    }
    json::array items;
    for (const sync::SyncLink& link : *others) {
        items.push_back(
            json::object{{"id", core::idText(link.replica)}, {"name", link.name}, {"certificate", link.certificate}});
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response SyncHandlers::changes(const Request& request) {
    const auto since = parseSince(request.queryValue("since").value_or("0"));
    const auto limit = parseLimit(request);
    const auto text = request.queryValue("device");
    const auto device = text ? core::idBytes(*text) : std::nullopt;
    if (!since || !limit || (text && !device)) {
        return Response::problem(!since   ? since.error()
                                 : !limit ? limit.error()
                                          : Error{ErrorCode::Invalid, "", "device must be an id."});
    }
    const auto page = service_.changes(request.principal->userId, *since, static_cast<std::size_t>(*limit), device);
    if (!page) {
        return Response::problem(page.error());
    }
    Response response = Response::text(200, "application/json", sync::wireText(*page));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response SyncHandlers::take(const Request& request) {
    const auto changes = sync::changesFromWire(request.body);
    if (!changes) {
        return Response::problem(changes.error());
    }
    const LibraryActor who = actor(request);
    const auto taken = service_.take(who, *changes);
    if (!taken) {
        return Response::problem(taken.error());
    }
    if (taken->isNews && news_) {
        news_(who.userId, who.loginId, taken->place);
    }
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    return Response::json(200, json::object{{"taken", number(taken->upTo)},
                                            {"before", number(taken->before)},
                                            {"place", number(taken->place)},
                                            {"same", taken->isSame}});
}

Response SyncHandlers::conflicts(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = request.queryValue("cursor");
    const auto after = cursor && !cursor->empty() ? wholeNumber<std::size_t>(*cursor) : std::optional<std::size_t>(0);
    if (!limit || !after) {
        return Response::problem(limit ? wrongCursor().value() : limit.error());
    }
    const auto page = service_.questions(request.principal->userId, *after, static_cast<std::size_t>(*limit),
                                         request.queryValue("all") == "true");
    if (!page) {
        return Response::problem(page.error());
    }
    json::array items;
    for (const SyncService::Question& question : page->list) {
        items.push_back(questionJson(question, *page));
    }
    const json::value next = page->next ? json::value(std::to_string(*page->next)) : json::value(nullptr);
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", next}});
}

Response SyncHandlers::keepShown(const Request& request) {
    const auto done = service_.keepShown(actor(request));
    return done ? Response::empty() : Response::problem(done.error());
}

Response SyncHandlers::choose(const Request& request) {
    const auto side = parseChoice(request.body);
    if (!side) {
        return Response::problem(side.error());
    }
    const auto done = service_.answer(actor(request), std::string(request.param("id")), *side);
    return done ? Response::empty() : Response::problem(done.error());
}

}  // namespace marea::server
