#pragma once

#include "server/gateway/http.h"

namespace marea::server {

// A file's body, read into memory piece by piece, for what cannot be sent as it lies on the disk: sealed files, and
// bodies of which somebody wants to know what went out.
StreamBody throughMemory(FileBody file);

}  // namespace marea::server
