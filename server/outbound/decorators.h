#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "server/outbound/breaker.h"
#include "server/outbound/outbound.h"
#include "server/outbound/pace.h"
#include "server/outbound/retry.h"

namespace marea::server {

// Each does one thing to what goes through it, on the outbound thread alone. What they are given outlives them.

// Requests to one host one after another, each at the host's pace.
class PacedOutbound final : public Outbound {
public:
    PacedOutbound(Outbound& next, OutboundThread& thread, Pace::Options options)
        : next_(next), thread_(thread), pace_(std::move(options)) {}
    void send(OutboundRequest request, Done done) override;

private:
    Outbound& next_;
    OutboundThread& thread_;
    Pace pace_;
};

// A host that fails again and again is not asked for a while: Busy.
class BreakingOutbound final : public Outbound {
public:
    // `told`: a host's breaker opened or closed.
    using Told = std::function<void(const std::string& host, bool open)>;
    BreakingOutbound(Outbound& next, OutboundThread& thread, Breaker::Options options, Told told)
        : next_(next), thread_(thread), options_(options), told_(std::move(told)) {}
    void send(OutboundRequest request, Done done) override;
    std::size_t open() const;  // hosts that rest

private:
    void took(const std::string& host, const core::Result<OutboundAnswer>& outcome);
    Breaker& of(const std::string& host);

    Outbound& next_;
    OutboundThread& thread_;
    Breaker::Options options_;
    Told told_;
    std::map<std::string, Breaker> breakers_;
};

// Tries again what may go better.
class RetryingOutbound final : public Outbound {
public:
    struct Parts {
        std::function<double()> dice;             // from 0 to 1
        std::function<core::TimeMs()> wallClock;  // UTC
        std::function<void()> retried = [] {};
        RetryOptions options = {};
    };
    RetryingOutbound(Outbound& next, OutboundThread& thread, Parts parts)
        : next_(next), thread_(thread), parts_(std::move(parts)) {}
    void send(OutboundRequest request, Done done) override { attempt(std::move(request), std::move(done), 1); }

private:
    void attempt(OutboundRequest request, Done done, int number);

    Outbound& next_;
    OutboundThread& thread_;
    Parts parts_;
};

// Follows redirects, a few.
class RedirectingOutbound final : public Outbound {
public:
    static constexpr int kMost = 5;
    explicit RedirectingOutbound(Outbound& next) : next_(next) {}
    void send(OutboundRequest request, Done done) override { follow(std::move(request), std::move(done), 0); }

private:
    void follow(OutboundRequest request, Done done, int followed);
    Outbound& next_;
};

}  // namespace marea::server
