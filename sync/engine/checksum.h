#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace marea::sync {

// SHA-256 (FIPS 180-4) of bytes as they come, by OpenSSL, which uses what the processor has for it.
class Checksum {
public:
    Checksum();
    void add(std::span<const std::uint8_t> bytes);
    std::string hex();  // once, at the end

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace marea::sync
