#pragma once

#include <functional>
#include <memory>

#include "server/apps/identity/secrets.h"
#include "server/apps/identity/sessionregister.h"
#include "server/apps/identity/streamtokens.h"

namespace marea::server {

// Stream tokens as base64url over: form (1 byte), key id (4), session (16), expiry in ms (8, big-endian) and the
// HMAC-SHA256 (32) of those and "/<title>/". The title is not in the token, since it is in the path.
class HmacStreamTokens final : public StreamTokens {
public:
    // Keeps a revocation over restarts; called from revoke(), may block.
    using Persist = std::function<void(const core::Id& session, core::TimeMs until)>;

    HmacStreamTokens(const Digest& key, std::shared_ptr<SessionRegister> sessions, Persist persist);
    // The key from `folder`/stream-hmac.key, made when it is not there.
    static core::Result<Digest> loadOrMakeKey(const std::string& folder);

    // Empty when `session` is no id.
    std::string issue(const core::Id& session, const core::Id& title, core::TimeMs expires) const override;
    core::Result<StreamGrant> check(std::string_view token, std::string_view path, core::TimeMs now) const override;
    void revoke(const core::Id& session, core::TimeMs until) override;

private:
    Digest mac(std::string_view claims, std::string_view title) const;

    Digest key_;
    std::string keyId_;
    std::shared_ptr<SessionRegister> sessions_;
    Persist persist_;
};

}  // namespace marea::server
