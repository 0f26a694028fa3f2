#include "server/apps/identity/signingkeys.h"

namespace marea::server {

void SigningKeys::replace(std::vector<KeptKey> keys) {
    auto held = std::make_shared<const std::vector<KeptKey>>(std::move(keys));
    const std::lock_guard lock(mutex_);
    keys_ = std::move(held);
}

std::shared_ptr<const std::vector<KeptKey>> SigningKeys::held() const {
    const std::lock_guard lock(mutex_);
    return keys_;
}

std::vector<KeptKey> SigningKeys::all() const {
    return *held();
}

std::optional<SigningKey> SigningKeys::signer(core::TimeMs now) const {
    const auto keys = held();
    for (auto kept = keys->rbegin(); kept != keys->rend(); ++kept) {
        if (kept->signsFrom <= now) {
            return kept->key;
        }
    }
    // The clock was put back: better the oldest than none.
    return keys->empty() ? std::nullopt : std::optional(keys->front().key);
}

std::optional<SigningKey> SigningKeys::find(std::string_view id, core::TimeMs now) const {
    const auto keys = held();
    for (const KeptKey& kept : *keys) {
        if (kept.key.id() == id && kept.verifiesUntil > now) {
            return kept.key;
        }
    }
    return std::nullopt;
}

}  // namespace marea::server
