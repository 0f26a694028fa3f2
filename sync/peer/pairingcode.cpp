#include <algorithm>
#include <charconv>

#include <sodium.h>

#include "core/base/utf8.h"
#include "sync/peer/pairingmessage.h"

namespace marea::sync {

namespace {

constexpr std::string_view kStart = "marea:pair?v=1";
constexpr std::size_t kLongestPlace = 260;  // a host's name and a port

std::string hexText(const std::array<std::uint8_t, 16>& secret) {
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), secret.data(), secret.size());
    return hex.data();
}

// What is no plain letter, digit or mark of an address goes as %XX (RFC 3986 section 2.1).
std::string escaped(std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                             c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
        if (isPlain) {
            result += c;
        } else {
            result += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return result;
}

std::optional<std::string> plain(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        unsigned value = 0;
        const char* const begin = text.data() + i + 1;
        if (i + 2 >= text.size() || std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2) {
            return std::nullopt;
        }
        result += static_cast<char>(value);
        i += 2;
    }
    return result;
}

bool takeField(PairingCode& code, std::string_view name, const std::string& value) {
    if (name == "at" || name == "also") {
        code.places.insert(name == "at" ? code.places.begin() : code.places.end(), value);
        return value.find(':') != std::string::npos && value.size() <= kLongestPlace &&
               code.places.size() <= PairingCode::kMostPlaces;
    }
    if (name == "key") {
        const auto digest = digestFromText(value);
        code.certificate = digest.value_or(Digest{});
        return digest.has_value();
    }
    if (name == "secret") {
        const auto digest = digestFromText(value + std::string(32, '0'));
        for (std::size_t i = 0; digest && i < code.secret.size(); ++i) {
            code.secret[i] = (*digest)[i];
        }
        return digest.has_value();
    }
    code.name = name == "name" ? core::cleanText(value, kLongestPeerName) : code.name;
    return true;  // a later version may say more
}

}  // namespace

std::string codeText(const PairingCode& code) {
    std::string places;
    const std::string rest =
        "&key=" + digestText(code.certificate) + "&secret=" + hexText(code.secret) + "&name=" + escaped(code.name);
    for (std::size_t i = 0; i < std::min(code.places.size(), PairingCode::kMostPlaces); ++i) {
        const std::string place = (i == 0 ? "&at=" : "&also=") + escaped(code.places[i]);
        const bool fits = kStart.size() + places.size() + place.size() + rest.size() <= PairingCode::kLongestText;
        places += i == 0 || fits ? place : "";
    }
    return std::string(kStart) + places + rest;
}

std::optional<PairingCode> codeFromText(std::string_view text) {
    if (text.size() > PairingCode::kLongestText || text.substr(0, kStart.size() + 1) != std::string(kStart) + "&") {
        return std::nullopt;
    }
    PairingCode code;
    int needed = 0;
    for (std::string_view rest = text.substr(kStart.size() + 1); !rest.empty();) {
        const std::string_view field = rest.substr(0, rest.find('&'));
        const std::size_t equals = field.find('=');
        const auto value = equals == std::string_view::npos ? std::nullopt : plain(field.substr(equals + 1));
        const std::string_view name = field.substr(0, equals);
        if (!value || !takeField(code, name, *value)) {
            return std::nullopt;
        }
        needed |= name == "at" ? 1 : name == "key" ? 2 : name == "secret" ? 4 : 0;
        rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    }
    return needed == 7 ? std::optional(std::move(code)) : std::nullopt;
}

}  // namespace marea::sync
