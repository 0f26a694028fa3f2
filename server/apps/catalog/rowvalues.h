#pragma once

#include <string>
#include <string_view>

#include "core/db/database.h"

namespace marea::server::rowvalues {

// Fields of rows as what SQL binds. Texts have to live until the statement has run.
inline core::db::Value view(const std::string& text) {
    return std::string_view(text);
}
inline core::db::Value number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
inline core::db::Value number(int value) {
    return static_cast<std::int64_t>(value);
}
inline core::db::Value flag(bool value) {
    return std::int64_t{value ? 1 : 0};
}

}  // namespace marea::server::rowvalues
