#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "player/cache/bytesource.h"

namespace marea::player::test {

// Bytes at hand, three at most at a time, as a line may give them; from `brokenFrom` on an error.
class MemoryBytes : public ByteSource {
public:
    explicit MemoryBytes(std::string bytes, std::size_t brokenFrom = std::string::npos)
        : bytes_(std::move(bytes)), brokenFrom_(brokenFrom) {}

    core::Result<std::int64_t> size() override { return static_cast<std::int64_t>(bytes_.size()); }
    core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) override {
        const auto at = static_cast<std::size_t>(offset);
        if (cancelled)
            return core::fail(core::ErrorCode::Cancelled, "Cancelled");
        if (at >= brokenFrom_)
            return core::fail(core::ErrorCode::Unavailable, "The server is gone");
        if (at >= bytes_.size())
            return std::size_t{0};
        const auto count = std::min({out.size(), bytes_.size() - at, std::size_t{3}});
        std::copy_n(bytes_.data() + at, count, out.data());
        return count;
    }
    void cancel() override { cancelled = true; }

    bool cancelled = false;

private:
    std::string bytes_;
    std::size_t brokenFrom_;
};

}  // namespace marea::player::test
