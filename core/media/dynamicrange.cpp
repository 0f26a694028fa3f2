#include "core/media/dynamicrange.h"

namespace marea::core {

namespace {

// Files that were described before compatibility was: profiles 7 and 8 are HDR10 nearly always.
int compatibilityOf(const StreamInfo& video) {
    const bool usual = video.dolbyVisionProfile == 7 || video.dolbyVisionProfile == 8;
    return video.dolbyVisionCompatibility == 0 && usual ? kDolbyBaseHdr10 : video.dolbyVisionCompatibility;
}

}  // namespace

bool hasBaseLayer(const StreamInfo& video) {
    return video.hdr != HdrKind::DolbyVision || (video.dolbyVisionProfile != 5 && compatibilityOf(video) != 0);
}

HdrKind decodedRange(const StreamInfo& video) {
    switch (video.hdr) {
        case HdrKind::None:
        case HdrKind::Hlg:
            return video.hdr;
        case HdrKind::Hdr10:
        case HdrKind::Hdr10Plus:
            return HdrKind::Hdr10;
        case HdrKind::DolbyVision:
            break;
    }
    if (!hasBaseLayer(video)) {
        return HdrKind::Hdr10;
    }
    const int base = compatibilityOf(video);
    return base == kDolbyBaseSdr ? HdrKind::None : base == kDolbyBaseHlg ? HdrKind::Hlg : HdrKind::Hdr10;
}

}  // namespace marea::core
