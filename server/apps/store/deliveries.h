#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/store/order.h"
#include "server/stream/delivered.h"

namespace marea::server::store {

// What is sent of titles that were bought and may still be given back. More than a listen-in is use, as a download is:
// else a stream that is kept would be had for nothing. Noted in memory, and written every few seconds where it says
// something new, so that a request costs no transaction: what was sent since is forgotten when the server is killed.
class Deliveries final : public DeliveryWatch {
public:
    static constexpr int kListenIn = 16;  // parts of a title that somebody may have and give it back: a quarter

    Deliveries(core::db::Database& database, ViewerRights& viewers, std::shared_ptr<const core::Clock> clock)
        : database_(database), viewers_(viewers), clock_(std::move(clock)) {}

    bool counts(const Id& user, const Id& media) override;  // it was bought, and nothing of it used
    void delivered(const Id& user, const Id& media, TitleParts parts) override;
    // Writes what was sent before the call: afterwards entitlements say whether they were used. Blocks; thread-safe.
    core::Result<void> flush();

private:
    using Sent = std::map<std::pair<Id, Id>, TitleParts>;  // by person and title
    struct Change {
        Id holder, media;
        TitleParts parts = 0;  // all that were ever sent
    };
    core::Result<std::vector<Change>> changes(core::db::Session& session, const Sent& sent,
                                              const std::set<Id>& sharing);
    core::Result<void> write(core::db::Session& session, const std::vector<Change>& changes);
    Sent take();
    void giveBack(const Sent& sent);

    core::db::Database& database_;
    ViewerRights& viewers_;
    std::shared_ptr<const core::Clock> clock_;
    std::mutex flushing_;  // before mutex_
    std::mutex mutex_;
    Sent sent_;
};

}  // namespace marea::server::store
