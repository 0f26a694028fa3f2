#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/signingkeys.h"

namespace marea::server {

// Where signing keys are kept: their times in the database, the private halves as files of the data folder. Blocks.
// Thread-safe, and beside other processes too.
class KeyStore {
public:
    // So long is a new key published before it signs: twice as long as others may keep the set of keys.
    static constexpr core::TimeMs kAhead = 10 * 60 * 1000;
    static constexpr core::TimeMs kRotateAfter = core::TimeMs{90} * 24 * 3600 * 1000;

    struct Known {
        std::string id;
        core::TimeMs createdAt = 0, signsFrom = 0, tokensUntil = 0;
    };

    KeyStore(core::db::Database& database, std::string folder, std::shared_ptr<core::Logger> logger)
        : database_(database), folder_(std::move(folder)), logger_(std::move(logger)) {}

    // All keys, oldest first; makes the first one. A key whose file is gone is left out.
    core::Result<std::vector<KeptKey>> load(core::TimeMs now);
    core::Result<std::vector<Known>> known();
    // A new key, which signs in a while: Conflict when one is on its way. `atOnce`: it signs from now on, and every
    // other key is gone, with the tokens that it signed.
    core::Result<Known> rotate(core::TimeMs now, bool atOnce);
    // Removes keys of which no token is left, and rotates when the newest is old.
    core::Result<void> maintain(core::TimeMs now);
    // A token longer than the usual ones was signed.
    static core::Result<void> signedUntil(core::db::Session& session, const std::string& id, core::TimeMs until);

private:
    core::Result<SigningKey> keyOf(const std::string& id);
    core::Result<void> addFirst(core::TimeMs now);

    core::db::Database& database_;
    std::string folder_;
    std::shared_ptr<core::Logger> logger_;
    std::mutex mutex_;
    std::map<std::string, SigningKey> loaded_;
};

}  // namespace marea::server
