#pragma once

#include <optional>
#include <string>
#include <vector>

namespace marea::server {

// What was looked up of an item elsewhere. It is shown where neither its files nor owners say anything.
struct ProvidedMetadata {
    std::string overview;
    std::vector<std::string> genres;
    int year = 0;                        // 0: unknown
    std::optional<std::string> picture;  // a file's bytes, for a worker to read; nullopt: none
    bool empty() const { return overview.empty() && genres.empty() && year == 0 && !picture; }
};

}  // namespace marea::server
