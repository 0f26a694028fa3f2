#include "server/pipeline/videocolour.h"

#include <algorithm>

#include "server/pipeline/dolbymapping.h"

#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

std::int64_t inUnits(AVRational value, std::int64_t unitsPerOne) {
    return value.den > 0 && value.num >= 0 ? av_rescale(value.num, unitsPerOne, value.den) : 0;
}

// By whoever keeps it: the stream or the picture. Null: it does not.
HdrMetadata metadataOf(const AVMasteringDisplayMetadata* display, const AVContentLightMetadata* light) {
    HdrMetadata metadata;
    if (display && display->has_primaries && display->has_luminance) {
        HdrMetadata::Display& out = metadata.display.emplace(HdrMetadata::Display{});
        for (std::size_t i = 0; i < 8; ++i) {
            const AVRational value = i < 6 ? display->display_primaries[i / 2][i % 2] : display->white_point[i % 2];
            out.chromaticity[i] = static_cast<int>(std::min<std::int64_t>(inUnits(value, 50'000), UINT16_MAX));
        }
        out.brightest = std::min<std::int64_t>(inUnits(display->max_luminance, 10'000), UINT32_MAX);
        out.darkest = std::min<std::int64_t>(inUnits(display->min_luminance, 10'000), UINT32_MAX);
    }
    if (light && (light->MaxCLL > 0 || light->MaxFALL > 0))
        metadata.light = {static_cast<int>(std::min(light->MaxCLL, unsigned{UINT16_MAX})),
                          static_cast<int>(std::min(light->MaxFALL, unsigned{UINT16_MAX}))};
    return metadata;
}

template <class T>
const T* structure(const std::uint8_t* data, std::size_t size) {
    return data && size >= sizeof(T) ? reinterpret_cast<const T*>(data) : nullptr;
}

template <class T>
const T* structure(const AVFrame& picture, AVFrameSideDataType type) {
    const AVFrameSideData* data = av_frame_get_side_data(&picture, type);
    return data ? structure<T>(data->data, data->size) : nullptr;
}

template <class T>
const T* structure(const AVStream& stream, AVPacketSideDataType type) {
    std::size_t size = 0;
    const std::uint8_t* data = streamSideData(&stream, type, size);
    return structure<T>(data, size);
}

}  // namespace

HdrMetadata HdrMetadata::of(const AVStream& stream) {
    return metadataOf(structure<AVMasteringDisplayMetadata>(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA),
                      structure<AVContentLightMetadata>(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL));
}

HdrMetadata HdrMetadata::of(const AVFrame& picture) {
    return metadataOf(structure<AVMasteringDisplayMetadata>(picture, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA),
                      structure<AVContentLightMetadata>(picture, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL));
}

bool isHdr(AVColorTransferCharacteristic transfer) {
    return transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67;
}

VideoColour outputColour(const AVStream& source, const VideoEncoding& encoding) {
    const auto transfer = needsDolbyMapping(&source)
                              ? AVCOL_TRC_SMPTE2084  // what it is mapped to
                              : static_cast<AVColorTransferCharacteristic>(source.codecpar->color_trc);
    if (encoding.toneMap || !isHdr(transfer))
        return {};
    return {AVCOL_PRI_BT2020, transfer, AVCOL_SPC_BT2020_NCL, HdrMetadata::of(source)};
}

AVColorSpace matrixOf(const AVFrame& picture) {
    const AVPixFmtDescriptor* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
    if (pixels && pixels->flags & AV_PIX_FMT_FLAG_RGB)
        return AVCOL_SPC_RGB;
    switch (picture.colorspace) {
        case AVCOL_SPC_BT709:
        case AVCOL_SPC_FCC:
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M:
        case AVCOL_SPC_SMPTE240M:
        case AVCOL_SPC_BT2020_NCL:
            return picture.colorspace;
        case AVCOL_SPC_BT2020_CL:
            return AVCOL_SPC_BT2020_NCL;
        default:
            break;
    }
    if (isHdr(picture.color_trc))
        return AVCOL_SPC_BT2020_NCL;
    return picture.width < 1280 && picture.height <= 576 ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709;
}

}  // namespace marea::server
