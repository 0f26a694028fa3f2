#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/apps/identity/accesstoken.h"

namespace marea::server {

// Access tokens whose signature has been checked, so that the next request with one costs a look-up instead of an
// elliptic-curve operation. Bounded; sharded, so that threads rarely meet. Thread-safe. Revocation is the caller's.
class TokenCache {
public:
    // nullopt when the token is not known or has run out.
    std::optional<Principal> find(std::string_view token, core::TimeMs now) const;
    void clear();
    void keep(std::string_view token, const AccessClaims& claims, core::TimeMs now);

    static constexpr std::size_t kShards = 16, kPerShard = 512;

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Known {
        Principal principal;
        core::TimeMs expires;
    };
    struct Shard {
        mutable std::shared_mutex mutex;
        std::unordered_map<std::string, Known, TextHash, std::equal_to<>> known;
    };
    static std::size_t shardOf(std::string_view token) { return (TextHash{}(token) >> 7) % kShards; }

    std::array<Shard, kShards> shards_;
};

}  // namespace marea::server
