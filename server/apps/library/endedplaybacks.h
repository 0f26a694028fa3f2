#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/id.h"

namespace marea::server {

// How programs know such an end, in events and in problem documents.
inline constexpr const char* kEndedByOwner = "ended_by_owner";

// Playbacks that an owner ended, and why: so that their players are told, and get nothing more of them until they ask
// for the title anew. The latest few; thread-safe.
class EndedPlaybacks {
public:
    static constexpr std::size_t kMost = 200;

    // `reason` is a whole sentence, `message` what the owner said ("": nothing).
    void add(const core::Id& session, const core::Id& login, const core::Id& media, std::string reason,
             std::string message = {});
    void begun(const core::Id& login, const core::Id& media);
    std::optional<std::string> whyEnded(const core::Id& session) const;
    std::optional<std::string> messageOf(const core::Id& session) const;
    // Why nothing of the title is sent to that device.
    std::optional<std::string> whyRefused(const core::Id& login, const core::Id& media) const;

private:
    struct Entry {
        core::Id session, login, media;
        std::string reason, message;
        bool refused = true;
    };
    const Entry* find(const core::Id& session) const;

    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // the latest first
};

}  // namespace marea::server
