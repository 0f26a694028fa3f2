#pragma once

#include <cstdint>
#include <optional>
#include <QByteArray>

#include "core/http/httpclient.h"

namespace marea::player {

// "bytes a-b/total" (RFC 9110, 14.4); begin = end = 0 in the unsatisfied form "bytes */total".
struct ContentRange {
    std::int64_t begin = 0, end = 0;  // [begin, end)
    std::int64_t total = -1;
};
std::optional<ContentRange> parseContentRange(const QByteArray& value);

// What is known of the title when an answer comes.
struct TitleState {
    std::int64_t asked = 0;  // first byte of the request
    std::int64_t size = -1;  // -1: not known yet
    QByteArray etag;
};

// What an answer's head means for the one who reads the body.
struct AnswerPlan {
    enum class Action { Take, Empty, Renew, Retry, Fail } action = Action::Fail;
    std::int64_t begin = 0, end = -1;  // Take: where the body belongs; end -1 when not told
    std::int64_t size = -1;
    QByteArray etag;
    core::Error error;  // Renew, Retry, Fail
    int retryAfterMs = 0;
};
AnswerPlan judgeAnswer(int status, const core::HttpHeaders& headers, const TitleState& known);

}  // namespace marea::player
