#include "server/protection/schemes.h"

#include <algorithm>

namespace marea::server {

const char* name(ProtectionScheme scheme) {
    constexpr const char* names[] = {"aes-128", "cenc", "cbcs"};
    return names[static_cast<std::size_t>(scheme)];
}

std::optional<ProtectionScheme> protectionScheme(std::string_view text) {
    for (const ProtectionScheme scheme : kProtectionSchemes) {
        if (text == name(scheme))
            return scheme;
    }
    return std::nullopt;
}

std::string name(const ProtectionKind& kind) {
    const std::string scheme = name(kind.scheme);
    return kind.scheme == ProtectionScheme::Aes128 ? scheme
           : kind.outside                          ? "drm-" + scheme
           : kind.licence                          ? "clearkey-" + scheme
                                                   : "identity-" + scheme;
}

std::optional<ProtectionKind> protectionKind(std::string_view text) {
    for (const ProtectionScheme scheme : kProtectionSchemes) {
        const bool common = scheme != ProtectionScheme::Aes128;
        for (const ProtectionKind kind : {ProtectionKind{scheme, false, false}, ProtectionKind{scheme, common, false},
                                          ProtectionKind{scheme, common, common}}) {
            if (text == name(kind))
                return kind;
        }
    }
    return std::nullopt;
}

bool protects(ProtectionScheme scheme, std::string_view videoCodec) {
    return scheme == ProtectionScheme::Aes128 || videoCodec == "h264" || videoCodec == "hevc";
}

}  // namespace marea::server
