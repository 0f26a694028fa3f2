#include "server/apps/oauth/usercode.h"

#include <sodium.h>

#include <algorithm>

#include "server/apps/identity/secrets.h"

namespace marea::server {

namespace {

constexpr std::string_view kLetters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t kLength = 8;

}  // namespace

std::string newUserCode() {
    std::string code;
    for (std::size_t i = 0; i < kLength; ++i) {
        if (i == kLength / 2) {
            code.push_back('-');
        }
        code.push_back(kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))]);
    }
    return code;
}

std::optional<std::string> readUserCode(std::string_view typed) {
    if (typed.size() > 64) {
        return std::nullopt;
    }
    std::string code = normalisedCode(typed);
    const bool plain = code.size() == kLength && std::all_of(code.begin(), code.end(), [](char c) {
                           return kLetters.find(c) != std::string_view::npos;
                       });
    return plain ? std::optional(code.insert(kLength / 2, 1, '-')) : std::nullopt;
}

}  // namespace marea::server
