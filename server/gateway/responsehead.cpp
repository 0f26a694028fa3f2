#include "server/gateway/responsehead.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "server/gateway/text.h"

namespace marea::server {

namespace {

struct Default {
    std::string_view name, value;
};

// Sent with every answer unless its handler chose another value.
constexpr std::array<Default, 4> kSecurity = {{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
}};

// The gateway's own business; a handler's idea of them is not taken.
constexpr std::array<std::string_view, 7> kOwn = {"Content-Length", "Transfer-Encoding", "Connection",   "Date",
                                                  "X-Request-Id",   "Keep-Alive",        "Content-Range"};

// What a 304 may carry (RFC 9110 section 15.4.5).
constexpr std::array<std::string_view, 5> kNotModified = {"ETag", "Last-Modified", "Cache-Control", "Vary", "Expires"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::string_view each : names) {
        if (sameText(each, name)) {
            return true;
        }
    }
    return false;
}

void appendNumber(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), end);
}

bool mayNotStand(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

// Whether any of eight bytes is below 0x20 or is 0x7F: nearly never, and this is asked of every byte of every answer.
// Sets the high bit of each that is; a borrow may set one too many, never one too few.
std::uint64_t controlsIn(std::uint64_t bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
    const std::uint64_t deleted = bytes ^ (kOnes * 0x7F);
    return (((bytes - kOnes * 0x20) & ~bytes) | ((deleted - kOnes) & ~deleted)) & kHigh;
}

bool mayHaveControls(std::string_view text) {
    std::uint64_t found = 0, bytes = 0;
    std::size_t at = 0;
    for (; at + sizeof bytes <= text.size(); at += sizeof bytes) {
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        found |= controlsIn(bytes);
    }
    for (; at < text.size(); ++at) {
        found |= static_cast<std::uint64_t>(mayNotStand(text[at]));
    }
    return found != 0;
}

// Nothing in a value may end its line: that would let it forge fields.
void appendSafe(std::string& out, std::string_view text) {
    const std::size_t start = out.size();
    out.append(text);
    if (mayHaveControls(text)) {
        std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), mayNotStand, ' ');
    }
}

void appendField(std::string& out, std::string_view name, std::string_view value) {
    appendSafe(out, name);
    out.append(": ");
    appendSafe(out, value);
    out.append("\r\n");
}

std::optional<std::uint64_t> bodyLength(const Body& body) {
    if (const auto* text = std::get_if<std::string>(&body)) {
        return text->size();
    }
    if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) {
        return *shared ? (*shared)->size() : 0;
    }
    if (const auto* file = std::get_if<FileBody>(&body)) {
        return file->size;
    }
    if (const auto* stream = std::get_if<StreamBody>(&body)) {
        return stream->length;
    }
    return 0;
}

// The size of a body of which a part can be had.
std::optional<std::uint64_t> sizeInParts(const Body& body) {
    const auto* stream = std::get_if<StreamBody>(&body);
    const bool parts = std::holds_alternative<FileBody>(body) || (stream != nullptr && stream->seek) ||
                       std::holds_alternative<std::shared_ptr<const std::string>>(body);  // a piece just made
    return parts ? bodyLength(body) : std::nullopt;
}

bool mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void planRange(AnswerPlan& plan, const Conditions& conditions, const Validators& validators, std::uint64_t size) {
    if (conditions.range.empty() || !rangeStillValid(conditions, validators)) {
        return;
    }
    const RangeAnswer answer = parseRange(conditions.range, size);
    if (answer.kind == RangeKind::Part) {
        plan.status = 206;
        plan.part = answer.range;
        plan.length = answer.range.length;
        plan.contentRange = contentRange(answer.range, size);
    } else if (answer.kind == RangeKind::Unsatisfiable) {
        plan.status = 416;
        plan.contentRange = unsatisfiedRange(size);
    }
}

void becomeProblem(AnswerPlan& plan, Response& response) {
    response = plan.status == 412
                   ? Response::problem(412, "precondition-failed", "This has changed since the client last saw it.")
                   : Response::problem(416, "range-not-satisfiable", "The range lies outside the file.");
    plan.length = bodyLength(response.body);
    plan.inParts = false;
}

void appendDefaults(std::string& out, const AnswerPlan& plan, const Response& response, const HeadContext& context) {
    for (const Default& field : kSecurity) {
        if (!response.headers.find(field.name)) {
            appendField(out, field.name, field.value);
        }
    }
    if (!response.headers.find("Cross-Origin-Resource-Policy")) {
        appendField(out, "Cross-Origin-Resource-Policy", context.streamUrl ? "cross-origin" : "same-origin");
    }
    if (context.strictTransport) {
        out.append("Strict-Transport-Security: max-age=31536000\r\n");  // RFC 6797
    }
    if (context.byOrigin) {
        out.append("Vary: Origin\r\n");
    }
    if (!context.origin.empty()) {
        appendField(out, "Access-Control-Allow-Origin", context.origin);
        out.append(
            "Access-Control-Expose-Headers: Content-Range, ETag, Location, Retry-After, Tus-Resumable, Upload-Length, "
            "Upload-Offset, WWW-Authenticate, X-Request-Id\r\n");
    }
    if (!response.headers.find("Cache-Control")) {
        appendField(out, "Cache-Control", plan.inParts ? "private, no-cache" : "no-store");
    }
    if (plan.inParts) {
        out.append("Accept-Ranges: bytes\r\n");
    }
    if (plan.status == 401 && !response.headers.find("WWW-Authenticate")) {
        out.append("WWW-Authenticate: Bearer realm=\"marea\"\r\n");  // RFC 6750 section 3
    }
}

void appendFraming(std::string& out, const AnswerPlan& plan, const HeadContext& context) {
    if (!plan.contentRange.empty()) {
        appendField(out, "Content-Range", plan.contentRange);
    }
    if (context.chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (plan.length && mayHaveBody(plan.status)) {
        out.append("Content-Length: ");
        appendNumber(out, *plan.length);
        out.append("\r\n");
    }
    if (!context.keepAlive) {
        out.append("Connection: close\r\n");
    } else if (context.http10) {
        out.append("Connection: keep-alive\r\n");
    }
}

}  // namespace

std::string_view reasonPhrase(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 34> kPhrases = {{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {207, "Multi-Status"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {426, "Upgrade Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    }};
    for (const auto& [code, phrase] : kPhrases) {
        if (code == status) {
            return phrase;
        }
    }
    return "Unknown";
}

AnswerPlan planAnswer(Method method, const Conditions& conditions, Response& response) {
    AnswerPlan plan;
    plan.status = response.status;
    plan.length = bodyLength(response.body);
    const auto size = sizeInParts(response.body);
    if (size) {
        plan.inParts = true;
        plan.part = {0, *size};
    }
    if (response.status == 200 && (method == Method::Get || method == Method::Head) && conditions.any()) {
        const Validators validators{response.headers.find("ETag").value_or(""),
                                    response.headers.find("Last-Modified").value_or("")};
        switch (evaluate(conditions, validators)) {
            case Precondition::NotModified:
                plan.status = 304;
                break;
            case Precondition::Failed:
                plan.status = 412;
                break;
            case Precondition::Proceed:
                if (size && method == Method::Get) {  // section 14.2: Range is defined for GET alone
                    planRange(plan, conditions, validators, *size);
                }
                break;
        }
    }
    if (plan.status == 412 || plan.status == 416) {
        becomeProblem(plan, response);
    }
    plan.sendBody = method != Method::Head && mayHaveBody(plan.status);
    return plan;
}

void appendHead(std::string& out, const AnswerPlan& plan, const Response& response, const HeadContext& context) {
    out.append("HTTP/1.1 ");
    appendNumber(out, static_cast<std::uint64_t>(plan.status));
    out.push_back(' ');
    out.append(reasonPhrase(plan.status));
    out.append("\r\nDate: ");
    out.append(context.date);
    out.append("\r\nX-Request-Id: ");
    out.append(context.requestId);
    out.append("\r\n");
    for (const auto& [name, value] : response.headers.all()) {
        if (!contains(kOwn, name) && (plan.status != 304 || contains(kNotModified, name))) {
            appendField(out, name, value);
        }
    }
    appendDefaults(out, plan, response, context);
    appendFraming(out, plan, context);
    out.append("\r\n");
}

void addRequestId(Response& response, std::string_view requestId) {
    auto* body = std::get_if<std::string>(&response.body);
    if (body == nullptr || body->size() < 3 || body->back() != '}' ||
        response.headers.find("Content-Type") != "application/problem+json" ||
        body->find("\"request_id\"") != std::string::npos) {
        return;
    }
    body->pop_back();
    body->append(",\"request_id\":\"").append(requestId).append("\"}");
}

}  // namespace marea::server
