#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace marea::server::subsonic {

// Where pages of long lists ended, so that the next one begins there and skips nothing. Clients that go through
// everything ask by offset; the latest few hundred places are known. Thread-safe.
class PageMarks {
public:
    struct Mark {
        std::string sortKey;
        std::int64_t num = 0;
    };
    explicit PageMarks(std::size_t most = 256) : most_(most) {}

    std::optional<Mark> find(const std::string& list, std::int64_t offset) const;
    void put(const std::string& list, std::int64_t offset, Mark mark);

private:
    struct Entry {
        std::string list;
        std::int64_t offset = 0;
        Mark mark;
    };
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // the latest first
};

}  // namespace marea::server::subsonic
