#include "server/apps/store/stripesignature.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::size_t kMostSignatures = 16;

struct Header {
    std::optional<std::int64_t> seconds;
    std::vector<std::string_view> signatures;
};

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::int64_t> numberOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 && number < 100'000'000'000
               ? std::optional(number)
               : std::nullopt;
}

// Other schemes than v1 are for tests of theirs, and left out.
Header parsed(std::string_view text) {
    Header header;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view part = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (part.starts_with("t=")) {
            header.seconds = numberOf(part.substr(2));
        } else if (part.starts_with("v1=") && header.signatures.size() < kMostSignatures) {
            header.signatures.push_back(part.substr(3));
        }
    }
    return header;
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string stripeSignature(std::string_view secret, std::int64_t seconds, std::string_view body) {
    const std::string before = std::to_string(seconds) + ".";
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytesOf(secret), secret.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(before), before.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(body), body.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    std::string text(mac.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), mac.data(), mac.size());
    text.pop_back();
    return text;
}

Result<void> checkStripeSignature(std::string_view header, std::string_view body,
                                  const std::vector<std::string>& secrets, core::TimeMs now) {
    const auto no = [](const char* why) {
        return fail(ErrorCode::Unauthorized, "This is not signed as it should be.", why);
    };
    const Header given = parsed(header);
    if (!given.seconds || given.signatures.empty()) {
        return no("no signature");
    }
    bool good = false;
    for (const std::string& secret : secrets) {
        const std::string own = stripeSignature(secret, *given.seconds, body);
        for (const std::string_view signature : given.signatures) {
            good = same(signature, own) || good;
        }
    }
    if (!good) {
        return no("signed by somebody else, or changed");
    }
    const core::TimeMs age = now - *given.seconds * 1000;
    return age <= kStripeTolerance && age >= -kStripeTolerance ? Result<void>() : no("too old, or of the future");
}

}  // namespace marea::server::store
