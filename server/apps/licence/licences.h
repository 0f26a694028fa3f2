#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/licence/keywrapper.h"
#include "server/apps/licence/licencegate.h"
#include "server/apps/licence/licenceproxy.h"
#include "server/apps/licence/offlinelicences.h"
#include "server/apps/licence/sealkeystore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/stream/protection.h"

namespace marea::server {

// Which titles are protected, their keys, and who gets those. Thread-safe.
class Licences {
public:
    // `keyFolder` has the master key.
    Licences(core::db::Database& database, const std::string& keyFolder, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger);
    ~Licences();
    Licences(const Licences&) = delete;
    Licences& operator=(const Licences&) = delete;

    TitleProtection& protection();
    TitleKeys& keys();
    SealKeyStore& seals();  // of originals that lie encrypted on the disk
    KeyWrapper& master();   // for what else is to be kept so that the database alone does not tell it

    // Where licences of systems outside come from.
    struct Outside {
        Outbound& outbound;
        LicenceProxy::Sign sign;
        LicenceProviders providers;
    };
    // `changed` is called when an owner chose anew which titles are protected, before that is answered. The gate and
    // the pool outlive the router's last request.
    void addRoutes(Router& router, LicenceGate& gate, WorkPool& pool, Outside outside, std::function<void()> changed,
                   OfflineLicences* offline = nullptr);

    // Opens every key: how many there are, or why they cannot be used. For operators.
    core::Result<std::int64_t> check();

private:
    void addProxyRoutes(Router& router, LicenceGate& gate, WorkPool& pool, Outside outside);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
