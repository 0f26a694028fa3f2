// Whole requests as they come from a socket, in pieces of any size: the same comes out of them.
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/gateway/requestparser.h"

using namespace marea::server;

namespace {

struct Read {
    Request request;
    Conditions conditions;
    bool failed = false, done = false;
    std::string complaint;
};

Read read(const std::uint8_t* data, std::size_t size, std::size_t piece) {
    Read out;
    RequestParser parser(out.request, out.conditions, 4096);
    parser.limitBody(1024);
    std::string waiting;
    for (std::size_t at = 0; at < size && !out.failed && !parser.is_done(); at += piece) {
        waiting.append(reinterpret_cast<const char*>(data) + at, std::min(piece, size - at));
        boost::beast::error_code error;
        for (std::size_t used = 1; used > 0 && !waiting.empty() && !parser.is_done();) {
            used = parser.put(boost::asio::buffer(waiting), error);
            waiting.erase(0, used);
            if (error)
                break;
        }
        out.failed = error && error != boost::beast::http::error::need_more;
    }
    out.done = parser.is_header_done() && !out.failed;
    if (out.done)
        out.complaint = parser.complaint();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Read whole = read(data, size, size + 1);
    const Read pieces = read(data, size, 7);
    if (whole.done && pieces.done &&
        (whole.request.target != pieces.request.target || whole.complaint != pieces.complaint ||
         whole.conditions.range != pieces.conditions.range))
        std::abort();
    return 0;
}
