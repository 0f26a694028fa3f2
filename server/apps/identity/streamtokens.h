#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"

namespace marea::server {

struct StreamGrant {
    core::Id session;  // the log-in or playback session that it was issued to
    core::TimeMs expires = 0;
};

// The tokens of /stream/<token>/<title>/…: HMAC-SHA256 over key id, session, path prefix "/<title>/" and expiry, in
// base64url. Checked without a database look-up; compares in constant time. A token for one title opens no other.
// Thread-safe. Implemented by HmacStreamTokens with a key kept in the data folder.
class StreamTokens {
public:
    virtual ~StreamTokens() = default;
    virtual std::string issue(const core::Id& session, const core::Id& title, core::TimeMs expires) const = 0;
    // `path` is what follows the token: "/<title>/…". Unauthorized when forged, expired, revoked or of another title.
    virtual core::Result<StreamGrant> check(std::string_view token, std::string_view path, core::TimeMs now) const = 0;
    virtual void revoke(const core::Id& session, core::TimeMs until) = 0;
};

}  // namespace marea::server
