#pragma once

#include <string_view>

namespace marea::server {

// Small things about header text, in ASCII whatever the locale.

constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool sameText(std::string_view a, std::string_view b) {  // without case
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lowered(a[i]) != lowered(b[i])) {
            return false;
        }
    }
    return true;
}

constexpr std::string_view trimmed(std::string_view text) {  // of spaces and tabs
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// Calls `each` with every element of a comma-separated field, trimmed, empty ones left out.
template <class Each>
void forEachElement(std::string_view field, Each each) {
    while (!field.empty()) {
        const std::size_t comma = field.find(',');
        const std::string_view element = trimmed(field.substr(0, comma));
        if (!element.empty()) {
            each(element);
        }
        field = comma == std::string_view::npos ? std::string_view{} : field.substr(comma + 1);
    }
}

// Whether a comma-separated field such as Connection has the element `token`, without case.
inline bool hasElement(std::string_view field, std::string_view token) {
    bool found = false;
    forEachElement(field, [&](std::string_view element) { found = found || sameText(element, token); });
    return found;
}

}  // namespace marea::server
