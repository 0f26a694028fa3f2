#include "server/apps/oauth/browsersessions.h"

#include <sodium.h>

namespace marea::server {

namespace {

std::string keyOf(std::string_view cookie) {
    const Digest hash = sha256(cookie);
    return std::string(hash.begin(), hash.end());
}

}  // namespace

BrowserSessions::BrowserSessions() {
    randombytes_buf(key_.data(), key_.size());
}

std::string BrowserSessions::start(const core::Id& userId, std::string_view passwordHash, core::TimeMs now) {
    std::string cookie = randomToken();
    const std::lock_guard lock(mutex_);
    if (known_.size() >= kMost) {
        std::erase_if(known_, [&](const auto& entry) { return entry.second.until <= now; });
    }
    if (known_.size() >= kMost) {
        known_.clear();  // each signs in once more
    }
    known_.insert_or_assign(keyOf(cookie), SignedIn{userId, sha256(passwordHash), now + kLife});
    return cookie;
}

std::optional<BrowserSessions::SignedIn> BrowserSessions::find(std::string_view cookie, core::TimeMs now) const {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(keyOf(cookie));
    const bool holds = found != known_.end() && found->second.until > now && found->second.until <= now + kLife;
    return holds ? std::optional(found->second) : std::nullopt;
}

void BrowserSessions::end(std::string_view cookie) {
    const std::lock_guard lock(mutex_);
    known_.erase(keyOf(cookie));
}

std::string BrowserSessions::formToken(std::string_view cookie) const {
    Digest mac;
    crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(cookie.data()), cookie.size(),
                           key_.data());
    return base64Url(mac);
}

bool BrowserSessions::isFormToken(std::string_view cookie, std::string_view token) const {
    return !cookie.empty() && equalInConstantTime(sha256(formToken(cookie)), sha256(token));
}

}  // namespace marea::server
