#include "core/base/jsonfields.h"
#include "core/library/lyrics.h"
#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/facets.h"
#include "server/apps/catalog/itemjson.h"
#include "server/apps/catalog/keptcounts.h"
#include "server/apps/catalog/mediaparams.h"
#include "server/apps/catalog/similaritems.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

Response listJson(json::array items) {
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

struct NewLibrary {
    std::string name, path;
};

// The document has checked what is in it.
Result<NewLibrary> parseNewLibrary(const std::string& body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("name");
    fields.require("path");
    NewLibrary library{fields.text("name", 200).value_or(""), fields.text("path", 4000).value_or("")};
    auto done = fields.finish();
    return done ? Result<NewLibrary>(std::move(library)) : core::unexpected<core::Error>(done.error());
}

json::array creditsJson(const std::vector<core::library::Credit>& credits) {
    json::array list;
    for (const auto& credit : credits) {
        list.push_back(
            json::object{{"role", credit.role}, {"names", json::array(credit.names.begin(), credit.names.end())}});
    }
    return list;
}

json::array lettersJson(const std::vector<LetterPlace>& letters, const MediaQuery& query) {
    json::array list;
    for (const LetterPlace& place : letters) {
        const LetterCursors cursors = cursorsOf(place, query);
        list.push_back(json::object{{"letter", place.letter},
                                    {"count", place.count},
                                    {"cursor", core::jsonOrNull(cursors.from)},
                                    {"before", core::jsonOrNull(cursors.before)}});
    }
    return list;
}

json::array facetJson(const std::vector<FacetValue>& values) {
    json::array list;
    for (const FacetValue& value : values) {
        json::object out{{"value", value.value}, {"count", value.count}};
        if (!value.label.empty()) {
            out["label"] = value.label;
        }
        list.push_back(std::move(out));
    }
    return list;
}

// What its recordings are known by. Files stand in the same order in both.
void addRecordings(const ItemDetail& item, json::object& out) {
    auto& files = out["files"].as_array();
    for (std::size_t i = 0; i < files.size() && i < item.files.size(); ++i) {
        if (!item.files[i].recording.empty()) {
            files[i].as_object()["chromaprint"] = item.files[i].recording;
        }
    }
}

}  // namespace

Response CatalogHandlers::media(const Request& request) {
    auto query = parseMediaQuery(request);
    return query ? page(*query, *request.principal) : Response::problem(query.error());
}

Response CatalogHandlers::page(const MediaQuery& query, const Principal& who) {
    json::array items;
    std::optional<json::array> letters;
    std::string next;
    ItemQueries::Total total;
    const Viewer viewer = impl_.viewers.of(who);
    auto done = impl_.database.read([&](core::db::Session& session) -> Result<void> {
        ItemQueries queries(session, viewer);
        auto page = queries.page(query);
        if (!page) {
            return core::unexpected<core::Error>(page.error());
        }
        for (const Item& item : page->items) {
            json::object out = catalog_.toJson(item, who.sessionId);
            if (!item.orderKey.empty()) {
                out["order_key"] = item.orderKey;
            }
            if (query.withFiles) {
                auto files = queries.files(item.id);
                out["files"] = filesJson(files.value_or(std::vector<ItemFile>()));
            }
            items.push_back(std::move(out));
        }
        next = std::move(page->nextCursor);
        if (query.withLetters) {
            auto places = countedLetters(queries, query, who.userId);
            if (!places) {
                return core::unexpected<core::Error>(places.error());
            }
            letters = std::move(*places);
        }
        auto counted = countedTotal(queries, query, who.userId);
        if (!counted) {
            return core::unexpected<core::Error>(counted.error());
        }
        total = *counted;
        return {};
    });
    if (!done) {
        return Response::problem(done.error());
    }
    json::object out{{"items", std::move(items)},
                     {"next_cursor", core::jsonOrNull(next)},
                     {"total", total.more ? json::value(nullptr) : json::value(total.count)}};
    if (total.more) {
        out["total_at_least"] = total.count;
    }
    if (letters) {
        out["letters"] = std::move(*letters);
    }
    return Response::json(200, std::move(out));
}

// What is there changes with a scan, which empties what is known; what the user does to it, at any time.
Result<ItemQueries::Total> CatalogHandlers::countedTotal(ItemQueries& queries, const MediaQuery& query,
                                                         const core::Id& user) {
    const std::string key = user + (query.exactTotal ? "\nexactly\n" : "\n") + query.filterKey();
    if (const auto known = impl_.counts.find(key)) {
        return ItemQueries::Total{std::abs(*known), *known < 0};
    }
    auto counted = queries.total(query);
    if (counted && !KeptCounts::has(queries.viewer(), query)) {
        impl_.counts.put(key, counted->more ? -counted->count : counted->count,
                         std::chrono::seconds(query.ofUser() ? 5 : 20));
    }
    return counted;
}

// Those by title are kept counted, or follow what the user does.
Result<json::array> CatalogHandlers::countedLetters(ItemQueries& queries, const MediaQuery& query,
                                                    const core::Id& user) {
    const std::string key = user + "\nletters\n" + query.filterKey();
    const bool kept = query.sort != "title" && !query.ofUser();
    if (auto known = kept ? impl_.counts.findList(key) : std::nullopt) {
        return std::move(*known);
    }
    auto letters =
        queries.letters(query).map([&](const std::vector<LetterPlace>& places) { return lettersJson(places, query); });
    if (letters && kept) {
        impl_.counts.putList(key, *letters, std::chrono::seconds(20));
    }
    return letters;
}

Response CatalogHandlers::facets(const Request& request) {
    auto query = parseMediaQuery(request);
    auto wanted = parseFacets(request);
    if (!query || !wanted) {
        return Response::problem(query ? wanted.error() : query.error());
    }
    json::object out;
    const Viewer viewer = impl_.viewers.of(*request.principal);
    auto done = impl_.database.read([&](core::db::Session& session) -> Result<void> {
        ItemQueries queries(session, viewer);
        for (const std::string& facet : *wanted) {
            const std::string key =
                viewer.userId + "\nfacet\n" + facet + "\n" + std::to_string(query->limit) + "\n" + query->filterKey();
            if (auto known = impl_.counts.findList(key)) {
                out[facet] = std::move(*known);
                continue;
            }
            auto values = facetValues(queries, *query, facet, query->limit);
            if (!values) {
                return core::unexpected<core::Error>(values.error());
            }
            json::array list = facetJson(*values);
            impl_.counts.putList(key, list, std::chrono::seconds(query->ofUser() ? 5 : 60));
            out[facet] = std::move(list);
        }
        return {};
    });
    return done ? Response::json(200, json::object{{"facets", std::move(out)}}) : Response::problem(done.error());
}

Response CatalogHandlers::mediaItem(const Request& request) {
    const Viewer viewer = impl_.viewers.of(*request.principal);  // not within a read: it may have to read, too
    auto item = impl_.item(viewer, std::string(request.param("id")));
    if (!item) {
        return Response::problem(item.error());
    }
    std::vector<std::string> people;
    std::vector<core::library::Credit> credits;
    auto done = impl_.database.read([&](core::db::Session& session) -> Result<void> {
        ItemQueries queries(session, viewer);
        auto names = queries.people(item->id);
        auto found = queries.credits(*item);
        if (!names || !found) {
            return core::unexpected<core::Error>(names ? found.error() : names.error());
        }
        people = std::move(*names);
        credits = std::move(*found);
        return {};
    });
    if (!done) {
        return Response::problem(done.error());
    }
    json::object out = catalog_.toJson(*item, request.principal->sessionId);
    out["people"] = json::array(people.begin(), people.end());
    out["credits"] = creditsJson(credits);
    if (request.principal->isOwner()) {
        addRecordings(*item, out);
    }
    return Response::json(200, std::move(out));
}

Response CatalogHandlers::similar(const Request& request) {
    const auto limit = parseLimit(request, 20, 100);
    if (!limit) {
        return Response::problem(limit.error());
    }
    const auto most = static_cast<std::size_t>(*limit);
    const Viewer viewer = impl_.viewers.of(*request.principal);
    auto found =
        impl_.database.readValue<std::vector<Item>>([&](core::db::Session& session) -> Result<std::vector<Item>> {
            ItemQueries queries(session, viewer);
            const auto item = queries.item(core::Id(request.param("id")));
            if (!item || !*item) {
                return item ? core::fail(ErrorCode::NotFound, "There is no such item.")
                            : core::unexpected<core::Error>(item.error());
            }
            const auto numbers = similarNumbers(session, **item, 4 * most);
            return numbers ? queries.byNumbers(*numbers) : core::unexpected<core::Error>(numbers.error());
        });
    if (!found) {
        return Response::problem(found.error());
    }
    json::array list;
    for (std::size_t i = 0; i < found->size() && i < most; ++i) {
        list.push_back(catalog_.toJson((*found)[i], request.principal->sessionId));
    }
    return listJson(std::move(list));
}

Response CatalogHandlers::search(const Request& request) {
    auto kinds = parseKinds(request.queryValue("kind").value_or(""));
    auto limit = parseLimit(request, 20, 100);
    if (!kinds || !limit) {
        return Response::problem(kinds ? limit.error() : kinds.error());
    }
    const auto found =
        searchItems(impl_.database, impl_.viewers.of(*request.principal), request.queryValue("q").value_or(""), *kinds,
                    *limit, [this] { return impl_.spellings->current(); });
    if (!found) {
        return Response::problem(found.error());
    }
    json::array list;
    for (std::size_t i = 0; i < found->items.size(); ++i) {
        json::object out = catalog_.toJson(found->items[i], request.principal->sessionId);
        out["match"] = i < found->exact ? "exact" : "similar";
        if (!found->persons[i].empty()) {
            out["person"] = found->persons[i];
        }
        list.push_back(std::move(out));
    }
    return Response::json(200, json::object{{"items", std::move(list)},
                                            {"next_cursor", nullptr},
                                            {"corrected", core::jsonOrNull(found->corrected)}});
}

Response CatalogHandlers::lyrics(const Request& request) {
    auto text = impl_.lyricsText(impl_.viewers.of(*request.principal), std::string(request.param("id")));
    if (!text) {
        return Response::problem(text.error());
    }
    const core::library::Lyrics lyrics = core::library::parseLyrics(*text);
    json::array lines;
    for (const auto& line : lyrics.lines) {
        lines.push_back(
            json::object{{"start", line.start ? json::value(*line.start) : json::value(nullptr)}, {"text", line.text}});
    }
    return Response::json(200, json::object{{"synced", lyrics.synced}, {"lines", std::move(lines)}});
}

json::object CatalogHandlers::libraryJson(LibraryRow library, const Viewer& viewer, bool owner) {
    const std::string key = library.id + (viewer.seesWholes() ? "" : viewer.userId);
    const auto cached = [&](const char* what, std::int64_t& value) {
        const auto found = impl_.counts.find(key + what);
        value = found.value_or(0);
        return found.has_value();
    };
    if (!cached("\titems", library.items) || !cached("\tfiles", library.files) || !cached("\tbroken", library.broken)) {
        if (impl_.libraries.count(library, viewer)) {
            impl_.counts.put(key + "\titems", library.items);
            impl_.counts.put(key + "\tfiles", library.files);
            impl_.counts.put(key + "\tbroken", library.broken);
        }
    }
    const LibraryScanState scan = impl_.scanner.state(library.id);
    const auto last = scan.lastScanAt ? scan.lastScanAt : library.lastScanAt;
    json::object out{{"id", library.id},
                     {"name", library.name},
                     {"items", library.items},
                     {"files", library.files},
                     {"broken", library.broken},
                     {"state", scan.state},
                     // How many files there are is not for children to know, nor what is for sale.
                     {"scanned", viewer.seesWholes() ? scan.scanned : 0},
                     {"total", viewer.seesWholes() ? scan.total : 0},
                     {"last_scan_at", last ? json::value(*last) : json::value(nullptr)},
                     {"problem", core::jsonOrNull(scan.problem)}};
    if (owner) {
        out["path"] = library.path;
    }
    return out;
}

Response CatalogHandlers::libraries(const Request& request) {
    const Viewer viewer = impl_.viewers.of(*request.principal);
    auto rows = impl_.libraries.visibleTo(viewer);
    if (!rows) {
        return Response::problem(rows.error());
    }
    json::array list;
    for (const LibraryRow& library : *rows) {
        list.push_back(libraryJson(library, viewer, request.principal->isOwner()));
    }
    return listJson(std::move(list));
}

Response CatalogHandlers::addLibrary(const Request& request) {
    auto wanted = parseNewLibrary(request.body);
    auto path =
        wanted ? canonicalFolder(wanted->path) : Result<std::string>(core::unexpected<core::Error>(wanted.error()));
    if (!path) {
        return Response::problem(path.error());
    }
    auto library = impl_.libraries.add(wanted->name, *path, impl_.clock->now());
    if (!library) {
        return Response::problem(library.error());
    }
    impl_.begin(*library);
    return Response::json(201, libraryJson(*library, Viewer::everything(), true));
}

Response CatalogHandlers::removeLibrary(const Request& request) {
    const core::Id id(request.param("id"));
    if (const auto watching = impl_.watcher()) {
        watching->remove(id);
    }
    impl_.scanner.forget(id);
    const Writing writing(impl_.options.writing);
    auto removed = impl_.libraries.remove(id);
    impl_.counts.clear();
    if (!removed) {
        return Response::problem(removed.error());
    }
    return *removed ? Response::empty() : Response::problem({ErrorCode::NotFound, {}, "There is no such library."});
}

Response CatalogHandlers::scanLibrary(const Request& request) {
    auto done = catalog_.scan(core::Id(request.param("id")));
    return done ? Response::empty(202) : Response::problem(done.error());
}

Response CatalogHandlers::cancelScan(const Request& request) {
    auto done = catalog_.cancelScan(core::Id(request.param("id")));
    return done ? Response::empty() : Response::problem(done.error());
}

void CatalogHandlers::artwork(const Request& request, const core::Id& item, Reply reply) {
    auto source = impl_.artworkOf(impl_.viewers.of(*request.principal), item);
    const auto asked = request.queryValue("w");
    const auto given = asked ? parseInt(*asked, 1, 100'000) : std::optional(640);
    if (!source || !given) {
        return reply(source ? Response::problem({ErrorCode::Invalid, {}, "The width “w” is a number of pixels."})
                            : Response::problem(source.error()));
    }
    auto shared = std::make_shared<Reply>(std::move(reply));
    const int width = ArtworkCache::roundedWidth(*given);
    impl_.picture(*source, width, [shared](Result<ArtworkCache::Picture> picture) {
        if (!picture) {
            return (*shared)(Response::problem(picture.error()));
        }
        Response response = Response::file(std::move(picture->file), static_cast<std::uint64_t>(picture->size),
                                           picture->mimeType, picture->etag, picture->modified);
        response.headers.set("Cache-Control", "private, max-age=86400");
        (*shared)(std::move(response));
    });
}

}  // namespace marea::server
