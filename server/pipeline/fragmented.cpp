#include "server/pipeline/fragmented.h"

namespace marea::server {

bool isFragmented(MediaSource& source) {
    std::int64_t at = 0;
    for (int boxes = 0; boxes < 16 && at < source.size(); ++boxes) {
        std::uint8_t h[16];
        if (source.read(at, h, sizeof h) < sizeof h)
            return false;
        const auto number = [&](int from, int count) {
            std::uint64_t value = 0;
            for (int i = 0; i < count; ++i)
                value = value << 8 | h[from + i];
            return value;
        };
        if (std::string_view(reinterpret_cast<const char*>(h) + 4, 4) == "moof")
            return true;
        const std::uint64_t size = number(0, 4) == 1 ? number(8, 8) : number(0, 4);
        if (size < 8 || size > static_cast<std::uint64_t>(source.size()))
            return false;
        at += static_cast<std::int64_t>(size);
    }
    return false;
}

}  // namespace marea::server
