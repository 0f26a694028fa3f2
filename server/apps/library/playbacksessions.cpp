#include "server/apps/library/playbacksessions.h"

#include <algorithm>

namespace marea::server {

using Lock = std::lock_guard<std::mutex>;

// Once it was seen, its credits are no place to go on from, however one got there.
core::library::Resume PlaybackSession::resume() const {
    return core::library::resumeAfter({kind, duration, position, completed ? 0 : played.from(), creditsStart});
}

void PlaybackSessions::add(const PlaybackSession& session) {
    const Lock lock(mutex_);
    entries_.try_emplace(session.id, Entry{session, false});
}

std::optional<PlaybackSession> PlaybackSessions::find(const core::Id& id) const {
    const Lock lock(mutex_);
    const auto found = entries_.find(id);
    return found == entries_.end() ? std::nullopt : std::optional(found->second.session);
}

std::optional<PlaybackSession> PlaybackSessions::report(const core::Id& id, const core::Id& userId, double position,
                                                        core::TimeMs now, bool playing) {
    const Lock lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end() || found->second.session.userId != userId) {
        return std::nullopt;
    }
    PlaybackSession& session = found->second.session;
    session.position = session.duration > 0 ? std::min(position, session.duration) : position;
    session.updatedAt = now;
    session.reported = true;
    session.played.moved(session.position, now, playing);
    session.completed |= session.resume().finished;
    found->second.changed = true;
    return session;
}

void PlaybackSessions::heard(const core::Id& loginId, const core::Id& mediaId, core::TimeMs now) {
    const Lock lock(mutex_);
    for (auto& [id, entry] : entries_) {
        if (entry.session.loginId == loginId && entry.session.mediaId == mediaId) {
            entry.session.updatedAt = std::max(entry.session.updatedAt, now);
        }
    }
}

bool PlaybackSessions::heardOn(const core::Id& loginId, const core::Id& mediaId, const std::string& path,
                               core::TimeMs now) {
    const Lock lock(mutex_);
    for (auto& [id, entry] : entries_) {
        PlaybackSession& session = entry.session;
        if (session.loginId == loginId && session.mediaId == mediaId && session.path == path) {
            session.updatedAt = std::max(session.updatedAt, now);
            return true;
        }
    }
    return false;
}

void PlaybackSessions::renewed(const core::Id& id, core::TimeMs expiresAt) {
    const Lock lock(mutex_);
    if (const auto found = entries_.find(id); found != entries_.end()) {
        found->second.session.expiresAt = expiresAt;
    }
}

std::optional<PlaybackSession> PlaybackSessions::remove(const core::Id& id, const core::Id& userId) {
    const Lock lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end() || found->second.session.userId != userId) {
        return std::nullopt;
    }
    PlaybackSession session = std::move(found->second.session);
    entries_.erase(found);
    return session;
}

std::vector<PlaybackSession> PlaybackSessions::takeChanged(const core::Id& userId) {
    const Lock lock(mutex_);
    std::vector<PlaybackSession> changed;
    for (auto& [id, entry] : entries_) {
        if (entry.changed && (userId.empty() || entry.session.userId == userId)) {
            entry.changed = false;
            changed.push_back(entry.session);
        }
    }
    return changed;
}

void PlaybackSessions::changedAgain(const std::vector<PlaybackSession>& sessions) {
    const Lock lock(mutex_);
    for (const PlaybackSession& session : sessions) {
        if (const auto found = entries_.find(session.id); found != entries_.end()) {
            found->second.changed = true;
        }
    }
}

std::vector<PlaybackSession> PlaybackSessions::removeIdle(core::TimeMs heardBefore) {
    const Lock lock(mutex_);
    std::vector<PlaybackSession> idle;
    for (auto at = entries_.begin(); at != entries_.end();) {
        if (at->second.session.updatedAt < heardBefore) {
            idle.push_back(std::move(at->second.session));
            at = entries_.erase(at);
        } else {
            ++at;
        }
    }
    return idle;
}

std::vector<PlaybackSession> PlaybackSessions::all() const {
    const Lock lock(mutex_);
    std::vector<PlaybackSession> sessions;
    for (const auto& [id, entry] : entries_) {
        sessions.push_back(entry.session);
    }
    return sessions;
}

std::size_t PlaybackSessions::size() const {
    const Lock lock(mutex_);
    return entries_.size();
}

PlaybackSessions::Counts PlaybackSessions::countIf(const std::function<bool(const PlaybackSession&)>& wanted) const {
    Counts counts;
    const Lock lock(mutex_);
    for (const auto& [id, entry] : entries_) {
        if (wanted(entry.session)) {
            ++counts.sessions;
            counts.transcodes += entry.session.mode == "transcode" ? 1 : 0;
        }
    }
    return counts;
}

PlaybackSessions::Counts PlaybackSessions::countOf(const core::Id& userId) const {
    return countIf([&](const PlaybackSession& session) { return session.userId == userId; });
}

PlaybackSessions::Counts PlaybackSessions::counts() const {
    return countIf([](const PlaybackSession&) { return true; });
}

bool PlaybackSessions::plays(const core::Id& loginId, const core::Id& mediaId) const {
    const Lock lock(mutex_);
    return std::any_of(entries_.begin(), entries_.end(), [&](const auto& one) {
        return one.second.session.loginId == loginId && one.second.session.mediaId == mediaId;
    });
}

}  // namespace marea::server
