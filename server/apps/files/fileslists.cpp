#include "server/apps/files/fileslists.h"

#include "core/base/utf8.h"
#include "server/apps/catalog/itemqueries.h"
#include "server/apps/files/filesentry.h"
#include "server/apps/files/filessearch.h"
#include "server/apps/files/filestexts.h"
#include "server/stream/protection.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kPerPage = 50;
constexpr std::size_t kLongestSearch = 200, kLongestCursor = 512;

std::vector<std::string> kindsOf(std::string_view tab) {
    if (tab == "series") {
        return {"series"};
    }
    return tab == "music" ? std::vector<std::string>{"album", "audiobook"} : std::vector<std::string>{"movie", "video"};
}

MediaQuery queryOf(const FilesWish& wish) {
    MediaQuery query;
    query.limit = kPerPage;
    query.cursor = wish.cursor;
    query.parent = wish.parent;
    if (wish.parent.empty()) {
        query.kinds = kindsOf(wish.kind);
    } else {
        query.sort = "index";
    }
    return query;
}

std::string moreOf(const FilesWish& wish, const std::string& cursor) {
    const std::string of = !wish.text.empty()     ? "q=" + inQuery(wish.text)
                           : !wish.parent.empty() ? "in=" + wish.parent
                                                  : "kind=" + wish.kind;
    return cursor.empty() ? std::string() : "/files?" + of + "&cursor=" + inQuery(cursor);
}

std::string tabOfKind(std::string_view kind) {
    const bool series = kind == "series" || kind == "season";
    return series ? "series" : "music";
}

}  // namespace

FilesWish filesWish(const Request& request) {
    FilesWish wish;
    const std::string_view kind = request.queryValue("kind").value_or("");
    wish.kind = kind == "series" || kind == "music" ? kind : "films";
    wish.text = core::cleanText(request.queryValue("q").value_or(""), kLongestSearch);
    wish.cursor = std::string(request.queryValue("cursor").value_or("").substr(0, kLongestCursor));
    wish.parent = core::Id(request.queryValue("in").value_or("").substr(0, 64));
    return wish;
}

Result<FilesLists::Found> FilesLists::search(const Viewer& viewer, const FilesWish& wish) {
    auto found = searchItems(database_, viewer, wish.text, {}, filesSearchLimit(wish.cursor, kPerPage),
                             [this] { return catalog_.spelling(); });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    auto& items = found->items;
    FilesSearchPage page = filesSearchPage(wish.cursor, kPerPage, items.size());
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(page.to), items.end());
    items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(page.from));
    return Found{std::move(items), std::move(page.cursor), page.isCut};
}

Result<FilesLists::Found> FilesLists::page(const Viewer& viewer, const MediaQuery& query) {
    return database_.readValue<Found>([&](core::db::Session& session) -> Result<Found> {
        auto page = ItemQueries(session, viewer).page(query);
        return page ? Result<Found>(Found{std::move(page->items), std::move(page->nextCursor)})
                    : unexpected<Error>(page.error());
    });
}

Result<FilesEntry> FilesLists::entry(const Principal& who, const Viewer& viewer, const Item& item,
                                     const FilesWords& words) {
    std::vector<ItemFile> files;
    bool isProtected = false;
    if (filesPlays(item)) {
        auto read = database_.readValue<std::vector<ItemFile>>(
            [&](core::db::Session& session) { return ItemQueries(session, viewer).files(item.id); });
        const auto schemes = protection_.of(item.id);
        if (!read || !schemes) {
            return unexpected<Error>(read ? schemes.error() : read.error());
        }
        files = std::move(*read);
        isProtected = schemes->has_value();
    }
    std::string picture = catalog_.artworkUrl(item, who.sessionId);
    return filesEntry(item, files, isProtected, words, picture.empty() ? picture : picture + "&w=160");
}

Result<FilesList> FilesLists::list(const Principal& who, const FilesWish& wish, const FilesWords& words) {
    FilesList list;
    list.query = wish.text;
    list.tab = wish.text.empty() ? wish.kind : "";
    if (!wish.parent.empty()) {
        const auto parent = catalog_.item(who.userId, wish.parent);
        if (!parent) {
            return unexpected<Error>(parent.error());
        }
        const std::string of = parent->kind == "season" && !parent->series.empty() ? parent->series + " · " : "";
        list.heading = of + filesTitle(*parent, words);
        list.tab = tabOfKind(parent->kind);
    }
    const Viewer viewer = catalog_.viewer(who.userId);
    auto found = wish.text.empty() ? page(viewer, queryOf(wish)) : search(viewer, wish);
    if (!found) {
        return unexpected<Error>(found.error());
    }
    for (const Item& item : found->items) {
        auto one = entry(who, viewer, item, words);
        if (!one) {
            return unexpected<Error>(one.error());
        }
        list.entries.push_back(std::move(*one));
    }
    list.more = moreOf(wish, found->cursor);
    list.isCut = found->isCut;
    return list;
}

}  // namespace marea::server
