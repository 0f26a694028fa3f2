#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/downloads/downloadstore.h"
#include "server/apps/events/eventhub.h"
#include "server/apps/events/progressnews.h"
#include "server/apps/events/remotecontrol.h"
#include "server/apps/events/writenotices.h"
#include "server/apps/identity/identity.h"
#include "server/apps/library/endedplaybacks.h"
#include "server/apps/library/playbacksessions.h"
#include "server/farm/jobqueue.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// What happens, told to every device of whom it concerns, as it happens; and one device controlled from another. One
// thread of its own looks after what comes from other processes, and after commands that nobody answers.
class Events {
public:
    struct Parts {
        core::db::Database& database;
        Identity& identity;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    // What it is given outlives it.
    explicit Events(Parts parts);
    ~Events();  // stops first
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    void addRoutes(Router& router);
    void start(JobQueue& jobs);
    void stop();  // before the work pool goes

    // The database for whoever writes library events: they are told as soon as they are committed.
    core::db::Database& database() { return noticed_; }
    // News of the moment, from any thread.
    void session(const PlaybackSession& session, bool ended);
    // A device changed the user's library: who syncs takes it from `place`.
    void synced(const core::Id& user, const core::Id& device, std::uint64_t place);
    // An owner ended it, with what its player may show.
    void signedOut(const core::Id& login);  // its sockets close; any thread
    void sessionStopped(const PlaybackSession& session, const std::string& reason, const std::string& message);
    void catalogueChanged() { catalogueChanged_ = true; }

private:
    WebSocketCallbacks listen(const Request& request, std::shared_ptr<WebSocketPeer> peer);
    Response ticket(const Request& request);
    Response devices(const Request& request);
    void command(const Request& request, Reply reply);
    bool takes(const core::Id& user, const core::Id& device, std::string_view command) const;
    void run();
    void look(int round);
    void tellProgress();

    Parts parts_;
    const std::shared_ptr<EventHub> hub_;
    const std::shared_ptr<RemoteControl> remote_;
    WriteNotices noticed_;
    DownloadStore downloads_;
    JobQueue* jobs_ = nullptr;
    ProgressNews progress_;
    std::atomic<bool> catalogueChanged_{false};

    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace marea::server
