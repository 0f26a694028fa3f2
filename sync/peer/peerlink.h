#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "sync/cloud/cloudlink.h"
#include "sync/peer/peerchannel.h"
#include "sync/records/synclinks.h"

namespace marea::sync {

// The devices that this one is paired with. Calls block; thread-safe, as the database is.
class PeerBook {
public:
    PeerBook(core::db::Database& database, std::string owner, std::shared_ptr<const core::Clock> clock)
        : database_(database), owner_(std::move(owner)), clock_(std::move(clock)) {}

    core::Result<ReplicaId> ownReplica();
    core::Result<std::vector<SyncLink>> all();
    core::Result<void> pair(const PeerIdentity& peer, const std::string& scope);  // Invalid: no such scope
    core::Result<void> unpair(const ReplicaId& replica);  // its certificate is worth nothing then
    core::Result<std::optional<SyncLink>> withCertificate(const Digest& certificate);
    bool knows(const Digest& certificate);

private:
    core::db::Database& database_;
    const std::string owner_;
    std::shared_ptr<const core::Clock> clock_;
};

// A paired desktop as the place with which CloudSync exchanges (with isPeer).
class PeerLink final : public CloudLink {
public:
    explicit PeerLink(PeerChannel& channel) : channel_(channel) {}
    core::Result<Answer> send(std::string_view method, const std::string& target, const std::string& body) override;

private:
    PeerChannel& channel_;
};

// The other end of it: answers a paired device from the copy here, within what it may see.
class PeerResponder {
public:
    PeerResponder(core::db::Database& database, std::string owner, std::shared_ptr<const core::Clock> clock)
        : database_(database), owner_(std::move(owner)), clock_(std::move(clock)) {}

    // Until the other ends it. Forbidden: it is not paired any more.
    core::Result<void> serve(PeerChannel& channel, PeerBook& book);
    CloudLink::Answer answer(const SyncLink& peer, std::string_view method, std::string_view target,
                             const std::string& body);

private:
    CloudLink::Answer hello(const SyncLink& peer, const std::string& body);
    CloudLink::Answer give(const SyncLink& peer, std::string_view target);
    CloudLink::Answer take(const SyncLink& peer, const std::string& body);

    core::db::Database& database_;
    const std::string owner_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::sync
