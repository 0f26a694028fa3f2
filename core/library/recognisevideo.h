#pragma once

#include <cstddef>
#include <vector>

#include "core/library/recognise.h"

namespace marea::core::library {

// Fills `result` at each of `videos`, the files of `folder` that are films, episodes or plain videos.
void recogniseVideos(const FolderInput& folder, const std::vector<std::size_t>& videos,
                     std::vector<Recognised>& result);

}  // namespace marea::core::library
