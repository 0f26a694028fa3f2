#pragma once

#include <ostream>

#include "server/packaging/subtitles/cue.h"

namespace marea::server {

inline void PrintTo(const Cue& cue, std::ostream* out) {
    *out << cue.start << " --> " << cue.end << " [" << cue.settings << "] (" << cue.id << ") \"" << cue.text << '"';
}

}  // namespace marea::server
