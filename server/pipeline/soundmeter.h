#pragma once

#include "core/base/result.h"
#include "core/media/loudness.h"
#include "server/packaging/segment.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// Measures a part of one audio stream: decodes it once, and takes the energies of its steps, its true peaks, and for
// the first part its fingerprint. A part begins some time before itself, so that the weighting's filters have settled:
// parts joined are what one long part gives. Memory does not grow with the part but for its energies. `origin`: the
// title's start in the file's own time.
//
// K-weighting and true peaks are libebur128's (MIT), which gives energies as numbers; libavfilter's ebur128 tells
// blocks only as text in a frame's metadata, and peaks of the whole alone.
core::Result<core::LoudnessPart> measureSound(MediaSource& source, Ticks origin, const core::LoudnessWish& wish);

}  // namespace marea::server
