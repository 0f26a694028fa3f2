#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/licence/keywrapper.h"
#include "server/stream/protection.h"

namespace marea::server {

// The keys of titles in the database, each encrypted under the wrapper's master key and bound to its title, scheme and
// id. What was used lately is kept in memory, in the clear. Calls block; thread-safe.
class TitleKeyStore final : public TitleKeys {
public:
    TitleKeyStore(core::db::Database& database, KeyWrapper& wrapper, std::shared_ptr<const core::Clock> clock)
        : database_(database), wrapper_(wrapper), clock_(std::move(clock)) {}
    ~TitleKeyStore() override;

    core::Result<ContentKey> key(const core::Id& title, ProtectionScheme scheme) override;

    // Whose key that is; nullopt: nobody's.
    struct Owner {
        core::Id title;
        ProtectionScheme scheme = ProtectionScheme::Aes128;
    };
    core::Result<std::optional<Owner>> ownerOf(const Key128& keyId);

    // Opens every key, for whoever wants to know that the master key fits. How many there are.
    core::Result<std::int64_t> check();

private:
    using Name = std::pair<core::Id, ProtectionScheme>;
    struct Row {
        ContentKey key;  // without its value
        Name name;
        WrappedSecret wrapped;
    };

    static core::Result<std::optional<Row>> find(core::db::Session& db, const Name& name);
    core::Result<Row> make(core::db::Session& db, const Name& name);
    core::Result<ContentKey> opened(Row row);
    std::optional<ContentKey> known(const Name& name);
    void remember(const Name& name, const ContentKey& key);

    core::db::Database& database_;
    KeyWrapper& wrapper_;
    const std::shared_ptr<const core::Clock> clock_;
    std::mutex mutex_;
    std::map<Name, ContentKey> known_;
};

}  // namespace marea::server
