#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/apps/catalog/artwork.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/catalog/countcache.h"
#include "server/apps/catalog/filetag.h"
#include "server/apps/catalog/itemqueries.h"
#include "server/apps/catalog/librarystore.h"
#include "server/apps/catalog/scanner.h"
#include "server/apps/catalog/spellings.h"
#include "server/apps/catalog/uploadedpictures.h"
#include "server/apps/catalog/watcher.h"
#include "server/apps/identity/viewerrights.h"

namespace marea::server {

struct Catalog::Impl {
    core::db::Database& database;
    ViewerRights& viewers;
    StreamTokens& tokens;
    std::shared_ptr<const core::Clock> clock;
    std::shared_ptr<core::Logger> logger;
    WorkPool& pool;
    CatalogOptions options;
    LibraryStore libraries;
    CountCache counts;
    std::shared_ptr<ArtworkCache> artwork;
    std::shared_ptr<Spellings> spellings;
    core::Prober& prober;
    UploadedPictures pictures;
    Scanner scanner;

    Impl(core::db::Database& db, ViewerRights& theViewers, core::Prober& theProber, StreamTokens& streamTokens,
         std::shared_ptr<const core::Clock> theClock, std::shared_ptr<core::Logger> theLogger, WorkPool& workPool,
         CatalogOptions theOptions);

    // Null before start() and after stop(). Handlers run beside both, so they hold it while they use it.
    std::shared_ptr<Watcher> watcher();
    void setWatcher(std::shared_ptr<Watcher> watcher);

    void begin(const LibraryRow& library);  // scans and watches it
    void contentChanged();                  // titles or what is there: what was counted is wrong now
    core::Result<ItemDetail> item(const Viewer& viewer, const core::Id& itemId);
    core::Result<std::string> lyricsText(const Viewer& viewer, const core::Id& itemId);
    // `itemOf`: the SQL of the item that has to be visible. `pathOf`: opens what it makes of the path instead; of an
    // empty one, nothing.
    using PathOf = std::string (*)(std::string_view path);
    struct FileSql {
        std::string_view sql, itemOf;
    };
    core::Result<OpenedFile> open(const FileSql& from, const Viewer& viewer, const core::Id& id,
                                  PathOf pathOf = nullptr);

    // The picture of an item: its cache key, and how to open what it is made from. NotFound without one.
    struct ArtworkSource {
        std::string kind, source, version;
    };
    void picture(const Viewer& asking, const core::Id& itemId, int width,
                 std::function<void(core::Result<core::Image>)> done);
    core::Result<ArtworkSource> artworkOf(const Viewer& viewer, const core::Id& itemId);
    // Of an item that is visible, wherever its picture is from.
    void picture(const ArtworkSource& from, int width, ArtworkCache::Done done);

private:
    std::mutex watcherMutex_;
    std::shared_ptr<Watcher> watcher_;
};

// Handlers of the routes, one function each; the principal is there.
class CatalogHandlers {
public:
    CatalogHandlers(Catalog& catalog, Catalog::Impl& impl) : catalog_(catalog), impl_(impl) {}

    Response media(const Request& request);
    Response facets(const Request& request);
    Response mediaItem(const Request& request);
    Response similar(const Request& request);
    Response search(const Request& request);
    Response lyrics(const Request& request);
    Response trailer(const Request& request);      // trailers.cpp
    Response trailerFile(const Request& request);  // likewise; whoever has its link
    Response libraries(const Request& request);
    Response addLibrary(const Request& request);
    Response removeLibrary(const Request& request);
    Response scanLibrary(const Request& request);
    Response cancelScan(const Request& request);
    void artwork(const Request& request, const core::Id& item, Reply reply);

private:
    core::json::object libraryJson(LibraryRow library, const Viewer& viewer, bool owner);
    Response page(const MediaQuery& query, const Principal& who);
    core::Result<core::json::array> countedLetters(ItemQueries& queries, const MediaQuery& query, const core::Id& user);
    core::Result<ItemQueries::Total> countedTotal(ItemQueries& queries, const MediaQuery& query, const core::Id& user);

    Catalog& catalog_;
    Catalog::Impl& impl_;
};

}  // namespace marea::server
