// What the worker reads in packets by itself: units between start codes, frames of sound, tags, Dolby's metadata.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "server/pipeline/atmos.h"
#include "server/pipeline/dolbymapping.h"
#include "server/pipeline/mpegframes.h"
#include "server/pipeline/nalunits.h"
#include "server/pipeline/tagfields.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void checkUnits(const std::uint8_t* data, std::size_t size) {
    std::string out;
    appendWithLengths(out, data, size);
    std::size_t at = 0;
    while (at + 4 <= out.size()) {
        std::size_t length = 0;
        for (int i = 0; i < 4; ++i)
            length = length << 8 | static_cast<std::uint8_t>(out[at++]);
        demand(length > 0 && length <= out.size() - at);
        at += length;
    }
    demand(at == out.size());
}

void checkTags(std::string_view text) {
    TagFields fields;
    for (const char* name : {"TITLE", "DATE", "TRACKNUMBER", "GENRE", "REPLAYGAIN_TRACK_GAIN", "R128_TRACK_GAIN"})
        fields.add(name, text);
    fields.add(text, text);
    static_cast<void>(fields.tags());
    static_cast<void>(parsePartOf(text));
    static_cast<void>(parseYear(text));
    static_cast<void>(parsePeak(text));
}

struct Bytes {
    const std::uint8_t* data;
    std::size_t left;
    template <class T>
    void fill(T& value) {
        const std::size_t count = std::min(left, sizeof value);
        std::memcpy(&value, data, count);
        data += count;
        left -= count;
    }
};

// As a decoder might hand it over that checked less than libav does.
void checkDolby(Bytes bytes) {
    AVDOVIMetadata* metadata = av_dovi_metadata_alloc(nullptr);
    demand(metadata != nullptr);
    AVDOVIDataMapping* mapping = av_dovi_get_mapping(metadata);
    bytes.fill(*av_dovi_get_header(metadata));
    for (AVDOVIReshapingCurve& curve : mapping->curves) {
        bytes.fill(curve.num_pivots);
        bytes.fill(curve.pivots);
        bytes.fill(curve.poly_order);
        bytes.fill(curve.poly_coef);
        bytes.fill(curve.mmr_order);
        bytes.fill(curve.mmr_coef);
        for (std::size_t i = 0; i < AV_DOVI_MAX_PIECES; ++i)
            curve.mapping_idc[i] = curve.pivots[i] & 1 ? AV_DOVI_MAPPING_MMR : AV_DOVI_MAPPING_POLYNOMIAL;
    }
    bytes.fill(*av_dovi_get_color(metadata));
    if (const auto colours = DolbyColours::of(*metadata)) {
        const DolbyMapping dolby(*colours);
        std::uint16_t row[3][4] = {{0, 1000, 40'000, 65'535}, {0, 1000, 40'000, 65'535}, {9, 1000, 40'000, 65'535}};
        dolby.map({row[0], row[1], row[2]}, {row[0], row[1], row[2]}, 4);
    }
    av_free(metadata);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    checkUnits(data, size);
    const int complexity = jocComplexity(data, size);
    demand(isJocFrame(data, size) || complexity == 0);
    static_cast<void>(isTrueHdAtmosUnit(data, size));
    if (size >= 4) {
        const auto frame = parseMpegFrame(data);
        demand(!frame || (frame->size > 4 && frame->sampleRate > 0 && frame->samples > 0));
    }
    checkTags({reinterpret_cast<const char*>(data), size});
    if (size > 16)
        checkDolby({data, size});
    return 0;
}
