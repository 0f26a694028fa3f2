#pragma once

#include <string>
#include <tl/expected.hpp>
#include <variant>

#include "core/base/result.h"
#include "server/apps/subsonic/parameters.h"

namespace marea::server::subsonic {

// What went wrong, as the protocol numbers it.
namespace code {
constexpr int kGeneric = 0, kMissing = 10, kClientTooOld = 20, kServerTooOld = 30, kWrongLogin = 40,
              kConflictingLogins = 43, kWrongKey = 44, kForbidden = 50, kNotFound = 70;
}

struct Failure {
    int code = code::kGeneric;
    std::string text;  // for a person
};
Failure failureOf(const core::Error& error);

struct PasswordLogin {
    std::string user, password;
    bool operator==(const PasswordLogin&) const = default;
};
struct TokenLogin {
    std::string user, token, salt;
    bool operator==(const TokenLogin&) const = default;
};
struct KeyLogin {
    std::string key;
    bool operator==(const KeyLogin&) const = default;
};
using Credentials = std::variant<PasswordLogin, TokenLogin, KeyLogin>;

// Which of the three ways to say who one is was taken: u and p (plain, or "enc:" and hexadecimal), u, t and s, or
// apiKey. Exactly one of them, and whole. Pure.
tl::expected<Credentials, Failure> credentialsIn(const Parameters& parameters);

// Whether the version of the protocol that the client speaks is one of ours; said as a failure when not.
tl::expected<void, Failure> checkVersion(const Parameters& parameters);

}  // namespace marea::server::subsonic
