#pragma once

#include <cstddef>
#include <vector>

#include "core/library/recognise.h"

namespace marea::core::library {

// Fills `result` at each of `audios`, the files of `folder` that are tracks or parts of audiobooks.
void recogniseAudio(const FolderInput& folder, const std::vector<std::size_t>& audios, std::vector<Recognised>& result);

}  // namespace marea::core::library
