#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "server/apps/identity/secrets.h"
#include "server/gateway/http.h"

namespace marea::server {

// What opens one WebSocket, once, within half a minute: a browser can send no Authorization with an upgrade, and an
// access token has no place in an address. In memory alone, by digest; bounded for each log-in. Thread-safe.
class Tickets {
public:
    static constexpr core::TimeMs kLife = 30 * 1000;
    static constexpr std::size_t kPerLogin = 16;  // the oldest goes first

    std::string issue(const Principal& principal, core::TimeMs now);
    // Whose it is. nullopt: unknown, run out, or used before.
    std::optional<Principal> take(std::string_view ticket, core::TimeMs now);

private:
    struct Issued {
        Principal principal;
        core::TimeMs expiresAt = 0;
    };
    void prune(core::TimeMs now);
    void makeRoom(const core::Id& login);

    std::mutex mutex_;
    std::map<Digest, Issued> issued_;
    std::deque<Digest> order_;  // of issuing, which is that of running out
};

}  // namespace marea::server
