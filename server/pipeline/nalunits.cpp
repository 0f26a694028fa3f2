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

// What a unit's header says: ITU-T H.264, 7.3.1; H.265, 7.3.1.2. -1 for what is no part of a picture.
int sliceType(const AVCodecParameters* parameters, std::uint8_t header) {
    const bool avc = parameters->codec_id == AV_CODEC_ID_H264;
    const int type = avc ? header & 0x1F : header >> 1 & 0x3F;
    return (avc ? type >= 1 && type <= 5 : type < 32) ? type : -1;
}

int firstBehindStartCodes(const AVCodecParameters* parameters, const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t enough = 64 << 10;  // parameter sets and messages come before it, no more
    const std::uint8_t* const end = data + std::min(size, enough);
    for (const std::uint8_t* unit = nextStartCode(data, end); unit != end; unit = nextStartCode(unit, end)) {
        unit += startCode.size();
        const int type = unit != end ? sliceType(parameters, *unit) : -1;
        if (type >= 0)
            return type;
    }
    return -1;
}

// avcC and hvcC say how long the lengths are: ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1.
std::size_t lengthSize(const AVCodecParameters* parameters) {
    const int at = parameters->codec_id == AV_CODEC_ID_H264 ? 4 : 21;
    return parameters->extradata_size > at ? (parameters->extradata[at] & 3u) + 1 : 4;
}

int firstBehindLengths(const AVCodecParameters* parameters, const std::uint8_t* data, std::size_t size) {
    const std::size_t lengths = lengthSize(parameters);
    for (std::size_t at = 0; size - at > lengths;) {
        std::size_t unit = 0;
        for (std::size_t i = 0; i < lengths; ++i)
            unit = unit << 8 | data[at + i];
        at += lengths;
        const int type = unit > 0 ? sliceType(parameters, data[at]) : -1;
        if (type >= 0)
            return type;
        at += std::min(unit, size - at);
    }
    return -1;
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

int firstSliceType(const AVCodecParameters* parameters, const std::uint8_t* data, std::size_t size) {
    return hasStartCodes(parameters) ? firstBehindStartCodes(parameters, data, size)
                                     : firstBehindLengths(parameters, data, size);
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
