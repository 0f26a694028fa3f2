#include "server/outbound/redirects.h"

#include <QByteArray>
#include <QUrl>

#include "server/gateway/text.h"
#include "server/outbound/place.h"

namespace marea::server {

using core::ErrorCode;

namespace {

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string resolved(std::string_view base, std::string_view location) {
    const auto url = [](std::string_view text) {
        return QUrl::fromEncoded(QByteArray(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    };
    const QByteArray whole = url(base).resolved(url(location)).toEncoded(QUrl::RemoveFragment);
    return {whole.constData(), static_cast<std::size_t>(whole.size())};
}

bool goesAlong(std::string_view field) {
    return sameText(field, "accept") || sameText(field, "accept-language");
}

}  // namespace

core::Result<std::optional<OutboundRequest>> redirected(const OutboundRequest& request, const OutboundAnswer& answer) {
    const auto location = answer.headers.find("location");
    if (request.method != Method::Get || !isRedirect(answer.status) || !location) {
        return std::optional<OutboundRequest>();
    }
    const auto from = placeOf(request.url);
    OutboundRequest next = request;
    next.url = resolved(request.url, *location);
    const auto to = placeOf(next.url);
    if (!from || !to || to->secure != from->secure || (to->host != from->host && !isHostOf(to->host, next.alsoHosts))) {
        return core::fail(ErrorCode::Forbidden, "Another server leads to an address that is not allowed.",
                          "redirect from " + hostForLog(request.url) + " to " + hostForLog(next.url));
    }
    if (to->host != from->host || to->port != from->port) {
        std::erase_if(next.headers, [](const auto& field) { return !goesAlong(field.first); });
        next.alsoHosts.push_back(from->host);
    }
    return std::optional(std::move(next));
}

}  // namespace marea::server
