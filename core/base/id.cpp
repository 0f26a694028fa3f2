#include "core/base/id.h"

#include <sodium.h>

namespace marea::core {

namespace {

constexpr char kHex[] = "0123456789abcdef";

bool isDash(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

Id newId(TimeMs now) {
    IdBytes bytes;
    randombytes_buf(bytes.data(), bytes.size());
    for (int i = 0; i < 6; ++i) {
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now >> (8 * (5 - i)));
    }
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);  // version 7
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);  // RFC 9562 variant
    return idText(bytes);
}

Id newId() {
    return newId(SystemClock().now());
}

bool isId(std::string_view text) {
    return idBytes(text).has_value();
}

std::optional<IdBytes> idBytes(std::string_view text) {
    if (text.size() != 36) {
        return std::nullopt;
    }
    IdBytes bytes{};
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isDash(i)) {
            if (text[i] != '-') {
                return std::nullopt;
            }
            continue;
        }
        const int value = hexValue(text[i]);
        if (value < 0) {
            return std::nullopt;
        }
        bytes[nibble / 2] = static_cast<std::uint8_t>((bytes[nibble / 2] << 4) | value);
        ++nibble;
    }
    return bytes;
}

Id idText(const IdBytes& bytes) {
    Id text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (isDash(text.size())) {
            text.push_back('-');
        }
        text.push_back(kHex[bytes[i] >> 4]);
        text.push_back(kHex[bytes[i] & 0x0F]);
    }
    return text;
}

}  // namespace marea::core
