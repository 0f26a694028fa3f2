#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "app/peers/titleindex.h"
#include "core/base/clock.h"
#include "core/db/database.h"
#include "sync/cloud/cloudsync.h"
#include "sync/peer/peerlink.h"

namespace marea::app {

// Something that was made of a title here.
struct ItemChange {
    std::string id;
    std::vector<sync::CellWrite> writes;
    std::int64_t plays = 0;
    core::TimeMs at = 0;  // of the last of them
};

// This computer's copy of an account's library: kept in step with the account's server and with paired computers. Calls
// block. What exchanges is called by one thread at a time; book() and responder() by any.
class AccountCopy {
public:
    using Outcome = core::Result<sync::CloudSync::Outcome>;
    using Cancelled = std::function<bool()>;
    using Progress = std::function<void(std::size_t sent, std::size_t received)>;

    AccountCopy(core::db::Database& database, std::string account, std::string deviceName,
                std::shared_ptr<const core::Clock> clock)
        : database_(database), account_(std::move(account)), name_(std::move(deviceName)), clock_(std::move(clock)) {}

    const std::string& account() const { return account_; }
    const std::string& deviceName() const { return name_; }

    // Gives and takes; the records have their titles' names and ids afterwards.
    Outcome withServer(sync::CloudLink& server, const Cancelled& cancelled);
    // The same without the names, which nobody but paired computers reads.
    Outcome exchangeWith(sync::CloudLink& server, const Cancelled& cancelled);
    core::Result<void> keep(const ItemChange& change);  // on the disk, with the server or without it
    core::Result<std::optional<sync::Record>> find(const sync::RecordKey& key);
    // What a computer brought, under the names that withServer() learnt: a large library's titles are not asked for
    // again at once.
    Outcome backToServer(sync::CloudLink& server, const Cancelled& cancelled);
    // `port`: where the other may come to us.
    Outcome withPeer(sync::PeerChannel& channel, std::uint16_t port, const Progress& progress,
                     const Cancelled& cancelled);

    sync::PeerBook book() { return {database_, account_, clock_}; }
    sync::PeerResponder responder(std::function<bool()> isOpen,
                                  std::function<void(const sync::SyncLink&, std::uint16_t)> met);

private:
    sync::CloudSync::Options optionsHere();
    void localise(sync::Changes& changes) const;
    std::shared_ptr<const TitleIndex> titles() const;

    core::db::Database& database_;
    const std::string account_, name_;
    std::shared_ptr<const core::Clock> clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const TitleIndex> titles_;  // those of the last time that the server was there
};

}  // namespace marea::app
