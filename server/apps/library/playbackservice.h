#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/streamtokens.h"
#include "server/apps/library/endedplaybacks.h"
#include "server/apps/library/librarylist.h"
#include "server/apps/library/listening.h"
#include "server/apps/library/playbacksessions.h"
#include "server/apps/library/streamlimits.h"
#include "server/apps/library/userlibrary.h"
#include "server/protection/outsidesystems.h"

namespace marea::server {

struct PlaybackOptions {
    core::TimeMs tokenLifetime = 6 * 3600 * 1000;  // of a stream URL; renewed in its last third
    core::TimeMs idleEnd = 60 * 1000;              // a session not heard of for longer ends by itself
    core::TimeMs flushInterval = 2 * 1000;         // the longest that a position waits in memory
    // Going on at once, overall and a user's; of them, those that are newly encoded.
    std::size_t maxSessions = 1000, maxSessionsPerUser = 100;
    std::size_t maxTranscodes = 128, maxTranscodesPerUser = 32;
    std::function<void(const core::Id& mediaId)> played = {};  // a playback of it ended; any thread
    // A playback began, its player said a position, or it ended; any thread, must not block.
    std::function<void(const PlaybackSession& session, bool ended)> told = {};
    // The same, of one that an owner ended, with what the player may show: a sentence, and the owner's own words in it.
    std::function<void(const PlaybackSession& session, const std::string& reason, const std::string& message)> stopped =
        {};
    // Nothing more of a title is to be sent to a device: it, or an owner, ended its last playback of that, or it may
    // not be seen any more. Any thread, must not block.
    std::function<void(const core::Id& loginId, const core::Id& mediaId)> over = {};
    // How many streams somebody, and all together, may have at once, besides; any thread, may block.
    std::function<core::Result<StreamLimits>(const core::Id& userId)> streams = {};
    OutsideSystems outside = {};  // that protected titles are signalled for
    // Looking at a title tells of its thumbnails before they were made, and so may have them made: nobody does it
    // ahead.
    bool picturesOnSight = false;
};

// Sessions from beginning to end, and what they leave in the library. Positions that a player says on its way are
// collected and written together by `flush`; the last one (`end`) is written before it is answered. Calls block on the
// database; thread-safe.
class PlaybackService {
public:
    PlaybackService(core::db::Database& database, StreamTokens& tokens, std::shared_ptr<const core::Clock> clock,
                    std::shared_ptr<core::Logger> logger, PlaybackOptions options);

    // Of the options, how much may go on at once, for what begins from now on.
    struct Limits {
        std::size_t sessions, sessionsPerUser, transcodes, transcodesPerUser;
    };
    void setLimits(const Limits& limits);

    // Takes up the sessions that were open when the server last ended: each has its idle time to be heard of again.
    core::Result<void> adoptOpen();

    // Whether one that has to be newly encoded might begin now.
    bool mayEncode(const core::Id& userId);
    // Starts a session: fills in id, times and expiry. Busy when the user has too many, Unavailable when all have.
    core::Result<PlaybackSession> begin(PlaybackSession session);
    // A device fetched something of a title: its sessions are alive, though their player says no position.
    void streamed(const core::Id& loginId, const core::Id& mediaId);
    // The same, of the one that plays by that path. False: there is none.
    bool goOn(const core::Id& loginId, const core::Id& mediaId, const std::string& path);
    // What a player without sessions says at the end. False when it had said so before.
    core::Result<bool> listened(const Listened& listened);
    // NotFound: ended, unknown or somebody else's. What ended because its player was silent goes on when that says
    // where it is. A URL when the old one has to be given up soon.
    struct Reported {
        std::optional<std::string> renewedUrl;
        core::TimeMs expiresAt = 0;
    };
    core::Result<Reported> report(const core::Id& id, const core::Id& userId, double position, bool playing = true);
    // The same position, written, and the session's end. Ending what has ended already is fine.
    core::Result<void> end(const core::Id& id, const core::Id& userId, std::optional<double> position);

    // An owner ends somebody's playback: its player is told why ("": nothing was said) when it says a position next,
    // and gets nothing more of the title until it asks for it anew.
    core::Result<void> endBy(const PlaybackSession& session, const std::string& reason);
    // What the owner said who ended it; nullopt: none did.
    std::optional<std::string> endedMessage(const core::Id& id) const { return stopped_.messageOf(id); }
    // Forbidden, with that reason: the device is not to get more of the title.
    core::Result<void> maySend(const core::Id& loginId, const core::Id& mediaId) const;

    core::Result<UserState> state(const core::Id& userId, const core::Id& mediaId);  // also what is not written yet
    core::Result<UserState> change(const LibraryActor& who, const core::Id& mediaId, const UserChange& change);
    core::Result<LibraryPage> list(const Viewer& viewer, const LibraryQuery& query);
    std::string streamUrl(const PlaybackSession& session) const;
    // "/stream/<token>/<title>/" for what else belongs to the session, or to a title that does not play.
    std::string streamBase(const PlaybackSession& session) const;
    std::string streamBase(const core::Id& loginId, const core::Id& mediaId) const;
    // The user of a log-in, for stream requests, whose token names the log-in only.
    core::Result<core::Id> userOfLogin(const core::Id& loginId);

    core::Result<void> flush(const core::Id& userId = {});
    void endIdle();
    // Ends those of which it says so, such as those of people who are gone. It may block.
    void endThose(const std::function<bool(const PlaybackSession&)>& over);
    const PlaybackOptions& options() const { return options_; }
    std::optional<PlaybackSession> find(const core::Id& id) const { return sessions_.find(id); }
    // Whether the device is playing that at the moment.
    bool plays(const core::Id& loginId, const core::Id& mediaId) const { return sessions_.plays(loginId, mediaId); }
    std::vector<PlaybackSession> going() const { return sessions_.all(); }
    std::size_t openCount() const { return sessions_.size(); }

private:
    core::Result<void> admit(const PlaybackSession& session);
    core::Result<void> takeUp(const core::Id& id, const core::Id& userId, std::optional<double> stopsAt);
    void tell(const PlaybackSession& session, bool ended) const;
    void tellOver(const PlaybackSession& session) const;
    core::Result<void> admitStream(const PlaybackSession& session);
    core::Result<void> ended(const PlaybackSession& session, core::TimeMs now, bool silent = false);

    core::db::Database& database_;
    StreamTokens& tokens_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    PlaybackOptions options_;
    PlaybackSessions sessions_;
    EndedPlaybacks stopped_;
    std::mutex beginning_;  // so that what is counted is what is added to
    std::mutex writing_;    // from taking a position out of memory to writing it, so that none overtakes a later one
};

}  // namespace marea::server
