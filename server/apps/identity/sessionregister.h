#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "server/gateway/http.h"

namespace marea::server {

// The log-ins in memory: who each belongs to, and which sessions are revoked, so that both are known on every request
// without the database. Filled from it at start. Thread-safe.
class SessionRegister {
public:
    void add(const Principal& principal);
    std::optional<Principal> find(std::string_view session) const;

    // From now on everything issued to `session` is refused; forgotten after `until`, when all of it has run out.
    void revoke(const core::Id& session, core::TimeMs until);
    bool isRevoked(std::string_view session) const;
    void prune(core::TimeMs now);

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    template <class T>
    using Table = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

    mutable std::shared_mutex mutex_;
    Table<Principal> live_;
    Table<core::TimeMs> revoked_;
};

}  // namespace marea::server
