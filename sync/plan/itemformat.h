#pragma once

#include "core/media/mediainfo.h"
#include "sync/plan/selection.h"

namespace marea::sync {

// Puts what was found in a file in the place of what its name promised. A file of sound has no picture but its cover;
// one in which there is no sound at all is left as it is. Music has its tags. Pure.
void describe(LibraryItem& item, const core::MediaInfo& info);

}  // namespace marea::sync
