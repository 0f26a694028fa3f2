#pragma once

#include <functional>

#include "server/transcode/protocol.h"

namespace marea::server {

// Answers one request about an open file. Throws nothing but std::bad_alloc.
using JobHandler = std::function<Reply(const Request& request, int descriptor)>;

// Media by the pipeline.
Reply handleJob(const Request& request, int descriptor);

// The worker program: `arguments` as main() has them. Locks itself down, then answers requests on descriptor 3 until
// that closes, or until it has used so much processor time that a fresh process is better. Returns the exit code.
//   --self-check   enters the sandbox, tries to get out, prints what it could, and ends with 1 if anything
//   --version      version and commit
int runWorker(int count, char** arguments, const JobHandler& handler = handleJob);

}  // namespace marea::server
