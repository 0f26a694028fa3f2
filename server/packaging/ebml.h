#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace marea::server {

// Elements of EBML (RFC 8794) as bytes: an id, a size, what is in it.
class EbmlWriter {
public:
    explicit EbmlWriter(std::string& out) : out_(out) {}

    void id(std::uint32_t id) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (id >> shift != 0) {
                out_.push_back(static_cast<char>(id >> shift & 0xFF));
            }
        }
    }
    // In eight bytes.
    void size(std::uint64_t size) { put(size | std::uint64_t{1} << 56, 8); }
    // Until the next element that cannot stand in this one (section 6.2).
    void unknownSize() { put(0x01FFFFFFFFFFFFFF, 8); }

    void number(std::uint32_t element, std::uint64_t value) {
        int bytes = 1;
        while (bytes < 8 && value >> (8 * bytes) != 0) {
            ++bytes;
        }
        id(element);
        shortSize(static_cast<std::size_t>(bytes));
        put(value, bytes);
    }
    void real(std::uint32_t element, double value) {
        id(element);
        shortSize(8);
        put(std::bit_cast<std::uint64_t>(value), 8);
    }
    void bytes(std::uint32_t element, std::string_view value) {
        id(element);
        if (value.size() < 127) {
            shortSize(value.size());
        } else {
            size(value.size());
        }
        out_.append(value);
    }
    void put(std::uint64_t value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            out_.push_back(static_cast<char>(value >> shift & 0xFF));
        }
    }

private:
    void shortSize(std::size_t size) { put(0x80 | size, 1); }

    std::string& out_;
};

}  // namespace marea::server
