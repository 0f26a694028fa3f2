#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

using Digest = std::array<std::uint8_t, 32>;

// base64url without padding (RFC 4648 section 5). Decoding takes the canonical form only.
std::string base64Url(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> fromBase64Url(std::string_view text);

std::string randomToken();  // 256 random bits in base64url
// Twelve characters of a 32-letter alphabet without look-alikes, in groups: "K7QF-2MZX-9HTW" (60 bits).
std::string randomCode();
// As typed by a person: upper case, without spaces and dashes.
std::string normalisedCode(std::string_view typed);

Digest sha256(std::string_view text);
bool equalInConstantTime(const Digest& a, const Digest& b);

// NotFound when there is no such file.
core::Result<std::string> readSecretFile(const std::string& path);
// The file's content; when there is none, what `make` gives, written with mode 0600, synced and renamed into place.
core::Result<std::string> loadOrMakeSecretFile(const std::string& path, const std::function<std::string()>& make);

}  // namespace marea::server
