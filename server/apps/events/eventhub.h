#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "server/apps/events/eventlog.h"
#include "server/apps/events/feed.h"
#include "server/apps/events/messages.h"
#include "server/gateway/router.h"

namespace marea::server {

// Who listens, and what each is told: its own user's library events in order from where it left off, and news of the
// moment. One message after another goes out when the one before has: a slow listener costs no memory, only itself.
// Thread-safe; the log is read on the executor.
class EventHub : public std::enable_shared_from_this<EventHub> {
public:
    static constexpr std::int64_t kMostReplayed = 10'000;
    static constexpr std::size_t kBatch = 100, kMostPerUser = 50;

    // A device that listens and lets itself be controlled.
    struct Player {
        core::Id device;
        core::json::object state;                          // as it last said
        std::optional<std::vector<std::string>> commands;  // that it takes; nullopt: it did not say
    };
    // Its answer to a command, on the connection's thread.
    using OnResult = std::function<void(const core::Id& device, const PlayerMessage& result)>;

    EventHub(std::shared_ptr<EventLog> log, core::Executor executor, std::shared_ptr<core::Logger> logger);

    void onResult(OnResult told) { onResult_ = std::move(told); }  // before the first listener
    void onGone(std::function<void(const core::Id& device)> told) { onGone_ = std::move(told); }

    WebSocketCallbacks open(const Principal& who, std::optional<std::int64_t> since,
                            std::shared_ptr<WebSocketPeer> peer);

    void logGrew();  // somebody's library may have changed
    void tell(const core::Id& user, const std::string& key, const core::json::object& news);
    void tellOwners(const std::string& key, const core::json::object& news);
    void tellAll(const std::string& key, const core::json::object& news);
    // To one device of that user. False: it does not listen, or does not let itself be controlled.
    bool command(const core::Id& user, const core::Id& device, const std::string& key,
                 const core::json::object& message);

    void signedOut(const core::Id& device);
    void closeUnless(const std::function<bool(const core::Id& device)>& signedIn);
    bool anybody() const;
    std::vector<core::Id> users() const;
    std::vector<core::Id> listening(const core::Id& user) const;  // devices
    std::vector<Player> players(const core::Id& user) const;

private:
    struct Listener;
    using ListenerPtr = std::shared_ptr<Listener>;

    void begin(const ListenerPtr& listener);
    void read(const ListenerPtr& listener);
    void pump(const ListenerPtr& listener);  // with the mutex
    void offer(const ListenerPtr& listener, const std::string& key, const std::string& text);
    void offerIf(const std::function<bool(const Listener&)>& wanted, const std::string& key,
                 const core::json::object& news);
    void received(const ListenerPtr& listener, const std::string& text);
    void playerSaid(const ListenerPtr& listener, PlayerMessage message);
    void drained(const ListenerPtr& listener);
    void closed(const ListenerPtr& listener);
    void look();

    const std::shared_ptr<EventLog> log_;
    const core::Executor executor_;
    const std::shared_ptr<core::Logger> logger_;
    OnResult onResult_;
    std::function<void(const core::Id&)> onGone_;
    std::atomic<bool> looking_{false};

    mutable std::mutex mutex_;
    std::vector<ListenerPtr> listeners_;
};

}  // namespace marea::server
