#pragma once

#include <chrono>
#include <cstdint>

#include "server/transcode/protocol.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

// How long a worker may take for a request about a file of so many bytes. Pure.
std::chrono::milliseconds patienceFor(const WorkerPoolOptions& options, const Request& request, std::int64_t fileSize);

}  // namespace marea::server
