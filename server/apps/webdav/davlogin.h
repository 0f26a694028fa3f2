#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace marea::server::webdav {

// A name and an app password (RFC 7617); without a name the password says by itself whose it is.
struct NamedLogin {
    std::string user, password;
    bool operator==(const NamedLogin&) const = default;
};
// An access token (RFC 6750).
struct TokenLogin {
    std::string token;
    bool operator==(const TokenLogin&) const = default;
};
using Login = std::variant<NamedLogin, TokenLogin>;

// What an Authorization field says; nullopt: nothing that can be read. Pure.
std::optional<Login> loginIn(std::string_view authorization);

}  // namespace marea::server::webdav
