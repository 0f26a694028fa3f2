// Lists of the catalogue: query strings and the cursors that clients give back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/mediaparams.h"
#include "server/gateway/target.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto cursor = decodeCursor(text, "kind=movie")) {
        demand(encodeCursor(*cursor, "kind=movie") == text);
        demand(!decodeCursor(text, "kind=album"));
    }
    if (const auto number = parseInt(text, -3, 99))
        demand(*number >= -3 && *number <= 99);
    static_cast<void>(parseKinds(text));
    Request request;
    if (const auto query = decodeQuery(text)) {
        request.query = *query;
        if (const auto limit = parseLimit(request, 50, 200))
            demand(*limit >= 1 && *limit <= 200);
        static_cast<void>(parseMediaQuery(request));
    }
    return 0;
}
