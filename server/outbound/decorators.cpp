#include "server/outbound/decorators.h"

#include <algorithm>

#include "server/outbound/place.h"
#include "server/outbound/redirects.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::size_t kMostHosts = 1000;

Result<OutboundAnswer> notNow(const std::string& host, const char* why) {
    return core::fail(ErrorCode::Busy, "Another server cannot be asked just now. Try again later.",
                      host + ": " + std::string(why));
}

// What a request says of the host it was sent to: a failure is what another request would meet, too.
enum class Word { Well, Badly, Nothing };

Word wordOf(const Result<OutboundAnswer>& outcome) {
    if (outcome) {
        return outcome->status >= 500 ? Word::Badly : Word::Well;
    }
    switch (outcome.error().code) {
        case ErrorCode::Timeout:
        case ErrorCode::Unavailable:
        case ErrorCode::Corrupt:
            return Word::Badly;
        case ErrorCode::TooLarge:
            return Word::Well;
        default:
            return Word::Nothing;
    }
}

}  // namespace

void PacedOutbound::send(OutboundRequest request, Done done) {
    const std::string host = hostForLog(request.url);
    const auto wait = pace_.take(host, thread_.now());
    if (!wait) {
        done(notNow(host, "too many wait"));
    } else if (*wait == 0) {
        next_.send(std::move(request), std::move(done));
    } else {
        thread_.after(*wait, [this, request = std::move(request), done = std::move(done)]() mutable {
            next_.send(std::move(request), std::move(done));
        });
    }
}

Breaker& BreakingOutbound::of(const std::string& host) {
    if (breakers_.size() >= kMostHosts && !breakers_.contains(host)) {
        std::erase_if(breakers_,
                      [&](const auto& entry) { return entry.second.state(thread_.now()) == Breaker::State::Closed; });
    }
    return breakers_.try_emplace(host, options_).first->second;
}

std::size_t BreakingOutbound::open() const {
    return static_cast<std::size_t>(std::count_if(breakers_.begin(), breakers_.end(), [&](const auto& entry) {
        return entry.second.state(thread_.now()) == Breaker::State::Open;
    }));
}

void BreakingOutbound::send(OutboundRequest request, Done done) {
    const std::string host = hostForLog(request.url);
    if (!of(host).admit(thread_.now())) {
        done(notNow(host, "it rests after failures"));
        return;
    }
    next_.send(std::move(request), [this, host, done = std::move(done)](Result<OutboundAnswer> outcome) {
        took(host, outcome);
        done(std::move(outcome));
    });
}

void BreakingOutbound::took(const std::string& host, const Result<OutboundAnswer>& outcome) {
    Breaker& breaker = of(host);
    const core::TimeMs now = thread_.now();
    const bool before = breaker.state(now) != Breaker::State::Closed;
    switch (wordOf(outcome)) {
        case Word::Well:
            breaker.succeeded();
            break;
        case Word::Badly:
            breaker.failed(now);
            break;
        case Word::Nothing:
            breaker.unknown();
            break;
    }
    const bool after = breaker.state(now) != Breaker::State::Closed;
    if (before != after && told_) {
        told_(host, after);
    }
}

void RetryingOutbound::attempt(OutboundRequest request, Done done, int number) {
    OutboundRequest sent = request;
    next_.send(std::move(sent), [this, request = std::move(request), done = std::move(done),
                                 number](Result<OutboundAnswer> outcome) mutable {
        const auto wait = waitBeforeRetry(request, outcome, number, parts_.dice(), parts_.wallClock(), parts_.options);
        if (!wait) {
            done(std::move(outcome));
            return;
        }
        parts_.retried();
        thread_.after(*wait, [this, request = std::move(request), done = std::move(done), number]() mutable {
            attempt(std::move(request), std::move(done), number + 1);
        });
    });
}

void RedirectingOutbound::follow(OutboundRequest request, Done done, int followed) {
    OutboundRequest sent = request;
    next_.send(std::move(sent), [this, request = std::move(request), done = std::move(done),
                                 followed](Result<OutboundAnswer> outcome) mutable {
        auto next = outcome ? redirected(request, *outcome) : Result<std::optional<OutboundRequest>>(std::nullopt);
        if (!next) {
            done(core::unexpected<core::Error>(next.error()));
        } else if (!*next) {
            done(std::move(outcome));
        } else if (followed >= kMost) {
            done(core::fail(ErrorCode::Unavailable, "Another server leads in circles.",
                            "redirects of " + hostForLog(request.url)));
        } else {
            follow(std::move(**next), std::move(done), followed + 1);
        }
    });
}

}  // namespace marea::server
