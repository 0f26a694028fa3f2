#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "server/apps/identity/secrets.h"

namespace marea::server {

// Who has signed in on the pages of this server, by the cookie of their browser, for a quarter of an hour: consent is
// asked every time. In memory, bounded. Thread-safe.
class BrowserSessions {
public:
    static constexpr core::TimeMs kLife = 15 * 60 * 1000;
    static constexpr std::size_t kMost = 10'000;

    struct SignedIn {
        core::Id userId;
        Digest password{};  // of the password's hash: another password ends it
        core::TimeMs until = 0;
    };

    BrowserSessions();

    // The new value of the cookie: never one that was there before the password (session fixation).
    std::string start(const core::Id& userId, std::string_view passwordHash, core::TimeMs now);
    std::optional<SignedIn> find(std::string_view cookie, core::TimeMs now) const;
    void end(std::string_view cookie);

    // What a form of that browser holds, so that no other site can send it (with the cookie's SameSite).
    std::string formToken(std::string_view cookie) const;
    bool isFormToken(std::string_view cookie, std::string_view token) const;

private:
    Digest key_{};
    mutable std::mutex mutex_;
    std::unordered_map<std::string, SignedIn> known_;  // by the hash of the cookie
};

}  // namespace marea::server
