#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/base/executor.h"
#include "core/base/log.h"
#include "server/outbound/cachingoutbound.h"
#include "server/outbound/decorators.h"
#include "server/outbound/netoutbound.h"
#include "server/outbound/status.h"

namespace marea::server {

struct OutboundOptions {
    std::vector<AddressRange> allowed;  // networks that are called besides public ones
    std::string certificates, agent;
    Pace::Options pace;
};

// All of it in its order: kept answers, redirects, tries, hosts that rest, the pace, the network.
class OutboundClient final : public Outbound {
public:
    static core::Result<std::unique_ptr<OutboundClient>> create(OutboundOptions options, core::db::Database& database,
                                                                core::Executor pool,
                                                                std::shared_ptr<const core::Clock> clock,
                                                                std::shared_ptr<core::Logger> logger);
    void send(OutboundRequest request, Done done) override;
    void stop() { net_->stop(); }
    OutboundStatus status() const;
    OutboundThread& thread() { return *net_; }

private:
    // Between the pace and the network.
    class Counted final : public Outbound {
    public:
        Counted(Outbound& next, OutboundClient& client) : next_(next), client_(client) {}
        void send(OutboundRequest request, Done done) override;

    private:
        Outbound& next_;
        OutboundClient& client_;
    };
    OutboundClient(std::unique_ptr<NetOutbound> net, OutboundOptions options, core::db::Database& database,
                   core::Executor pool, std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger);
    void rests(const std::string& host, bool open);

    std::shared_ptr<core::Logger> logger_;
    std::atomic<std::uint64_t> requests_{0}, failures_{0}, refused_{0}, retries_{0}, kept_{0};
    std::atomic<std::int64_t> resting_{0};
    AnswerStore store_;
    Counted counted_;
    PacedOutbound paced_;
    BreakingOutbound breaking_;
    RetryingOutbound retrying_;
    RedirectingOutbound redirecting_;
    CachingOutbound caching_;
    std::unique_ptr<NetOutbound> net_;  // last: its thread uses all of the above
};

}  // namespace marea::server
