#pragma once

#include <map>
#include <optional>
#include <string>

namespace marea::sync::dns {

inline constexpr const char* kMareaService = "_marea._tcp";  // RFC 6763

// A server with titles, as it says of itself in the network. It has the type of service that paired computers have, and
// says that it is one ("role=server"). Nobody vouches for any of it, and nothing of it is secret.
struct ServerNotice {
    std::string name;       // as people see it
    std::string id;         // the server's
    std::string version;    // of Marea
    bool isSecure = false;  // it speaks TLS alone
    std::string pin;        // "sha256//…", of its certificate's key; empty: none, or it is none of its own
    bool operator==(const ServerNotice&) const = default;
};

// Its name among services: another one than that of a paired computer which is called the same.
std::string serviceName(const ServerNotice& server);
std::map<std::string, std::string> noticeText(const ServerNotice& server);
// nullopt: it is no server. What is too long or not what it should be is as if it were not there.
std::optional<ServerNotice> serverFrom(const std::string& serviceName, const std::map<std::string, std::string>& text);

}  // namespace marea::sync::dns
