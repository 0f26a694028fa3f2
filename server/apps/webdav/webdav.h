#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/soundfiles.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

class AppPasswords;
class Catalog;

// The libraries as folders for file managers and players: WebDAV (RFC 4918 class 1) at /dav, read-only. Opens to app
// passwords (Basic) and access tokens (Bearer), and to nothing else. Thread-safe.
class WebDav {
public:
    // What it refers to outlives it.
    struct Parts {
        core::db::Database& database;
        Catalog& catalog;
        SoundFiles& files;
        AppPasswords& passwords;
        std::shared_ptr<const core::Clock> clock;
        std::function<core::Result<Principal>(std::string_view token)> bearer;  // must not block
        // How many milliseconds somebody has to wait who asks too often; null: nobody has to. Any thread.
        std::function<std::optional<std::int64_t>(const core::Id& user, const std::string& peer)> wait = {};
    };
    WebDav(Parts parts, WorkPool& pool);
    ~WebDav();
    WebDav(const WebDav&) = delete;
    WebDav& operator=(const WebDav&) = delete;

    void addRoutes(Router& router);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
