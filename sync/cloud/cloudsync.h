#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "sync/cloud/cloudlink.h"
#include "sync/cloud/cloudprotocol.h"
#include "sync/merge/peerscope.h"
#include "sync/records/storedreplica.h"
#include "sync/records/synclinks.h"

namespace marea::sync {

// The copy of an account's library on this computer. Changes are kept at once, with the server or without it; run()
// gives what the server does not have and takes what is new there. Whatever is cut off, the next run goes on. Calls
// block; one thread at a time.
class CloudSync {
public:
    struct Options {
        std::string account;  // whose library; each has a copy of its own
        std::string deviceName = "Marea";
        std::size_t pageSize = 500;  // records of one message
        // What came, under the names that are used here; before it is merged.
        std::function<void(Changes&)> incoming{};
        std::function<void(std::size_t sent, std::size_t received)> progress{};
        std::uint16_t port = 0;  // of a peer: where it may come to us; 0: nowhere
        // Not a server that has the account but another desktop, which has to be paired: the SHA-256 of the certificate
        // that it has shown, in hexadecimal.
        std::string peer = {};
    };
    static constexpr core::TimeMs kTombstones = core::TimeMs{180} * 24 * 60 * 60 * 1000;

    CloudSync(core::db::Database& database, CloudLink& link, std::shared_ptr<const core::Clock> clock, Options options)
        : database_(database), link_(link), clock_(std::move(clock)), options_(std::move(options)) {}

    core::Result<void> edit(const RecordKey& key, const std::vector<CellWrite>& writes);
    core::Result<void> count(const RecordKey& key, std::string_view counter, std::int64_t amount);
    // Plays of an item and when the last one was, both or neither. The same time again is the same play.
    core::Result<void> played(const RecordKey& key, std::int64_t plays, core::TimeMs at);
    core::Result<void> remove(const RecordKey& key);
    core::Result<std::optional<Record>> find(const RecordKey& key);

    struct Outcome {
        std::size_t sent = 0, received = 0;  // records
        std::vector<RecordKey> changed;      // here, by what came
    };
    // Unavailable, Timeout: the server cannot be reached. Unauthorized: sign in again. Others in words for people.
    core::Result<Outcome> run(const std::function<bool()>& isCancelled = {});

private:
    using Change = std::function<core::Result<void>(core::db::Session&, StoredReplica&)>;
    core::Result<void> write(const Change& work);
    core::Result<void> changeHere(const std::function<core::Result<void>(StoredReplica&)>& work);

    core::Result<SyncLink> meet();
    core::Result<CloudDevice> introduce();
    core::Result<Registration> own();
    core::Result<bool> isOlderThan(const CloudDevice& device);
    core::Result<std::optional<SyncLink>> linkTo(SyncLinks& links, const ReplicaId& server);
    core::Result<SyncLink> meetPeer(SyncLinks& links, StoredReplica& replica, const CloudDevice& device);
    core::Result<SyncLink> begin(SyncLinks& links, const ReplicaId& server, std::uint64_t lastPlace);
    core::Result<Outcome> exchange();
    core::Result<void> push(SyncLink& link, Outcome& outcome);
    core::Result<bool> pushPage(SyncLink& link, Outcome& outcome);  // true: there is more
    core::Result<void> pull(SyncLink& link, Outcome& outcome);
    core::Result<Changes> ask(const SyncLink& link, const Since& since);
    core::Result<void> checkOlderThan(const Changes& page);
    core::Result<void> takePage(SyncLink& link, const Changes& page, Outcome& outcome);
    core::Result<void> takeAllAnew(SyncLink& link, Changes page, Outcome& outcome);
    core::Result<void> merge(StoredReplica& replica, SyncLink& link, const Changes& page, Outcome& outcome);
    core::Result<void> forgetOld();
    core::Result<void> checkCancelled() const;
    void tell(const Outcome& outcome) const;
    bool isPeer() const { return !options_.peer.empty(); }

    core::db::Database& database_;
    CloudLink& link_;
    std::shared_ptr<const core::Clock> clock_;
    const Options options_;
    std::function<bool()> isCancelled_;
    PeerScope scope_;  // what the other side sees and changes of the copy here, whoever asked
    int answersLeft_ = 0;
    std::uint64_t serverTook_ = 0;  // of our places, as it said last
    std::uint64_t givenBefore_ = 0;
    bool isRenewed_ = false;  // a page showed that one of the two was put back from a backup, and is another one now
};

}  // namespace marea::sync
