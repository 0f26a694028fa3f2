#pragma once

#include <memory>

#include "core/base/log.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/licence/licencegate.h"
#include "server/apps/licence/offlinelicences.h"
#include "server/apps/store/licencestore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

struct LicenceOptions {
    std::int64_t devices = 5;  // that have the keys of a title at once, where it does not say
    core::TimeMs playing = core::TimeMs{12} * 3600 * 1000;  // so long does a device count that played it
    core::TimeMs offline = core::TimeMs{30} * 24 * 3600 * 1000;
    std::string region;  // where the store is
};

// Who gets the keys of what is for sale: whoever is entitled to it, where they are, on so many devices. Of what is not
// for sale, who sees it. Each answer is kept, so that devices are counted. Calls block; thread-safe.
class StoreLicences final : public LicenceGate, public OfflineLicences {
public:
    struct Parts {
        core::db::Database& database;
        ViewerRights& viewers;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
    };
    StoreLicences(Parts parts, LicenceOptions options) : parts_(std::move(parts)), options_(std::move(options)) {}

    // Asked first: whether it is played, and seen. Set before the first request.
    void behind(LicenceGate& first) { first_ = &first; }
    core::Result<void> check(const LicenceWish& wish) override;
    core::Result<LicenceStanding> standing(const LicenceWish& wish) override;
    core::Result<OfflineTerms> grant(const Principal& who, const core::Id& title) override;

    void addRoutes(Router& router);
    void maintain();  // now and then

private:
    static core::Result<core::Id> userOf(core::db::Session& session, const Principal& who);
    core::Result<LicenceStanding> standingOf(core::db::Session& session, const core::Id& user,
                                             const core::Id& title) const;
    core::Result<core::Id> issue(core::db::Session& session, const core::Id& user, const core::Id& device,
                                 const core::Id& title, bool offline);
    Response list(const Request& request);
    Response giveUp(const Request& request);

    Parts parts_;
    LicenceOptions options_;
    LicenceGate* first_ = nullptr;
};

}  // namespace marea::server
