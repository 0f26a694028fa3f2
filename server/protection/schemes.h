#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/protection/commonencryption.h"

namespace marea::server {

// How bytes are encrypted. Each has a key of its own for each title.
enum class ProtectionScheme { Aes128, Cenc, Cbcs };
inline constexpr ProtectionScheme kProtectionSchemes[] = {ProtectionScheme::Aes128, ProtectionScheme::Cenc,
                                                          ProtectionScheme::Cbcs};
const char* name(ProtectionScheme scheme);  // "aes-128", "cenc", "cbcs"
std::optional<ProtectionScheme> protectionScheme(std::string_view name);

// Those that a title may go out in; not empty.
using ProtectionSchemes = std::vector<ProtectionScheme>;

// A scheme, and how players get at its key. Players of HLS disagree about the second, and none takes a playlist that
// has both ways in it, so each has addresses of its own.
struct ProtectionKind {
    ProtectionScheme scheme = ProtectionScheme::Aes128;
    // From a licence, by W3C Clear Key; else from the address in the playlist, as 16 bytes.
    bool licence = false;
    bool outside = false;  // that licence is of a system whose provider is another: outsidesystems.h
    bool operator==(const ProtectionKind&) const = default;
};
// "aes-128" · "clearkey-cenc" · "clearkey-cbcs" · "identity-cenc" · "identity-cbcs" · "drm-cenc" · "drm-cbcs": in
// capabilities and addresses.
std::string name(const ProtectionKind& kind);
std::optional<ProtectionKind> protectionKind(std::string_view name);

// Whether a track of that codec (FFmpeg's name) can be protected so. Whole segments can, whatever is in them.
bool protects(ProtectionScheme scheme, std::string_view videoCodec);

}  // namespace marea::server
