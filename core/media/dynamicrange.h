#pragma once

#include "core/media/mediainfo.h"

namespace marea::core {

// Dolby's numbers for what a base layer is to others (bl_signal_compatibility_id, "Dolby Vision Profiles and Levels",
// section 2): kept in StreamInfo::dolbyVisionCompatibility. 0: for nobody, or the file does not say.
enum DolbyVisionBase { kDolbyBaseHdr10 = 1, kDolbyBaseSdr = 2, kDolbyBaseHlg = 4, kDolbyBaseUltraHdDisc = 6 };

// True where the pictures are good without Dolby Vision's metadata: always where there are none.
bool hasBaseLayer(const StreamInfo& video);

// What the pictures are once they are decoded here: None (SDR), Hdr10 or Hlg. Of Dolby Vision that is its base layer;
// where it has none, the HDR10 that is made of it.
HdrKind decodedRange(const StreamInfo& video);

}  // namespace marea::core
