#include "sync/dnssd/servicetext.h"

#include <algorithm>

namespace marea::sync::dns {

namespace {

constexpr std::size_t kMostEntries = 20, kLongestEntry = 255;

// 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291 section 2.5.6).
bool isOfLink(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]), second = static_cast<unsigned char>(bytes[1]);
    return bytes.size() == 4 ? first == 169 && second == 254 : first == 0xfe && (second & 0xc0U) == 0x80U;
}

}  // namespace

int rankOfAddress(std::string_view bytes) {
    return (bytes.size() == 4 ? 0 : 1) + (isOfLink(bytes) ? 2 : 0);
}

std::vector<std::string> textOf(const std::map<std::string, std::string>& text) {
    std::vector<std::string> entries;
    for (const auto& [key, value] : text)
        entries.push_back((key + "=" + value).substr(0, kLongestEntry));
    return entries;
}

std::map<std::string, std::string> textFrom(const std::vector<std::string>& entries) {
    std::map<std::string, std::string> text;
    for (std::size_t i = 0; i < std::min(entries.size(), kMostEntries); ++i) {
        const std::string& entry = entries[i];
        const std::size_t equals = std::min(entry.find('='), entry.size());
        if (equals > 0 && entry.size() <= kLongestEntry)
            text.emplace(entry.substr(0, equals), entry.substr(std::min(equals + 1, entry.size())));
    }
    return text;
}

}  // namespace marea::sync::dns
