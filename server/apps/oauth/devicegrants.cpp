#include "server/apps/oauth/devicegrants.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"
#include "server/apps/oauth/usercode.h"

namespace marea::server {

namespace store = identitystore;
using core::ErrorCode;
using core::Result;
using core::db::Row;
using core::db::Session;
using Answer = std::variant<TokenPair, DeviceWait>;

namespace {

constexpr core::TimeMs kRemembered = 3600 * 1000;  // so that a device is told "expired"
constexpr core::TimeMs kEarly = 500;               // what the way here may have eaten of the pause

struct Grant {
    std::string clientId, deviceName, state;
    core::Id userId;
    core::TimeMs expiresAt = 0, pause = 0;
    std::optional<core::TimeMs> polledAt;
};

std::span<const std::uint8_t> bytes(const Digest& hash) {
    return hash;
}

tl::unexpected<core::Error> tooOften(core::TimeMs wait) {
    return core::fail(ErrorCode::Busy, "Too many tries. Wait a little and try again.",
                      std::to_string((wait + 999) / 1000));
}

Result<std::optional<Grant>> find(Session& session, const Digest& hash) {
    return session.first(
        "SELECT client_id, device_name, state, user_id, expires_at, pause, polled_at FROM device_grants "
        "WHERE device_hash = ?1",
        {bytes(hash)}, [](const Row& row) {
            return Grant{row.string(0),  row.string(1),  row.string(2),         row.string(3),
                         row.integer(4), row.integer(5), row.optionalInteger(6)};
        });
}

Result<WaitingDevice> waitingIn(Session& session, const std::string& userCode, core::TimeMs now) {
    auto found = session.first(
        "SELECT client_id, device_name FROM device_grants "
        "WHERE user_code = ?1 AND state = 'waiting' AND expires_at > ?2",
        {userCode, now}, [&](const Row& row) {
            return WaitingDevice{userCode, row.string(0), row.string(1)};
        });
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<WaitingDevice>(std::move(**found))
                  : core::fail(ErrorCode::NotFound, "There is no such code, or it has run out.");
}

// What a device that asks now is told, but for one that is let in.
DeviceWait waitOf(const Grant& grant, core::TimeMs now, bool early) {
    if (grant.expiresAt <= now) {
        return DeviceWait::Expired;
    }
    if (early) {
        return DeviceWait::SlowDown;
    }
    return grant.state == "waiting"   ? DeviceWait::Pending
           : grant.state == "refused" ? DeviceWait::Denied
                                      : DeviceWait::Unknown;
}

}  // namespace

Result<DeviceCodes> DeviceGrants::start(const std::string& clientId, std::string_view deviceName,
                                        const std::string& peer) {
    const core::TimeMs now = clock_->now();
    const std::string address = addressKey(peer);
    if (const auto wait = starts_.wait(address, now)) {
        return tooOften(*wait);
    }
    starts_.failed(address, now);
    DeviceCodes codes{randomToken(), newUserCode(), kLife, kPause};
    const Digest hash = sha256(codes.deviceCode);
    auto kept = database_.write([&](Session& session) -> Result<void> {
        auto waiting = session.first("SELECT count(*) FROM device_grants WHERE expires_at > ?1", {now},
                                     [](const Row& row) { return row.integer(0); });
        if (!waiting) {
            return errorOf(waiting);
        }
        if (**waiting >= kMostWaiting) {
            return tooOften(kPause);
        }
        // Two that share a code would be a Conflict: one in 25,600,000,000, and the device asks again.
        return session.run(
            "INSERT INTO device_grants(device_hash, user_code, client_id, device_name, created_at, expires_at, pause, "
            "state) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting')",
            {bytes(hash), codes.userCode, clientId, deviceName, now, now + kLife, kPause});
    });
    return kept ? Result<DeviceCodes>(std::move(codes)) : errorOf(kept);
}

Result<WaitingDevice> DeviceGrants::waiting(std::string_view userCode, const core::Id& userId,
                                            const std::string& peer) {
    const core::TimeMs now = clock_->now();
    const std::string address = addressKey(peer);
    if (const auto wait = std::max(userTries_.wait(userId, now), addressTries_.wait(address, now))) {
        return tooOften(*wait);
    }
    const auto code = readUserCode(userCode);
    auto found =
        code ? database_.readValue<WaitingDevice>([&](Session& session) { return waitingIn(session, *code, now); })
             : core::fail(ErrorCode::NotFound, "There is no such code, or it has run out.");
    if (!found && found.error().code == ErrorCode::NotFound) {
        userTries_.failed(userId, now);
        addressTries_.failed(address, now);
    }
    return found;
}

Result<WaitingDevice> DeviceGrants::decide(std::string_view userCode, const User& user, const std::string& peer,
                                           bool allowed) {
    auto device = waiting(userCode, user.id, peer);
    if (!device) {
        return device;
    }
    return database_.writeValue<WaitingDevice>([&](Session& session) -> Result<WaitingDevice> {
        auto still = store::stillSignedIn(session, user).and_then([&] {
            return waitingIn(session, device->userCode, clock_->now());
        });
        auto decided = still ? session.run("UPDATE device_grants SET state = ?2, user_id = ?3 WHERE user_code = ?1",
                                           {device->userCode, allowed ? "allowed" : "refused", user.id})
                             : errorOf(still);
        return decided ? still : errorOf(decided);
    });
}

Result<Answer> DeviceGrants::poll(std::string_view deviceCode, const std::string& clientId) {
    const Digest hash = sha256(deviceCode);
    auto known = database_.readValue<std::optional<Grant>>([&](Session& session) { return find(session, hash); });
    if (!known || !*known || (*known)->clientId != clientId) {  // strangers' guesses never reach the writer
        return known ? Result<Answer>(DeviceWait::Unknown) : errorOf(known);
    }
    std::optional<StartedLogin> started;
    auto answer = database_.writeValue<Answer>([&](Session& session) -> Result<Answer> {
        const core::TimeMs now = clock_->now();
        auto grant = find(session, hash);
        if (!grant || !*grant) {
            return grant ? Result<Answer>(DeviceWait::Unknown) : errorOf(grant);
        }
        const Grant& g = **grant;
        const bool early = g.polledAt && now - *g.polledAt < g.pause - kEarly && now >= *g.polledAt;
        const bool in = g.state == "allowed" && g.expiresAt > now && !early;
        const core::TimeMs pause = early ? std::min(kLongestPause, g.pause + kMorePause) : g.pause;
        auto noted =
            session.run("UPDATE device_grants SET polled_at = ?2, pause = ?3, state = ?4 WHERE device_hash = ?1",
                        {bytes(hash), now, pause, in ? std::string_view("used") : std::string_view(g.state)});
        if (!noted || !in) {
            return noted ? Result<Answer>(waitOf(g, now, early)) : errorOf(noted);
        }
        auto user = store::userById(session, g.userId);
        if (!user || !*user) {
            return user ? Result<Answer>(DeviceWait::Unknown) : errorOf(user);
        }
        auto begun = identity_.begin(session, **user, g.deviceName, g.clientId);
        if (!begun) {
            return errorOf(begun);
        }
        started = std::move(*begun);
        return Answer(started->tokens);
    });
    if (answer && started) {
        identity_.begun(*started);
    }
    return answer;
}

Result<void> DeviceGrants::prune(Session& session, core::TimeMs now) {
    return session.run("DELETE FROM device_grants WHERE expires_at <= ?1", {now - kRemembered});
}

}  // namespace marea::server
