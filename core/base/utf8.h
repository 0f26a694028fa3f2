#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marea::core {

// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, up to U+10FFFF).
bool isUtf8(std::string_view text);

// `text` made fit to be stored and shown: ill-formed bytes become U+FFFD, control characters become spaces (line
// breaks and tabs stay when `multiline`), blanks at both ends go, and what exceeds `maxBytes` is cut at a character.
std::string cleanText(std::string_view text, std::size_t maxBytes = 4096, bool multiline = false);

// The character of that number; U+FFFD for what is none (a surrogate, beyond U+10FFFF).
void appendUtf8(std::string& text, std::uint32_t code);

}  // namespace marea::core
