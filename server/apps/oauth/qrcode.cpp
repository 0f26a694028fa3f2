#include "server/apps/oauth/qrcode.h"

#include <qrencode.h>

#include <memory>

namespace marea::server {

namespace {

constexpr int kQuiet = 4;  // modules on each side (section 6.3.8)
constexpr std::size_t kLongest = 1024;

struct Freed {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

// The dark modules, row by row, as one path.
std::string pathOf(const QRcode& code) {
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            if ((code.data[y * code.width + x] & 1) != 0) {
                path += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h1v1h-1z";
            }
        }
    }
    return path;
}

}  // namespace

std::optional<std::string> qrCodeSvg(std::string_view text) {
    if (text.empty() || text.size() > kLongest) {
        return std::nullopt;
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::unique_ptr<QRcode, Freed> code(QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M));
    if (!code) {
        return std::nullopt;
    }
    const std::string side = std::to_string(code->width + 2 * kQuiet);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
           "H0z\"/><path fill=\"#000\" d=\"" + pathOf(*code) + "\"/></svg>\n";
}

}  // namespace marea::server
