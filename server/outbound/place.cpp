#include "server/outbound/place.h"

#include <algorithm>
#include <QByteArray>
#include <QString>
#include <QUrl>

namespace marea::server {

namespace {

constexpr std::size_t kLongest = 8192;

core::unexpected<core::Error> unusable() {
    return core::fail(core::ErrorCode::Invalid, "This address cannot be used.", "outbound address");
}

std::string textOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

}  // namespace

std::string Place::authority() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == (secure ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

core::Result<Place> placeOf(std::string_view url) {
    if (url.size() > kLongest || !isPlain(url)) {
        return unusable();
    }
    const QUrl parsed = QUrl::fromEncoded(QByteArray(url.data(), static_cast<qsizetype>(url.size())), QUrl::StrictMode);
    const std::string scheme = parsed.scheme().toStdString();
    Place place;
    place.secure = scheme == "https";
    place.host = textOf(QUrl::toAce(parsed.host()));
    if (place.host.empty()) {
        place.host = parsed.host().toStdString();  // an address has no form in ACE
    }
    const int port = parsed.port(place.secure ? 443 : 80);
    const bool usable = parsed.isValid() && (place.secure || scheme == "http") && !place.host.empty() &&
                        parsed.userInfo().isEmpty() && port > 0 && isPlain(place.host) &&
                        place.host.find('%') == std::string::npos;
    if (!usable) {
        return unusable();
    }
    place.port = static_cast<std::uint16_t>(port);
    const std::string path = textOf(parsed.path(QUrl::FullyEncoded).toLatin1());
    place.target = path.starts_with('/') ? path : "/" + path;
    if (parsed.hasQuery()) {
        place.target += "?" + textOf(parsed.query(QUrl::FullyEncoded).toLatin1());
    }
    return place;
}

std::string hostForLog(std::string_view url) {
    const auto place = placeOf(url);
    return place ? place->host : "?";
}

bool isHostOf(std::string_view host, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return pattern.starts_with('.') ? host.size() > pattern.size() && host.ends_with(pattern) : host == pattern;
    });
}

std::string joinedUrl(std::string_view base, const std::vector<std::string>& parts) {
    std::string url(base);
    while (url.ends_with('/')) {
        url.pop_back();
    }
    for (const std::string& part : parts) {
        const QByteArray bytes(part.data(), static_cast<qsizetype>(part.size()));
        url += "/" + textOf(bytes.toPercentEncoding());
    }
    return url;
}

}  // namespace marea::server
