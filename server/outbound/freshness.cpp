#include "server/outbound/freshness.h"

#include <algorithm>
#include <charconv>

#include "server/gateway/text.h"

namespace marea::server {

using core::TimeMs;

namespace {

constexpr std::size_t kMostKept = 128 * 1024;  // bytes of one body
constexpr TimeMs kLongest = TimeMs{30} * 24 * 3600 * 1000;
constexpr TimeMs kLongestNothing = TimeMs{24} * 3600 * 1000;  // of "there is no such thing"

struct CacheControl {
    bool noStore = false;
    std::optional<TimeMs> maxAge;
};

CacheControl cacheControl(const Headers& headers) {
    CacheControl control;
    forEachElement(headers.joined("cache-control"), [&](std::string_view element) {
        control.noStore = control.noStore || sameText(element, "no-store");
        if (sameText(element, "no-cache")) {
            control.maxAge = 0;
        }
        if (element.size() > 8 && sameText(element.substr(0, 8), "max-age=")) {
            std::int64_t seconds = 0;
            const auto [end, error] = std::from_chars(element.data() + 8, element.data() + element.size(), seconds);
            if (error == std::errc() && end == element.data() + element.size() && seconds >= 0) {
                control.maxAge = std::min(seconds, kLongest / 1000) * 1000;
            }
        }
    });
    return control;
}

std::string field(const OutboundAnswer& answer, const char* name) {
    return std::string(answer.headers.find(name).value_or(""));
}

}  // namespace

std::optional<TimeMs> freshFor(const OutboundRequest& request, const OutboundAnswer& answer) {
    const CacheControl control = cacheControl(answer.headers);
    const bool keeps = request.keep > 0 && (answer.status == 200 || answer.status == 404) &&
                       answer.body.size() <= kMostKept && !control.noStore;
    if (!keeps) {
        return std::nullopt;
    }
    const TimeMs most = answer.status == 404 ? kLongestNothing : kLongest;
    return std::min(control.maxAge.value_or(request.keep), most);
}

KeptAnswer keptAnswer(const OutboundAnswer& answer, TimeMs freshUntil) {
    return {answer.status, field(answer, "content-type").substr(0, 256), field(answer, "etag").substr(0, 256),
            answer.body, freshUntil};
}

OutboundAnswer answerOf(const KeptAnswer& kept) {
    OutboundAnswer answer;
    answer.status = kept.status;
    answer.headers.set("Content-Type", kept.contentType);
    if (!kept.etag.empty()) {
        answer.headers.set("ETag", kept.etag);
    }
    answer.body = kept.body;
    return answer;
}

}  // namespace marea::server
