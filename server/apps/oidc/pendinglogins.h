#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "server/apps/oidc/oidcrules.h"

namespace marea::server {

// Log-ins that are under way at the issuer, and accounts there that wait for somebody to sign in here once. Each
// belongs to one browser, by its cookie, counts once and ten minutes. In memory, bounded. Thread-safe.
class PendingLogins {
public:
    static constexpr core::TimeMs kLife = 10 * 60 * 1000;
    static constexpr std::size_t kMost = 1000;

    struct Started {
        std::string state, nonce, challenge;
    };
    struct Pending {
        std::string nonce, verifier, returnTo;
    };
    Started start(std::string_view cookie, std::string returnTo, core::TimeMs now);
    // nullopt: unknown, of another browser, used before or too old.
    std::optional<Pending> take(std::string_view cookie, std::string_view state, core::TimeMs now);

    void wait(std::string_view cookie, ExternalPerson person, core::TimeMs now);
    // What waits, by a name of its own; "": nothing does.
    std::string waits(std::string_view cookie, core::TimeMs now) const;
    std::optional<ExternalPerson> takeWaiting(std::string_view cookie, std::string_view name, core::TimeMs now);

private:
    struct Entry {
        Pending pending;
        std::string browser;
        core::TimeMs until = 0;
    };
    struct Waiting {
        ExternalPerson person;
        std::string name;
        core::TimeMs until = 0;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;    // by the hash of the state
    std::unordered_map<std::string, Waiting> waiting_;  // by that of the cookie
};

}  // namespace marea::server
