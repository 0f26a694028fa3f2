#include "server/apps/catalog/trailers.h"

#include <algorithm>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/text.h"
#include "core/library/trailers.h"
#include "server/apps/catalog/catalogimpl.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr core::TimeMs kTrailerLink = core::TimeMs{6} * 3600 * 1000;

// ?1 the user, ?2 the file.
constexpr Catalog::Impl::FileSql kTrailerFile = {
    "SELECT l.path, f.path, f.id, f.info, '' FROM media_files f JOIN libraries l ON l.id=f.library_id "
    "WHERE ?1=?1 AND f.id=?2 AND f.state='ok' AND f.item_id IS NULL",
    ""};

struct TitlePlace {
    core::Id library;
    std::string path;  // of a film's file, or of a series' folder
    bool series = false, alone = true;
};

Result<std::optional<TitlePlace>> titlePlace(Session& session, const core::Id& item) {
    return session.first(
        "SELECT i.library_id, coalesce(i.folder, ''), f.path, NOT EXISTS (SELECT 1 FROM media_files o WHERE "
        "o.folder=f.folder AND o.item_id<>i.id AND o.state<>'missing') FROM media_items i LEFT JOIN media_files f ON "
        "f.item_id=i.id AND f.state<>'missing' WHERE i.id=?1 AND i.kind IN ('movie', 'video', 'series') AND "
        "(i.kind='series' OR f.path IS NOT NULL) ORDER BY f.part, f.path LIMIT 1",
        {std::string_view(item)}, [](const Row& row) {
            const bool series = row.isNull(2);
            return TitlePlace{row.string(0), series ? row.string(1) : row.string(2), series, series || row.boolean(3)};
        });
}

std::string trailerTitle(std::string_view path, const core::MediaInfo& info) {
    return info.tags.title.empty() ? std::string(core::library::stem(core::library::fileName(path))) : info.tags.title;
}

}  // namespace

// '0' follows '/': everything below the folder.
Result<std::vector<Trailer>> trailersOf(Session& session, const core::Id& item) {
    const auto place = titlePlace(session, item);
    if (!place || !*place) {
        return place ? Result<std::vector<Trailer>>() : core::unexpected<core::Error>(place.error());
    }
    const TitlePlace& title = **place;
    const std::string folder(title.series ? std::string_view(title.path) : core::library::folderOf(title.path));
    const std::string below = folder + "/", past = folder + "0";
    std::vector<Trailer> trailers;
    auto done = session.each(
        "SELECT f.id, f.path, f.info, f.duration FROM scan_folders d JOIN media_files f ON f.folder=d.num WHERE "
        "d.library_id=?1 AND (d.path=?2 OR (?2<>'' AND d.path>?3 AND d.path<?4)) AND f.item_id IS NULL AND "
        "f.state='ok' ORDER BY f.path",
        {std::string_view(title.library), std::string_view(folder), std::string_view(below), std::string_view(past)},
        [&](const Row& row) {
            const std::string path = row.string(1);
            const auto info = core::library::mediaInfoFromText(row.text(2)).value_or(core::MediaInfo());
            const bool is = title.series ? core::library::isTrailerOfSeries(path, title.path)
                                         : core::library::isTrailerOfFilm(path, title.path, title.alone);
            if (is && core::library::hasVideo(info)) {
                const auto name = core::library::fileName(path);
                trailers.push_back({row.string(0), trailerTitle(path, info),
                                    std::string(core::library::mimeType(info, name)), row.real(3)});
            }
            return true;
        });
    return done ? Result<std::vector<Trailer>>(std::move(trailers)) : core::unexpected<core::Error>(done.error());
}

Result<std::vector<Trailer>> Catalog::trailersForWork(const core::Id& itemId) {
    return impl_->database.readValue<std::vector<Trailer>>(
        [&](Session& session) { return trailersOf(session, itemId); });
}

// Its token is for the trailer alone: whoever has not bought the film gets nothing else by it.
core::json::object Catalog::trailerLink(const Trailer& trailer, const core::Id& sessionId) const {
    const core::TimeMs expires = impl_->clock->now() + kTrailerLink;
    return {
        {"url", "/stream/" + impl_->tokens.issue(sessionId, trailer.file, expires) + "/" + trailer.file + "/trailer"},
        {"title", trailer.title},
        {"mime_type", trailer.mimeType},
        {"duration", trailer.duration},
        {"expires_at", expires}};
}

Response CatalogHandlers::trailer(const Request& request) {
    const auto detail = catalog_.item(request.principal->userId, core::Id(request.param("id")));
    if (!detail) {
        return Response::problem(detail.error());
    }
    if (detail->trailers.empty()) {
        return Response::problem({ErrorCode::NotFound, {}, "It has no trailer."});
    }
    Response response =
        Response::json(200, catalog_.trailerLink(detail->trailers.front(), request.principal->sessionId));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response CatalogHandlers::trailerFile(const Request& request) {
    auto opened = impl_.open(kTrailerFile, Viewer::everything(), core::Id(request.param("title")));
    if (!opened) {
        return Response::problem(opened.error());
    }
    const auto size = static_cast<std::uint64_t>(opened->status.size);
    Response response =
        Response::file(std::move(opened->file), size, opened->mimeType, opened->etag, opened->status.modified);
    response.headers.set("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace marea::server
