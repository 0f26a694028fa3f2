#include "server/apps/library/playback.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/apps/library/exchangehandlers.h"
#include "server/apps/library/historyhandlers.h"
#include "server/apps/library/homehandlers.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/playbackhandlers.h"
#include "server/apps/library/playlisthandlers.h"
#include "server/apps/library/preferences.h"
#include "server/apps/library/sessionadmin.h"
#include "server/apps/library/sessionlicences.h"
#include "server/apps/library/soundfiles.h"
#include "server/stream/streamhandlers.h"

namespace marea::server {

struct Playback::Impl {
    Impl(core::db::Database& database, std::unique_ptr<MediaSource> source, TitleKeys& keys, StreamTokens& tokens,
         StreamService& streamService, std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> log,
         WorkPool& workPool, PlaybackOptions options, FindProfile profiles)
        : media(std::move(source)),
          logger(log),
          pool(workPool),
          service(database, tokens, clock, std::move(log), reporting(std::move(options))),
          streams(streamService),
          titles(service, *media),
          playback(service, *media, &streams, std::move(profiles)),
          library(service, *media),
          history(database, *media, clock),
          home(database, service, *media),
          preferences(database, clock),
          playlists(database, *media, clock),
          exchange(database, *media, std::move(clock)),
          files(service, *media),
          licences(service, *media),
          streamHandlers(streams, titles, keys, pool, service.options().outside),
          sounds(service, *media, files, streamHandlers),
          admin(service, database, [this](const PlaybackSession& session) {
              streams.leave(session.loginId, session.mediaId);
              streamHandlers.forgetTitles();
          }) {}

    PlaybackOptions reporting(PlaybackOptions options) {
        options.played = [this](const core::Id& mediaId) { media->played(mediaId); };
        return options;
    }

    void writeNow() {
        if (auto done = service.flush(); !done) {
            logger->warning("playback.flush_failed", {{"detail", done.error().detail}});
        }
    }

    void run() {
        const auto interval = std::chrono::milliseconds(service.options().flushInterval);
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, interval, [this] { return stopping; })) {
            lock.unlock();
            writeNow();
            service.endIdle();
            streams.forgetIdle();
            lock.lock();
        }
    }

    std::unique_ptr<MediaSource> media;
    std::shared_ptr<core::Logger> logger;
    WorkPool& pool;
    PlaybackService service;
    StreamService& streams;
    LibraryTitles titles;
    PlaybackHandlers playback;
    LibraryHandlers library;
    HistoryHandlers history;
    HomeHandlers home;
    PreferenceHandlers preferences;
    PlaylistHandlers playlists;
    ExchangeHandlers exchange;
    FileHandlers files;
    SessionLicences licences;
    StreamHandlers streamHandlers;
    SoundFiles sounds;
    SessionAdmin admin;

    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread;
};

Playback::Playback(core::db::Database& database, std::unique_ptr<MediaSource> media, TitleKeys& keys,
                   StreamTokens& tokens, StreamService& streams, std::shared_ptr<const core::Clock> clock,
                   std::shared_ptr<core::Logger> logger, WorkPool& pool, PlaybackOptions options, FindProfile profiles)
    : impl_(std::make_unique<Impl>(database, std::move(media), keys, tokens, streams, std::move(clock),
                                   std::move(logger), pool, options, std::move(profiles))) {
    if (auto done = impl_->service.adoptOpen(); !done) {
        impl_->logger->warning("playback.adopt_failed", {{"detail", done.error().detail}});
    }
    impl_->thread = std::thread([this] { impl_->run(); });
}

Playback::~Playback() {
    stop();
}

void Playback::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake.notify_all();
    if (impl_->thread.joinable()) {
        impl_->thread.join();
    }
    impl_->writeNow();
}

void Playback::gatedBy(LicenceGate& gate) {
    impl_->playback.gatedBy(gate);
}

LicenceGate& Playback::licenceGate() {
    return impl_->licences;
}

void Playback::onTaken(std::function<void(const core::Id& user, const core::Id& media)> told) {
    impl_->files.onTaken(std::move(told));
}

void Playback::watchedBy(DeliveryWatch& watch) {
    impl_->files.watchedBy(watch);
    impl_->streamHandlers.watchedBy(watch);
}

PlaybackService& Playback::service() {
    return impl_->service;
}

SoundFiles& Playback::soundFiles() {
    return impl_->sounds;
}

void Playback::protectionChanged() {
    impl_->streamHandlers.forgetTitles();
}

void Playback::visibilityChanged() {
    Impl& parts = *impl_;
    parts.streamHandlers.forgetTitles();
    parts.service.endThose([&](const PlaybackSession& session) {
        const auto item = parts.media->item(session.userId, session.mediaId);
        const bool over = !item && item.error().code == core::ErrorCode::NotFound;
        if (over) {
            parts.streams.leave(session.loginId, session.mediaId);
        }
        return over;
    });
}

void Playback::filesChanging(bool begins) {
    impl_->streamHandlers.filesChanging(begins);
}

void Playback::addRoutes(Router& router) {
    Impl& parts = *impl_;
    const auto add = [&](Method method, const char* pattern, Access access, PlainHandler handler) {
        router.add(Route{method, pattern, access, pooled(parts.pool, std::move(handler)), 64 * 1024});
    };
    router.add(Route{Method::Post, "/api/v1/media/{id}/playback", Access::User,
                     answeredLater(parts.pool, [&](const Request& r, const SharedReply& reply) {
                         parts.playback.start(r, reply);
                     })});
    add(Method::Post, "/api/v1/media/{id}/playback/plan", Access::User,
        [&](const Request& r) { return parts.playback.plan(r); });
    add(Method::Put, "/api/v1/sessions/{id}", Access::User, [&](const Request& r) { return parts.playback.report(r); });
    add(Method::Delete, "/api/v1/sessions/{id}", Access::User, [&](const Request& r) { return parts.playback.end(r); });
    add(Method::Get, "/api/v1/admin/sessions", Access::Owner, [&](const Request& r) { return parts.admin.list(r); });
    add(Method::Delete, "/api/v1/admin/sessions/{id}", Access::Owner,
        [&](const Request& r) { return parts.admin.end(r); });
    add(Method::Get, "/api/v1/library", Access::User, [&](const Request& r) { return parts.library.list(r); });
    add(Method::Put, "/api/v1/library/{media_id}", Access::User,
        [&](const Request& r) { return parts.library.change(r); });
    add(Method::Get, "/api/v1/history", Access::User, [&](const Request& r) { return parts.history.list(r); });
    add(Method::Post, "/api/v1/history/undo", Access::User, [&](const Request& r) { return parts.history.undo(r); });
    add(Method::Get, "/api/v1/home", Access::User, [&](const Request& r) { return parts.home.home(r); });
    add(Method::Get, "/api/v1/me/preferences", Access::User,
        [&](const Request& r) { return parts.preferences.get(r); });
    add(Method::Put, "/api/v1/me/preferences", Access::User,
        [&](const Request& r) { return parts.preferences.put(r); });
    add(Method::Get, "/api/v1/media/{id}/file", Access::User,
        [&](const Request& r) { return parts.files.download(r); });
    add(Method::Get, "/stream/{token}/{title}/direct/{file}", Access::Stream,
        [&](const Request& r) { return parts.files.direct(r); });
    add(Method::Get, "/stream/{token}/{title}/sidecar/{sidecar}", Access::Stream,
        [&](const Request& r) { return parts.files.sidecar(r); });
    parts.streamHandlers.addRoutes(router);
    addPlaylistRoutes(router);
}

void Playback::addPlaylistRoutes(Router& router) {
    Impl& parts = *impl_;
    const auto add = [&](Method method, const char* pattern, PlainHandler handler) {
        router.add(Route{method, pattern, Access::User, pooled(parts.pool, std::move(handler)), 256 * 1024});
    };
    PlaylistHandlers& lists = parts.playlists;
    ExchangeHandlers& exchange = parts.exchange;
    add(Method::Get, "/api/v1/playlists", [&](const Request& r) { return lists.list(r); });
    add(Method::Post, "/api/v1/playlists", [&](const Request& r) { return lists.create(r); });
    add(Method::Post, "/api/v1/playlists/preview", [&](const Request& r) { return lists.preview(r); });
    add(Method::Get, "/api/v1/playlists/{id}", [&](const Request& r) { return lists.get(r); });
    add(Method::Put, "/api/v1/playlists/{id}", [&](const Request& r) { return lists.change(r); });
    add(Method::Delete, "/api/v1/playlists/{id}", [&](const Request& r) { return lists.remove(r); });
    add(Method::Get, "/api/v1/playlists/{id}/entries", [&](const Request& r) { return lists.entries(r); });
    add(Method::Post, "/api/v1/playlists/{id}/entries", [&](const Request& r) { return lists.addEntries(r); });
    add(Method::Put, "/api/v1/playlists/{id}/entries/{entry}", [&](const Request& r) { return lists.moveEntry(r); });
    add(Method::Delete, "/api/v1/playlists/{id}/entries/{entry}",
        [&](const Request& r) { return lists.removeEntry(r); });
    add(Method::Get, "/api/v1/playlists/{id}/export", [&](const Request& r) { return exchange.give(r); });
    router.add(Route{Method::Post, "/api/v1/playlists/import", Access::User,
                     pooled(parts.pool, [&](const Request& r) { return exchange.take(r); }),
                     ExchangeHandlers::kLargestImport});
}

}  // namespace marea::server
