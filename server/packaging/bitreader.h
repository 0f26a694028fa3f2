#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace marea::server {

// Bits of untrusted bytes, most significant first. Past the end come zeros, and `overrun` tells.
class BitReader {
public:
    explicit BitReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    // `count` ≤ 32.
    std::uint32_t read(int count) {
        std::uint32_t value = 0;
        while (count-- > 0) {
            const bool inside = at_ / 8 < bytes_.size();
            const unsigned bit = inside ? bytes_[at_ / 8] >> (7 - at_ % 8) & 1u : 0u;
            overrun_ |= !inside;
            value = value << 1 | bit;
            ++at_;
        }
        return value;
    }

    bool overrun() const { return overrun_; }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool overrun_ = false;
};

}  // namespace marea::server
