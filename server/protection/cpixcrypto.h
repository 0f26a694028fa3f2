#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace marea::server {

// The secrets of one CPIX document, new for each, and what they do. Immutable; forgets them in the end.
class CpixCrypto {
public:
    // As cpixFor(): `certificate` in PEM. Internal: no randomness, or no cipher.
    static core::Result<CpixCrypto> of(std::string_view certificate);
    ~CpixCrypto();
    CpixCrypto(CpixCrypto&&) = default;
    CpixCrypto& operator=(CpixCrypto&&) = default;

    const std::string& certificate() const { return certificate_; }  // DER
    const std::string& wrappedDocumentKey() const { return wrappedDocumentKey_; }
    const std::string& wrappedMacKey() const { return wrappedMacKey_; }

    // AES-256-CBC: a vector of its own, then the bytes, padded as XML Encryption wants it. Of up to a few kilobytes.
    std::string sealed(std::string_view bytes) const;
    std::string mac(std::string_view sealed) const;  // HMAC-SHA-512

private:
    CpixCrypto() = default;
    std::string certificate_, wrappedDocumentKey_, wrappedMacKey_;
    std::array<unsigned char, 32> documentKey_{};
    std::array<unsigned char, 64> macKey_{};
};

}  // namespace marea::server
