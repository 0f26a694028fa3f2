#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marea::server {

// A part of a body: `length` bytes from `offset`.
struct ByteRange {
    std::uint64_t offset = 0, length = 0;
    bool operator==(const ByteRange&) const = default;
};

// What a Range field asks of a body of known size (RFC 9110 section 14).
enum class RangeKind {
    Whole,         // no usable field: the whole body, 200. Also for several ranges, which a server may ignore
    Part,          // 206
    Unsatisfiable  // 416
};
struct RangeAnswer {
    RangeKind kind = RangeKind::Whole;
    ByteRange range;
    bool operator==(const RangeAnswer&) const = default;
};

// One range: "bytes=a-b", "bytes=a-" or "bytes=-n". What does not parse is ignored, as section 14.2 says.
RangeAnswer parseRange(std::string_view field, std::uint64_t size);

std::string contentRange(const ByteRange& range, std::uint64_t size);  // "bytes 0-9/100"
std::string unsatisfiedRange(std::uint64_t size);                      // "bytes */100"

}  // namespace marea::server
