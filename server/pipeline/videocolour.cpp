#include "server/pipeline/videocolour.h"

namespace marea::server {

bool isHdr(AVColorTransferCharacteristic transfer) {
    return transfer == AVCOL_TRC_SMPTE2084 || transfer == AVCOL_TRC_ARIB_STD_B67;
}

VideoColour outputColour(const AVStream& source, const VideoEncoding& encoding) {
    const auto transfer = static_cast<AVColorTransferCharacteristic>(source.codecpar->color_trc);
    if (encoding.toneMap || !isHdr(transfer))
        return {};
    return {AVCOL_PRI_BT2020, transfer, AVCOL_SPC_BT2020_NCL};
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
