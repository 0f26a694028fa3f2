#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/gateway/conditional.h"
#include "server/gateway/http.h"
#include "server/gateway/range.h"

namespace marea::server {

std::string_view reasonPhrase(int status);

// How one answer goes out, decided from the handler's response and the request's conditions before a byte is sent.
struct AnswerPlan {
    int status = 200;
    bool inParts = false;                 // parts of the body can be had
    bool sendBody = true;                 // false: HEAD, 204, 304
    ByteRange part;                       // of a FileBody or a StreamBody that can seek
    std::optional<std::uint64_t> length;  // of what is announced; nullopt: chunked, or up to the end of the connection
    std::string contentRange;             // 206 and 416
};

// Applies conditional requests and Range (RFC 9110 sections 13 and 14) to a 200 with validators. Where that ends in an
// error (412, 416), `response` becomes its problem document. Several ranges in one field get the whole body.
AnswerPlan planAnswer(Method method, const Conditions& conditions, Response& response);

struct HeadContext {
    std::string_view date;  // as sent
    std::string_view requestId;
    bool keepAlive = true;
    bool http10 = false;
    bool chunked = false;
    bool streamUrl = false;  // below /stream/: media elements of other origins may use it
    bool strictTransport = false;
    bool byOrigin = false;         // the answer may differ by who asks
    std::string_view origin = {};  // of a page that may read it; empty: none but our own
};

// Appends status line and fields, up to the empty line. Fields that the gateway is responsible for (length, framing,
// connection, date, request id) are left out of the response's own; line breaks in values become spaces.
void appendHead(std::string& out, const AnswerPlan& plan, const Response& response, const HeadContext& context);

// The problem document with the request's id as a further member.
void addRequestId(Response& response, std::string_view requestId);

}  // namespace marea::server
