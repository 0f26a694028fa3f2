#pragma once

// Boost.JSON, compiled once in json.cpp. Include this instead of <boost/json.hpp>.
#include <boost/json.hpp>
#include <optional>
#include <string>

namespace marea::core {
namespace json = boost::json;

/// What is not there is null on the wire.
template <typename T>
json::value jsonOrNull(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}
inline json::value jsonOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}
}  // namespace marea::core
