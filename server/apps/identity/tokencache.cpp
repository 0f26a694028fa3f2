#include "server/apps/identity/tokencache.h"

namespace marea::server {

std::optional<Principal> TokenCache::find(std::string_view token, core::TimeMs now) const {
    const Shard& shard = shards_[shardOf(token)];
    const std::shared_lock lock(shard.mutex);
    const auto found = shard.known.find(token);
    if (found == shard.known.end() || found->second.expires <= now) {
        return std::nullopt;
    }
    return found->second.principal;
}

void TokenCache::clear() {
    for (Shard& shard : shards_) {
        const std::unique_lock lock(shard.mutex);
        shard.known.clear();
    }
}

void TokenCache::keep(std::string_view token, const AccessClaims& claims, core::TimeMs now) {
    Shard& shard = shards_[shardOf(token)];
    const std::unique_lock lock(shard.mutex);
    if (shard.known.size() >= kPerShard) {
        std::erase_if(shard.known, [&](const auto& entry) { return entry.second.expires <= now; });
        if (shard.known.size() >= kPerShard) {
            shard.known.clear();  // each comes back at the price of one check
        }
    }
    shard.known.insert_or_assign(std::string(token), Known{claims.principal(), claims.expires});
}

}  // namespace marea::server
