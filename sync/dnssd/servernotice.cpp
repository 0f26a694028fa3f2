#include "sync/dnssd/servernotice.h"

#include <algorithm>
#include <string_view>

#include "sync/dnssd/dnsmessage.h"

namespace marea::sync::dns {

namespace {

constexpr std::string_view kSuffix = " (server)", kPinStart = "sha256//";
constexpr std::size_t kLongestId = 64, kLongestVersion = 32;
constexpr std::size_t kPinLength = 8 + 44;  // SHA-256 in Base64

// Whole characters of UTF-8 in so many bytes.
std::string cutTo(std::size_t most, std::string_view text) {
    std::size_t size = std::min(text.size(), most);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U)
        --size;
    return std::string(text.substr(0, size));
}

std::string valueOf(const std::map<std::string, std::string>& text, const char* key, std::size_t most) {
    const auto found = text.find(key);
    return found == text.end() || found->second.size() > most ? std::string() : found->second;
}

}  // namespace

std::string serviceName(const ServerNotice& server) {
    const std::string name = server.name.empty() ? std::string("Marea") : server.name;
    return cutTo(kLongestLabel - kSuffix.size(), name).append(kSuffix);
}

std::map<std::string, std::string> noticeText(const ServerNotice& server) {
    std::map<std::string, std::string> text{{"role", "server"},
                                            {"v", "1"},
                                            {"id", cutTo(kLongestId, server.id)},
                                            {"name", shownLabel(server.name)},
                                            {"tls", server.isSecure ? "1" : "0"},
                                            {"path", "/"},
                                            {"version", cutTo(kLongestVersion, server.version)}};
    if (!server.pin.empty())
        text["pin"] = server.pin;
    return text;
}

std::optional<ServerNotice> serverFrom(const std::string& serviceName, const std::map<std::string, std::string>& text) {
    if (valueOf(text, "role", kLongestLabel) != "server")
        return std::nullopt;
    ServerNotice server;
    server.name = valueOf(text, "name", kLongestLabel);
    if (server.name.empty())
        server.name = serviceName;
    server.id = valueOf(text, "id", kLongestId);
    server.version = valueOf(text, "version", kLongestVersion);
    server.isSecure = valueOf(text, "tls", 1) == "1";
    const std::string pin = valueOf(text, "pin", kPinLength);
    if (pin.size() == kPinLength && pin.starts_with(kPinStart))
        server.pin = pin;
    return server;
}

}  // namespace marea::sync::dns
