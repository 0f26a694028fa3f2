#include "server/apps/identity/sealedtexts.h"

#include <sodium.h>

#include <algorithm>

namespace marea::server {

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sizeof(Digest) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

core::Result<SealedTexts> SealedTexts::open(const std::string& path) {
    auto text = loadOrMakeSecretFile(path, randomToken);
    if (!text) {
        return core::unexpected<core::Error>(text.error());
    }
    const auto bytes = fromBase64Url(*text);
    Digest key;
    if (!bytes || bytes->size() != key.size()) {
        return core::fail(core::ErrorCode::Corrupt, "A key file is damaged.", path);
    }
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return SealedTexts(key);
}

core::db::Blob SealedTexts::seal(std::string_view text, std::string_view place) const {
    core::db::Blob sealed(kNonce + text.size() + kTag);
    randombytes_buf(sealed.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, bytesOf(text), text.size(),
                                               bytesOf(place), place.size(), nullptr, sealed.data(), key_.data());
    return sealed;
}

core::Result<std::string> SealedTexts::read(std::span<const std::uint8_t> sealed, std::string_view place) const {
    const auto damaged = core::fail(core::ErrorCode::Corrupt, "A stored secret is damaged.", "sealed text");
    if (sealed.size() < kNonce + kTag) {
        return damaged;
    }
    std::string text(sealed.size() - kNonce - kTag, '\0');
    const bool whole = crypto_aead_xchacha20poly1305_ietf_decrypt(
                           reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, sealed.data() + kNonce,
                           sealed.size() - kNonce, bytesOf(place), place.size(), sealed.data(), key_.data()) == 0;
    return whole ? core::Result<std::string>(std::move(text)) : damaged;
}

}  // namespace marea::server
