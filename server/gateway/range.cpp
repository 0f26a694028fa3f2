#include "server/gateway/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "server/gateway/text.h"

namespace marea::server {

namespace {

// Digits only. A number too great for 64 bits counts as the greatest: positions past the end are legal.
std::optional<std::uint64_t> parsePosition(std::string_view text) {
    if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : UINT64_MAX;
}

RangeAnswer suffix(std::uint64_t length, std::uint64_t size) {
    if (length == 0 || size == 0) {
        return {RangeKind::Unsatisfiable, {}};
    }
    const std::uint64_t taken = std::min(length, size);
    return {RangeKind::Part, {size - taken, taken}};
}

RangeAnswer fromTo(std::uint64_t first, std::uint64_t last, std::uint64_t size) {
    if (last < first) {
        return {};  // section 14.1.1: invalid, so ignored
    }
    if (first >= size) {
        return {RangeKind::Unsatisfiable, {}};
    }
    return {RangeKind::Part, {first, std::min(last, size - 1) - first + 1}};
}

}  // namespace

RangeAnswer parseRange(std::string_view field, std::uint64_t size) {
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || !sameText(field.substr(0, equals), "bytes")) {
        return {};
    }
    const std::string_view spec = trimmed(field.substr(equals + 1));
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos) {
        return {};
    }
    const std::string_view first = spec.substr(0, dash), last = spec.substr(dash + 1);
    if (first.empty()) {
        const auto length = parsePosition(last);
        return length ? suffix(*length, size) : RangeAnswer{};
    }
    const auto from = parsePosition(first);
    const auto to = last.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : parsePosition(last);
    return from && to ? fromTo(*from, *to, size) : RangeAnswer{};
}

std::string contentRange(const ByteRange& range, std::uint64_t size) {
    return "bytes " + std::to_string(range.offset) + '-' + std::to_string(range.offset + range.length - 1) + '/' +
           std::to_string(size);
}

std::string unsatisfiedRange(std::uint64_t size) {
    return "bytes */" + std::to_string(size);
}

}  // namespace marea::server
