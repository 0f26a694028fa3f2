#include "server/apps/catalog/scanner.h"

#include "server/apps/catalog/scanstore.h"

namespace marea::server {

namespace {

using core::Result;

}  // namespace

Scanner::Scanner(const ScanJob::Context& context, std::function<void()> onChange)
    : context_(context), onChange_(std::move(onChange)) {}

Scanner::~Scanner() {
    stop();
}

void Scanner::start() {
    const std::lock_guard lock(mutex_);
    if (!started_) {
        started_ = true;
        stopping_ = false;
        stop_ = false;
        thread_ = std::thread([this] { loop(); });
    }
}

void Scanner::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        stop_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    const std::lock_guard lock(mutex_);
    started_ = false;
}

void Scanner::request(const core::Id& library) {
    const std::lock_guard lock(mutex_);
    queue_[library].all = true;
    changed_.notify_all();
}

void Scanner::request(const core::Id& library, const std::string& folder) {
    const std::lock_guard lock(mutex_);
    queue_[library].folders.insert(folder);
    changed_.notify_all();
}

void Scanner::played(const core::Id& item) {
    const std::lock_guard lock(mutex_);
    played_.insert(item);
    changed_.notify_all();
}

void Scanner::forget(const core::Id& library) {
    std::unique_lock lock(mutex_);
    queue_.erase(library);
    if (running_ == library) {
        stop_ = true;
    }
    changed_.wait(lock, [&] { return running_ != library; });
    queue_.erase(library);
    states_.erase(library);
}

void Scanner::cancel(const core::Id& library) {
    const std::lock_guard lock(mutex_);
    queue_.erase(library);
    if (running_ == library) {
        stop_ = true;
    }
    changed_.notify_all();
}

void Scanner::waitUntilIdle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return idle() || stopping_; });
}

LibraryScanState Scanner::state(const core::Id& library) const {
    const std::lock_guard lock(mutex_);
    const auto found = states_.find(library);
    LibraryScanState state = found == states_.end() ? LibraryScanState() : found->second;
    if (started_ && queue_.contains(library)) {  // it will be, in a moment
        state.state = "scanning";
    }
    if (running_ == library) {
        state.state = "scanning";
        state.scanned = progress_.scanned;
        state.total = progress_.total;
    }
    return state;
}

void Scanner::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty() || !played_.empty(); });
        if (stopping_) {
            return;
        }
        if (!played_.empty()) {
            const std::set<core::Id> items = std::exchange(played_, {});
            counting_ = true;
            lock.unlock();
            countPlays(items);
            lock.lock();
            counting_ = false;
            changed_.notify_all();
            continue;
        }
        const core::Id id = queue_.begin()->first;
        Request request = std::move(queue_.begin()->second);
        queue_.erase(queue_.begin());
        running_ = id;
        stop_ = false;
        progress_.scanned = 0;
        progress_.total = 0;
        lock.unlock();
        runOne(id, std::move(request));
        lock.lock();
        running_.clear();
        changed_.notify_all();
    }
}

void Scanner::runOne(const core::Id& id, Request request) {
    auto found = library(id);
    if (!found || !*found) {
        return;
    }
    const core::TimeMs started = context_.clock.now();
    std::optional<std::set<std::string>> folders;
    if (!request.all) {
        folders = std::move(request.folders);
    }
    const auto result = ScanJob(context_, **found, std::move(folders), stop_, progress_).run();
    if (auto done = finish(**found, request.all, result); !done) {
        context_.logger.error("scan.unfinished", {{"library", (*found)->name}, {"detail", done.error().detail}});
    }
    if (result && (result->wrote || request.all)) {
        const core::TimeMs took = context_.clock.now() - started;
        context_.logger.info("scan.finished", {{"library", (*found)->name},
                                               {"files", result->files},
                                               {"read", result->written},
                                               {"ms", took},
                                               {"all", request.all}});
    }
    if (!result || result->wrote) {
        onChange_();
    }
}

Result<std::optional<ScanLibrary>> Scanner::library(const core::Id& id) {
    return context_.database.readValue<std::optional<ScanLibrary>>([&](core::db::Session& session) {
        return session.first("SELECT id, name, path FROM libraries WHERE id=?1", {std::string_view(id)},
                             [](const core::db::Row& row) {
                                 return ScanLibrary{row.string(0), row.string(1), row.string(2)};
                             });
    });
}

// Nothing is written when nothing changed.
Result<void> Scanner::finish(const ScanLibrary& library, bool all, const Result<ScanSummary>& result) {
    const bool cancelled = !result && result.error().code == core::ErrorCode::Cancelled;
    const core::TimeMs now = context_.clock.now();
    {
        const std::lock_guard lock(mutex_);
        LibraryScanState& state = states_[library.id];
        if (!cancelled) {
            state.state = result ? "idle" : "error";
            state.problem = result ? std::string() : result.error().text;
            state.scanned = progress_.scanned;
            state.total = progress_.total;
            state.lastScanAt = result && all ? std::optional(now) : state.lastScanAt;
        }
    }
    if (!result) {
        if (!cancelled) {
            context_.logger.warning("scan.failed", {{"library", library.name}, {"detail", result.error().detail}});
        }
        return {};
    }
    auto purged = all ? purge(library.id) : Result<bool>(false);
    if (!purged) {
        return core::unexpected(purged.error());
    }
    if (all) {
        if (auto done = updatePopularity(); !done) {
            return done;
        }
    }
    if (!result->wrote && !*purged) {
        return {};
    }
    return context_.database.write([&](core::db::Session& session) {
        return session.run("UPDATE libraries SET last_scan_at=?2 WHERE id=?1", {std::string_view(library.id), now});
    });
}

// Files that vanished too long ago, and the items that have none left.
Result<bool> Scanner::purge(const core::Id& library) {
    const core::TimeMs before = context_.clock.now() - context_.options.missingGrace;
    const auto old = [&](core::db::Session& session) {
        return session.all("SELECT num FROM media_files WHERE missing_since<?2 AND library_id=?1 LIMIT 5000",
                           {std::string_view(library), before},
                           [](const core::db::Row& row) { return row.integer(0); });
    };
    auto some = context_.database.readValue<std::vector<std::int64_t>>(old);
    if (!some || some->empty()) {
        return some ? Result<bool>(false) : core::unexpected(some.error());
    }
    const Writing writing(context_.writing);
    auto done = context_.database.write([&](core::db::Session& session) -> Result<void> {
        for (const std::int64_t num : *some) {
            if (auto removed = session.run("DELETE FROM media_files WHERE num=?1", {num}); !removed) {
                return removed;
            }
        }
        auto items = session.run(
            "DELETE FROM media_items WHERE status='missing' AND library_id=?1 AND kind NOT IN ('album', 'artist', "
            "'series', "
            "'season') AND NOT EXISTS (SELECT 1 FROM media_files f WHERE f.item_id=media_items.id)",
            {std::string_view(library)});
        for (const char* group :
             {"DELETE FROM media_items WHERE kind='album' AND status='missing' AND library_id=?1 AND NOT "
              "EXISTS (SELECT 1 FROM media_items c WHERE c.album_id=media_items.id)",
              "DELETE FROM media_items WHERE kind='artist' AND status='missing' AND library_id=?1 AND "
              "NOT EXISTS (SELECT 1 FROM media_items c WHERE c.artist_id=media_items.id)",
              "DELETE FROM media_items WHERE kind='season' AND status='missing' AND library_id=?1 AND "
              "NOT EXISTS (SELECT 1 FROM media_items c WHERE c.season_id=media_items.id)",
              "DELETE FROM media_items WHERE kind='series' AND status='missing' AND library_id=?1 AND "
              "NOT EXISTS (SELECT 1 FROM media_items c WHERE c.series_id=media_items.id)"}) {
            items = items ? session.run(group, {std::string_view(library)}) : items;
        }
        return items;
    });
    return done ? Result<bool>(true) : core::unexpected(done.error());
}

void Scanner::countPlays(const std::set<core::Id>& items) {
    auto done = context_.database.write([&](core::db::Session& session) -> Result<void> {
        ScanStore store(session);
        for (const core::Id& id : items) {
            if (auto counted = store.countPlays(id); !counted) {
                return counted;
            }
        }
        return store.saveSearch();
    });
    if (!done) {
        context_.logger.warning("plays.uncounted", {{"detail", done.error().detail}});
    }
}

// Plays as of now, and with them the places in the search of what became more or less popular.
Result<void> Scanner::updatePopularity() {
    auto stale =
        context_.database.readValue<std::vector<std::pair<std::string, std::int64_t>>>([](core::db::Session& session) {
            return session.all(
                "SELECT i.id, p.plays FROM (SELECT media_id, sum(play_count) AS plays FROM user_library "
                "GROUP BY media_id) p JOIN media_items i ON i.id=p.media_id WHERE i.popularity<>p.plays "
                "LIMIT 10000",
                {}, [](const core::db::Row& row) { return std::pair(row.string(0), row.integer(1)); });
        });
    if (!stale || stale->empty()) {
        return stale ? Result<void>() : core::unexpected(stale.error());
    }
    return context_.database.write([&](core::db::Session& session) -> Result<void> {
        ScanStore store(session);
        for (const auto& [id, plays] : *stale) {
            auto item = store.item(id);
            if (!item || !*item) {
                continue;
            }
            ItemRow changed = **item;
            changed.popularity = plays;
            if (auto done = store.updateItem(**item, changed); !done) {
                return done;
            }
        }
        return store.saveSearch();
    });
}

}  // namespace marea::server
