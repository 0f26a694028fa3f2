#include <sys/resource.h>

#include "server/transcode/worker/sandbox.h"

namespace marea::server {

// No sandbox for this system yet: the limits that POSIX has, and a name in the log that says so. The process is still
// one of its own, so that its death hurts nobody.
core::Result<std::string> enterSandbox(const SandboxLimits& limits) {
    const auto limit = [](int resource, rlim_t value) {
        const rlimit bound{value, value};
        return ::setrlimit(resource, &bound) == 0;
    };
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.descriptors));
    limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpuSeconds));
    return "rlimits only: no sandbox on this system";
}

bool confineToDevices() {
    return false;
}

void dieWithParent() {}

}  // namespace marea::server
