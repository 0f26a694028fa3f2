#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

struct SandboxLimits {
    std::int64_t memory = 3LL << 30;  // bytes of address space beyond what the program has at its start
    int descriptors = 192;
    int spareThreads = 6;   // sparethreads.h; x265 takes one for each rung of a ladder
    int cpuSeconds = 1800;  // over the process's life; it retires long before (worker.h)
    // For a driver of a graphics processor, which maps far more than it uses, and talks to its device by ioctl(2).
    // `memory` then counts what is written to. Files may be opened if confineToDevices() is in force, else none.
    bool device = false, confined = false;
};

// Before a device is opened, as the threads that drivers start keep what was in force then: from now on only drivers
// and what they read can be opened, and only devices of graphics be written to. False where the system cannot do it.
bool confineToDevices();

// Gives up, for good, everything that a parser needs not: after it the process can read and write descriptors that it
// has or is given, take memory up to its limit, and end. No files, no sockets, no programs, no other processes, no
// threads but the spare ones. To be called while there is one thread, after all that must be opened has been. Needs no
// privileges, and takes away those that it has. Answers with what is in force ("rlimits seccomp landlock"), for the
// log; an error when the system has a sandbox and it could not be entered.
core::Result<std::string> enterSandbox(const SandboxLimits& limits);

// Ends this process when its parent ends, where the system can (elsewhere the closed socket does it).
void dieWithParent();

// Tries what must not be possible, inside. Empty when all of it fails as it should, else what got through.
std::vector<std::string> findSandboxLeaks();

}  // namespace marea::server
