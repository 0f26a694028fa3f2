#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/sealedtexts.h"
#include "server/apps/scrobbling/scrobblerules.h"
#include "server/apps/scrobbling/scrobblestore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/outbound/outbound.h"

namespace marea::server {

struct ScrobblingOptions {
    std::vector<std::string> addresses;  // of services that the owner allows, without a last slash; empty: none
    std::string version;                 // of this server
    std::string keyFile;                 // that tokens are sealed by
};

// What people listen to, told to a service of their choice that speaks ListenBrainz's protocol: what plays now, and
// each listen once it counts. What waits to be told are the events of their library: nothing is lost by a service or a
// server that is down, and what may have been told twice is the same to the letter, which services take as once.
class Scrobbling {
public:
    // The song, as the catalogue has it; nullopt: it is no song. NotFound: it has gone. May block.
    using FindTrack = std::function<core::Result<std::optional<ScrobbledTrack>>(const core::Id& mediaId)>;
    struct Parts {
        core::db::Database& database;
        Outbound& outbound;
        WorkPool& pool;
        FindTrack track;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
        std::function<double()> dice;  // from 0 to 1
    };
    static core::Result<std::unique_ptr<Scrobbling>> create(Parts parts, ScrobblingOptions options);
    void addRoutes(Router& router);

    // Tells what waits, to whomever it is time. Every few seconds; blocks on the database alone.
    void maintain();
    // Somebody began to play something. Any thread; does not block. `playback`: told once for each.
    void plays(const core::Id& userId, const core::Id& mediaId, const core::Id& playback);

    // Whether an address is one of those that the owner allows, and as it is kept.
    core::Result<std::string> allowed(std::string_view address) const;
    struct State {
        std::optional<Scrobbler> scrobbler;
        std::int64_t waiting = 0;
        const std::vector<std::string>& addresses;
    };
    core::Result<State> state(const core::Id& userId);
    core::Result<void> connect(const core::Id& userId, const std::string& address, const std::string& token);
    core::Result<void> disconnect(const core::Id& userId);

private:
    struct Batch {
        Scrobbler asOf;
        std::vector<Listen> listens;
        std::int64_t until = 0;
    };
    Scrobbling(Parts parts, ScrobblingOptions options, SealedTexts sealed)
        : parts_(std::move(parts)), options_(std::move(options)), sealed_(sealed) {}
    void change(const Request& request, Reply reply);
    Response shown(const core::Id& userId);
    OutboundRequest requestTo(const Scrobbler& scrobbler, const char* path, std::string body) const;
    std::string tokenOf(const Scrobbler& scrobbler) const;
    void tellNowPlaying(const core::Id& userId, const core::Id& mediaId);
    void tell(const core::Id& userId);
    core::Result<std::optional<Batch>> nextBatch(const core::Id& userId);
    core::Result<std::vector<Listen>> listensOf(const std::vector<WaitingListen>& waiting);
    void took(const Batch& batch, const Telling& telling);
    core::Result<void> note(const Batch& batch, const Telling& telling);
    void done(const core::Id& userId);

    Parts parts_;
    ScrobblingOptions options_;
    SealedTexts sealed_;
    std::mutex mutex_;
    std::set<core::Id> underWay_;   // people whose listens are on their way
    std::set<core::Id> oneByOne_;   // whose service refused some: they are told one by one
    std::set<core::Id> announced_;  // playbacks that were told as they began
};

}  // namespace marea::server
