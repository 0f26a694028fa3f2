#pragma once

#include "player/cache/bytesource.h"

namespace marea::player {

// Whether these bytes are a container of sound or pictures by their own first bytes, and nothing that names other files
// or addresses: frameworks that find out by themselves what they are given follow a playlist under a film's name.
// Reads only the beginning, and what comes after a leading ID3 tag; may block. An error is the source's own.
core::Result<bool> isPlainMedia(ByteSource& bytes);

}  // namespace marea::player
