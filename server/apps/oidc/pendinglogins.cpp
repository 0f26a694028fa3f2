#include "server/apps/oidc/pendinglogins.h"

#include "server/apps/identity/secrets.h"

namespace marea::server {

using core::TimeMs;

namespace {

std::string keyOf(std::string_view secret) {
    const Digest hash = sha256(secret);
    return {hash.begin(), hash.end()};
}

// Who comes when there is no room makes everybody begin again: none of it is lost for good.
template <class Map>
void makeRoom(Map& map, TimeMs now) {
    if (map.size() >= PendingLogins::kMost) {
        std::erase_if(map, [&](const auto& entry) { return entry.second.until <= now; });
    }
    if (map.size() >= PendingLogins::kMost) {
        map.clear();
    }
}

bool holds(TimeMs until, TimeMs now) {
    return until > now && until <= now + PendingLogins::kLife;
}

}  // namespace

PendingLogins::Started PendingLogins::start(std::string_view cookie, std::string returnTo, TimeMs now) {
    const Started started{randomToken(), randomToken(), {}};
    const std::string verifier = randomToken();
    const std::lock_guard lock(mutex_);
    makeRoom(entries_, now);
    entries_.insert_or_assign(keyOf(started.state),
                              Entry{{started.nonce, verifier, std::move(returnTo)}, keyOf(cookie), now + kLife});
    return {started.state, started.nonce, base64Url(sha256(verifier))};
}

std::optional<PendingLogins::Pending> PendingLogins::take(std::string_view cookie, std::string_view state, TimeMs now) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(keyOf(state));
    if (found == entries_.end() || cookie.empty() || found->second.browser != keyOf(cookie)) {
        return std::nullopt;
    }
    const Entry entry = std::move(found->second);
    entries_.erase(found);
    return holds(entry.until, now) ? std::optional(entry.pending) : std::nullopt;
}

void PendingLogins::wait(std::string_view cookie, ExternalPerson person, TimeMs now) {
    const std::lock_guard lock(mutex_);
    makeRoom(waiting_, now);
    waiting_.insert_or_assign(keyOf(cookie), Waiting{std::move(person), randomToken(), now + kLife});
}

std::string PendingLogins::waits(std::string_view cookie, TimeMs now) const {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(keyOf(cookie));
    return found != waiting_.end() && holds(found->second.until, now) ? found->second.name : std::string();
}

std::optional<ExternalPerson> PendingLogins::takeWaiting(std::string_view cookie, std::string_view name, TimeMs now) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(keyOf(cookie));
    if (found == waiting_.end() || found->second.name != name) {
        return std::nullopt;
    }
    Waiting waiting = std::move(found->second);
    waiting_.erase(found);
    return holds(waiting.until, now) ? std::optional(std::move(waiting.person)) : std::nullopt;
}

}  // namespace marea::server
