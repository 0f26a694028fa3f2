#pragma once

#include <functional>
#include <memory>

#include "core/base/executor.h"
#include "core/base/log.h"
#include "server/outbound/answerstore.h"
#include "server/outbound/outbound.h"

namespace marea::server {

// Keeps answers of requests that want it: asks again with the ETag when they are old, and gives what is old when the
// host is down, to those who say that it is good enough.
class CachingOutbound final : public Outbound {
public:
    struct Parts {
        Outbound& next;
        OutboundThread& thread;
        AnswerStore& store;
        core::Executor pool;  // for the store
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
        std::function<void()> hit = [] {};
    };
    explicit CachingOutbound(Parts parts) : parts_(std::move(parts)) {}
    void send(OutboundRequest request, Done done) override;

private:
    using Kept = std::optional<KeptAnswer>;
    void looked(OutboundRequest request, Done done, Kept kept);
    void answered(const OutboundRequest& request, const Done& done, Kept kept, core::Result<OutboundAnswer> outcome);
    void keep(const OutboundRequest& request, KeptAnswer answer);

    Parts parts_;
};

}  // namespace marea::server
