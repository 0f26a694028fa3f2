#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "sync/merge/replica.h"

namespace marea::sync {

// Another replica that this library is exchanged with.
struct SyncLink {
    ReplicaId replica{};
    std::string name, kind;
    std::string loginId;  // empty: none
    core::TimeMs createdAt = 0;
    std::optional<core::TimeMs> syncedAt;
    Since taken;                // what is here of it
    std::uint64_t given = 0;    // our place up to which it has everything
    std::uint64_t offered = 0;  // and up to which it was ever given anything under the id that we have
    std::string certificate;    // of a paired device: SHA-256 of the one that it has to show, in hexadecimal
    std::string scope;          // and what it may see; empty: everything
};

constexpr std::size_t kMostSyncLinks = 100;  // of one library

// Those of one owner; each is a part of the caller's transaction.
class SyncLinks {
public:
    SyncLinks(core::db::Session& session, std::string owner) : session_(session), owner_(std::move(owner)) {}

    core::Result<std::vector<SyncLink>> all();  // in the order of their making
    core::Result<std::optional<SyncLink>> find(const ReplicaId& replica);
    core::Result<std::optional<SyncLink>> withCertificate(const std::string& certificate);
    core::Result<void> save(const SyncLink& link);
    // How far an exchange is. Conflict when what was agreed is otherwise by now: it is unpaired, or may see something
    // else.
    core::Result<void> saveProgress(const SyncLink& link);
    core::Result<void> remove(const ReplicaId& replica);
    core::Result<void> rename(const ReplicaId& replica, const std::string& name);  // empty: as before
    // What each is called, and what those were that are no longer there.
    core::Result<std::map<ReplicaId, std::string>> names();
    // We have another id: of what has that, nobody was given anything.
    core::Result<void> offerAnew();
    // The place up to which all of them have everything; nothing when there are none. Paired devices that were not met
    // since `from` do not count: they may never come back, and are told to take everything again if they do. A server
    // counts always, as it is the one that others hear of deletions from.
    core::Result<std::optional<std::uint64_t>> givenToAll(core::TimeMs from, core::TimeMs now);

private:
    core::db::Session& session_;
    std::string owner_;
};

}  // namespace marea::sync
