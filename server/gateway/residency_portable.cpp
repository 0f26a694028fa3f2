#include "server/gateway/residency.h"

namespace marea::server {

// No way to ask: every piece is brought in on a thread that may wait.
bool isResident(int, std::uint64_t, std::uint64_t size) {
    return size == 0;
}

}  // namespace marea::server
