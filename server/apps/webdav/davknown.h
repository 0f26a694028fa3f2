#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "server/apps/webdav/davnames.h"

namespace marea::server::webdav {

// Which file an address led somebody to a moment ago, so that a player that seeks does not have the folders listed anew
// at each request. Only a hint: who takes it looks whether the file is there still, theirs, and of the same facts.
// Thread-safe.
class KnownFiles {
public:
    static constexpr core::TimeMs kLife = 60'000;
    static constexpr std::size_t kMost = 1'000;
    struct Known {
        core::Id file;
        FileFacts facts;         // that its name was made of
        Name name;               // as it stands in its folder
        core::Id list;           // the playlist that it was found in; empty: in none
        std::int64_t revision;   // of that
        core::TimeMs until = 0;  // set by keep()
    };

    std::optional<Known> find(const core::Id& user, const std::vector<std::string>& parts, core::TimeMs now) const;
    void keep(const core::Id& user, const std::vector<std::string>& parts, Known known, core::TimeMs now);

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Known> files_;  // by the user's id and the address
};

}  // namespace marea::server::webdav
