#include "player/cache/httpanswer.h"

#include <algorithm>

namespace marea::player {

using core::Error;
using core::ErrorCode;

namespace {

using Action = AnswerPlan::Action;

AnswerPlan problem(Action action, ErrorCode code, const char* text, int status) {
    AnswerPlan plan;
    plan.action = action;
    plan.error = Error{code, "status " + std::to_string(status), text};
    return plan;
}

AnswerPlan changed(int status) {
    return problem(Action::Fail, ErrorCode::Conflict,
                   QT_TRANSLATE_NOOP("Player", "The file changed on the server while it was playing"), status);
}

bool number(const QByteArray& text, std::int64_t& out) {
    bool ok = !text.isEmpty() && text.at(0) >= '0' && text.at(0) <= '9';
    out = ok ? text.toLongLong(&ok) : 0;
    return ok;
}

AnswerPlan whole(const core::HttpHeaders& headers, const TitleState& known) {
    const QByteArray etag = core::headerValue(headers, "ETag");
    if (known.size >= 0 && (etag != known.etag || known.asked > 0)) {
        return changed(200);
    }
    if (known.asked > 0) {
        return problem(Action::Fail, ErrorCode::Unprocessable,
                       QT_TRANSLATE_NOOP("Player", "This server can't seek in files"), 200);
    }
    AnswerPlan plan;
    plan.action = Action::Take;
    plan.etag = etag;
    if (!number(core::headerValue(headers, "Content-Length"), plan.size)) {
        plan.size = -1;
    }
    plan.end = plan.size;
    return plan;
}

AnswerPlan part(const core::HttpHeaders& headers, const TitleState& known) {
    const auto range = parseContentRange(core::headerValue(headers, "Content-Range"));
    if (!range || range->begin != known.asked || range->end <= range->begin || range->total < range->end) {
        return problem(Action::Fail, ErrorCode::Corrupt,
                       QT_TRANSLATE_NOOP("Player", "The server answered with another part of the file"), 206);
    }
    AnswerPlan plan;
    plan.etag = core::headerValue(headers, "ETag");
    if (known.size >= 0 && (range->total != known.size || plan.etag != known.etag)) {
        return changed(206);
    }
    plan.action = Action::Take;
    plan.begin = range->begin;
    plan.end = range->end;
    plan.size = range->total;
    return plan;
}

AnswerPlan unsatisfied(const core::HttpHeaders& headers, const TitleState& known) {
    const auto range = parseContentRange(core::headerValue(headers, "Content-Range"));
    if (known.size < 0 && range && range->total == 0) {
        AnswerPlan plan;
        plan.action = Action::Empty;
        plan.size = 0;
        return plan;
    }
    return changed(416);
}

}  // namespace

std::optional<ContentRange> parseContentRange(const QByteArray& value) {
    if (!value.toLower().startsWith("bytes ")) {
        return std::nullopt;
    }
    const QByteArray rest = value.mid(6).trimmed();
    const auto slash = rest.indexOf('/');
    ContentRange range;
    if (slash < 1 || !number(rest.mid(slash + 1), range.total)) {
        return std::nullopt;
    }
    const QByteArray span = rest.left(slash);
    if (span == "*") {
        return range;
    }
    const auto dash = span.indexOf('-');
    std::int64_t last = 0;
    if (dash < 1 || !number(span.left(dash), range.begin) || !number(span.mid(dash + 1), last) || last < range.begin) {
        return std::nullopt;
    }
    range.end = last + 1;
    return range;
}

AnswerPlan judgeAnswer(int status, const core::HttpHeaders& headers, const TitleState& known) {
    switch (status) {
        case 200:
            return whole(headers, known);
        case 206:
            return part(headers, known);
        case 401:
        case 403:
            return problem(Action::Renew, ErrorCode::Unauthorized,
                           QT_TRANSLATE_NOOP("Player", "The server no longer lets this device play this"), status);
        case 404:
        case 410:
            return problem(Action::Fail, ErrorCode::NotFound,
                           QT_TRANSLATE_NOOP("Player", "The file is not on the server any more"), status);
        case 416:
            return unsatisfied(headers, known);
        default:
            break;
    }
    if (status == 429 || status >= 500) {
        AnswerPlan plan = problem(Action::Retry, ErrorCode::Unavailable,
                                  QT_TRANSLATE_NOOP("Player", "The server is too busy at the moment"), status);
        std::int64_t seconds = 0;
        number(core::headerValue(headers, "Retry-After"), seconds);
        plan.retryAfterMs = static_cast<int>(std::min<std::int64_t>(seconds, 10) * 1000);
        return plan;
    }
    return problem(Action::Fail, ErrorCode::Unavailable, QT_TRANSLATE_NOOP("Player", "The server refused to play this"),
                   status);
}

}  // namespace marea::player
