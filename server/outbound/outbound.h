#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

// What this server asks of another.
struct OutboundRequest {
    Method method = Method::Get;
    std::string url;  // https; http only on networks that the owner allowed
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::size_t mostBytes = std::size_t{1} << 20;  // of the answer's body
    core::TimeMs patience = 15'000;                // for one try, from the look-up of the name to the last byte
    bool repeatable = true;                        // a second time does no harm: tried again after a failure
    // Where redirects may lead besides its own host; ".example.org" stands for every host below that.
    std::vector<std::string> alsoHosts = {};
    core::TimeMs keep = 0;       // its answer is kept so long where it does not say how long itself; 0: not kept
    bool staleWhenDown = false;  // what is kept is good enough, however old, while the host does not answer
};

struct OutboundAnswer {
    int status = 0;
    Headers headers;
    std::string body;
};

// The one way to other hosts. Answers once, on a thread of its own, where nothing may block. Errors: Forbidden (an
// address that is not allowed), Timeout, Unavailable (no way to the host), Corrupt (no proper HTTP), TooLarge, Busy
// (the host rests after failures, or too many wait for it), Cancelled (the server ends). Details name hosts, never a
// path, a query or a field: those may hold secrets.
class Outbound {
public:
    using Done = std::function<void(core::Result<OutboundAnswer>)>;
    virtual ~Outbound() = default;
    virtual void send(OutboundRequest request, Done done) = 0;
};

// The thread that all of it happens on, with a clock that never goes back.
class OutboundThread {
public:
    virtual ~OutboundThread() = default;
    virtual core::TimeMs now() const = 0;
    virtual void after(core::TimeMs wait, std::function<void()> task) = 0;  // from any thread
};

}  // namespace marea::server
