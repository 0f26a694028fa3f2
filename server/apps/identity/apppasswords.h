#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/attemptlimits.h"
#include "server/apps/identity/identitystore.h"
#include "server/apps/identity/sealedtexts.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

struct AppPassword {
    core::Id id;
    std::string name;
    core::TimeMs createdAt = 0;
    std::optional<core::TimeMs> lastUsedAt;
};

// Passwords that this server makes for programs which can send nothing better, one a program. They open /rest,
// /dav and the pages at /files, and nothing else. Shown once; kept sealed, since Subsonic's log-in is by md5(password +
// salt). Blocks. Thread-safe.
class AppPasswords {
public:
    static constexpr std::int64_t kMost = 50;  // a person

    // Whether it could be one at all: what people choose for themselves hardly ever looks so.
    static bool isOfTheirForm(std::string_view password);

    static core::Result<std::unique_ptr<AppPasswords>> create(core::db::Database& database,
                                                              std::shared_ptr<const core::Clock> clock,
                                                              std::shared_ptr<core::Logger> logger,
                                                              const std::string& keyFile);
    void addRoutes(Router& router, WorkPool& pool);

    core::Result<std::vector<AppPassword>> all(const core::Id& userId);
    struct Made {
        AppPassword entry;
        std::string password;
    };
    // `login`: it ends with that log-in; empty: it stays until it is removed.
    core::Result<Made> make(const core::Id& userId, std::string_view name, const core::Id& login = {});
    // Many people come in under this name: what one of them makes ends with the log-in that made it. Before the gateway
    // starts.
    void guestsAre(std::string username) { guest_ = std::move(username); }
    core::Id endsWith(const Principal& who) const {
        return !guest_.empty() && who.username == guest_ ? who.sessionId : core::Id();
    }
    core::Result<void> loginEnded(const core::Id& login);  // removes those of a guest
    // Browsers that came in by it are signed out. NotFound: not there, or not theirs.
    core::Result<void> remove(const core::Id& userId, const core::Id& id);
    // Told of each that is removed, and which log-ins ended with it, on whichever thread. Before the gateway starts.
    using Removed = std::function<void(const core::Id& id, const std::vector<Login>& ended)>;
    void onRemoved(Removed told) { removed_ = std::move(told); }
    // Of the log-ins that begin by it, as their `clientId`.
    static std::string clientOf(const core::Id& id) { return "app-password:" + id; }
    // In the transaction that begins one.
    static core::Result<bool> isThere(core::db::Session& session, const core::Id& id);

    // Who it is that logs in. The Principal's session is the app password. Unauthorized, or Busy with the seconds as
    // `detail` after too many tries.
    core::Result<Principal> byPassword(std::string_view username, std::string_view password, const std::string& peer);
    // Subsonic's scheme: `token` is the hexadecimal md5 of the password followed by `salt`.
    core::Result<Principal> byToken(std::string_view username, std::string_view token, std::string_view salt,
                                    const std::string& peer);

    // By itself, as a key that names nobody.
    core::Result<Principal> byKey(std::string_view key, const std::string& peer);

private:
    using Fits = std::function<bool(const std::string& password)>;
    AppPasswords(core::db::Database& database, std::shared_ptr<const core::Clock> clock,
                 std::shared_ptr<core::Logger> logger, SealedTexts sealed)
        : database_(database), clock_(std::move(clock)), logger_(std::move(logger)), sealed_(sealed) {}
    // Without a name: anybody's.
    using Username = std::optional<std::string_view>;
    core::Result<Principal> find(Username username, const std::string& peer, const Fits& fits);
    struct Found {
        Principal principal;
        core::TimeMs lastUsedAt = 0;
    };
    core::Result<std::optional<Found>> search(Username username, const Fits& fits);
    void noteUse(const Found& found, core::TimeMs now);

    core::db::Database& database_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    SealedTexts sealed_;
    Removed removed_;
    std::string guest_;  // empty: nobody is
    AttemptLimits pairLimits_{{.allowed = 10}}, addressLimits_{{.allowed = 30}};
};

}  // namespace marea::server
