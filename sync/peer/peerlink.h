#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "sync/cloud/cloudlink.h"
#include "sync/cloud/cloudprotocol.h"
#include "sync/peer/peerchannel.h"
#include "sync/peer/titlenames.h"
#include "sync/records/storedreplica.h"
#include "sync/records/synclinks.h"

namespace marea::sync {

// The devices that this one is paired with. Calls block; thread-safe, as the database is.
class PeerBook {
public:
    PeerBook(core::db::Database& database, std::string owner, std::shared_ptr<const core::Clock> clock)
        : database_(database), owner_(std::move(owner)), clock_(std::move(clock)) {}

    core::Result<ReplicaId> ownReplica();
    core::Result<std::vector<SyncLink>> all();
    // Invalid: no such scope. Conflict: it is paired already, with another certificate.
    core::Result<void> pair(const PeerIdentity& peer, const std::string& scope);
    core::Result<void> unpair(const ReplicaId& replica);  // its certificate is worth nothing then
    core::Result<std::optional<SyncLink>> withCertificate(const Digest& certificate);
    bool knows(const Digest& certificate);

private:
    core::db::Database& database_;
    const std::string owner_;
    std::shared_ptr<const core::Clock> clock_;
};

// A paired desktop as the place with which CloudSync exchanges (as its peer).
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
    struct Options {
        std::string name{};                        // what the other sees this device as
        std::function<void(Changes&)> incoming{};  // what came, under the names that are used here
        std::function<bool()> isOpen{};            // false ends it
        // Where the other says that it can be reached.
        std::function<void(const SyncLink& peer, std::uint16_t port)> met{};
    };
    PeerResponder(core::db::Database& database, std::string owner, std::shared_ptr<const core::Clock> clock)
        : PeerResponder(database, std::move(owner), std::move(clock), Options()) {}
    PeerResponder(core::db::Database& database, std::string owner, std::shared_ptr<const core::Clock> clock,
                  Options options)
        : database_(database),
          owner_(std::move(owner)),
          clock_(std::move(clock)),
          options_(std::move(options)),
          answeredAt_(clock_->now()) {}

    // Until the other ends it; `first` is what it has said already. Forbidden: it is not paired any more.
    core::Result<void> serve(PeerChannel& channel, PeerBook& book, std::optional<std::string> first = {});
    static core::Result<void> refuse(PeerChannel& channel);  // one that is not paired, in words
    std::size_t taken() const { return taken_; }             // records that it changed here
    bool gaveAll() const { return gaveAll_; }                // that there was for it, when it last said something
    core::TimeMs answeredAt() const { return answeredAt_; }  // that; when it came, if it said nothing
    CloudLink::Answer answer(const SyncLink& peer, std::string_view method, std::string_view target,
                             const std::string& body);

private:
    CloudLink::Answer hello(const SyncLink& peer, const std::string& body);
    core::Result<void> seeWhetherOlder(StoredReplica& replica, SyncLinks& links, const SyncLink& link,
                                       const Registration& said);
    CloudLink::Answer give(const SyncLink& peer, std::string_view target);
    CloudLink::Answer take(const SyncLink& peer, const std::string& body);

    core::db::Database& database_;
    const std::string owner_;
    std::shared_ptr<const core::Clock> clock_;
    const Options options_;
    std::size_t taken_ = 0;
    bool gaveAll_ = false;
    core::TimeMs answeredAt_;
};

// Brings the copy's records under the ids of the titles that are here, and has them say what others know these by.
// Returns how many changed.
core::Result<std::size_t> nameTitles(core::db::Database& database, const std::string& owner, const core::Clock& clock,
                                     const Titles& titles);

}  // namespace marea::sync
