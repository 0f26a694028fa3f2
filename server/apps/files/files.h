#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/library/soundfiles.h"
#include "server/gateway/auditor.h"
#include "server/gateway/routepolicy.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

class AppPasswords;
class Catalog;
class Identity;
class TitleProtection;

// Pages without scripts on which a phone's browser finds titles and keeps their files: /files, and / leads there. Who
// comes in by name and password, an app password or a one-time code is signed in as on a device, by a cookie that opens
// nothing but these pages; signing that device out ends it. Thread-safe.
class FilesPages {
public:
    // What it refers to outlives it.
    struct Parts {
        core::db::Database& database;
        Catalog& catalog;
        SoundFiles& files;
        TitleProtection& protection;
        Identity& identity;
        AppPasswords& passwords;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
        std::string guest = {};                          // who comes in by a code alone; empty: everybody has a name
        std::function<void(AuditedRequest)> audit = {};  // null: nobody keeps it
        // How many milliseconds somebody has to wait who asks too often; null: nobody has to. Any thread.
        std::function<std::optional<std::int64_t>(const core::Id& user, const std::string& peer, RateClass rate)> wait =
            {};
    };
    FilesPages(Parts parts, WorkPool& pool);
    ~FilesPages();
    FilesPages(const FilesPages&) = delete;
    FilesPages& operator=(const FilesPages&) = delete;

    void addRoutes(Router& router);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
