#pragma once

#include <cstdint>

namespace marea::server {

struct OutboundStatus {
    std::uint64_t requests = 0;           // that were sent, each try
    std::uint64_t failures = 0;           // of them: no answer, or one of the 500s
    std::uint64_t refused = 0;            // addresses that are not allowed
    std::uint64_t retries = 0, kept = 0;  // kept: answered from what was kept
    std::int64_t resting = 0;             // hosts that are left in peace
};

}  // namespace marea::server
