#include "server/packaging/packedframes.h"

#include <algorithm>

namespace marea::server {

void packFrame(std::string& out, std::string_view frame) {
    for (std::size_t i = 0; i < kPackedLength; ++i) {
        out += static_cast<char>(frame.size() >> (8 * (kPackedLength - 1 - i)));
    }
    out += frame;
}

std::string_view takeFrame(std::string_view& packed) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < kPackedLength && i < packed.size(); ++i) {
        size = size << 8 | static_cast<unsigned char>(packed[i]);
    }
    packed.remove_prefix(std::min(kPackedLength, packed.size()));
    const std::string_view frame = size <= packed.size() ? packed.substr(0, size) : std::string_view();
    packed.remove_prefix(std::min(size, packed.size()));
    return frame;
}

}  // namespace marea::server
