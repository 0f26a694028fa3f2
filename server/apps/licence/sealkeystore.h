#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "core/io/clearfile.h"
#include "server/apps/licence/keywrapper.h"

namespace marea::server {

// The keys of sealed originals in the database, each encrypted under the wrapper's master key and bound to its id. What
// was used lately is kept in memory. Calls block; thread-safe.
class SealKeyStore final : public core::SealSecrets {
public:
    SealKeyStore(core::db::Database& database, KeyWrapper& wrapper, std::shared_ptr<const core::Clock> clock)
        : database_(database), wrapper_(wrapper), clock_(std::move(clock)) {}
    ~SealKeyStore() override;

    core::Result<std::string> secretOf(const core::SealId& id) override;

    struct SealKey {
        core::SealId id{};
        std::string secret;
    };
    // The title's, made when it has none. Unavailable: the master key is not to be had.
    core::Result<SealKey> keyOf(const core::Id& title);

    // Opens every key, for whoever wants to know that the master key fits. How many there are.
    core::Result<std::int64_t> check();

private:
    struct Row {
        core::SealId id{};
        WrappedSecret wrapped;
    };
    static Row rowOf(const core::db::Row& row);
    core::Result<std::string> opened(const Row& row);
    core::Result<SealKey> make(core::db::Session& db, const core::Id& title);

    core::db::Database& database_;
    KeyWrapper& wrapper_;
    const std::shared_ptr<const core::Clock> clock_;
    std::mutex mutex_;
    std::map<core::SealId, std::string> known_;
};

}  // namespace marea::server
