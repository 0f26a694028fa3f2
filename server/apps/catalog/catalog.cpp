#include "server/apps/catalog/catalog.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/sidecars.h"
#include "core/library/text.h"
#include "server/apps/catalog/begunon.h"
#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/collectionhandlers.h"
#include "server/apps/catalog/itemjson.h"
#include "server/apps/catalog/metadatahandlers.h"
#include "server/apps/catalog/trailers.h"
#include "server/apps/catalog/walker.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr core::TimeMs kDayMs = 24 * 3600 * 1000;

core::unexpected<core::Error> notFound() {
    return core::fail(ErrorCode::NotFound, "There is no such item.");
}

std::string sidecarMime(const std::string& format) {
    if (format == "vtt") {
        return "text/vtt; charset=utf-8";
    }
    if (format == "jpg") {
        return "image/jpeg";
    }
    if (format == "sup" || format == "idx") {  // pictures (PGS, VobSub)
        return "application/octet-stream";
    }
    return format == "png" || format == "webp" ? "image/" + format : "text/plain; charset=utf-8";
}

Result<core::Image> imageOf(const ArtworkCache::Picture& picture) {
    core::Image image;
    image.mimeType = picture.mimeType;
    image.bytes.resize(static_cast<std::size_t>(picture.size));
    const ssize_t got = ::pread(picture.file.get(), image.bytes.data(), image.bytes.size(), 0);
    return got == static_cast<ssize_t>(image.bytes.size())
               ? Result<core::Image>(std::move(image))
               : core::fail(ErrorCode::Io, "The picture cannot be read.", "short read");
}

// ?1 the user, ?2 the file.
constexpr Catalog::Impl::FileSql kFile = {
    "SELECT l.path, f.path, f.item_id, f.info, '' FROM media_files f JOIN libraries l ON l.id=f.library_id "
    "WHERE ?1=?1 AND f.id=?2 AND f.state<>'missing' AND f.item_id IS NOT NULL",
    "f.item_id"};
constexpr Catalog::Impl::FileSql kSidecar = {
    "SELECT l.path, CASE d.path WHEN '' THEN s.name ELSE d.path||'/'||s.name END, coalesce(f.item_id, ''), '', "
    "s.format "
    "FROM sidecars s JOIN scan_folders d ON d.num=s.folder JOIN libraries l ON l.id=s.library_id "
    "LEFT JOIN media_files f ON f.id=s.file_id WHERE ?1=?1 AND s.id=?2",
    "f.item_id"};

}  // namespace

std::string fileTag(const core::library::FileStamp& stamp) {
    char text[80];
    std::snprintf(text, sizeof text, "\"%llx-%llx-%llx\"", static_cast<unsigned long long>(stamp.size),
                  static_cast<unsigned long long>(stamp.mtimeNs), static_cast<unsigned long long>(stamp.inode));
    return text;
}

Catalog::Impl::Impl(core::db::Database& db, ViewerRights& theViewers, core::Prober& theProber,
                    StreamTokens& streamTokens, std::shared_ptr<const core::Clock> theClock,
                    std::shared_ptr<core::Logger> theLogger, WorkPool& workPool, CatalogOptions theOptions)
    : database(db),
      viewers(theViewers),
      tokens(streamTokens),
      clock(std::move(theClock)),
      logger(std::move(theLogger)),
      pool(workPool),
      options(std::move(theOptions)),
      libraries(db),
      artwork(std::make_shared<ArtworkCache>(options.dataFolder + "/artwork", options.artworkCacheBytes, theProber,
                                             pool, logger)),
      spellings(std::make_shared<Spellings>(db, pool, logger)),
      prober(theProber),
      pictures(options.dataFolder + "/pictures"),
      scanner(ScanJob::Context{db,
                               theProber,
                               *clock,
                               *logger,
                               {options.probesInFlight, options.missingGrace},
                               options.writing,
                               options.seals},
              [this] {
                  contentChanged();
                  if (options.onChange) {
                      options.onChange();
                  }
              }) {}

void Catalog::Impl::contentChanged() {
    counts.clear();
    spellings->changed();
}

std::shared_ptr<Watcher> Catalog::Impl::watcher() {
    const std::lock_guard lock(watcherMutex_);
    return watcher_;
}

void Catalog::Impl::setWatcher(std::shared_ptr<Watcher> watcher) {
    const std::lock_guard lock(watcherMutex_);
    watcher_.swap(watcher);  // the old one ends with the argument, after the lock
}

void Catalog::Impl::begin(const LibraryRow& library) {
    scanner.request(library.id);
    if (const auto watching = watcher()) {
        watching->add(library.id, library.path);
    }
    counts.clear();
}

Result<ItemDetail> Catalog::Impl::item(const Viewer& viewer, const core::Id& itemId) {
    return database.readValue<ItemDetail>([&](core::db::Session& session) -> Result<ItemDetail> {
        ItemQueries queries(session, viewer);
        auto item = queries.item(itemId);
        if (!item || !*item) {
            return item ? Result<ItemDetail>(notFound()) : core::unexpected<core::Error>(item.error());
        }
        ItemDetail detail;
        static_cast<Item&>(detail) = std::move(**item);
        auto files = queries.files(itemId);
        auto sidecars = queries.sidecars(itemId);
        auto sounds = files ? queries.addSounds(itemId, *files) : core::unexpected<core::Error>(files.error());
        sounds = sounds ? queries.addRungs(itemId, *files) : sounds;
        if (!sounds || !sidecars) {
            return core::unexpected<core::Error>(sounds ? sidecars.error() : sounds.error());
        }
        auto trailers = trailersOf(session, itemId);
        if (!trailers) {
            return core::unexpected<core::Error>(trailers.error());
        }
        detail.trailers = std::move(*trailers);
        detail.files = std::move(*files);
        detail.sidecars = std::move(*sidecars);
        if (!detail.files.empty()) {
            detail.chapters = detail.files.front().info.chapters;
        }
        return detail;
    });
}

Result<std::string> Catalog::Impl::lyricsText(const Viewer& viewer, const core::Id& itemId) {
    constexpr std::size_t kMost = 1024 * 1024;
    auto detail = item(viewer, itemId);
    if (!detail) {
        return core::unexpected<core::Error>(detail.error());
    }
    for (const char* format : {"lrc", "txt"}) {
        for (const Sidecar& sidecar : detail->sidecars) {
            if (sidecar.kind != SidecarKind::Lyrics || sidecar.format != format) {
                continue;
            }
            auto file = open(kSidecar, viewer, sidecar.id);
            std::string text(file ? static_cast<std::size_t>(std::min<std::int64_t>(file->status.size, kMost)) : 0,
                             '\0');
            const ssize_t got = file ? ::pread(file->file.get(), text.data(), text.size(), 0) : -1;
            if (got > 0) {
                text.resize(static_cast<std::size_t>(got));
                return text;
            }
        }
    }
    for (const ItemFile& file : detail->files) {
        if (!file.info.tags.lyrics.empty()) {
            return file.info.tags.lyrics;
        }
    }
    return core::fail(ErrorCode::NotFound, "There are no lyrics.");
}

Result<OpenedFile> Catalog::Impl::open(const FileSql& from, const Viewer& viewer, const core::Id& id, PathOf pathOf) {
    const std::string sql = std::string(from.sql) + visibleItem(viewer, from.itemOf);
    std::string root, path, info, format;
    OpenedFile opened;
    auto found = database.readValue<bool>([&](core::db::Session& session) -> Result<bool> {
        bool any = false;
        auto done = session.each(sql, {viewer.userId, id}, [&](const core::db::Row& row) {
            any = true;
            root = row.string(0);
            path = row.string(1);
            opened.itemId = row.string(2);
            info = row.string(3);
            format = row.string(4);
            return false;
        });
        return done ? Result<bool>(any) : core::unexpected<core::Error>(done.error());
    });
    if (!found || !*found) {
        return found ? Result<OpenedFile>(notFound()) : core::unexpected<core::Error>(found.error());
    }
    path = pathOf ? pathOf(path) : path;
    if (path.empty()) {
        return notFound();
    }
    auto folder = core::openFolder(root);
    auto file = folder ? core::openOriginal(*folder, path, options.seals) : std::move(folder);
    auto stamp = file ? stampOf(*file) : Result<core::library::FileStamp>(core::unexpected<core::Error>(file.error()));
    auto status = stamp ? core::status(*file) : Result<core::FileStatus>(core::unexpected<core::Error>(stamp.error()));
    if (!status || !status->isFile) {
        return status ? Result<OpenedFile>(notFound()) : core::unexpected<core::Error>(status.error());
    }
    opened.name = std::string(core::library::fileName(path));
    opened.mimeType = format.empty()
                          ? std::string(core::library::mimeType(
                                core::library::mediaInfoFromText(info).value_or(core::MediaInfo()), opened.name))
                          : sidecarMime(format);
    opened.etag = fileTag(*stamp);
    opened.status = *status;
    opened.file = std::move(*file);
    return opened;
}

Result<Catalog::Impl::ArtworkSource> Catalog::Impl::artworkOf(const Viewer& viewer, const core::Id& itemId) {
    return database.readValue<ArtworkSource>([&](core::db::Session& session) -> Result<ArtworkSource> {
        auto row = session.first(
            "SELECT i.artwork_kind, i.artwork_source, i.artwork_version FROM media_items i "
            "WHERE ?1=?1 AND i.id=?2 AND i.artwork_version IS NOT NULL" +
                visible(viewer),
            {viewer.userId, itemId}, [](const core::db::Row& r) {
                return ArtworkSource{r.string(0), r.string(1), r.string(2)};
            });
        if (!row) {
            return core::unexpected<core::Error>(row.error());
        }
        return *row ? Result<ArtworkSource>(**row) : core::fail(ErrorCode::NotFound, "There is no picture.");
    });
}

void Catalog::Impl::picture(const ArtworkSource& from, int width, ArtworkCache::Done done) {
    const std::string key = from.version + "-" + from.source + "-" + std::to_string(width);
    const auto opened = [this, from]() -> Result<std::pair<core::FileHandle, std::string>> {
        if (from.kind.empty()) {
            auto uploaded = pictures.open(from.source);
            return uploaded
                       ? Result<std::pair<core::FileHandle, std::string>>(std::pair(std::move(*uploaded), from.source))
                       : core::unexpected<core::Error>(uploaded.error());
        }
        auto file = open(from.kind == "sidecar" ? kSidecar : kFile, Viewer::everything(), from.source);
        if (!file) {
            return core::unexpected<core::Error>(file.error());
        }
        return std::pair(std::move(file->file), std::move(file->name));
    };
    artwork->get(key, width, opened, std::move(done));
}

void Catalog::picture(const core::Id& userId, const core::Id& itemId, int width,
                      std::function<void(Result<core::Image>)> done) {
    impl_->picture(viewer(userId), itemId, width, std::move(done));
}

void Catalog::pictureForWork(const core::Id& itemId, int width, std::function<void(Result<core::Image>)> done) {
    impl_->picture(Viewer::everything(), itemId, width, std::move(done));
}

void Catalog::Impl::picture(const Viewer& asking, const core::Id& itemId, int width,
                            std::function<void(Result<core::Image>)> done) {
    auto source = artworkOf(asking, itemId);
    if (!source) {
        return done(core::unexpected<core::Error>(source.error()));
    }
    picture(*source, ArtworkCache::roundedWidth(width),
            [done = std::move(done)](Result<ArtworkCache::Picture> picture) {
                done(picture ? imageOf(*picture) : Result<core::Image>(core::unexpected<core::Error>(picture.error())));
            });
}

Catalog::Catalog(core::db::Database& database, ViewerRights& viewers, core::Prober& prober, StreamTokens& tokens,
                 std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool,
                 CatalogOptions options)
    : impl_(std::make_unique<Impl>(database, viewers, prober, tokens, std::move(clock), std::move(logger), pool,
                                   std::move(options))) {}

Catalog::~Catalog() {
    stop();
}

void Catalog::addRoutes(Router& router) {
    const auto handlers = std::make_shared<CatalogHandlers>(*this, *impl_);
    WorkPool& pool = impl_->pool;
    using Plain = Response (CatalogHandlers::*)(const Request&);
    const auto add = [&](Method method, const char* pattern, Access access, Plain handler) {
        router.add(Route{method, pattern, access, pooled(pool, [handlers, handler](const Request& request) {
                             return ((*handlers).*handler)(request);
                         })});
    };
    add(Method::Get, "/api/v1/media", Access::User, &CatalogHandlers::media);
    add(Method::Get, "/api/v1/media/facets", Access::User, &CatalogHandlers::facets);
    add(Method::Get, "/api/v1/media/{id}", Access::User, &CatalogHandlers::mediaItem);
    add(Method::Get, "/api/v1/media/{id}/similar", Access::User, &CatalogHandlers::similar);
    add(Method::Get, "/api/v1/media/{id}/lyrics", Access::User, &CatalogHandlers::lyrics);
    add(Method::Get, "/api/v1/media/{id}/trailer", Access::User, &CatalogHandlers::trailer);
    add(Method::Get, "/stream/{token}/{title}/trailer", Access::Stream, &CatalogHandlers::trailerFile);
    add(Method::Get, "/api/v1/search", Access::User, &CatalogHandlers::search);
    add(Method::Get, "/api/v1/libraries", Access::User, &CatalogHandlers::libraries);
    add(Method::Post, "/api/v1/admin/libraries", Access::Owner, &CatalogHandlers::addLibrary);
    add(Method::Delete, "/api/v1/admin/libraries/{id}", Access::Owner, &CatalogHandlers::removeLibrary);
    add(Method::Post, "/api/v1/admin/libraries/{id}/scan", Access::Owner, &CatalogHandlers::scanLibrary);
    add(Method::Delete, "/api/v1/admin/libraries/{id}/scan", Access::Owner, &CatalogHandlers::cancelScan);
    addMetadataRoutes(router, *impl_);
    addCollectionRoutes(router, *this, *impl_);
    const auto artwork = [handlers, &pool](const char* param) {
        return begunOn(pool, [handlers, param](const Request& request, Reply reply) {
            handlers->artwork(request, core::Id(request.param(param)), std::move(reply));
        });
    };
    router.add(Route{Method::Get, "/api/v1/media/{id}/artwork", Access::User, artwork("id")});
    router.add(Route{Method::Get, "/stream/{token}/{title}/artwork", Access::Stream, artwork("title")});
}

Result<void> Catalog::configureLibraries(const std::vector<LibraryFolder>& folders) {
    auto there = impl_->libraries.all();
    if (!there) {
        return core::unexpected<core::Error>(there.error());
    }
    for (const LibraryFolder& folder : folders) {
        auto path = canonicalFolder(folder.path);
        if (!path) {
            return core::unexpected<core::Error>(path.error());
        }
        const bool known =
            std::any_of(there->begin(), there->end(), [&](const LibraryRow& l) { return l.path == *path; });
        auto added =
            known ? Result<LibraryRow>(LibraryRow()) : impl_->libraries.add(folder.name, *path, impl_->clock->now());
        if (!added) {
            return core::unexpected<core::Error>(added.error());
        }
    }
    return {};
}

void Catalog::start() {
    impl_->scanner.start();
    if (impl_->options.watch) {
        WatcherOptions options;
        options.pollInterval = impl_->options.pollInterval;
        impl_->setWatcher(makeWatcher(
            options,
            {[this](const std::string& key, const std::string& folder) { impl_->scanner.request(key, folder); },
             [this](const std::string& key) { impl_->scanner.request(key); }},
            impl_->logger));
    }
    auto libraries = impl_->libraries.all();
    if (!libraries) {
        impl_->logger->error("catalogue.unread", {{"detail", libraries.error().detail}});
        return;
    }
    for (const LibraryRow& library : *libraries) {
        impl_->begin(library);
    }
}

void Catalog::stop() {
    impl_->setWatcher(nullptr);
    impl_->scanner.stop();
}

Viewer Catalog::viewer(const core::Id& userId) {
    return impl_->viewers.of(userId);
}

void Catalog::visibilityChanged() {
    impl_->counts.clear();
}

Result<ItemDetail> Catalog::item(const core::Id& userId, const core::Id& itemId) {
    return impl_->item(viewer(userId), itemId);
}

Result<bool> Catalog::hides(const core::Id& userId, const core::Id& itemId) {
    const Viewer asking = viewer(userId);
    return impl_->database.readValue<bool>([&](core::db::Session& session) -> Result<bool> {
        const Viewer all = Viewer::everything(userId);
        auto seen = ItemQueries(session, asking).item(itemId);
        auto there = seen && !*seen ? ItemQueries(session, all).item(itemId) : Result<std::optional<Item>>();
        if (!seen || !there) {
            return core::unexpected<core::Error>(seen ? there.error() : seen.error());
        }
        return there->has_value();
    });
}

Result<std::string> Catalog::lyricsText(const core::Id& userId, const core::Id& itemId) {
    return impl_->lyricsText(viewer(userId), itemId);
}

Result<std::vector<Item>> Catalog::titlesOf(const core::Id& userId, const core::Id& itemId, int most) {
    const Viewer asking = viewer(userId);
    return impl_->database.readValue<std::vector<Item>>([&](core::db::Session& session) -> Result<std::vector<Item>> {
        ItemQueries queries(session, asking);
        const auto whole = queries.item(itemId);
        if (!whole) {
            return core::unexpected<core::Error>(whole.error());
        }
        const std::string kind = *whole ? (*whole)->kind : std::string();
        MediaQuery query;
        query.parent = itemId;
        query.sort = "index";
        query.limit = most;
        if (kind == "series" || kind == "season") {
            query.kinds = {"episode"};
        } else if (kind == "album" || kind == "artist") {
            query.kinds = {"track"};
        } else {
            return std::vector<Item>();
        }
        auto page = queries.page(query);
        return page ? Result<std::vector<Item>>(std::move(page->items)) : core::unexpected<core::Error>(page.error());
    });
}

Result<std::vector<Item>> Catalog::items(const core::Id& userId, const std::vector<core::Id>& itemIds) {
    const Viewer asking = viewer(userId);
    return impl_->database.readValue<std::vector<Item>>([&](core::db::Session& session) -> Result<std::vector<Item>> {
        ItemQueries queries(session, asking);
        std::vector<Item> items;
        for (const core::Id& id : itemIds) {
            auto item = queries.item(id);
            if (!item) {
                return core::unexpected<core::Error>(item.error());
            }
            if (*item) {
                items.push_back(std::move(**item));
            }
        }
        return items;
    });
}

Result<OpenedFile> Catalog::openFile(const core::Id& userId, const core::Id& fileId) {
    return impl_->open(kFile, viewer(userId), fileId);
}

Result<ItemDetail> Catalog::itemForWork(const core::Id& itemId) {
    return impl_->item(Viewer::everything(), itemId);
}

Result<OpenedFile> Catalog::openForWork(const core::Id& fileId) {
    return impl_->open(kFile, Viewer::everything(), fileId);
}

Result<std::vector<FilmFile>> Catalog::filmFiles(std::int64_t after, std::int64_t limit, std::string_view container) {
    // In the text as it is kept: what is not wanted is not parsed.
    const std::string within = container.empty() ? "" : "\"container\":\"" + std::string(container);
    return impl_->database.readValue<std::vector<FilmFile>>([&](core::db::Session& session) {
        return session.all(
            "SELECT f.num, f.id, f.size, f.mtime_ns, f.inode, f.info, f.state='ok', f.path FROM media_files f "
            "JOIN media_items i ON i.id=f.item_id WHERE f.num>?1 AND f.duration>0 AND f.width>0 AND i.kind IN "
            "('movie', 'episode', 'video') AND (?3='' OR instr(f.info, ?3)>0) ORDER BY f.num LIMIT ?2",
            {after, limit, std::string_view(within)}, [](const core::db::Row& row) {
                core::library::FileStamp stamp;
                stamp.size = row.integer(2);
                stamp.mtimeNs = row.integer(3);
                stamp.inode = static_cast<std::uint64_t>(row.integer(4));
                return FilmFile{row.integer(0),
                                row.string(1),
                                std::string(core::library::fileName(row.text(7))),
                                fileTag(stamp),
                                core::library::mediaInfoFromText(row.text(5)).value_or(core::MediaInfo()),
                                row.boolean(6),
                                stamp.size};
            });
    });
}

void Catalog::played(const core::Id& itemId) {
    impl_->scanner.played(itemId);
}

Result<OpenedFile> Catalog::openSidecar(const core::Id& userId, const core::Id& sidecarId) {
    return impl_->open(kSidecar, viewer(userId), sidecarId);
}

Result<OpenedFile> Catalog::openVobSubData(const core::Id& userId, const core::Id& sidecarId) {
    return impl_->open(kSidecar, viewer(userId), sidecarId, core::library::vobSubData);
}

core::json::object Catalog::toJson(const Item& item, const core::Id& sessionId) const {
    return itemJson(item, artworkUrl(item, sessionId));
}

core::json::object Catalog::toJson(const ItemDetail& item, const core::Id& sessionId) const {
    return detailJson(item, artworkUrl(item, sessionId));
}

std::string Catalog::artworkUrl(const Item& item, const core::Id& sessionId) const {
    if (item.artworkVersion.empty()) {
        return {};
    }
    // Until the end of the next day: the same URL all day, so that pictures stay cached.
    const core::TimeMs expires = ((impl_->clock->now() + kDayMs) / kDayMs + 1) * kDayMs;
    return "/stream/" + impl_->tokens.issue(sessionId, item.id, expires) + "/" + item.id +
           "/artwork?v=" + item.artworkVersion;
}

Result<void> Catalog::scan(const core::Id& libraryId) {
    auto known = impl_->libraries.exists(libraryId);
    if (!known || !*known) {
        return known ? Result<void>(core::fail(ErrorCode::NotFound, "There is no such library."))
                     : core::unexpected<core::Error>(known.error());
    }
    impl_->scanner.request(libraryId);
    return {};
}

std::shared_ptr<const core::library::Spelling> Catalog::spelling() const {
    return impl_->spellings->current();
}

Result<void> Catalog::cancelScan(const core::Id& libraryId) {
    auto known = impl_->libraries.exists(libraryId);
    if (!known || !*known) {
        return known ? Result<void>(core::fail(ErrorCode::NotFound, "There is no such library."))
                     : core::unexpected<core::Error>(known.error());
    }
    impl_->scanner.cancel(libraryId);
    return {};
}

Result<std::vector<Catalog::LibrarySize>> Catalog::librarySizes() {
    return impl_->libraries.sizes();
}

Result<Catalog::ScanStatus> Catalog::scanStatus(const core::Id& userId) {
    const Viewer who = viewer(userId);
    auto libraries = impl_->libraries.visibleTo(who);
    if (!libraries) {
        return core::unexpected<core::Error>(libraries.error());
    }
    ScanStatus status;
    for (LibraryRow& library : *libraries) {
        status.scanning |= impl_->scanner.state(library.id).state == "scanning";
        if (auto counted = impl_->libraries.count(library, who); !counted) {
            return core::unexpected<core::Error>(counted.error());
        }
        status.files += library.files;
    }
    return status;
}

void Catalog::waitUntilIdle() {
    impl_->scanner.waitUntilIdle();
}

}  // namespace marea::server
