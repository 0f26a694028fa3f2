#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/db/database.h"
#include "core/io/clearfile.h"
#include "core/io/prober.h"
#include "core/library/spelling.h"
#include "server/apps/catalog/item.h"
#include "server/apps/catalog/provided.h"
#include "server/apps/catalog/writing.h"
#include "server/apps/identity/streamtokens.h"
#include "server/apps/identity/viewer.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

class ViewerRights;

struct CatalogOptions {
    std::string dataFolder;                                           // artwork/ is made below it
    int probesInFlight = 128;                                         // files opened and handed to the prober at once
    std::int64_t artworkCacheBytes = std::int64_t{2} << 30;           // scaled pictures kept on disk
    core::TimeMs missingGrace = core::TimeMs{30} * 24 * 3600 * 1000;  // how long a vanished file's identity is kept
    bool watch = true;                                                // follow changes of the folders by themselves
    core::TimeMs pollInterval = core::TimeMs{15} * 60 * 1000;         // full rescans where folders cannot be watched
    std::function<void()> onChange;      // after a scan that wrote something, on the scanner's thread
    core::SealSecrets* seals = nullptr;  // of originals that lie encrypted on the disk; outlives the catalogue
    WritingHook writing;                 // around all that changes which files there are; from several threads
};

struct LibraryFolder {
    std::string name;
    std::string path;  // absolute
};

// What the libraries hold: scans folders into the database, and answers about items, files and pictures. Everything
// takes the asking user, whose rights and state are part of every query. Calls block on the database or the disk and
// are made from the work pool; they are thread-safe.
class Catalog {
public:
    Catalog(core::db::Database& database, ViewerRights& viewers, core::Prober& prober, StreamTokens& tokens,
            std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool,
            CatalogOptions options);
    ~Catalog();  // stops first
    Catalog(const Catalog&) = delete;
    Catalog& operator=(const Catalog&) = delete;

    void addRoutes(Router& router);

    // Adds the libraries that are not there yet, by path; those made over HTTP stay. Call before start().
    core::Result<void> configureLibraries(const std::vector<LibraryFolder>& folders);
    void start();  // background scans and watching
    void stop();   // within a second; what was found so far is kept, the next start goes on from there

    // For statements of other parts that read media_items for somebody.
    Viewer viewer(const core::Id& userId);
    // What somebody may see has changed: what was counted is counted anew.
    void visibilityChanged();

    // NotFound also when it is not the user's to see.
    core::Result<ItemDetail> item(const core::Id& userId, const core::Id& itemId);
    // Whether it is there, and not the user's to see.
    core::Result<bool> hides(const core::Id& userId, const core::Id& itemId);
    // In the order of `itemIds`; those not found are left out.
    core::Result<std::vector<Item>> items(const core::Id& userId, const std::vector<core::Id>& itemIds);
    // The titles that an album, an artist, a season or a series consists of, in their order, at most `most`; none of
    // what plays by itself.
    core::Result<std::vector<Item>> titlesOf(const core::Id& userId, const core::Id& itemId, int most);
    // As they stand beside a song or in its file; core::library::parseLyrics reads them. NotFound: it has none.
    core::Result<std::string> lyricsText(const core::Id& userId, const core::Id& itemId);
    // NotFound: unknown, vanished or not theirs. Io: the disk says no.
    core::Result<OpenedFile> openFile(const core::Id& userId, const core::Id& fileId);
    core::Result<OpenedFile> openSidecar(const core::Id& userId, const core::Id& sidecarId);
    // The .sub of a VobSub index.
    core::Result<OpenedFile> openVobSubData(const core::Id& userId, const core::Id& sidecarId);
    // For the server's own work, for nobody in particular. filmFiles(): in order of `num`, those after it; `container`:
    // those alone whose container's name begins so.
    core::Result<ItemDetail> itemForWork(const core::Id& itemId);
    core::Result<OpenedFile> openForWork(const core::Id& fileId);
    core::Result<std::vector<FilmFile>> filmFiles(std::int64_t after, std::int64_t limit,
                                                  std::string_view container = {});

    // What was looked up of an item, in place of all that was before: for background work. A picture is read by a
    // worker; one that cannot be read is left out. `done` once, on this thread or the pool's.
    void provide(const core::Id& itemId, ProvidedMetadata provided, std::function<void(core::Result<void>)> done);
    core::Result<bool> hasOwnPicture(const core::Id& itemId);  // among its files

    // Somebody played it, or took that back: its place among the popular ones follows soon.
    void played(const core::Id& itemId);

    // The wire's media item. `sessionId`: the log-in that the artwork_url is made for (Principal::sessionId).
    core::json::object toJson(const Item& item, const core::Id& sessionId) const;
    core::json::object toJson(const ItemDetail& item, const core::Id& sessionId) const;
    // "/stream/<token>/<media_id>/artwork?v=…", empty without a picture. The same for a day, so that it is cached.
    std::string artworkUrl(const Item& item, const core::Id& sessionId) const;
    // The item's picture, no wider than about `width` pixels: a JPEG or PNG. `done` once, on this thread or the pool's.
    void picture(const core::Id& userId, const core::Id& itemId, int width,
                 std::function<void(core::Result<core::Image>)> done);

    // The same for whoever is shown what is for sale.
    void pictureForWork(const core::Id& itemId, int width, std::function<void(core::Result<core::Image>)> done);

    // Of a film or a series, whoever may see it. trailerLink(): where one is played, as clients are told.
    core::Result<std::vector<Trailer>> trailersForWork(const core::Id& itemId);
    core::json::object trailerLink(const Trailer& trailer, const core::Id& sessionId) const;

    // What words are meant by others in a search; null: not known yet.
    std::shared_ptr<const core::library::Spelling> spelling() const;

    // For operators and tests.
    core::Result<void> scan(const core::Id& libraryId);        // queues a scan of everything in it
    core::Result<void> cancelScan(const core::Id& libraryId);  // also one under way, at its next safe point
    struct LibrarySize {
        core::Id id;
        std::string name, path;
        std::int64_t files = 0, bytes = 0;  // of media that is there
    };
    core::Result<std::vector<LibrarySize>> librarySizes();
    struct ScanStatus {
        bool scanning = false;   // anything at all
        std::int64_t files = 0;  // known so far, of what is theirs to see
    };
    core::Result<ScanStatus> scanStatus(const core::Id& userId);
    void waitUntilIdle();  // until no scan is queued or under way

    struct Impl;  // in catalogimpl.h, for the parts of the catalogue alone

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
