#include "server/outbound/cachingoutbound.h"

#include "server/outbound/place.h"

namespace marea::server {

using core::Result;

void CachingOutbound::send(OutboundRequest request, Done done) {
    if (request.keep <= 0 || request.method != Method::Get) {
        parts_.next.send(std::move(request), std::move(done));
        return;
    }
    parts_.pool([this, request = std::move(request), done = std::move(done)]() mutable {
        auto found = parts_.store.find(request.url, parts_.clock->now());
        if (!found) {
            parts_.logger->warning("outbound.cache_not_read", {{"detail", found.error().detail}});
        }
        Kept kept = found ? std::move(*found) : std::nullopt;
        parts_.thread.after(
            0, [this, request = std::move(request), done = std::move(done), kept = std::move(kept)]() mutable {
                looked(std::move(request), std::move(done), std::move(kept));
            });
    });
}

void CachingOutbound::looked(OutboundRequest request, Done done, Kept kept) {
    if (kept && kept->freshUntil > parts_.clock->now()) {
        parts_.hit();
        done(answerOf(*kept));
        return;
    }
    OutboundRequest sent = request;
    if (kept && !kept->etag.empty()) {
        sent.headers.emplace_back("If-None-Match", kept->etag);
    }
    parts_.next.send(std::move(sent),
                     [this, request = std::move(request), done = std::move(done), kept = std::move(kept)](
                         Result<OutboundAnswer> outcome) { answered(request, done, kept, std::move(outcome)); });
}

void CachingOutbound::answered(const OutboundRequest& request, const Done& done, Kept kept,
                               Result<OutboundAnswer> outcome) {
    const bool down = !outcome || outcome->status >= 500;
    if (down && kept && request.staleWhenDown) {
        parts_.hit();
        done(answerOf(*kept));
        return;
    }
    if (outcome && outcome->status == 304 && kept) {
        OutboundAnswer same = answerOf(*kept);
        for (const auto& [name, value] : outcome->headers.all()) {
            same.headers.set(name, value);  // RFC 9111 section 3.2
        }
        outcome = std::move(same);
        parts_.hit();
    }
    if (const auto fresh = outcome ? freshFor(request, *outcome) : std::nullopt) {
        keep(request, keptAnswer(*outcome, parts_.clock->now() + *fresh));
    }
    done(std::move(outcome));
}

void CachingOutbound::keep(const OutboundRequest& request, KeptAnswer answer) {
    parts_.pool([this, url = request.url, answer = std::move(answer)] {
        if (auto done = parts_.store.put(url, answer, parts_.clock->now()); !done) {
            parts_.logger->warning("outbound.cache_not_written",
                                   {{"host", hostForLog(url)}, {"detail", done.error().detail}});
        }
    });
}

}  // namespace marea::server
