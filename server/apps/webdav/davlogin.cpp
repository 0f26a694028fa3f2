#include "server/apps/webdav/davlogin.h"

#include <QByteArray>

#include "core/base/utf8.h"
#include "server/gateway/text.h"

namespace marea::server::webdav {

namespace {

constexpr std::size_t kLongestLogin = 4096;
constexpr std::string_view kNamed = "Basic ", kToken = "Bearer ";

bool isOfScheme(std::string_view field, std::string_view scheme) {
    return field.size() > scheme.size() && sameText(field.substr(0, scheme.size()), scheme);
}

// "<name>:<password>" in Base64. A name has no colon, a password may have some.
std::optional<Login> namedIn(std::string_view encoded) {
    const auto bytes = QByteArray::fromBase64Encoding(
        QByteArray(encoded.data(), static_cast<qsizetype>(encoded.size())), QByteArray::AbortOnBase64DecodingErrors);
    const std::string text = bytes ? bytes.decoded.toStdString() : std::string();
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || !core::isUtf8(text) || text.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    return NamedLogin{text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

std::optional<Login> loginIn(std::string_view authorization) {
    const std::string_view field = trimmed(authorization);
    if (field.size() > kLongestLogin) {
        return std::nullopt;
    }
    if (isOfScheme(field, kNamed)) {
        return namedIn(trimmed(field.substr(kNamed.size())));
    }
    return isOfScheme(field, kToken)
               ? std::optional<Login>(TokenLogin{std::string(trimmed(field.substr(kToken.size())))})
               : std::nullopt;
}

}  // namespace marea::server::webdav
