#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace marea::server {

// The last row of a page: the next one starts after it, whatever was added in the meantime.
struct Cursor {
    std::variant<std::int64_t, double, std::string> key;  // the row's value of the sort column
    std::int64_t num = 0;                                 // the row
    bool operator==(const Cursor&) const = default;
};

// Opaque text for the wire, bound to the query it was made for (`filterKey`).
std::string encodeCursor(const Cursor& cursor, std::string_view filterKey);
// nullopt when it is malformed or of another query.
std::optional<Cursor> decodeCursor(std::string_view text, std::string_view filterKey);

}  // namespace marea::server
