#include "server/apps/library/endedplaybacks.h"

#include <algorithm>

namespace marea::server {

using Lock = std::lock_guard<std::mutex>;

void EndedPlaybacks::add(const core::Id& session, const core::Id& login, const core::Id& media, std::string reason,
                         std::string message) {
    const Lock lock(mutex_);
    entries_.push_front({session, login, media, std::move(reason), std::move(message)});
    if (entries_.size() > kMost) {
        entries_.pop_back();
    }
}

void EndedPlaybacks::begun(const core::Id& login, const core::Id& media) {
    const Lock lock(mutex_);
    for (Entry& entry : entries_) {
        entry.refused = entry.refused && !(entry.login == login && entry.media == media);
    }
}

const EndedPlaybacks::Entry* EndedPlaybacks::find(const core::Id& session) const {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.session == session; });
    return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::string> EndedPlaybacks::whyEnded(const core::Id& session) const {
    const Lock lock(mutex_);
    const Entry* found = find(session);
    return found ? std::optional(found->reason) : std::nullopt;
}

std::optional<std::string> EndedPlaybacks::messageOf(const core::Id& session) const {
    const Lock lock(mutex_);
    const Entry* found = find(session);
    return found ? std::optional(found->message) : std::nullopt;
}

std::optional<std::string> EndedPlaybacks::whyRefused(const core::Id& login, const core::Id& media) const {
    const Lock lock(mutex_);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.refused && entry.login == login && entry.media == media;
    });
    return found == entries_.end() ? std::nullopt : std::optional(found->reason);
}

}  // namespace marea::server
