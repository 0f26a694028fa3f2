#pragma once

#include <charconv>
#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "server/gateway/http.h"

namespace marea::server {

template <class Number>
std::optional<Number> wholeNumber(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// "limit" of the query, from 1 to 200.
core::Result<int> listLimit(const Request& request, int otherwise = 50);
core::unexpected<core::Error> wrongCursor();

}  // namespace marea::server
