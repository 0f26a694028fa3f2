#include "server/apps/metadata/asking.h"

#include <QByteArray>

#include "server/outbound/place.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

constexpr core::TimeMs kDay = core::TimeMs{24} * 3600 * 1000;

std::string encoded(const std::string& text) {
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const QByteArray safe = bytes.toPercentEncoding();
    return {safe.constData(), static_cast<std::size_t>(safe.size())};
}

Result<std::string> bodyOf(const std::string& host, Result<OutboundAnswer> answer) {
    if (!answer) {
        return core::unexpected<core::Error>(answer.error());
    }
    if (answer->status == 200) {
        return std::move(answer->body);
    }
    const std::string what = host + ": " + std::to_string(answer->status);
    if (answer->status == 404 || answer->status == 400) {
        return core::fail(ErrorCode::NotFound, "The service does not know it.", what);
    }
    if (answer->status == 401 || answer->status == 403) {
        return core::fail(ErrorCode::Unauthorized, "The service does not accept the key.", what);
    }
    return core::fail(ErrorCode::Unavailable, "The service cannot be used just now.", what);
}

}  // namespace

std::string queryText(const QueryFields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        text += (text.empty() ? "?" : "&") + name + "=" + encoded(value);
    }
    return text;
}

void askFor(Outbound& outbound, const std::string& url, const QueryFields& headers,
            std::function<void(Result<std::string>)> done) {
    OutboundRequest request{.url = url};
    request.headers = headers;
    request.headers.emplace_back("Accept", "application/json");
    request.keep = kDay;
    request.staleWhenDown = true;
    outbound.send(std::move(request), [host = hostForLog(url), done = std::move(done)](Result<OutboundAnswer> answer) {
        done(bodyOf(host, std::move(answer)));
    });
}

}  // namespace marea::server
