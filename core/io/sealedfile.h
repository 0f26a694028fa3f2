#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct evp_cipher_ctx_st;

namespace marea::core {

// A file in chunks, each encrypted and authenticated: it is read from any place, and nothing of it can be changed,
// moved or cut off without being noticed. Numbers are big endian.
//
//      0   8  "MAREASF1"
//      8   4  bytes of clear text in a chunk
//     12   4  0
//     16   8  bytes of the clear text
//     24  16  id of the secret that opens it
//     40  24  salt
//     64      the chunks: the clear text under AES-256-GCM (NIST SP 800-38D), and 16 bytes of tag. The last may be
//     shorter.
//
// The key is HKDF-SHA256 (RFC 5869) of the secret, the salt and "marea sealed file 1". A chunk's nonce is its number
// from 0 on, in 12 bytes; the first 64 bytes of the file are additional data of each.
struct SealedHeader {
    static constexpr std::size_t kSize = 64, kTag = 16;

    std::uint32_t chunk = 64 * 1024;
    std::uint64_t clearSize = 0;
    std::array<std::uint8_t, 16> keyId{};
    std::array<std::uint8_t, 24> salt{};

    std::uint64_t chunks() const { return (clearSize + chunk - 1) / chunk; }
    std::uint64_t sealedSize() const { return kSize + clearSize + chunks() * kTag; }
    std::uint64_t chunkStart(std::uint64_t number) const { return kSize + number * (chunk + kTag); }  // in the file
    std::size_t clearSizeOf(std::uint64_t number) const;  // of that chunk; 0: there is none
    std::string bytes() const;
};
// Corrupt: it is none, or none that this program knows.
Result<SealedHeader> parseSealedHeader(std::string_view bytes);

// Encrypts and decrypts chunks of one file. One thread.
class SealedChunks {
public:
    // `secret` is random, 16 bytes at least. Internal: the cipher is not there.
    static Result<SealedChunks> create(const SealedHeader& header, std::string_view secret);
    SealedChunks(SealedChunks&&) noexcept = default;
    SealedChunks& operator=(SealedChunks&&) noexcept = default;
    ~SealedChunks();

    const SealedHeader& header() const { return header_; }
    // Invalid: not as long as that chunk is.
    Result<std::string> seal(std::uint64_t number, std::string_view clear);
    // Corrupt: not what was sealed with that secret, at that place.
    Result<std::string> open(std::uint64_t number, std::string_view sealed);

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    using Key = std::array<unsigned char, 32>;
    SealedChunks(const SealedHeader& header, const Key& key);
    bool begin(std::uint64_t number, bool encrypt);

    SealedHeader header_;
    std::string headerBytes_;
    Key key_;
    std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

}  // namespace marea::core
