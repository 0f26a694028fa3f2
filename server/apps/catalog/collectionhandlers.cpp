#include "server/apps/catalog/collectionhandlers.h"

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/mediaparams.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

constexpr int kMostItems = 500;
constexpr std::size_t kMaxName = 300, kMaxOverview = 8 * 1024, kMaxId = 64;
constexpr std::string_view kCursorOf = "collections";

Result<CollectionChange> parseChange(const std::string& body, bool isNew) {
    auto value = core::parseJson(body);
    if (!value) {
        return core::unexpected(value.error());
    }
    core::JsonFields fields(*value, "collection");
    CollectionChange change;
    if (auto name = fields.text("name", kMaxName)) {
        change.name = core::cleanText(*name, kMaxName);
        if (change.name->empty()) {
            fields.wrong("name", "has to have a letter");
        }
    }
    if (auto overview = fields.text("overview", kMaxOverview)) {
        change.overview = core::cleanText(*overview, kMaxOverview, true);
    }
    if (auto items = fields.texts("media_ids", kMostItems, kMaxId)) {
        change.items = std::vector<core::Id>(items->begin(), items->end());
    }
    if (isNew) {
        fields.require("name");
    }
    if (auto done = fields.finish(); !done) {
        return core::unexpected(done.error());
    }
    return change;
}

Result<CollectionRow> ownersOwn(Result<std::optional<CollectionRow>> found) {
    if (!found || !*found) {
        return found ? core::fail(ErrorCode::NotFound, "There is no such collection.")
                     : core::unexpected(found.error());
    }
    return !(*found)->ofFiles
               ? Result<CollectionRow>(std::move(**found))
               : core::fail(ErrorCode::Unprocessable, "This collection follows from the .nfo files of its films.");
}

// Where a list of collections goes on: the id is of fixed length.
Result<std::pair<std::string, core::Id>> placeOf(std::string_view cursor) {
    if (cursor.empty()) {
        return std::pair(std::string(), core::Id());
    }
    const auto place = decodeCursor(cursor, kCursorOf);
    const auto* text = place ? std::get_if<std::string>(&place->key) : nullptr;
    constexpr std::size_t kIdLength = 36;
    if (!text || text->size() < kIdLength) {
        return core::fail(ErrorCode::Invalid, "The cursor does not belong to this list.");
    }
    return std::pair(text->substr(kIdLength), core::Id(text->substr(0, kIdLength)));
}

}  // namespace

// nullopt: not there for them.
Result<std::optional<json::object>> CollectionHandlers::told(core::db::Session& session, const CollectionRow& row,
                                                             const Principal& who, bool withItems) {
    const Viewer viewer = impl_.viewers.of(who);
    auto numbers = Collections(session).members(row.id, kMostItems);
    auto items = numbers ? ItemQueries(session, viewer).byNumbers(*numbers) : core::unexpected(numbers.error());
    if (!items) {
        return core::unexpected(items.error());
    }
    if (items->empty() && (!who.isOwner() || row.ofFiles)) {
        return std::optional<json::object>();
    }
    json::value picture = nullptr;
    for (const Item& item : *items) {
        if (picture.is_null() && !item.artworkVersion.empty()) {
            picture = json::string(catalog_.artworkUrl(item, who.sessionId));
        }
    }
    json::object out{{"id", row.id},
                     {"kind", "collection"},
                     {"name", row.name},
                     {"overview", row.overview.empty() ? json::value(nullptr) : json::value(row.overview)},
                     {"source", row.ofFiles ? "files" : "owner"},
                     {"child_count", items->size()},
                     {"artwork_url", std::move(picture)},
                     {"created_at", row.createdAt},
                     {"updated_at", row.updatedAt}};
    if (withItems) {
        json::array list;
        for (const Item& item : *items) {
            list.push_back(catalog_.toJson(item, who.sessionId));
        }
        out["items"] = std::move(list);
    }
    return std::optional(std::move(out));
}

// Of a title that is there for them.
Response CollectionHandlers::ofItem(const core::Id& item, const Principal& who) {
    if (auto seen = impl_.item(impl_.viewers.of(who), item); !seen) {
        return Response::problem(seen.error());
    }
    json::array items;
    auto done = impl_.database.read([&](core::db::Session& session) -> Result<void> {
        auto rows = Collections(session).ofItem(item);
        if (!rows) {
            return core::unexpected(rows.error());
        }
        for (const CollectionRow& row : *rows) {
            auto one = told(session, row, who, false);
            if (!one) {
                return core::unexpected(one.error());
            }
            if (*one) {
                items.push_back(std::move(**one));
            }
        }
        return {};
    });
    return done ? Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}})
                : Response::problem(done.error());
}

Response CollectionHandlers::list(const Request& request) {
    if (const auto item = request.queryValue("item")) {
        return ofItem(core::Id(*item), *request.principal);
    }
    const auto limit = parseLimit(request, 50, 200);
    const auto place = placeOf(request.queryValue("cursor").value_or(""));
    if (!limit || !place) {
        return Response::problem(limit ? place.error() : limit.error());
    }
    json::array items;
    json::value next = nullptr;
    auto done = impl_.database.read([&](core::db::Session& session) -> Result<void> {
        auto [key, id] = *place;
        // Those that are not there for them are passed over.
        for (bool more = true; more && items.size() < static_cast<std::size_t>(*limit);) {
            auto rows = Collections(session).after(key, id, *limit + 1);
            if (!rows) {
                return core::unexpected(rows.error());
            }
            more = rows->size() > static_cast<std::size_t>(*limit);
            for (const CollectionRow& row : *rows) {
                auto one = told(session, row, *request.principal, false);
                if (!one) {
                    return core::unexpected(one.error());
                }
                key = row.sortKey;
                id = row.id;
                if (*one) {
                    items.push_back(std::move(**one));
                }
                if (items.size() == static_cast<std::size_t>(*limit)) {
                    next = more || &row != &rows->back() ? json::value(encodeCursor({id + key, 0}, kCursorOf))
                                                         : json::value(nullptr);
                    return {};
                }
            }
        }
        return {};
    });
    return done ? Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}})
                : Response::problem(done.error());
}

Response CollectionHandlers::answer(int status, const core::Id& id, const Principal& who) {
    auto found = impl_.database.readValue<json::object>([&](core::db::Session& session) -> Result<json::object> {
        auto row = Collections(session).read(id);
        auto one = row && *row ? told(session, **row, who, true) : Result<std::optional<json::object>>(std::nullopt);
        if (!row || !one) {
            return core::unexpected(row ? one.error() : row.error());
        }
        return *one ? Result<json::object>(std::move(**one))
                    : core::fail(ErrorCode::NotFound, "There is no such collection.");
    });
    return found ? Response::json(status, std::move(*found)) : Response::problem(found.error());
}

Response CollectionHandlers::read(const Request& request) {
    return answer(200, core::Id(request.param("id")), *request.principal);
}

Response CollectionHandlers::create(const Request& request) {
    auto change = parseChange(request.body, true);
    auto id = change ? impl_.database.writeValue<core::Id>([&](core::db::Session& session) {
        return Collections(session).create(*change, impl_.clock->now());
    })
                     : core::unexpected(change.error());
    return id ? answer(201, *id, *request.principal) : Response::problem(id.error());
}

Response CollectionHandlers::change(const Request& request) {
    const core::Id id(request.param("id"));
    const auto change = parseChange(request.body, false);
    auto done = change ? impl_.database.write([&](core::db::Session& session) -> Result<void> {
        Collections collections(session);
        const auto before = ownersOwn(collections.read(id));
        return before ? collections.change(*before, *change, impl_.clock->now()) : core::unexpected(before.error());
    })
                       : core::unexpected(change.error());
    return done ? answer(200, id, *request.principal) : Response::problem(done.error());
}

Response CollectionHandlers::remove(const Request& request) {
    const core::Id id(request.param("id"));
    auto done = impl_.database.write([&](core::db::Session& session) -> Result<void> {
        Collections collections(session);
        const auto before = ownersOwn(collections.read(id));
        return before ? collections.remove(id) : core::unexpected(before.error());
    });
    return done ? Response::empty() : Response::problem(done.error());
}

void addCollectionRoutes(Router& router, Catalog& catalog, Catalog::Impl& impl) {
    const auto handlers = std::make_shared<CollectionHandlers>(catalog, impl);
    const auto add = [&](Method method, const char* pattern, Access access,
                         Response (CollectionHandlers::*handler)(const Request&)) {
        router.add(Route{method, pattern, access, pooled(impl.pool, [handlers, handler](const Request& request) {
                             return ((*handlers).*handler)(request);
                         })});
    };
    add(Method::Get, "/api/v1/collections", Access::User, &CollectionHandlers::list);
    add(Method::Get, "/api/v1/collections/{id}", Access::User, &CollectionHandlers::read);
    add(Method::Post, "/api/v1/admin/collections", Access::Owner, &CollectionHandlers::create);
    add(Method::Put, "/api/v1/admin/collections/{id}", Access::Owner, &CollectionHandlers::change);
    add(Method::Delete, "/api/v1/admin/collections/{id}", Access::Owner, &CollectionHandlers::remove);
}

}  // namespace marea::server
