#include "sync/engine/quicksum.h"

#include <xxhash.h>

namespace marea::sync {

void QuickSum::Free::operator()(XXH64_state_s* state) const {
    XXH64_freeState(state);
}

QuickSum::QuickSum() : state_(XXH64_createState()) {
    XXH64_reset(state_.get(), 0);
}

void QuickSum::add(std::span<const std::uint8_t> bytes) {
    XXH64_update(state_.get(), bytes.data(), bytes.size());
}

std::uint64_t QuickSum::value() const {
    return XXH64_digest(state_.get());
}

}  // namespace marea::sync
