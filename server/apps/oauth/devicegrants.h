#pragma once

#include <string>
#include <variant>

#include "core/db/database.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

// What a device is told when it asks to be let in (RFC 8628 section 3.2).
struct DeviceCodes {
    std::string deviceCode, userCode;
    core::TimeMs life = 0, pause = 0;
};

// A device that waits for somebody.
struct WaitingDevice {
    std::string userCode, clientId, deviceName;
};

// What a device hears when it asks again (RFC 8628 section 3.5).
enum class DeviceWait { Pending, SlowDown, Expired, Denied, Unknown };

// Devices without a keyboard: they show a code, somebody types it on the page of a browser where they sign in. Blocks.
// Thread-safe.
class DeviceGrants {
public:
    static constexpr core::TimeMs kLife = 10 * 60 * 1000, kPause = 5000, kMorePause = 5000, kLongestPause = 60'000;
    static constexpr std::int64_t kMostWaiting = 1000;

    DeviceGrants(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock)
        : database_(database), identity_(identity), clock_(std::move(clock)) {}

    // Busy when that address asks all the time, or too many wait.
    core::Result<DeviceCodes> start(const std::string& clientId, std::string_view deviceName, const std::string& peer);
    // NotFound when nothing waits under that code; Busy, with the seconds as `detail`, after too many such tries of
    // that user or address.
    core::Result<WaitingDevice> waiting(std::string_view userCode, const core::Id& userId, const std::string& peer);
    // Unauthorized besides: the password changed since they were looked up.
    core::Result<WaitingDevice> decide(std::string_view userCode, const User& user, const std::string& peer,
                                       bool allowed);
    core::Result<std::variant<TokenPair, DeviceWait>> poll(std::string_view deviceCode, const std::string& clientId);
    static core::Result<void> prune(core::db::Session& session, core::TimeMs now);

private:
    core::db::Database& database_;
    Identity& identity_;
    std::shared_ptr<const core::Clock> clock_;
    AttemptLimits starts_{{.allowed = 30}}, userTries_{{.allowed = 10}}, addressTries_{{.allowed = 20}};
};

}  // namespace marea::server
