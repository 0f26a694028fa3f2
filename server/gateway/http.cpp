#include "server/gateway/http.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "server/gateway/conditional.h"
#include "server/gateway/responsehead.h"
#include "server/gateway/text.h"

namespace marea::server {

namespace {

// In the order of Method.
constexpr std::array<std::string_view, 15> kMethods = {"GET",    "HEAD",    "POST",     "PUT",       "PATCH",
                                                       "DELETE", "OPTIONS", "PROPFIND", "PROPPATCH", "MKCOL",
                                                       "COPY",   "MOVE",    "LOCK",     "UNLOCK",    "OTHER"};

int statusOf(core::ErrorCode code) {
    switch (code) {
        case core::ErrorCode::Invalid:
            return 400;
        case core::ErrorCode::Unauthorized:
            return 401;
        case core::ErrorCode::Forbidden:
            return 403;
        case core::ErrorCode::NotFound:
            return 404;
        case core::ErrorCode::Conflict:
            return 409;
        case core::ErrorCode::TooLarge:
            return 413;
        case core::ErrorCode::Unprocessable:
            return 422;
        case core::ErrorCode::Busy:
            return 429;
        case core::ErrorCode::Unavailable:
        case core::ErrorCode::Cancelled:
            return 503;
        case core::ErrorCode::Timeout:
            return 504;
        case core::ErrorCode::Io:
        case core::ErrorCode::Corrupt:
        case core::ErrorCode::Internal:
            break;
    }
    return 500;
}

// Texts may come from names on disk, which are any bytes. One that is not UTF-8 must not spoil a whole list.
std::string jsonText(const core::json::value& value) {
    std::string text = core::json::serialize(value);
    return core::isUtf8(text) ? text : core::cleanText(text, std::string::npos, true);
}

}  // namespace

std::string_view methodText(Method method) {
    return kMethods[static_cast<std::size_t>(method)];
}

std::optional<Method> methodNamed(std::string_view text) {
    const auto* found = std::find(kMethods.begin(), kMethods.end(), text);
    return found == kMethods.end() ? std::nullopt : std::optional(static_cast<Method>(found - kMethods.begin()));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (sameText(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

std::string Headers::joined(std::string_view name) const {
    std::string all;
    for (const auto& [key, value] : fields_) {
        if (sameText(key, name)) {
            all.append(all.empty() ? "" : ", ").append(value);
        }
    }
    return all;
}

void Headers::set(std::string name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return sameText(field.first, name); });
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

std::string_view Request::param(std::string_view name) const {
    const auto found = std::find_if(params.begin(), params.end(), [&](const auto& pair) { return pair.first == name; });
    return found == params.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::string_view> Request::queryValue(std::string_view name) const {
    const auto found = std::find_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
    return found == query.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

Response Response::json(int status, const core::json::value& value) {
    return text(status, "application/json", jsonText(value));
}

Response Response::text(int status, std::string contentType, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(contentType));
    response.body = std::move(body);
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

Response Response::file(core::FileHandle file, std::uint64_t size, std::string contentType, std::string etag,
                        core::TimeMs modified) {
    Response response;
    response.headers.reserve(4);  // with one of the handler's own
    response.headers.add("Content-Type", std::move(contentType));
    response.headers.add("ETag", std::move(etag));
    response.headers.add("Last-Modified", httpDate(modified));
    response.body = FileBody{std::move(file), size};
    return response;
}

Response Response::problem(const core::Error& error) {
    Response response = problem(statusOf(error.code), core::name(error.code), error.text);
    response.detail = error.detail;
    if (response.status == 429 || response.status == 503) {
        response.headers.add("Retry-After", "2");
    }
    return response;
}

Response Response::problem(int status, std::string type, std::string detail) {
    core::json::object body;
    body["type"] = type.starts_with("urn:") ? type : "urn:marea:error:" + type;
    body["title"] = reasonPhrase(status);
    body["status"] = status;
    body["detail"] = std::move(detail);
    return text(status, "application/problem+json", jsonText(body));
}

Reply::~Reply() {
    if (send_) {
        (*this)(Response::problem(500, "internal", "The server could not answer this request."));
    }
}

void Reply::operator()(Response response) {
    if (const auto send = std::exchange(send_, nullptr)) {
        send(std::move(response));
    }
}

Handler inlined(PlainHandler handler) {
    return [handler = std::move(handler)](Request request, Reply reply) { reply(handler(request)); };
}

}  // namespace marea::server
