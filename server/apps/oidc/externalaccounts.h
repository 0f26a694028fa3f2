#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/apps/identity/identity.h"
#include "server/apps/oidc/oidcrules.h"

namespace marea::server {

// An account elsewhere that somebody signs in with here.
struct ExternalAccount {
    core::Id id;
    std::string issuer, label;
    core::TimeMs createdAt = 0;
    std::optional<core::TimeMs> lastUsedAt;
};

// Which account elsewhere is whose here. Blocks. Thread-safe.
class ExternalAccounts {
public:
    ExternalAccounts(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock)
        : database_(database), identity_(identity), clock_(std::move(clock)) {}

    // Who it is here; nullopt: nobody yet.
    core::Result<std::optional<User>> find(const ExternalPerson& person);
    // Conflict: it is somebody else's here. Unauthorized: their password is another one by now.
    core::Result<void> link(const User& user, const ExternalPerson& person);
    // Somebody new, a member, with the name from elsewhere and a password that nobody knows. Conflict: somebody has
    // that name here, who may be another person.
    core::Result<User> create(const ExternalPerson& person);

    core::Result<std::vector<ExternalAccount>> all(const core::Id& userId);
    core::Result<void> remove(const core::Id& userId, const core::Id& id);  // NotFound: not there, or not theirs

private:
    core::db::Database& database_;
    Identity& identity_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
