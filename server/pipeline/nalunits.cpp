#include "server/pipeline/nalunits.h"

#include <algorithm>
#include <array>

#include "server/pipeline/libav.h"

namespace marea::server {
namespace {

constexpr std::array<std::uint8_t, 3> startCode{0, 0, 1};

const std::uint8_t* nextStartCode(const std::uint8_t* from, const std::uint8_t* end) {
    return std::search(from, end, startCode.begin(), startCode.end());
}

}  // namespace

bool hasStartCodes(const AVCodecParameters* parameters) {
    if (parameters->codec_id != AV_CODEC_ID_H264 && parameters->codec_id != AV_CODEC_ID_HEVC)
        return false;
    const std::uint8_t* extra = parameters->extradata;
    if (!extra || parameters->extradata_size < 4)
        return true;
    return extra[0] == 0 && extra[1] == 0 && (extra[2] == 1 || (extra[2] == 0 && extra[3] == 1));
}

void appendWithLengths(std::string& out, const std::uint8_t* data, std::size_t size) {
    const std::uint8_t* const end = data + size;
    const std::uint8_t* unit = nextStartCode(data, end);
    while (unit != end) {
        unit += startCode.size();
        const std::uint8_t* const next = nextStartCode(unit, end);
        const std::uint8_t* last = next;
        while (last > unit && last[-1] == 0)  // trailing_zero_8bits, or the longer start code's zero
            --last;
        const auto length = static_cast<std::uint32_t>(last - unit);
        if (length > 0) {
            for (int shift = 24; shift >= 0; shift -= 8)
                out.push_back(static_cast<char>(length >> shift));
            out.append(reinterpret_cast<const char*>(unit), length);
        }
        unit = next;
    }
}

}  // namespace marea::server
