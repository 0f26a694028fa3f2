#include "server/apps/library/historyhandlers.h"

#include <set>

#include "core/base/jsonfields.h"
#include "server/apps/library/eventjson.h"
#include "server/apps/library/listparams.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

Result<std::vector<EventKind>> kindsOf(std::string_view list) {
    std::vector<EventKind> kinds;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const auto kind = eventKind(list.substr(0, comma));
        if (!kind) {
            return fail(ErrorCode::Invalid, "type must be a list of kinds of events.");
        }
        kinds.push_back(*kind);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return kinds;
}

Result<HistoryQuery> parseQuery(const Request& request) {
    HistoryQuery query;
    auto kinds = kindsOf(request.queryValue("type").value_or(""));
    const auto limit = listLimit(request);
    if (!kinds || !limit) {
        return unexpected<Error>(kinds ? limit.error() : kinds.error());
    }
    query.kinds = std::move(*kinds);
    query.limit = *limit;
    query.mediaId = std::string(request.queryValue("media_id").value_or(""));
    if (!query.mediaId.empty() && !core::isId(query.mediaId)) {
        return fail(ErrorCode::Invalid, "media_id must be an id.");
    }
    if (const auto text = request.queryValue("cursor"); text && !text->empty()) {
        query.before = wholeNumber<std::int64_t>(*text);
        if (!query.before) {
            return wrongCursor();
        }
    }
    return query;
}

Result<std::optional<std::int64_t>> parseUndo(std::string_view body) {
    const auto value = core::parseJson(body.empty() ? "{}" : body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    const auto seq = fields.integer("seq", 1, INT64_MAX / 2);
    auto done = fields.finish();
    return done ? Result<std::optional<std::int64_t>>(seq) : unexpected<Error>(done.error());
}

// The titles that events are about, as far as the user sees them, by their ids.
Result<json::object> titlesOf(MediaSource& media, const Principal& who, const std::vector<HistoryEntry>& entries) {
    std::set<Id> ids;
    for (const HistoryEntry& entry : entries) {
        if (!entry.event.mediaId.empty()) {
            ids.insert(entry.event.mediaId);
        }
    }
    const auto items = media.items(who.userId, {ids.begin(), ids.end()});
    if (!items) {
        return unexpected<Error>(items.error());
    }
    json::object titles;
    for (const Item& item : *items) {
        titles[item.id] = media.toJson(item, who.sessionId);
    }
    return titles;
}

}  // namespace

Response HistoryHandlers::list(const Request& request) {
    auto query = parseQuery(request);
    if (!query) {
        return Response::problem(query.error());
    }
    const Principal& who = *request.principal;
    const auto wanted = static_cast<std::size_t>(query->limit++);  // one more tells whether there are more
    auto entries = database_.readValue<std::vector<HistoryEntry>>(
        [&](core::db::Session& session) { return history(session, who.userId, *query); });
    if (!entries) {
        return Response::problem(entries.error());
    }
    json::value next = nullptr;
    if (entries->size() > wanted) {
        entries->pop_back();
        next = json::value(std::to_string(entries->back().event.seq));
    }
    auto titles = titlesOf(media_, who, *entries);
    if (!titles) {
        return Response::problem(titles.error());
    }
    json::array items;
    for (const HistoryEntry& entry : *entries) {
        items.push_back(eventJson(entry.event, entry.undone));
    }
    return Response::json(
        200, json::object{{"items", std::move(items)}, {"media", std::move(*titles)}, {"next_cursor", next}});
}

Response HistoryHandlers::undo(const Request& request) {
    const auto seq = parseUndo(request.body);
    if (!seq) {
        return Response::problem(seq.error());
    }
    const LibraryActor who{request.principal->userId, request.principal->sessionId};
    const auto undone = database_.writeValue<Undone>(
        [&](core::db::Session& session) { return marea::server::undo(session, who, *seq, clock_->now()); });
    if (!undone) {
        return Response::problem(undone.error());
    }
    if (undone->event.kind == EventKind::Played) {
        media_.played(undone->event.mediaId);
    }
    return Response::json(
        200, json::object{{"undone", eventJson(undone->event, true)}, {"by", eventJson(undone->by, false)}});
}

}  // namespace marea::server
