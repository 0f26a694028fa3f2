#pragma once

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/gateway/audience.h"
#include "server/gateway/server.h"
#include "server/gateway/transport.h"

namespace marea::server {

// What may change while a gateway runs. Each thread has its own pointer, so that reading costs nothing.
struct LiveSettings {
    GatewaySettings given;
    std::shared_ptr<RateLimits> rates;
    std::shared_ptr<RequestRules> rules;
};

// What all threads of one gateway share; set before they start.
struct GatewayContext {
    GatewayOptions options;
    std::shared_ptr<const Router> router;
    std::shared_ptr<Authenticator> authenticator;
    core::Executor pool;
    core::Executor disk;  // for reading what is not in memory: a slow disk keeps no request waiting
    std::shared_ptr<core::Logger> logger;
    SharedTls tls;                             // empty: plain
    std::shared_ptr<const LiveSettings> live;  // with the mutex

    std::atomic<bool> draining{false};
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<std::size_t> open{0};  // sessions; `changed` is told when it reaches 0
};

// A connection as its thread sees it, HTTP or WebSocket.
class Session {
public:
    virtual ~Session() = default;
    virtual void tick(std::int64_t now) = 0;  // about twice a second: the place to notice a time-out
    virtual void drain() = 0;                 // end as soon as the answer under way is out
    virtual void abort() = 0;                 // end now
    // End a long answer of what is covered, if it was asked for at that time or before.
    virtual void cut(const Audience& /*whose*/, std::int64_t /*before*/) {}

private:
    friend class EventThread;
    std::size_t slot_ = 0;
};

// One thread with its io_context, and what its connections share. Everything but post(), start() and stop() is for
// that thread alone.
class EventThread : public std::enable_shared_from_this<EventThread> {
public:
    explicit EventThread(std::shared_ptr<GatewayContext> gateway);

    void start();
    void drainSessions();                                     // any thread
    void cutSessions(const Audience& whose);                  // any thread
    void stop();                                              // ends all sessions and joins; any other thread
    void take(std::shared_ptr<const LiveSettings> settings);  // any thread

    boost::asio::io_context& io() { return io_; }
    GatewayContext& gateway() { return *gateway_; }
    const LiveSettings& live() const { return *live_; }
    Scratch& scratch() { return scratch_; }
    bool isCurrent() { return io_.get_executor().running_in_this_thread(); }

    void adopt(Transport::Socket socket);  // a connection just accepted
    void add(std::shared_ptr<Session> session);
    void remove(Session& session);  // may destroy it

    std::int64_t now() const;    // milliseconds of a steady clock, coarse
    std::string_view date();     // the Date field's value, made once a second
    std::string newRequestId();  // 16 hexadecimal digits

    struct Counters {
        std::atomic<std::uint64_t> requests{0}, connections{0}, bytesSent{0};
        std::array<std::atomic<std::uint64_t>, 6> byClass{};  // index: status / 100
    };
    Counters& counters() { return counters_; }

private:
    void armTick();
    void onTick();

    std::shared_ptr<GatewayContext> gateway_;
    std::shared_ptr<const LiveSettings> live_;
    boost::asio::io_context io_{1};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
    boost::asio::steady_timer timer_{io_};
    bool ticking_ = false;
    std::thread thread_;
    Scratch scratch_;
    std::vector<std::shared_ptr<Session>> sessions_;
    std::int64_t dateSecond_ = -1;
    std::string date_;
    std::array<std::uint64_t, 2> random_{};
    Counters counters_;
};

}  // namespace marea::server
