#pragma once

#include <string>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::core::library {

// Who had a part in a recording.
struct Credit {
    std::string role;  // "performer", "composer", "lyricist", "conductor", "producer", "label"
    std::vector<std::string> names;
    bool operator==(const Credit&) const = default;
};

// Of a track, or of all tracks of an album in their order: each name once in its role, roles in the order above. The
// album's own artist is no credit: everybody sees that name already. Pure.
std::vector<Credit> creditsOf(const std::vector<Tags>& tracks);

}  // namespace marea::core::library
