#pragma once

#include <cstdint>
#include <vector>

#include "sync/plan/plan.h"

namespace marea::app {

// What fills a device, in bytes. `other` is what is neither, and what was not looked at.
struct StorageUse {
    std::int64_t films = 0, music = 0, other = 0, free = 0, total = 0;
    bool operator==(const StorageUse&) const = default;
};

// `total` 0: not known; then it is what was seen. Pure.
StorageUse storageUse(const std::vector<sync::ListedFile>& listed, std::int64_t free, std::int64_t total);

}  // namespace marea::app
