// What a client may write into a request's head: target, query, Range, dates, conditions, forwarded addresses. Beyond
// not crashing, what is accepted must hold what the headers promise.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/gateway/forwarded.h"
#include "server/gateway/range.h"
#include "server/gateway/responsehead.h"
#include "server/gateway/target.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void checkTarget(std::string_view text) {
    const auto parts = splitTarget(text);
    if (!parts) {
        return;
    }
    static_cast<void>(decodeQuery(parts->query));
    if (const auto path = decodePath(parts->path)) {
        demand(path->front() == '/' && isUtf8(*path) && path->find("//") == std::string::npos &&
               (*path + "/").find("/../") == std::string::npos && path->find('\0') == std::string::npos);
    }
}

void checkRange(std::string_view text) {
    for (const std::uint64_t size : {0ULL, 1ULL, 1000ULL, 0xFFFFFFFFFFFFFFFFULL}) {
        const RangeAnswer answer = parseRange(text, size);
        if (answer.kind == RangeKind::Part) {
            demand(answer.range.length > 0 && answer.range.offset < size &&
                   answer.range.length <= size - answer.range.offset);
        }
    }
}

void checkHead(const std::string& text) {
    Conditions conditions{text, text, text, text, text, text};
    Response response = Response::text(200, text, "body");
    response.headers.add("ETag", text);
    const AnswerPlan plan = planAnswer(Method::Get, conditions, response);
    std::string head;
    appendHead(head, plan, response, HeadContext{"date", "id"});
    demand(head.find("\r\n\r\n") == head.size() - 4);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    checkTarget(text);
    checkRange(text);
    checkHead(text);
    if (const auto time = parseHttpDate(text)) {
        demand(parseHttpDate(httpDate(*time)) == time);
    }
    static_cast<void>(clientAddress("127.0.0.1", text, {"127.0.0.1"}));
    return 0;
}
