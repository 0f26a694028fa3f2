#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "sync/merge/strategy.h"

namespace marea::server {

// The repository of what of a user's library has gone into its records (core/db/schema/0037_sync_library.sql). Each
// call is a part of the caller's transaction, and about that user alone.
class SyncLedger {
public:
    SyncLedger(core::db::Session& session, core::Id user) : session_(session), user_(std::move(user)) {}

    // The last event that is in the records; nothing before the first time.
    core::Result<std::optional<std::int64_t>> absorbed();
    // From now on. All that is there already is pending.
    core::Result<void> begin();
    core::Result<void> setAbsorbed(std::int64_t seq);
    core::Result<std::int64_t> lastEvent();

    struct Pending {
        sync::RecordKey key;
        std::string cell;  // as touchedBy() says them
        core::TimeMs at = 0;
    };
    core::Result<std::vector<Pending>> pending(std::size_t most);
    core::Result<void> forget(const Pending& one);
    core::Result<void> forgetPending();

    // Whether there is anything to take in: a new event, or something pending, or everything.
    core::Result<bool> isBehind();

    // The user's strategies: preferences sync.item and sync.playlist.
    core::Result<sync::Policy> policy();
    core::Result<std::string> policyBefore();
    core::Result<void> setPolicy(const std::string& text);

    // Whose playlist an id is.
    enum class Whose { Nobodys, Own, Others };
    core::Result<Whose> whosePlaylist(const core::Id& id);
    core::Result<std::size_t> playlistCount();

private:
    core::db::Session& session_;
    core::Id user_;
};

std::string policyText(const sync::Policy& policy);

}  // namespace marea::server
