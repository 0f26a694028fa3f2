#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/library/resume.h"

namespace marea::server {

// One title being played by one device.
struct PlaybackSession {
    core::Id id, userId, loginId, mediaId;
    std::string kind;  // of the item
    std::string path;  // of the stream, after "/stream/<token>/<title>/"
    std::string mode = "direct";
    core::TimeMs startedAt = 0, updatedAt = 0;  // updatedAt: the player was last heard
    core::TimeMs expiresAt = 0;                 // of the stream URL
    double duration = 0, creditsStart = 0;      // seconds, 0: unknown, none
    double position = 0;                        // seconds
    core::library::Stretch played;              // up to there
    bool reported = false;                      // the player said a position at least once
    bool completed = false;                     // finished at least once
    bool again = false;                         // it had ended in silence, and went on

    core::library::Resume resume() const;  // what its position means for the next time
};

// Sessions that are going on, in memory: a position costs no transaction, those that changed are collected and written
// together. Values go in and out; thread-safe.
class PlaybackSessions {
public:
    void add(const PlaybackSession& session);  // nothing when it is there already
    std::optional<PlaybackSession> find(const core::Id& id) const;
    // Notes a position, and whether it plays on from there. nullopt when there is no such session of that user.
    std::optional<PlaybackSession> report(const core::Id& id, const core::Id& userId, double position, core::TimeMs now,
                                          bool playing);
    void heard(const core::Id& loginId, const core::Id& mediaId, core::TimeMs now);
    // The same, of the one that plays by that path, where there is one.
    bool heardOn(const core::Id& loginId, const core::Id& mediaId, const std::string& path, core::TimeMs now);
    void renewed(const core::Id& id, core::TimeMs expiresAt);
    std::optional<PlaybackSession> remove(const core::Id& id, const core::Id& userId);

    // Those changed since they were last taken; of one user, or of all.
    std::vector<PlaybackSession> takeChanged(const core::Id& userId = {});
    void changedAgain(const std::vector<PlaybackSession>& sessions);  // they could not be written
    std::vector<PlaybackSession> removeIdle(core::TimeMs heardBefore);
    std::vector<PlaybackSession> all() const;
    std::size_t size() const;
    bool plays(const core::Id& loginId, const core::Id& mediaId) const;
    struct Counts {
        std::size_t sessions = 0, transcodes = 0;
    };
    Counts countOf(const core::Id& userId) const;
    Counts counts() const;

private:
    Counts countIf(const std::function<bool(const PlaybackSession&)>& wanted) const;
    struct Entry {
        PlaybackSession session;
        bool changed = false;
    };
    mutable std::mutex mutex_;
    std::map<core::Id, Entry> entries_;
};

}  // namespace marea::server
