#include "server/apps/catalog/cursor.h"

#include <sodium.h>

#include <charconv>
#include <cstring>
#include <vector>

namespace marea::server {

namespace {

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kMaxText = 4096;

std::string digest(std::string_view text) {
    unsigned char bytes[16];
    crypto_generichash(bytes, sizeof bytes, reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    char hex[17];
    sodium_bin2hex(hex, sizeof hex, bytes, 8);
    return hex;
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string realText(double value) {
    char buffer[64];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

}  // namespace

// "<digest of the query>:<num>:<i|r|t><value>"
std::string encodeCursor(const Cursor& cursor, std::string_view filterKey) {
    std::string plain = digest(filterKey) + ":" + std::to_string(cursor.num) + ":";
    if (const auto* integer = std::get_if<std::int64_t>(&cursor.key)) {
        plain += "i" + std::to_string(*integer);
    } else if (const auto* real = std::get_if<double>(&cursor.key)) {
        plain += "r" + realText(*real);
    } else {
        plain += "t" + std::get<std::string>(cursor.key);
    }
    std::string text(sodium_base64_encoded_len(plain.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                      kBase64);
    text.resize(std::strlen(text.c_str()));
    return text;
}

std::optional<Cursor> decodeCursor(std::string_view text, std::string_view filterKey) {
    if (text.empty() || text.size() > kMaxText) {
        return std::nullopt;
    }
    std::vector<unsigned char> bytes(text.size());
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, kBase64) !=
        0) {
        return std::nullopt;
    }
    const std::string_view plain(reinterpret_cast<const char*>(bytes.data()), size);
    const std::string expected = digest(filterKey) + ":";
    const std::size_t colon = plain.find(':', expected.size());
    if (!plain.starts_with(expected) || colon == std::string_view::npos || colon + 2 > plain.size()) {
        return std::nullopt;
    }
    const auto num = number<std::int64_t>(plain.substr(expected.size(), colon - expected.size()));
    const char type = plain[colon + 1];
    const std::string_view value = plain.substr(colon + 2);
    if (!num) {
        return std::nullopt;
    }
    if (type == 't') {
        return Cursor{std::string(value), *num};
    }
    if (type == 'i') {
        const auto integer = number<std::int64_t>(value);
        return integer ? std::optional(Cursor{*integer, *num}) : std::nullopt;
    }
    const auto real = type == 'r' ? number<double>(value) : std::nullopt;
    return real ? std::optional(Cursor{*real, *num}) : std::nullopt;
}

}  // namespace marea::server
