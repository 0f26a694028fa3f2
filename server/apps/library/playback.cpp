#include "server/apps/library/playback.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/apps/library/playbackhandlers.h"

namespace marea::server {

struct Playback::Impl {
    Impl(core::db::Database& database, std::unique_ptr<MediaSource> source, StreamTokens& tokens,
         std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> log, WorkPool& workPool,
         PlaybackOptions options)
        : media(std::move(source)),
          logger(log),
          pool(workPool),
          service(database, tokens, std::move(clock), std::move(log), options),
          playback(service, *media),
          library(service, *media),
          files(service, *media) {}

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
            lock.lock();
        }
    }

    std::unique_ptr<MediaSource> media;
    std::shared_ptr<core::Logger> logger;
    WorkPool& pool;
    PlaybackService service;
    PlaybackHandlers playback;
    LibraryHandlers library;
    FileHandlers files;

    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread;
};

Playback::Playback(core::db::Database& database, std::unique_ptr<MediaSource> media, StreamTokens& tokens,
                   std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool,
                   PlaybackOptions options)
    : impl_(std::make_unique<Impl>(database, std::move(media), tokens, std::move(clock), std::move(logger), pool,
                                   options)) {
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

void Playback::addRoutes(Router& router) {
    Impl& parts = *impl_;
    const auto add = [&](Method method, const char* pattern, Access access, PlainHandler handler) {
        router.add(Route{method, pattern, access, pooled(parts.pool, std::move(handler)), 64 * 1024});
    };
    add(Method::Post, "/api/v1/media/{id}/playback", Access::User,
        [&](const Request& r) { return parts.playback.start(r); });
    add(Method::Put, "/api/v1/sessions/{id}", Access::User, [&](const Request& r) { return parts.playback.report(r); });
    add(Method::Delete, "/api/v1/sessions/{id}", Access::User, [&](const Request& r) { return parts.playback.end(r); });
    add(Method::Get, "/api/v1/library", Access::User, [&](const Request& r) { return parts.library.list(r); });
    add(Method::Put, "/api/v1/library/{media_id}", Access::User,
        [&](const Request& r) { return parts.library.change(r); });
    add(Method::Get, "/api/v1/media/{id}/file", Access::User,
        [&](const Request& r) { return parts.files.download(r); });
    add(Method::Get, "/stream/{token}/{title}/direct/{file}", Access::Stream,
        [&](const Request& r) { return parts.files.direct(r); });
    add(Method::Get, "/stream/{token}/{title}/sidecar/{sidecar}", Access::Stream,
        [&](const Request& r) { return parts.files.sidecar(r); });
}

}  // namespace marea::server
