#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace marea::server {

// Argon2id through libsodium. Each call takes about 64 MiB and a tenth of a second: make it from the work pool. Few run
// at once; Busy when the line does not move. Thread-safe.
class Passwords {
public:
    enum class Cost { Interactive, Minimal };  // Minimal: for tests only
    explicit Passwords(Cost cost = Cost::Interactive);
    ~Passwords();

    core::Result<std::string> hash(std::string_view password) const;
    core::Result<bool> matches(const std::string& hash, std::string_view password) const;
    // As long as matches() takes, for a user that is not there: the time does not tell who exists.
    core::Result<void> pretend(std::string_view password) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Invalid, with words for a person, unless it may be a password: 8 to 1024 bytes of UTF-8.
core::Result<void> checkPassword(std::string_view password);
// The name trimmed and in NFC; Invalid unless it has 1 to 64 printable characters.
core::Result<std::string> checkedUsername(std::string_view name);
// What makes two names the same: case folded, in NFKC.
std::string usernameKey(std::string_view name);

}  // namespace marea::server
