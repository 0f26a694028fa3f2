#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

#include "core/base/id.h"
#include "server/gateway/http.h"

namespace marea::server {

// A title in 64 parts of the same length, from its beginning to its end: bit 0 is the first.
using TitleParts = std::uint64_t;

// The parts that [from, to) of `whole` touches, in bytes or in times.
inline TitleParts partsOf(std::int64_t from, std::int64_t to, std::int64_t whole) {
    if (whole <= 0 || to <= from) {
        return 0;
    }
    const auto place = [whole](std::int64_t at) {
        const double share = static_cast<double>(std::clamp<std::int64_t>(at, 0, whole)) / static_cast<double>(whole);
        return std::min(static_cast<int>(share * 64), 63);
    };
    const int first = place(from), last = place(to - 1);
    return (~TitleParts{0} >> (63 - (last - first))) << first;
}

// Told which parts of titles go out to whom. Any thread.
class DeliveryWatch {
public:
    virtual ~DeliveryWatch() = default;
    // Whether it matters for that title: files are then counted byte for byte. May block.
    virtual bool counts(const core::Id& user, const core::Id& title) = 0;
    virtual void delivered(const core::Id& user, const core::Id& title, TitleParts parts) = 0;  // does not block
};

// The same body, which tells as it goes out from where to where that is: of its bytes where its length is known, else
// of its pieces, the first of which is a header.
using ToldRange = std::function<void(std::uint64_t from, std::uint64_t to)>;
StreamBody telling(StreamBody body, ToldRange told);

}  // namespace marea::server
