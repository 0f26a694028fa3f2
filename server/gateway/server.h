#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "server/gateway/audience.h"
#include "server/gateway/auditor.h"
#include "server/gateway/ratelimits.h"
#include "server/gateway/requestrules.h"
#include "server/gateway/routepolicy.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

struct GatewayOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8470;             // 0: a free one
    std::string certificateFile, keyFile;  // both set: TLS 1.3 only
    unsigned threads = 0;                  // one io_context each; 0: one per core
    std::size_t maxHeaderBytes = 16 * 1024;
    std::size_t maxConnections = 20000;
    int headerTimeoutSeconds = 15;            // from the first byte of a request to the end of its header
    int bodyTimeoutSeconds = 30;              // between reads of a body
    int idleTimeoutSeconds = 120;             // keep-alive without a request
    int writeTimeoutSeconds = 60;             // without progress of a write
    int handlerTimeoutSeconds = 120;          // until a handler has answered; then the client gets a 504
    std::vector<std::string> trustedProxies;  // addresses whose X-Forwarded-For is believed
    RoutePolicies policies;                   // of the router's routes
    RateOptions rates;
    std::vector<RequestRule> rules;        // in their order
    std::vector<std::string> corsOrigins;  // "https://player.example": pages from there may call the API; none else
    bool strictTransport = false;          // browsers are told to come by TLS alone (HSTS), over TLS
    Auditor* auditor = nullptr;            // outlives the gateway; null: nothing is recorded
};

// Of the options, those that may change while it runs.
struct GatewaySettings {
    RateOptions rates;
    std::vector<RequestRule> rules;
    std::vector<std::string> corsOrigins, trustedProxies;
};

// HTTP/1.1 on Boost.Beast and Asio: one io_context per thread; connections are dealt out in turn.
// Every answer carries the security headers and a request id; every error is a problem document. Time-outs are noticed
// within half a second. A Range field with several ranges is ignored (RFC 9110 section 14.2): the whole body, 200.
// SIGPIPE is ignored for the whole process from start() on.
class Gateway {
public:
    Gateway(GatewayOptions options, std::shared_ptr<const Router> router, std::shared_ptr<Authenticator> authenticator,
            WorkPool& pool, std::shared_ptr<core::Logger> logger);
    ~Gateway();
    core::Result<void> start();
    std::uint16_t port() const;  // the real one, after start
    std::string url() const;     // "http://127.0.0.1:8470"
    // Stops accepting, lets answers under way finish for at most `seconds`, then closes. Blocks. Not from its threads.
    // A Reply or WebSocketPeer that is used later does nothing. The work pool must outlive the gateway.
    void drain(int seconds);

    struct Stats {
        std::uint64_t requests = 0, connections = 0, openConnections = 0, bytesSent = 0;
        std::uint64_t status2xx = 0, status3xx = 0, status4xx = 0, status5xx = 0;
        std::uint64_t rateRefusals = 0, ruleRefusals = 0;
    };
    Stats stats() const;
    // Takes the certificate's files anew, for connections that come from now on. With an error, the old ones stay.
    core::Result<void> reloadTls();
    // For handlers that find out by themselves who asks: how many milliseconds the user has to wait; nullopt: not at
    // all.
    std::optional<std::int64_t> userWait(std::string_view userId, std::string_view peer, RateClass rate);
    // Files and streams under way to those covered end at once, in the middle, and what they still send is refused. Any
    // thread.
    void cut(const Audience& whose);
    // For requests that come from now on. Rates and rules that stay as they are keep what they have counted.
    void change(const GatewaySettings& settings);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
