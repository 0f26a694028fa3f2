#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace marea::server {

// `text` as a QR code (ISO/IEC 18004, level M) in SVG: dark on light whatever is around it, with its quiet zone.
// nullopt when it is too long for one.
std::optional<std::string> qrCodeSvg(std::string_view text);

}  // namespace marea::server
