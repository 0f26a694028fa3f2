#include "server/apps/library/ranks.h"

namespace marea::server {

std::vector<std::int64_t> ranksBetween(std::optional<std::int64_t> before, std::optional<std::int64_t> after,
                                       std::size_t count) {
    const auto wanted = static_cast<std::int64_t>(count);
    std::int64_t step = kRankGap;
    std::int64_t from = before.value_or(0);
    if (before && after) {
        step = (*after - *before) / (wanted + 1);
    } else if (after) {
        from = *after - kRankGap * (wanted + 1);
    }
    std::vector<std::int64_t> ranks;
    for (std::int64_t i = 1; step > 0 && i <= wanted; ++i) {
        ranks.push_back(from + i * step);
    }
    return ranks;
}

}  // namespace marea::server
