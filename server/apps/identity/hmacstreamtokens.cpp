#include "server/apps/identity/hmacstreamtokens.h"

#include <sodium.h>

#include <cstring>

namespace marea::server {

namespace {

constexpr char kForm = 1;
constexpr std::size_t kKeyId = 4, kSession = 16, kExpiry = 8;
constexpr std::size_t kClaims = 1 + kKeyId + kSession + kExpiry;
constexpr std::size_t kToken = kClaims + sizeof(Digest);
constexpr std::size_t kTokenText = (kToken * 8 + 5) / 6;

tl::unexpected<core::Error> refused(const char* why) {
    return core::fail(core::ErrorCode::Unauthorized, "This link has run out. Start playing again.",
                      std::string("stream token: ") + why);
}

void appendBigEndian(std::string& out, core::TimeMs value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
    }
}

core::TimeMs bigEndian(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kExpiry; ++i) {
        value = (value << 8) | bytes[i];
    }
    return static_cast<core::TimeMs>(value);
}

// "<title>" of "/<title>/…".
std::string_view titleOf(std::string_view path) {
    const auto end = path.find('/', 1);
    return path.starts_with('/') && end != std::string_view::npos ? path.substr(1, end - 1) : std::string_view();
}

}  // namespace

HmacStreamTokens::HmacStreamTokens(const Digest& key, std::shared_ptr<SessionRegister> sessions, Persist persist)
    : key_(key), sessions_(std::move(sessions)), persist_(std::move(persist)) {
    const Digest id = sha256(std::string("marea stream key ") + std::string(key.begin(), key.end()));
    keyId_.assign(id.begin(), id.begin() + kKeyId);
}

core::Result<Digest> HmacStreamTokens::loadOrMakeKey(const std::string& folder) {
    auto text = loadOrMakeSecretFile(folder + "/stream-hmac.key", randomToken);
    if (!text) {
        return core::unexpected<core::Error>(text.error());
    }
    const auto bytes = fromBase64Url(*text);
    Digest key;
    if (!bytes || bytes->size() != key.size()) {
        return core::fail(core::ErrorCode::Corrupt, "The stream key is damaged.", "stream-hmac.key");
    }
    std::memcpy(key.data(), bytes->data(), key.size());
    return key;
}

Digest HmacStreamTokens::mac(std::string_view claims, std::string_view title) const {
    std::string message(claims);
    message.append("/").append(title).append("/");
    Digest result;
    crypto_auth_hmacsha256(result.data(), reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                           key_.data());
    return result;
}

std::string HmacStreamTokens::issue(const core::Id& session, const core::Id& title, core::TimeMs expires) const {
    const auto id = core::idBytes(session);
    if (!id || title.empty()) {
        return {};
    }
    std::string token(1, kForm);
    token += keyId_;
    token.append(id->begin(), id->end());
    appendBigEndian(token, expires);
    const Digest code = mac(token, title);
    token.append(code.begin(), code.end());
    return base64Url({reinterpret_cast<const std::uint8_t*>(token.data()), token.size()});
}

core::Result<StreamGrant> HmacStreamTokens::check(std::string_view token, std::string_view path,
                                                  core::TimeMs now) const {
    const std::string_view title = titleOf(path);
    if (token.size() != kTokenText || title.empty()) {
        return refused("malformed");
    }
    const auto bytes = fromBase64Url(token);
    if (!bytes || bytes->size() != kToken || (*bytes)[0] != kForm) {
        return refused("malformed");
    }
    const std::string_view claims(reinterpret_cast<const char*>(bytes->data()), kClaims);
    Digest given;
    std::memcpy(given.data(), bytes->data() + kClaims, given.size());
    if (claims.substr(1, kKeyId) != keyId_ || !equalInConstantTime(given, mac(claims, title))) {
        return refused("forged, or of another title");
    }
    core::IdBytes session;
    std::memcpy(session.data(), bytes->data() + 1 + kKeyId, session.size());
    StreamGrant grant{core::idText(session), bigEndian(bytes->data() + 1 + kKeyId + kSession)};
    if (grant.expires <= now) {
        return refused("expired");
    }
    if (sessions_->isRevoked(grant.session)) {
        return refused("revoked");
    }
    return grant;
}

void HmacStreamTokens::revoke(const core::Id& session, core::TimeMs until) {
    sessions_->revoke(session, until);
    if (persist_) {
        persist_(session, until);
    }
}

}  // namespace marea::server
