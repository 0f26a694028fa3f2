#pragma once

#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "server/apps/identity/signingkey.h"

namespace marea::server {

// A key and its times: known to all before it signs, and still known while a token that it signed may be about.
struct KeptKey {
    SigningKey key;
    core::TimeMs signsFrom = 0;
    core::TimeMs verifiesUntil = std::numeric_limits<core::TimeMs>::max();
};

// The keys that access tokens are signed with, of which the newest that may sign does. Thread-safe.
class SigningKeys {
public:
    void replace(std::vector<KeptKey> keys);  // oldest first
    std::vector<KeptKey> all() const;
    std::optional<SigningKey> signer(core::TimeMs now) const;
    std::optional<SigningKey> find(std::string_view id, core::TimeMs now) const;  // to verify with

private:
    std::shared_ptr<const std::vector<KeptKey>> held() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const std::vector<KeptKey>> keys_ = std::make_shared<const std::vector<KeptKey>>();
};

}  // namespace marea::server
