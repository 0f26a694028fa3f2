#include "server/protection/slices.h"

#include <algorithm>

namespace marea::server {
namespace {

constexpr std::size_t clearHead = 64;  // more than any slice header of real encoders
constexpr std::size_t block = 16;

struct Range {
    std::size_t from = 0, size = 0;
};

std::size_t bigEndian(std::string_view bytes) {
    std::size_t value = 0;
    for (const char c : bytes)
        value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

// Coded slices: ITU-T H.264 table 7-1, H.265 table 7-1.
bool isSlice(std::uint8_t header, bool hevc) {
    return hevc ? (header >> 1 & 0x3f) < 32 : (header & 0x1f) >= 1 && (header & 0x1f) <= 5;
}

std::vector<Range> protectedRanges(std::string_view sample, const SliceRules& rules) {
    std::vector<Range> ranges;
    std::size_t at = 0;
    while (at + rules.lengthSize < sample.size()) {
        const std::size_t size = bigEndian(sample.substr(at, rules.lengthSize));
        at += rules.lengthSize;
        if (size == 0)
            continue;
        if (size > sample.size() - at)
            break;
        if (isSlice(static_cast<std::uint8_t>(sample[at]), rules.hevc) && size >= clearHead + block) {
            std::size_t covered = size - clearHead;
            if (rules.wholeBlocks)
                covered -= covered % block;
            ranges.push_back({at + size - covered, covered});
        }
        at += size;
    }
    return ranges;
}

// The largest ones, in their order.
void keepLargest(std::vector<Range>& ranges, std::size_t count) {
    if (ranges.size() <= count)
        return;
    const auto larger = [](const Range& a, const Range& b) { return a.size > b.size; };
    std::nth_element(ranges.begin(), ranges.begin() + static_cast<std::ptrdiff_t>(count), ranges.end(), larger);
    ranges.resize(count);
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
}

}  // namespace

std::vector<Subsample> subsamplesOf(std::string_view sample, const SliceRules& rules) {
    auto ranges = protectedRanges(sample, rules);
    keepLargest(ranges, rules.most / 2);
    std::vector<Subsample> result;
    std::size_t at = 0;
    const auto add = [&](std::size_t clear, std::size_t covered) {
        for (; clear > UINT16_MAX; clear -= UINT16_MAX)
            result.push_back({UINT16_MAX, 0});
        result.push_back({static_cast<std::uint16_t>(clear), static_cast<std::uint32_t>(covered)});
    };
    for (const Range& range : ranges) {
        add(range.from - at, range.size);
        at = range.from + range.size;
    }
    if (at < sample.size())
        add(sample.size() - at, 0);
    return result;
}

}  // namespace marea::server
