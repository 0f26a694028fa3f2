#pragma once

#include <sodium.h>

#include <span>
#include <string>

namespace marea::sync {

// SHA-256 (FIPS 180-4) of bytes as they come.
class Checksum {
public:
    Checksum() { crypto_hash_sha256_init(&state_); }
    void add(std::span<const std::uint8_t> bytes) { crypto_hash_sha256_update(&state_, bytes.data(), bytes.size()); }
    std::string hex();  // once, at the end

private:
    crypto_hash_sha256_state state_;
};

}  // namespace marea::sync
