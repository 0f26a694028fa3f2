#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

// A program that may ask people to let it in. All are public ones, which keep no secret (RFC 6749 section 2.1).
struct ApiClient {
    core::Id id;
    std::string name;
    std::vector<std::string> redirectUris;
    core::TimeMs createdAt = 0;
    bool builtIn = false;
};

// Marea's own desktop program, and those that an owner has registered. Blocks. Thread-safe.
class ApiClients {
public:
    static constexpr std::size_t kMost = 200, kMostRedirects = 10, kLongestName = 60;

    ApiClients(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock)
        : database_(database), identity_(identity), clock_(std::move(clock)) {}

    core::Result<std::optional<ApiClient>> find(const std::string& id) const;
    core::Result<std::vector<ApiClient>> all() const;
    core::Result<ApiClient> add(std::string_view name, std::vector<std::string> redirectUris);
    // Signs it out wherever it is signed in. NotFound; Conflict for what is built in.
    core::Result<void> remove(const std::string& id);

private:
    core::db::Database& database_;
    Identity& identity_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
