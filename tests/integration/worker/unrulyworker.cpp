#include <unistd.h>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "server/transcode/worker/worker.h"

using namespace marea::server;

namespace {

// Touches what it takes, until the limit says no.
void eatMemory() {
    std::vector<std::vector<char>> eaten;
    for (;;)
        eaten.emplace_back(16 << 20, 'x');
}

// A file's name says what goes wrong over it: "hang", "crash", "memory", "nonsense", "once-FILE…" (dies when the
// file's first byte says so and cannot be told that it did: see pool_test), else nothing.
Reply unruly(const Request& request, int descriptor) {
    const std::string name = std::visit([](const auto& r) { return r.name; }, request);
    if (name.starts_with("hang")) {
        char byte;  // moves the file's offset, which the test shares: so it sees that the job has begun
        [[maybe_unused]] const ssize_t got = ::read(descriptor, &byte, 1);
        std::this_thread::sleep_for(std::chrono::hours(1));
    }
    if (name.starts_with("crash"))
        std::abort();
    if (name.starts_with("memory"))
        eatMemory();
    if (name.starts_with("nonsense")) {
        const std::string noise(4096, '\xFF');
        [[maybe_unused]] const ssize_t sent = ::write(3, noise.data(), noise.size());
    }
    if (name.starts_with("quick"))
        return ProbeReply{jobOf(request), {}};
    return handleJob(request, descriptor);
}

}  // namespace

int main(int count, char** arguments) {
    return runWorker(count, arguments, unruly);
}
