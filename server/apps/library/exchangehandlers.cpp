#include "server/apps/library/exchangehandlers.h"

#include <set>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "core/library/playlistfile.h"
#include "server/apps/library/playlistexchange.h"
#include "server/apps/library/playlistjson.h"
#include "server/apps/library/smartlists.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Session;
using core::library::PlaylistFile;
using core::library::PlaylistFileEntry;
using core::library::PlaylistFormat;

struct Import {
    PlaylistFile file;
    std::string visibility = "private";
};

Result<PlaylistFile> fileOf(const std::string& content, PlaylistFormat format) {
    if (format == PlaylistFormat::M3u) {
        return core::library::parseM3u(content);
    }
    auto file = core::library::parseXspf(content);
    return file ? Result<PlaylistFile>(std::move(*file)) : fail(ErrorCode::Unprocessable, "This is no XSPF playlist.");
}

Result<Import> parseImport(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("content");
    const std::string content = fields.text("content", ExchangeHandlers::kLargestImport).value_or("");
    const auto name = fields.text("name", 200);
    const std::string format = fields.text("format", 8).value_or("");
    Import import;
    import.visibility = fields.text("visibility", 16).value_or(import.visibility);
    if (!format.empty() && format != "m3u8" && format != "xspf") {
        fields.wrong("format", "must be m3u8 or xspf");
    }
    if (import.visibility != "private" && import.visibility != "public" && import.visibility != "collaborative") {
        fields.wrong("visibility", "must be private, public or collaborative");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<Error>(done.error());
    }
    auto file = fileOf(content, format.empty()     ? core::library::playlistFormatOf(content)
                                : format == "xspf" ? PlaylistFormat::Xspf
                                                   : PlaylistFormat::M3u);
    if (!file) {
        return unexpected<Error>(file.error());
    }
    import.file = std::move(*file);
    import.file.name = core::cleanText(name.value_or(import.file.name), 200);
    import.file.name = import.file.name.empty() ? "Imported" : import.file.name;
    return import;
}

json::array unmatchedJson(const std::vector<PlaylistFileEntry>& entries, const std::vector<Id>& found) {
    json::array list;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (found[i].empty()) {
            list.push_back(json::object{{"number", i + 1},
                                        {"location", core::jsonOrNull(entries[i].location)},
                                        {"title", core::jsonOrNull(entries[i].title)},
                                        {"artist", core::jsonOrNull(entries[i].artist)}});
        }
    }
    return list;
}

// Those that the user does not see were not found.
Result<void> keepVisible(MediaSource& media, const Id& userId, std::vector<Id>& found) {
    std::set<Id> ids(found.begin(), found.end());
    ids.erase(Id());
    const auto items = media.items(userId, {ids.begin(), ids.end()});
    if (!items) {
        return unexpected<Error>(items.error());
    }
    std::set<Id> seen;
    for (const Item& item : *items) {
        seen.insert(item.id);
    }
    for (Id& id : found) {
        id = seen.contains(id) ? id : Id();
    }
    return {};
}

// The titles of a playlist of either kind, as the user sees it.
Result<std::vector<Id>> titlesOf(Session& session, const Viewer& viewer, const Playlist& list, core::TimeMs now) {
    if (!list.rules.empty()) {
        return smartTitles(session, viewer, list.rules, 0, static_cast<int>(kMostEntries), now);
    }
    const auto entries = playlistEntries(session, viewer.userId, list.id, {}, static_cast<int>(kMostEntries));
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    std::vector<Id> titles;
    for (const PlaylistEntry& entry : *entries) {
        titles.push_back(entry.mediaId);
    }
    return titles;
}

// For Content-Disposition: ASCII, without what means something there.
std::string fileNameOf(const std::string& name, const char* extension) {
    std::string plain;
    for (const char c : name) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
                          c == '-' || c == '_';
        plain += fits ? c : '_';
    }
    return (plain.empty() ? "playlist" : plain.substr(0, 80)) + extension;
}

}  // namespace

Response ExchangeHandlers::take(const Request& request) {
    const auto import = parseImport(request.body);
    if (!import) {
        return Response::problem(import.error());
    }
    const auto& entries = import->file.entries;
    const LibraryActor who{request.principal->userId, request.principal->sessionId};
    const Viewer viewer = media_.viewer(who.userId);
    auto found =
        database_.readValue<std::vector<Id>>([&](Session& session) { return matchedTitles(session, viewer, entries); });
    auto done = found ? keepVisible(media_, who.userId, *found) : unexpected<Error>(found.error());
    if (!done) {
        return Response::problem(done.error());
    }
    std::vector<Id> titles = *found;
    std::erase(titles, Id());
    Playlist wish;
    wish.name = import->file.name;
    wish.visibility = import->visibility;
    const auto made = database_.writeValue<Playlist>(
        [&](Session& session) { return createPlaylist(session, who, wish, titles, clock_->now()); });
    if (!made) {
        return Response::problem(made.error());
    }
    Response response = Response::json(201, json::object{{"playlist", playlistJson(*made, who.userId)},
                                                         {"matched", titles.size()},
                                                         {"unmatched", unmatchedJson(entries, *found)}});
    response.headers.set("Location", "/api/v1/playlists/" + made->id);
    return response;
}

Response ExchangeHandlers::give(const Request& request) {
    const std::string_view format = request.queryValue("format").value_or("m3u8");
    if (format != "m3u8" && format != "xspf") {
        return Response::problem({ErrorCode::Invalid, {}, "format must be m3u8 or xspf."});
    }
    const Id& user = request.principal->userId;
    const Viewer viewer = media_.viewer(user);
    std::vector<Id> titles;
    PlaylistFile file;
    auto done = database_.read([&](Session& session) -> Result<void> {
        const auto list = playlist(session, user, Id(request.param("id")));
        auto all = list ? titlesOf(session, viewer, *list, clock_->now()) : unexpected<Error>(list.error());
        if (!all) {
            return unexpected<Error>(all.error());
        }
        titles = std::move(*all);
        file.name = list->name;
        return {};
    });
    done = done ? keepVisible(media_, user, titles) : done;
    auto entries = done ? database_.readValue<std::vector<PlaylistFileEntry>>(
                              [&](Session& session) { return entriesForOthers(session, titles); })
                        : unexpected<Error>(done.error());
    if (!entries) {
        return Response::problem(entries.error());
    }
    file.entries = std::move(*entries);
    const bool xspf = format == "xspf";
    Response response = Response::text(200, xspf ? "application/xspf+xml" : "application/vnd.apple.mpegurl",
                                       xspf ? core::library::xspfText(file) : core::library::m3uText(file));
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"" + fileNameOf(file.name, xspf ? ".xspf" : ".m3u8") + "\"");
    return response;
}

}  // namespace marea::server
