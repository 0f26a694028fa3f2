// What a client says of a file that it wants to upload: a path that is taken stays inside, and is the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/apps/uploads/uploadrules.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void checkPath(const std::string& path) {
    demand(!path.empty() && path.front() != '/' && path.back() != '/' && path.find('\0') == std::string::npos);
    demand(("/" + path + "/").find("/../") == std::string::npos && ("/" + path).find("/.") == std::string::npos);
    const auto again = uploadPath(path);
    demand(again && *again == path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto path = uploadPath(text))
        checkPath(*path);
    const auto line = std::min(text.find('\n'), text.size());
    for (const std::string_view length : {std::string_view("1234"), text.substr(0, line)}) {
        const auto wish = uploadWish(length, text.substr(length == "1234" ? 0 : std::min(line + 1, text.size())));
        if (wish) {
            demand(wish->size >= 1);
            checkPath(wish->path);
        }
    }
    if (const auto count = byteCount(text))
        demand(*count >= 0);
    if (const auto digest = uploadChecksum(text))
        demand(digest->size() == 32);
    return 0;
}
