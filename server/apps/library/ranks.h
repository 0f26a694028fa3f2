#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace marea::server {

constexpr std::int64_t kRankGap = std::int64_t{1} << 24;

// `count` numbers in order strictly between two neighbours; nullopt: none on that side. Empty when there is no room,
// which takes 24 entries put at the very same place.
std::vector<std::int64_t> ranksBetween(std::optional<std::int64_t> before, std::optional<std::int64_t> after,
                                       std::size_t count);

}  // namespace marea::server
